"""Time the audit of a table of 2 MB, and draws of its tables beside fairlearn's in one run.

    python -m bench.lab_own

Without fairlearn (no dependency of ours: `pip install fairlearn`) only our numbers are printed.
Processor time, best of several; memory as Python counts it, numpy included.
"""

from __future__ import annotations

import importlib.util
import tracemalloc
from collections.abc import Callable
from time import process_time

import numpy as np

from contrechamp.lab.model import Text
from contrechamp.lab.own.audit import Options
from contrechamp.lab.own.auditing import audit
from contrechamp.lab.own.rates import DRAWS, Cells, ratios

ROWS = 150_000
SIZE = 2_000_000
PEOPLE = 7_214
LIBRARY_DRAWS = 20


def table() -> bytes:
    """Return invented decisions: four groups, scores of three decimals, 2 MB."""
    rng = np.random.default_rng(1)
    group = rng.choice(["Nord", "Centre", "Sud", "Est"], ROWS)
    score = rng.random(ROWS)
    yes = rng.random(ROWS) < score / 2
    lines = ["score;outcome;group"]
    rows = zip(score, yes, group, strict=True)
    lines += [f"{one:.3f};{int(on)};{name}" for one, on, name in rows]
    body = "\n".join(lines).encode()
    return body[: body.rfind(b"\n", 0, SIZE)]


def best(work: Callable[[], object], times: int = 3) -> float:
    """Return the least processor time of a few runs."""
    found = []
    for _ in range(times):
        begun = process_time()
        work()
        found.append(process_time() - begun)
    return min(found)


def library_draw() -> float | None:
    """Return what one bootstrap draw costs with fairlearn's MetricFrame; None without it."""
    if importlib.util.find_spec("fairlearn") is None:
        return None
    from fairlearn.metrics import (  # type: ignore[import-not-found,unused-ignore]
        MetricFrame,
        false_negative_rate,
        false_positive_rate,
        selection_rate,
    )

    rng = np.random.default_rng(2)
    group = rng.choice(["a", "b", "c", "d"], PEOPLE)
    true, told = rng.integers(0, 2, PEOPLE), rng.integers(0, 2, PEOPLE)
    metrics = {
        "fpr": false_positive_rate,
        "fnr": false_negative_rate,
        "selection": selection_rate,
    }

    def draw() -> None:
        for _ in range(LIBRARY_DRAWS):
            at = rng.integers(0, PEOPLE, PEOPLE)
            frame = MetricFrame(
                metrics=metrics, y_true=true[at], y_pred=told[at], sensitive_features=group[at]
            )
            _ = frame.by_group

    return best(draw, 2) / LIBRARY_DRAWS


def main() -> None:
    """Print what is measured."""
    body = table()
    seconds = best(lambda: audit(body, Options(threshold=0.5)))
    tracemalloc.start()
    audit(body, Options(threshold=0.5))
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    print(f"{len(body) / 1e6:.1f} MB, {body.count(10):,} rows: {seconds:.2f} CPU-s, {peak:.0f} MB")
    cells: list[tuple[Text, Cells]] = [
        (Text(name, name), (990, 805, 532, 1369)) for name in ("a", "b", "c", "d")
    ]
    ours = best(lambda: ratios(cells, 0)) / DRAWS
    print(f"one draw of four groups: {ours * 1e6:.2f} µs")
    theirs = library_draw()
    if theirs is None:
        print("fairlearn is not installed: nothing to compare with")
    else:
        print(f"one draw with fairlearn: {theirs * 1e3:.1f} ms, {theirs / ours:,.0f} times ours")


if __name__ == "__main__":
    main()
