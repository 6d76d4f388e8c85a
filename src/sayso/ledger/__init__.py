"""Readings → tables and answers: many articles, one account of who said what."""
