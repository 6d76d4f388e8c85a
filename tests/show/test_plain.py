import pytest

from sayso.show.plain import count, line, number, safe, shortened


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("\x1b[31mred\x1b[0m", "\ufffd[31mred\ufffd[0m"),
        ("\x9b2J", "\ufffd2J"),
        ("a\tb\nc", "a\tb\nc"),
        ("a\rb\x00\x7f", "a\ufffdb\ufffd\ufffd"),
        ("user\u202egnp.exe\u2069", "user\ufffdgnp.exe\ufffd"),
        ("half \ud83d", "half \ufffd"),
        ("👩‍🚀 é", "👩‍🚀 é"),
    ],
)
def test_safe_neutralises_what_a_terminal_would_obey(text: str, shown: str) -> None:
    assert safe(text) == shown
    assert len(safe(text)) == len(text)


def test_line_has_no_line_break() -> None:
    assert line(" a \n\n b\u2028c ") == "a b c"


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [("short", 10, "short"), ("one two three", 9, "one two…"), ("x" * 20, 5, "xxxx…")],
)
def test_shortened(text: str, limit: int, shown: str) -> None:
    assert shortened(text, limit) == shown


@pytest.mark.parametrize(
    ("value", "unit_kind", "currency", "shown"),
    [
        (15000, "people", None, "15,000"),
        (0.5, "share", None, "50%"),
        (0.125, "share", None, "12.5%"),
        (1.92e10, "money", "USD", "$19.2 billion"),
        (2e6, "money", "UAH", "2 million UAH"),
        (3.5, "distance", None, "3.5"),
        (-4, None, None, "-4"),
        (12345.6, "goods", None, "12,345.6"),
    ],
)
def test_number(value: float, unit_kind: str, currency: str, shown: str) -> None:
    assert number(value, unit_kind, currency) == shown


def test_count() -> None:
    assert [count(n, "claim") for n in (0, 1, 2)] == ["0 claims", "1 claim", "2 claims"]
