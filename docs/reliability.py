"""Draws ``reliability.svg`` from the scores that `sayso train` kept beside the weights.

Run as ``python docs/reliability.py``.
"""

import json
from pathlib import Path

HERE = Path(__file__).resolve().parent
SCORES = HERE.parent / "src" / "sayso" / "model" / "weights" / "scores.json"
SIDE, EDGE = 320, 44
FOOT = EDGE / 2 + SIDE


def drawing(bins: list[tuple[float, float, int]]) -> str:
    """The diagram: mean confidence of each bin across, share that is right upwards."""

    def place(x: float, y: float) -> tuple[float, float]:
        return EDGE + x * SIDE, EDGE / 2 + (1 - y) * SIDE

    most = max(count for _, _, count in bins)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIDE + EDGE + 20}" '
        f'height="{SIDE + EDGE + 24}" font-family="sans-serif" font-size="11">',
        '<rect width="100%" height="100%" fill="white"/>',
    ]
    for tick in range(0, 11, 2):
        x, y = place(tick / 10, tick / 10)
        parts.append(
            f'<path d="M{x:.0f} {EDGE / 2}V{FOOT}M{EDGE} {y:.0f}H{EDGE + SIDE}" stroke="#ddd"/>'
        )
        parts.append(
            f'<text x="{x:.0f}" y="{EDGE / 2 + SIDE + 16}" text-anchor="middle">{tick / 10}</text>'
        )
        parts.append(f'<text x="{EDGE - 6}" y="{y + 4:.0f}" text-anchor="end">{tick / 10}</text>')
    (x0, y0), (x1, y1) = place(0, 0), place(1, 1)
    parts.append(
        f'<path d="M{x0:.0f} {y0:.0f}L{x1:.0f} {y1:.0f}" stroke="#999" stroke-dasharray="4 3"/>'
    )
    line = " ".join("{:.1f},{:.1f}".format(*place(x, y)) for x, y, _ in bins)
    parts.append(f'<polyline points="{line}" fill="none" stroke="#0b5cad" stroke-width="2"/>')
    for confidence, right, count in bins:
        x, y = place(confidence, right)
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{3 + 5 * count / most:.1f}" fill="#0b5cad">'
            f"<title>{count} attributions</title></circle>"
        )
    parts.append(
        f'<text x="{EDGE + SIDE / 2}" y="{SIDE + EDGE + 16}" text-anchor="middle">confidence</text>'
    )
    parts.append(
        f'<text transform="translate(12 {EDGE / 2 + SIDE / 2}) rotate(-90)" text-anchor="middle">'
        "share that is right</text></svg>"
    )
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    kept = json.loads(SCORES.read_text(encoding="utf-8"))
    (HERE / "reliability.svg").write_text(drawing(kept["reliability"]), encoding="utf-8")
