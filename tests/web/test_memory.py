"""Answers are worked out once until something is written, by whomever."""

from pathlib import Path

from sayso.ledger.ledger import Ledger
from sayso.web.memory import Memory


def test_an_answer_is_forgotten_when_anybody_writes(copy: Path) -> None:
    memory, asked = Memory(), list[str]()

    def answer(name: str) -> str:
        asked.append(name)
        return name

    with Ledger(copy) as one, Ledger(copy) as other:
        for book in (one, other, one, other):
            memory.get(book, "x", lambda: answer("first"))
        before = len(asked)
        assert memory.get(one, "x", lambda: answer("again")) == "first"
        assert len(asked) == before
        other.review(one.queue()[0].id, "confirm", who="ada")
        for number, book in enumerate((one, other)):
            assert memory.get(book, "x", lambda: answer("later")) == "later", number
        one.review(one.queue()[1].id, "confirm", who="ada")
        assert memory.get(one, "x", lambda: answer("last")) == "last"


def test_a_failed_answer_is_asked_again(copy: Path) -> None:
    memory = Memory()
    with Ledger(copy) as book:
        for _ in range(2):
            try:
                memory.get(book, "x", lambda: 1 // 0)
            except ZeroDivisionError:
                continue
        assert memory.get(book, "x", lambda: 1) == 1
