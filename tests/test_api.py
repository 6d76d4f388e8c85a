"""The Python API: what is read as an input, what as text, and what importing costs."""

import subprocess
import sys
from pathlib import Path

import pytest

import sayso

TEXT = "The harbour master of Tarnholm said the ferry had been late for a week."


def test_every_public_name_is_there() -> None:
    for name in sayso.__all__:
        assert getattr(sayso, name) is not None
    assert set(dir(sayso)) == set(sayso.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = sayso.nothing


def test_importing_loads_no_library() -> None:
    code = (
        "import sys; before = set(sys.modules); import sayso; sayso.InputError\n"
        "new = {name.partition('.')[0] for name in set(sys.modules) - before}\n"
        "print(new - sys.stdlib_module_names)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout == b"{'sayso'}\n"


def test_importing_the_api_loads_no_model() -> None:
    code = "import sys, sayso; sayso.read, sayso.Reading; print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout == b"False\n"


def test_a_string_is_text() -> None:
    reading = sayso.read(TEXT)
    assert isinstance(reading, sayso.Reading)
    assert reading.article.text == TEXT
    (statement,) = reading.statements
    assert statement.cue is not None
    assert statement.cue.text == "said"


def test_a_string_that_names_a_file_and_a_path_are_inputs(tmp_path: Path) -> None:
    path = tmp_path / "ferry.txt"
    path.write_text(TEXT, encoding="utf-8")
    for given in (path, str(path)):
        reading = sayso.read(given, only="article")
        assert reading.article.input == str(path)
        assert reading.article.text == TEXT


def test_a_path_is_always_a_file(tmp_path: Path) -> None:
    with pytest.raises(sayso.InputError) as raised:
        sayso.read(tmp_path / "none.txt")
    assert raised.value.input == str(tmp_path / "none.txt")


@pytest.mark.parametrize("text", ["", " ", "x" * 5000, "a\x00b", "half \ud83d pair"])
def test_odd_strings_are_read_or_refused_and_never_crash(text: str) -> None:
    try:
        reading = sayso.read(text, only="article")
    except sayso.InputError:
        return
    assert reading.to_json()


def test_an_address_is_fetched_not_read_as_text() -> None:
    with pytest.raises(sayso.FetchError):
        sayso.read("http://127.0.0.1:9/")


def test_an_input_of_many_articles_wants_read_many(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    with pytest.raises(sayso.InputError, match="read_many"):
        sayso.read(tmp_path, only="article")
    assert len(list(sayso.read_many([tmp_path], only="article"))) == 2


def test_read_many_keeps_the_order_of_readings_and_failures(tmp_path: Path) -> None:
    names = []
    for number in range(40):
        path = tmp_path / f"{number:02}.txt"
        if number % 7:
            path.write_text(f"{TEXT} It was day {number}.", encoding="utf-8")
        names.append(str(path))
    found = list(sayso.read_many(names))
    assert [f.input if isinstance(f, sayso.InputError) else f.article.input for f in found] == names
    assert [n for n, f in enumerate(found) if isinstance(f, sayso.InputError)] == [*range(0, 40, 7)]


def test_an_article_that_breaks_its_batch_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sayso.reader import pipeline

    whole = pipeline.model_text

    def broken(article: sayso.records.Article) -> str:
        if "Bad" in article.text:
            raise RuntimeError("no")
        return whole(article)

    monkeypatch.setattr(pipeline, "model_text", broken)
    names = []
    for number, text in enumerate((TEXT, "Bad luck, the mayor said.", TEXT)):
        path = tmp_path / f"{number}.txt"
        path.write_text(text, encoding="utf-8")
        names.append(path)
    found = list(sayso.read_many(names))
    assert [isinstance(f, sayso.InputError) for f in found] == [False, True, False]


def test_an_unknown_option_is_named() -> None:
    with pytest.raises(TypeError, match="colour"):
        sayso.read(TEXT, colour="red")  # type: ignore[call-arg]


def test_the_date_of_publication_is_checked() -> None:
    with pytest.raises(sayso.SaysoError, match="is no date"):
        sayso.read(TEXT, published="yesterday")
    with pytest.raises(sayso.SaysoError, match="is no date"):
        sayso.read_many(["x"], published="yesterday")
