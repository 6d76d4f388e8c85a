"""Scoring readings against what careful readers marked: gold files, and PolNeAR's attributions."""

from sayso.evaluation.evaluate import evaluate, evaluate_each
from sayso.evaluation.gold import Gold, load_gold
from sayso.evaluation.report import FileScores, Report, Row, Scores
from sayso.evaluation.score import score

__all__ = [
    "FileScores",
    "Gold",
    "Report",
    "Row",
    "Scores",
    "evaluate",
    "evaluate_each",
    "load_gold",
    "score",
]
