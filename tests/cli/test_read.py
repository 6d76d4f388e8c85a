"""``sayso read``: what goes to stdout, what to stderr, and that one failure never ends the rest."""

import json
from pathlib import Path

import pytest

from sayso.cli import main

TEXT = "The harbour master of Tarnholm said the ferry had been late for a week."
OTHER = "The mayor denied that the quay was closed, according to the Tarnholm Gazette."


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "ferry.txt"
    path.write_text(TEXT + "\n", encoding="utf-8")
    return path


def code_of(*arguments: object) -> int:
    with pytest.raises(SystemExit) as stopped:
        main([str(argument) for argument in arguments])
    assert isinstance(stopped.value.code, int)
    return stopped.value.code


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_json_is_a_reading_a_line(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = article.with_name("quay.txt")
    other.write_text(OTHER, encoding="utf-8")
    assert code_of("read", article, other, "--json") == 0
    out, err = capsys.readouterr()
    found = lines(out)
    assert [f["schema"] for f in found] == ["sayso.reading/1"] * 2
    assert [f["article"]["input"] for f in found] == [str(article), str(other)]  # type: ignore[index]
    assert all(f["statements"] for f in found)
    assert err == ""


def test_only_article_loads_no_model(
    article: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def loaded() -> None:
        raise AssertionError("the model was loaded")

    monkeypatch.setattr("sayso.reader.pipeline.load_model", loaded)
    assert code_of("read", "--only", "article", article, "--json") == 0
    (found,) = lines(capsys.readouterr().out)
    assert found["article"]["text"] == TEXT  # type: ignore[index]
    kinds = ("actors", "statements", "figures", "dates", "events", "agreements")
    assert not any(found[kind] for kind in kinds)


def test_options_may_stand_after_the_inputs_and_reach_the_article(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ("--published", "2024-05-03", "--publisher", "Gazette", "--url", "https://g.example/1")
    assert code_of("read", article, "--json", "--only", "article", "--as", "body", *given) == 0
    (found,) = lines(capsys.readouterr().out)
    said = found["article"]
    assert isinstance(said, dict)
    assert said["published"] == "2024-05-03"
    assert said["reference"] == {"value": "2024-05-03", "from": "given"}
    assert said["publisher"] == "Gazette"
    assert said["url"] == "https://g.example/1"
    assert said["text"] == TEXT + "\n"


def test_a_failure_is_named_in_its_place_and_the_rest_done(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing, empty = article.with_name("none.txt"), article.with_name("empty.txt")
    empty.write_bytes(b"")
    inputs = (missing, article, empty, article)
    assert code_of("read", *inputs, "--json", "--only", "article") == 1
    out, err = capsys.readouterr()
    assert len(lines(out)) == 2
    first, second = err.splitlines()
    assert first.startswith(f"sayso: {missing}: ")
    assert second.startswith(f"sayso: {empty}: ")


def test_a_fault_in_one_reading_is_a_failure_of_that_input(
    article: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from sayso import reader

    whole = reader.reading_of

    def broken(analysis: object, *args: object, **kwargs: object) -> object:
        if "mayor" in analysis.article.text:  # type: ignore[attr-defined]
            raise ValueError("no such\nthing")
        return whole(analysis, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr("sayso.reader.reading_of", broken)
    other = article.with_name("quay.txt")
    other.write_text(OTHER, encoding="utf-8")
    assert code_of("read", article, other, article, "--json") == 1
    out, err = capsys.readouterr()
    assert len(lines(out)) == 2
    (said,) = err.splitlines()
    assert said.startswith(f"sayso: {other}: ")
    assert "ValueError in sayso.api, line " in said
    assert said.endswith(": no such thing")


def test_for_people(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert code_of("read", article) == 0
    out, err = capsys.readouterr()
    assert "CLAIMS IN READING ORDER (1)" in out
    assert "harbour master of Tarnholm" in out
    assert "\x1b" not in out
    assert err == ""


def test_html_holds_every_article_on_one_page(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = article.with_name("page.html")
    assert code_of("read", article, article, "--html", page, "--only", "article", "--json") == 0
    assert page.read_text(encoding="utf-8").count("<article ") == 2
    assert len(lines(capsys.readouterr().out)) == 2


def test_a_page_that_cannot_be_written_is_named(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = article.with_name("none") / "page.html"
    assert code_of("read", article, "--html", page, "--only", "article") == 1
    assert capsys.readouterr().err.startswith(f"sayso: {page}: ")


def test_nothing_an_input_is_called_reaches_the_terminal_unsafe(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert code_of("read", f"{tmp_path}/no\x1b[31m\nfile", "--only", "article") == 1
    err = capsys.readouterr().err
    assert "\x1b" not in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("table", [b"", b"name,kind\nA,nonsense\n", b"who\nA\n", b"\xff\xfe\x00"])
def test_a_malformed_actors_file_is_wrong_usage(
    article: Path, table: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    actors = article.with_name("actors.csv")
    actors.write_bytes(table)
    assert code_of("read", article, "--actors", actors) == 2
    assert "Invalid value for --actors: " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ("word,low\ndozens,24\n", "no column high"),
        ("word,low,high\nmyriads,1,2\n", "line 2: 'myriads' is none of tens, dozens"),
        ("word,low,high\ndozens,x,2\n", "line 2: low and high are no numbers"),
        ("word,low,high\ndozens,9,2\n", "line 2: low must be 0 or more"),
        ("word,low,high\ndozens,nan,2\n", "line 2: low must be 0 or more"),
    ],
)
def test_a_malformed_table_of_vague_words_is_wrong_usage(
    article: Path, rows: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    table = article.with_name("vague.csv")
    table.write_text(rows, encoding="utf-8")
    assert code_of("read", article, "--vague", table) == 2
    shown = " ".join(capsys.readouterr().err.split())
    assert "Invalid value for --vague: " in shown
    assert reason in shown


def test_vague_words_by_the_users_table(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = article.with_name("vague.csv")
    table.write_text("word,low,high\nDozens,24,99\nseveral,2,\n", encoding="utf-8")
    article.write_text(
        "Dozens of men died, several hundred boats sank and scores of nets tore.", encoding="utf-8"
    )
    assert code_of("read", article, "--as", "body", "--vague", table, "--json") == 0
    (reading,) = lines(capsys.readouterr().out)
    found = [(f["low"], f["high"]) for f in reading["figures"]]  # type: ignore[attr-defined]
    assert found == [(24, 99), (200, None), (20, 100)]


def test_actors_of_the_user_are_known(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    actors = article.with_name("actors.csv")
    actors.write_text("name,kind\nHarbour Office,organisation\n", encoding="utf-8")
    article.write_text("The Harbour Office said the ferry was late.", encoding="utf-8")
    assert code_of("read", article, "--actors", actors, "--json") == 0
    (found,) = lines(capsys.readouterr().out)
    assert "Harbour Office" in [actor["name"] for actor in found["actors"]]  # type: ignore[attr-defined]
