"""Texts as cells of a CSV file."""

#: With these a spreadsheet takes a cell for a formula (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_text(words: str) -> str:
    """The words, after an apostrophe where a spreadsheet would take them for a formula."""
    return f"'{words}" if words.startswith(_FORMULA) else words
