"""Readings for people: ``view`` arranges, ``terminal`` prints, ``html`` makes a page."""
