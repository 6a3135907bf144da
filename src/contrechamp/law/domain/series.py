"""A series: five like requests or more, one referral (CRPA L342-1, R343-3-1, since 2022)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .french import french
from .items import Item
from .pack import Pack

LEAST = 5
"""How many requests of the same object, to different bodies, make a series."""
STEP = "cada"


@dataclass(frozen=True, slots=True)
class Series:
    """One window for all members, and who is in it, by the keys that were given."""

    not_before: date
    """The first day on which every member that is in has been refused."""
    act_by_safe: date
    """The earliest member's: after it, that member is lost."""
    members: tuple[str, ...]
    left_out: tuple[str, ...]
    """Not yet refused on the series' day: they can form a later one, inside their own windows."""
    basis: tuple[str, ...]

    @property
    def is_one(self) -> bool:
        """Answer whether enough members are in for the law's one referral."""
        return len(self.members) >= LEAST


def series_rule(day: date, pack: Pack | None = None) -> tuple[str, ...]:
    """Return the articles that a referral of a day stands on; none before the law knew series."""
    rule = (pack or french()).at("foi.series", day)
    return rule.basis if rule else ()


def gather(
    windows: Mapping[str, tuple[Item, ...]], on: date, pack: Pack | None = None
) -> Series | None:
    """Return the series that items of each member give for a referral that can still be made.

    `on`: the day from which a referral is thought of. Members whose safe day has passed are not
    in. None before the law knew series, or where nobody can be referred.
    """
    basis = series_rule(on, pack)
    found = {key: _window(items) for key, items in windows.items()}
    open_still = {
        key: (opens, safe) for key, (opens, safe) in found.items() if opens and safe and safe >= on
    }
    if not (basis and open_still):
        return None
    ends = min(safe for _, safe in open_still.values())
    members = {key: opens for key, (opens, _) in open_still.items() if opens <= ends}
    left_out = tuple(key for key in open_still if key not in members)
    return Series(max(members.values()), ends, tuple(members), left_out, basis)


def _window(items: tuple[Item, ...]) -> tuple[date | None, date | None]:
    for item in items:
        if item.step == STEP:
            return item.not_before, item.act_by_safe
    return None, None
