"""Readings → other people's formats: files that load elsewhere and whose rows stand alone."""

from sayso.exports.formats import FORMATS, Writer, write
from sayso.exports.item import Capture, Item, of_reading

__all__ = ["FORMATS", "Capture", "Item", "Writer", "of_reading", "write"]
