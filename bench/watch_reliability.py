"""Draw stated confidence against the rate of what was judged by hand; print the Brier score.

    python -m bench.watch_reliability

Reads `tests/watch/judged_acts.csv` and writes `docs/images/watch-reliability.svg`. Stated is the
confidence of today (`video_protection.sure`); measured is the first reading, before corrections.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

from contrechamp.watch.domain.video_protection import JUDGED, sure

ROOT = Path(__file__).parents[1]
ROWS = ROOT / "tests/watch/judged_acts.csv"
PLOT = ROOT / "docs/images/watch-reliability.svg"
EDGES = (0.8, 0.9, 0.95, 0.98, 1.0)
LOW, SIZE, LEFT, TOP = 0.8, 300, 60, 20
STYLE = (
    "<style>svg{--ink:#1c1c1c;--line:#767676;--dot:#0b5fa5}"
    "@media(prefers-color-scheme:dark){svg{--ink:#eee;--line:#999;--dot:#7cc0ff}}"
    "text{font:13px sans-serif;fill:var(--ink)}path{stroke:var(--line);fill:none}"
    "circle{fill:var(--dot)}</style>"
)


def main() -> None:
    """Write the plot and print what it shows."""
    pairs = [
        (sure(row["field"]), row["right"] == "yes")
        for row in csv.DictReader(ROWS.read_text("utf-8").splitlines())
        if row["right"] != "missed"
    ]
    brier = sum((stated - right) ** 2 for stated, right in pairs) / len(pairs)
    rate = sum(right for _, right in pairs) / len(pairs)
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for stated, right in pairs:
        bins[sum(stated >= edge for edge in EDGES)].append((stated, right))
    points = [
        (
            sum(stated for stated, _ in rows) / len(rows),
            sum(right for _, right in rows) / len(rows),
            len(rows),
        )
        for _, rows in sorted(bins.items())
    ]
    print(f"{len(pairs)} values, {rate:.3f} right; Brier score {brier:.4f}, of one rate for all ")
    print(f"  {rate * (1 - rate):.4f}")
    for stated, measured, count in points:
        print(f"stated {stated:.3f}  measured {measured:.3f}  of {count}")
    for field, (hits, count) in JUDGED.items():
        print(f"  {field}: {hits} of {count}, stated {sure(field):.3f}")
    PLOT.write_text(_drawn(points), encoding="utf-8")


def _drawn(points: list[tuple[float, float, int]]) -> str:
    def x(value: float) -> float:
        return LEFT + (value - LOW) / (1 - LOW) * SIZE

    def y(value: float) -> float:
        return TOP + SIZE - (value - LOW) / (1 - LOW) * SIZE

    said = "; ".join(f"{s:.3f} stated, {m:.3f} right of {n}" for s, m, n in points)
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 460 390" role="img" '
        'aria-labelledby="t d"><title id="t">Stated confidence and measured rate</title>'
        f'<desc id="d">{said}</desc>',
        STYLE,
        f'<path d="M{LEFT} {TOP}V{TOP + SIZE}H{LEFT + SIZE}"/>',
        f'<path d="M{x(LOW)} {y(LOW)}L{x(1)} {y(1)}" stroke-dasharray="5 5"/>',
    ]
    for value in (0.8, 0.85, 0.9, 0.95, 1.0):
        label = f"{value:.2f}"
        below = TOP + SIZE + 18
        parts.append(f'<text x="{x(value):.0f}" y="{below}" text-anchor="middle">{label}</text>')
        parts.append(
            f'<text x="{LEFT - 8}" y="{y(value) + 4:.0f}" text-anchor="end">{label}</text>'
        )
    for stated, measured, count in points:
        parts.append(f'<circle cx="{x(stated):.1f}" cy="{y(measured):.1f}" r="6"/>')
        parts.append(f'<text x="{x(stated) + 10:.1f}" y="{y(measured) + 18:.1f}">{count}</text>')
    middle = LEFT + SIZE / 2
    parts.append(f'<text x="{middle}" y="{TOP + SIZE + 42}" text-anchor="middle">stated</text>')
    parts.append(f'<text x="8" y="{TOP - 6}">right</text></svg>')
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    main()
