"""What the words around a place's name say of where it lies."""

import re

from sayso.reader.places import Container, containers_of

#: "Tripoli, Lebanon", "Tyre, in southern Lebanon", "Hyderabad in Pakistan's Sindh province".
_AFTER = re.compile(
    r"(?:,\s|,?\s(?:in|of)\s)(?:in\s)?(?:the\s)?(?:(?:north|south|east|west|central)\w{0,8}\s)?"
    r"([A-Z][\w.\-]{1,30}(?:\s[A-Z][\w.\-]{1,30}){0,3})"
)


def named_after(text: str, end: int) -> tuple[Container, ...]:
    """What a place whose name ends at ``end`` is said to lie in ("Tripoli, Lebanon")."""
    match = _AFTER.match(text, end)
    if match is None:
        return ()
    words = match[1].removesuffix("'s").removesuffix("’s").rstrip(".").split()
    for size in range(len(words), 0, -1):
        found = containers_of(" ".join(words[:size]))
        if found:
            return found
    return ()
