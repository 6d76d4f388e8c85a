"""Files, folders, standard input and JSON: what is read, and how each bad input is named."""

import io
import json
import os
import sys
from pathlib import Path

import pytest

from sayso.errors import InputError
from sayso.pages import OptionError, Options, article_from_text, read_inputs
from sayso.pages.webpage import LARGE_PAGE
from sayso.records import Article

SENTENCE = "The army of Tamor said on Friday that it had not fired at the dam."


def read(*inputs: str | Path, **options: object) -> list[Article | InputError]:
    return list(read_inputs(inputs, Options(**options)))  # type: ignore[arg-type]


def article(result: Article | InputError) -> Article:
    assert isinstance(result, Article), result
    return result


BAD = [
    ("empty.txt", b"", "is empty"),
    ("blank.txt", b" \n\t\n", "is empty"),
    ("blank.html", "\u00a0 \n".encode(), "is empty"),
    ("noise.bin", bytes(range(256)) * 8, "is binary"),
    ("noise.txt", bytes(range(1, 9)) * 50, "is binary"),
    ("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is binary"),
    ("letter.odt", b"PK\x03\x04", "not supported yet"),
    ("pages.gz", b"\x1f\x8b", "not supported yet"),
    ("crawl.warc.gz", b"\x1f\x8b", "records lost: 1 truncated"),
    ("empty.warc", b"", "holds no records"),
    ("large.html", b"<p>A dam.</p>" * 1_700_000, "larger than 20 MB"),
    ("menu.html", b"<html><nav><a href=x>Home</a> <a href=y>World</a></nav></html>", "no article"),
    ("menu.txt", b"Home\nWorld\nSport\nBusiness\nWeather\n", "no article text found"),
    ("word.txt", b"Hello", "no article text found"),
    ("long.txt", b"The army said no. " * 60_000, "split it into articles"),
    ("broken.json", b'{"text": "A', "is not valid JSON"),
    ("nested.json", b"[" * 100_000, "is not valid JSON"),
    ("number.json", b"42", "is not a JSON object"),
    ("empty.json", b"[]", "is an empty list"),
    ("fields.json", b'{"title": "A"}', "neither 'text' nor 'html'"),
    ("type.json", b'{"text": 5}', "field 'text' must be a text"),
    ("date.json", b'{"text": "A dam broke.", "published": "soon"}', "'published' is no date"),
    ("authors.json", b'{"text": "A dam broke.", "authors": 3}', "'authors' must be"),
    ("empty.jsonl", b"\n\n", "is empty"),
]


@pytest.mark.parametrize(("name", "data", "reason"), BAD, ids=[case[0] for case in BAD])
def test_bad_input_is_named_and_the_rest_is_done(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    path, good = tmp_path / name, tmp_path / "good.txt"
    path.write_bytes(data)
    good.write_text(SENTENCE)
    error, read_on = read(path, str(good))
    assert isinstance(error, InputError)
    assert error.input == str(path)
    assert reason in error.reason
    assert article(read_on).text == SENTENCE


@pytest.mark.parametrize(
    "name", ["nowhere.txt", "", "a\0b", "ftp://tamor.example/a", "file:///etc"]
)
def test_names_that_lead_nowhere(name: str) -> None:
    (error,) = read(name)
    assert isinstance(error, InputError)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs permissions to be kept")
def test_unreadable_file(tmp_path: Path) -> None:
    closed = tmp_path / "closed.txt"
    closed.write_text(SENTENCE)
    closed.chmod(0)
    (tmp_path / "open.txt").write_text(SENTENCE)
    error, good = read(tmp_path)
    assert isinstance(error, InputError)
    assert "ermission" in error.reason
    assert article(good).input.endswith("open.txt")


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = "Le café du ministre était fermé, a dit le maire. “Revenez demain”, disait une affiche."
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    (result,) = read(path)
    assert article(result).text == text
    assert article(result).language == "fr"


def test_declared_encoding(tmp_path: Path) -> None:
    text = "Министр сказал, что армия не стреляла по плотине."
    html = f'<html><head><meta charset="windows-1251"></head><body><p>{text}</p></body></html>'
    path = tmp_path / "a.html"
    path.write_bytes(html.encode("cp1251"))
    (result,) = read(path)
    assert (article(result).text, article(result).language) == (text, "ru")


def test_folder(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "empty").mkdir()
    for name in ("c.txt", "a.txt", "b/a.txt", ".hidden/a.txt", ".a.txt"):
        (tmp_path / name).write_text(SENTENCE)
    (tmp_path / "d.png").write_bytes(b"\x89PNG\0")
    results = read(tmp_path)
    assert [Path(result.input).relative_to(tmp_path).as_posix() for result in results] == [
        "a.txt",
        "b/a.txt",
        "c.txt",
        "d.png",
    ]
    assert isinstance(results[-1], InputError)
    (error,) = read(tmp_path / "empty")
    assert isinstance(error, InputError)
    assert "no files" in error.reason


def test_json_object(tmp_path: Path) -> None:
    record = {
        "url": "https://wire.example/a",
        "title": "Tamor denies  strike",
        "text": "tamor denies strike\n\nThe\u00a0army  said no.\nNobody was hurt.",
        "published": "2024-05-03 14:05:10",
        "publisher": "Wire",
        "authors": ["Mira Oden", {"name": "Jo van Tal"}],
    }
    path = tmp_path / "a.json"
    path.write_text(json.dumps(record))
    result = article(read(path)[0])
    assert result.text == "Tamor denies strike\n\nThe army said no.\n\nNobody was hurt."
    assert [block.kind for block in result.blocks] == ["headline", "paragraph", "paragraph"]
    assert result.authors == ("Mira Oden", "Jo van Tal")
    assert (result.published, result.publisher) == ("2024-05-03T14:05:10", "Wire")
    assert result.reference is not None
    assert (result.reference.value, result.reference.from_) == ("2024-05-03", "metadata")


def test_json_html_and_list(tmp_path: Path) -> None:
    html = f"<html><body><h1>Other</h1><p>{SENTENCE}</p></body></html>"
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"html": html, "headline": "Tamor denies strike"}, {"text": ""}]))
    first, second = read(path)
    assert article(first).headline == "Tamor denies strike"
    assert article(first).text.startswith("Tamor denies strike\n\n")
    assert first.input == f"{path}#1"
    assert isinstance(second, InputError)
    assert second.input == f"{path}#2"


JSONL = b'{"text": "The army said no."}\n\n{broken\n{"text": "The mayor said yes."}'


def test_large_html_in_json_is_read_with_limits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = f"<html><body><h1>A dam</h1><p>{SENTENCE}</p></body></html>" + " " * LARGE_PAGE
    path = tmp_path / "a.jsonl"
    path.write_text(
        json.dumps({"html": page, "title": "Army denies firing", "published": "2031-05-03"})
        + "\n"
        + json.dumps({"html": "<p>" * 200_000})
    )
    # the page is parsed elsewhere
    monkeypatch.setattr("sayso.pages.jsonrecords.read_webpage", None)
    one, other = read(path)
    assert article(one).text == f"Army denies firing\n\n{SENTENCE}"
    assert (article(one).input, article(one).published) == (f"{path}:1", "2031-05-03")
    assert isinstance(other, InputError)
    assert (other.input, other.code) == (f"{path}:2", "no_text")


def test_an_address_is_of_one_article(tmp_path: Path) -> None:
    path, other = tmp_path / "a.json", tmp_path / "b.txt"
    path.write_text(json.dumps([{"text": ""}, {"text": SENTENCE}, {"text": SENTENCE}]))
    other.write_text(SENTENCE)
    url = "https://gazette.example/a"
    empty, one, *rest = read(path, other, url=url)
    assert isinstance(empty, InputError)
    assert article(one).url == url
    for result, name in zip(rest, (f"{path}#3", str(other)), strict=True):
        assert isinstance(result, InputError)
        assert result.input == name
        assert result.reason == f"the address that was given (--url) is that of {path}#2"


def test_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(JSONL)
    results = read(path)
    assert [result.input for result in results] == [f"{path}:{n}" for n in (1, 3, 4)]
    assert [isinstance(result, Article) for result in results] == [True, False, True]


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (SENTENCE.encode(), [SENTENCE]),
        (f"<html><p>{SENTENCE}</p></html>".encode(), [SENTENCE]),
        (b'{\n"text": "The army said no."\n}', ["The army said no."]),
        (JSONL, ["The army said no.", None, "The mayor said yes."]),
        (b"", [None]),
    ],
)
def test_standard_input(
    monkeypatch: pytest.MonkeyPatch, data: bytes, texts: list[str | None]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    results = read("-")
    assert [r.text if isinstance(r, Article) else None for r in results] == texts
    assert all(result.input.startswith("-") for result in results)


def test_body_is_kept_character_for_character(tmp_path: Path) -> None:
    text = "  Headline\u00a0here\r\nSee all\r\n\r\n\tThe army\u00a0said no.  \r\n"
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())
    result = article(read(path, as_="body")[0])
    assert result.text == text
    shown = [result.text[block.start : block.end] for block in result.blocks]
    assert shown == ["Headline\u00a0here\r\nSee all", "The army\u00a0said no."]


@pytest.mark.parametrize("published", ["soon", "2024-13-01", "2024-05", "3 May 2024", ""])
def test_given_date_must_be_one(published: str) -> None:
    with pytest.raises(OptionError):
        Options(published=published)


def test_ids_are_stable_and_of_url_and_text() -> None:
    first = article_from_text(SENTENCE)
    assert article_from_text(SENTENCE, name="other").id == first.id
    assert article_from_text(SENTENCE, Options(url="https://wire.example/a")).id != first.id


@pytest.mark.parametrize("text", ["Karsa.", "Yes, he did.", "12 34"])
def test_language_is_not_guessed_from_a_few_letters(text: str) -> None:
    assert article_from_text(text, Options(as_="body")).language is None
