"""When the numbers of exhibits are kept for ever, and when a mistaken filing gives them back.

A filing freezes them: the court cites them from then on (CJA R412-2; design/cases.md §5). A filing
that was entered by mistake gives them back only if nothing bound with these very numbers was
downloaded: what was downloaded may have been deposited, and only the court knows. Numbers that
were given back are given again in the same order as long as nobody moves an exhibit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .facts import Fact, Kind

FILINGS = frozenset(
    {
        *(Kind.CLAIM_FILED, Kind.LIBERTY_FILED, Kind.MEASURES_FILED),
        *(Kind.COMPLAINT_FILED, Kind.REPORT_SENT),
    }
)
"""What hands the exhibits to a court, to the CNIL or to a commission."""


def is_filed(standing: Iterable[Fact]) -> bool:
    """Answer whether the exhibits are with somebody who decides."""
    return any(fact.kind in FILINGS for fact in standing)


def may_give_back(
    standing: Iterable[Fact], frozen: Mapping[str, int], taken: Iterable[Mapping[str, int]]
) -> bool:
    """Answer whether frozen numbers are given back once a filing was taken back.

    `frozen`: numbers by exhibit; `taken`: those of each bundle that was downloaded. An exhibit
    under its frozen number in one of these keeps all of them.
    """
    if is_filed(standing):
        return False
    return not any(each.get(key) == number for each in taken for key, number in frozen.items())
