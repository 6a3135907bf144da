"""Administrative decisions as the census tells of them: which facts are one, and when it came out.

A decision is dated for its challenge by a proof of its publication alone: a collection of acts or
the Journal officiel, with a day. The day on which it was signed, seen or reported starts nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .openings import Attackable
from .windows import Why

ACTS = frozenset({"authorising_act", "modifying_act", "refusing_act"})
"""Properties whose value is an act, by its number."""
DECIDED = "decided_on"
"""A project was decided on a day: a deliberation, an order."""
HIDDEN = "is_secret"
GAZETTE, COLLECTION = "legifrance", "raa"
PUBLISHERS = frozenset({GAZETTE, COLLECTION})
"""Registers that publish: their day is that of a publication."""
LOCAL = frozenset({"deliberation", "municipal_order"})
RULES = frozenset({"law", "decree", "ministerial_order"})
AWARDED = frozenset({"contract", "framework", "lot"})
"""Types of contracts that were awarded; a call is none yet."""
AWARD_DAYS = ("notified_on", "signed_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One proof of a decision: its register, and the days that its date may mean."""

    register: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """When a decision was published, or why that is not known."""

    day: date | None = None
    why: str = ""
    is_national: bool = False


def publication(
    sources: Iterable[Source], *, is_secret: bool = False, is_never: bool = False
) -> Publication:
    """Return the earliest proven publication: the safe day is counted from it."""
    said = [one for one in sources if one.register in PUBLISHERS]
    days = [one for one in said if one.first is not None and one.first == one.last]
    if days:
        first = min(days, key=lambda one: one.first or date.max)
        return Publication(day=first.first, is_national=first.register == GAZETTE)
    national = any(one.register == GAZETTE for one in said)
    if said:
        return Publication(why=Why.NOT_A_DAY, is_national=national)
    if is_never:
        return Publication(why=Why.NEVER_PUBLISHED)
    return Publication(why=Why.REVEALED if is_secret else Why.NO_PROOF)


def attackable(
    found: Publication, *, court: str, bases: Iterable[str] = (), is_contract: bool = False
) -> Attackable:
    """Return a decision of the census as the rules of openings read one."""
    kinds = frozenset(bases)
    return Attackable(
        published_on=None if is_contract else found.day,
        is_never_published=found.why in {Why.NEVER_PUBLISHED, Why.REVEALED},
        is_local=bool(kinds & LOCAL) and not found.is_national,
        is_rule=bool(kinds & RULES),
        is_contract=is_contract,
        court=court,
    )
