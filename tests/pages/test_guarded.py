"""Pages in processes of their own: no page stops the others, whatever it does."""

import pickle
from collections.abc import Iterator
from signal import SIGSTOP, SIGTERM

import pytest
from tests.pages.archives import HTML, SENTENCE

from sayso.errors import InputError
from sayso.pages.guarded import Extracted, Limits, Page, extract, extract_one
from sayso.pages.options import Options
from sayso.pages.processes import Question, Worker
from sayso.pages.worker import extract_page

GOOD = HTML.format("Army denies firing at the dam", SENTENCE).encode()
LARGE = b"<html><body><p>" + b"The army said no. " * 1_100_000
ADDRESS = "https://gazette.example/2024/05/03/army-denies-firing-at-the-dam"


def told(pages: list[bytes], **limits: float) -> list[str]:
    """The extractor of each page, or the reason for which there is no article."""
    results = extract(
        (Page(f"page {number}", data, ADDRESS) for number, data in enumerate(pages)),
        workers=2,
        limits=Limits(**limits),  # type: ignore[arg-type]
    )
    found = []
    for number, result in enumerate(results):
        name = result.article.input if isinstance(result, Extracted) else result.input
        assert name == f"page {number}"
        found.append(result.extractor if isinstance(result, Extracted) else result.code)
    return found


def test_articles_in_the_order_of_their_pages() -> None:
    pages = [GOOD, b"", b"<p>Menu</p>", b"\0\1\2" * 99, GOOD.replace(b"<p>", b"\0<p>"), GOOD]
    wanted = ["trafilatura", "empty", "no_text", "binary", "trafilatura", "trafilatura"]
    assert told(pages) == wanted


def test_memory_is_limited() -> None:
    assert told([GOOD, LARGE, GOOD], memory=60 * 1024 * 1024) == [
        *("trafilatura", "memory", "trafilatura")
    ]


def test_a_process_that_hangs_or_dies_costs_one_page() -> None:
    worker = Worker(Limits())

    def asked(signal: int | None = None) -> Extracted | InputError:
        worker.give(0, Question(Page("a page", GOOD), Options()))
        if signal is None:
            worker.connection.poll(60)
        if (result := worker.results()) is None:  # it has only started
            worker.connection.poll(60)
            result = worker.results()
        assert result is not None
        return result[0]

    def send(signal: int) -> None:
        assert worker._process is not None
        worker._process.send_signal(signal)
        if signal != SIGSTOP:
            worker._process.wait()

    try:
        for signal, code in ((SIGSTOP, "timeout"), (SIGTERM, "crashed")):
            assert isinstance(asked(), Extracted)
            send(signal)
            result = asked(signal)
            assert isinstance(result, InputError)
            assert result.code == code
    finally:
        worker.end()


def test_the_plain_rule_takes_over_when_time_runs_out() -> None:
    article, extractor = extract_page(Page("a page", GOOD), Options(), slow=1e-6)
    assert extractor == "paragraphs"
    assert SENTENCE in article.text


def test_pages_are_asked_for_as_they_are_needed() -> None:
    asked = 0

    def pages() -> Iterator[Page]:
        nonlocal asked
        for _ in range(1000):
            asked += 1
            yield Page("a page", GOOD)

    results = extract(pages())
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert asked < 40


def test_a_page_that_a_person_chose_is_read_as_it_is() -> None:
    front = GOOD.replace(b"<body>", b"<link rel=canonical href=https://gazette.example/x><body>")
    found = extract_one(Page("a page", front, "https://gazette.example/", chosen=True))
    assert isinstance(found, Extracted)
    assert found.article.url == "https://gazette.example/x"
    error = extract_one(Page("a page", front, "https://gazette.example/"))
    assert isinstance(error, InputError)
    assert error.code == "front_page"


@pytest.mark.parametrize("code", ["timeout", "unreadable"])
def test_a_failure_can_go_from_process_to_process(code: str) -> None:
    error = pickle.loads(pickle.dumps(InputError("a page", "is wrong", code)))
    assert (error.input, error.reason, error.code, str(error)) == (
        *("a page", "is wrong", code, "a page: is wrong"),
    )
