"""Precision and recall of the refusal reader on the invented replies of `tests/samples/replies/`.

    python -m bench.refusals

Exit 1 when a wrong reason is read on any reply. The replies are invented: the figures say that
the rules hold what they promise, not how often a real town hall writes as here.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from contrechamp.foi.domain.refusals import Reading, read_reply

FOLDER = Path(__file__).parents[1] / "tests/samples/replies"


def replies() -> Iterator[tuple[str, Mapping[str, Any], Reading]]:
    """Yield the name of each reply, what is expected of it, and what is read."""
    for path in sorted(FOLDER.glob("*.txt")):
        expected = json.loads(path.with_suffix(".json").read_text("utf-8"))
        own = expected.get("own_letters", [])
        yield path.stem, expected, read_reply(path.read_text("utf-8"), own_letters=own)


def main() -> int:
    """Print a line per reason, then kinds and remedies; return the exit code."""
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    kinds = remedies = count = 0
    for name, expected, reading in replies():
        count += 1
        wanted, read = set(expected["codes"]), set(reading.codes)
        right.update(wanted & read)
        wrong.update(read - wanted)
        missed.update(wanted - read)
        kinds += reading.proposed_kind == expected["kind"]
        remedies += reading.remedies_stated == expected["remedies_stated"]
        if wanted != read or reading.proposed_kind != expected["kind"]:
            rules = [(one.rule, one.quote) for one in reading.findings]
            print(f"! {name}: {sorted(read)} for {sorted(wanted)}, {reading.proposed_kind} {rules}")
        if reading.remedies_stated != expected["remedies_stated"]:
            print(f"! {name}: remedies {reading.remedies_stated} {reading.remedies_quote!r}")
    print(f"{'reason':<22}right  wrong missed  precision  recall")
    for code in sorted(right | wrong | missed):
        _line(code, right[code], wrong[code], missed[code])
    _line("all", right.total(), wrong.total(), missed.total())
    print(f"{count} replies: kind right on {kinds}, remedies right on {remedies}")
    return 1 if wrong else 0


def _line(name: str, right: int, wrong: int, missed: int) -> None:
    precision = f"{right / (right + wrong):.2f}" if right + wrong else "–"
    recall = f"{right / (right + missed):.2f}" if right + missed else "–"
    print(f"{name:<22}{right:>5}{wrong:>7}{missed:>7}{precision:>11}{recall:>8}")


if __name__ == "__main__":
    sys.exit(main())
