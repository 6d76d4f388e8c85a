"""Quantities: numbers with their currency, unit, range and bound, from the text alone.

The one entry is ``find_quantities``. It knows the forms of numbers that are names or clock times by
their characters ("F-16", "8:30"); which of the others are dates or names only the parse tells.
"""

from sayso.reader.figures.elements import (
    after_join,
    hyphened_before,
    joined_after,
    name_or_clock,
    not_counted,
    read_element,
    read_ratio,
)
from sayso.reader.figures.numeral import words
from sayso.reader.figures.pieces import Pieces, cut
from sayso.reader.figures.quantity import Quantity, make_quantity
from sayso.reader.figures.ranges import read_range
from sayso.reader.figures.vague import VagueTable

__all__ = ["Quantity", "find_quantities"]


def find_quantities(text: str, vague: VagueTable | None = None) -> list[Quantity]:
    """The quantities of ``text``, in order, none inside another; never raises.

    Args:
        text: any text.
        vague: the table of vague words; the documented one where none is given.
    """
    pieces = cut(text, vague)
    triggers = words().triggers
    found: list[Quantity] = []
    index, length = 0, len(pieces)
    while index < length:
        if pieces.kinds[index] != "d" and pieces.low[index] not in triggers:
            index += 1
            continue
        quantities, index = _at(pieces, index)
        for one in quantities:
            # "0 $ billions": a sign belongs to one number, the first.
            if not found or found[-1].end <= one.start:
                found.append(one)
    return found


def _at(pieces: Pieces, index: int) -> tuple[list[Quantity], int]:
    """The quantities that begin with the number at ``index``, and the piece to go on from."""
    if pieces.kinds[index] == "d" and (skip := name_or_clock(pieces, index)):
        return [], skip
    if pieces.kinds[index] == "w" and hyphened_before(pieces, index):
        return [], index + 1
    element = read_element(pieces, index)
    if element is None:
        return [], index + 1
    ratio = read_ratio(pieces, element)
    if ratio is not None:
        return [make_quantity(pieces, ratio, ratio, None)], ratio.last + 1
    joined = read_range(pieces, element)
    if joined is not None:
        return joined
    if element.numeral.form == "digits" and joined_after(pieces, element.last):
        return [], after_join(pieces, element.last)
    if not_counted(pieces, element):
        return [], element.last + 1
    return [make_quantity(pieces, element, element, None)], element.last + 1
