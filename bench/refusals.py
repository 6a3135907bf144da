"""Precision and recall of the refusal reader on the invented replies of `tests/samples/`.

    python -m bench.refusals

Three sets. `replies`: written with the rules. `replies-developed`: written without looking at the
rules, then used to better them. `replies-held`: written in the same way, and never used: what the
rules get wrong there was not looked at, and its figures alone say what an unseen letter may meet.
Exit 1 when a wrong reason is read in one of the first two.

All are invented, by the hand that wrote the rules: a real town hall writes worse. Figures of
2026-11-29 on reasons of refusal ("none" is one). Each lot was measured before anything in it was
looked at, by the rules as they stood; then it was used, but for the held one:

                                      right  wrong  missed  precision  recall  kind
    held (54), before                    21      5      16       0.81    0.57    34
    held (54), after                     36      2       1       0.95    0.97    48
    developed, 1st lot (50), before      25      5      11       0.83    0.69    31
    developed, 2nd lot (44)              19      2      11       0.90    0.63    26
    developed, 3rd lot (50)              15      8      18       0.65    0.45    26
    developed, 4th lot (50)              20      4      10       0.83    0.67    30
    developed, 5th lot (32)              16      4       7       0.80    0.70    22
    developed, 6th lot (24)              12      5       3       0.71    0.80    16
    developed, 7th lot (24)              11      2       6       0.85    0.65    12
    developed, 8th lot (22)              10      0       6       1.00    0.63    19
    developed (296), by the first rules  98     26     102       0.79    0.49   149

The held lot was written on the same day as the first, and remembered while the others were
written: what an unseen letter may expect is nearer to the 7th and 8th lots (46 replies: precision
0.91, recall 0.64, kind right on 31; by the first rules 0.90, 0.55 and 28) than to the held one.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

from contrechamp.foi.domain.refusals import Reading, read_reply

LONG = "Si ne n'a pas une demande aucune, de sécurité publique ou secret. "
"""What costs a reader most: words that may mean much, sentence after sentence."""
FOLDER = Path(__file__).parents[1] / "tests/samples/replies"
DEVELOPED = FOLDER.with_name("replies-developed")
HELD = FOLDER.with_name("replies-held")


@dataclass(slots=True)
class Figures:
    """What was read in a set of replies: reasons counted by code, the rest by reply."""

    right: Counter[str] = field(default_factory=Counter[str])
    wrong: Counter[str] = field(default_factory=Counter[str])
    missed: Counter[str] = field(default_factory=Counter[str])
    kinds: int = 0
    remedies: int = 0
    count: int = 0
    misread: list[str] = field(default_factory=list)


def replies(folder: Path = FOLDER) -> Iterator[tuple[str, Mapping[str, Any], Reading]]:
    """Yield the name of each reply, what is expected of it, and what is read."""
    for path in sorted(folder.glob("*.txt")):
        expected = json.loads(path.with_suffix(".json").read_text("utf-8"))
        own = expected.get("own_letters", [])
        yield path.stem, expected, read_reply(path.read_text("utf-8"), own_letters=own)


def measure(folder: Path) -> Figures:
    """Return the figures of a set of replies."""
    figures = Figures()
    for name, expected, reading in replies(folder):
        wanted, read = set(expected["codes"]), set(reading.codes)
        figures.count += 1
        figures.right.update(wanted & read)
        figures.wrong.update(read - wanted)
        figures.missed.update(wanted - read)
        figures.kinds += reading.proposed_kind == expected["kind"]
        figures.remedies += reading.remedies_stated == expected["remedies_stated"]
        if wanted != read or reading.proposed_kind != expected["kind"]:
            rules = [(one.rule, one.quote) for one in reading.findings]
            figures.misread.append(
                f"! {name}: {sorted(read)} for {sorted(wanted)}, {reading.proposed_kind} {rules}"
            )
        if reading.remedies_stated != expected["remedies_stated"]:
            said = f"{reading.remedies_stated} {reading.remedies_quote!r}"
            figures.misread.append(f"! {name}: remedies {said}")
    return figures


def main() -> int:
    """Print a table for each set; what was misread is not said of the held one."""
    wrong = 0
    for folder in (FOLDER, DEVELOPED, HELD):
        figures = measure(folder)
        if folder != HELD:
            wrong += figures.wrong.total()
            sys.stdout.writelines(f"{line}\n" for line in figures.misread)
        print(f"{folder.name:<22}right  wrong missed  precision  recall")
        for code in sorted(figures.right | figures.wrong | figures.missed):
            _line(code, figures.right[code], figures.wrong[code], figures.missed[code])
        _line("all", figures.right.total(), figures.wrong.total(), figures.missed.total())
        print(
            f"{figures.count} replies: kind right on {figures.kinds},"
            f" remedies right on {figures.remedies}\n"
        )
    for times in (10, 100, 1000):
        letter = LONG * times
        start = perf_counter()
        read_reply(letter)
        print(f"a reply of {len(letter):>7,} characters: {perf_counter() - start:.2f} s")
    return 1 if wrong else 0


def _line(name: str, right: int, wrong: int, missed: int) -> None:
    precision = f"{right / (right + wrong):.2f}" if right + wrong else "–"
    recall = f"{right / (right + missed):.2f}" if right + missed else "–"
    print(f"{name:<22}{right:>5}{wrong:>7}{missed:>7}{precision:>11}{recall:>8}")


if __name__ == "__main__":
    sys.exit(main())
