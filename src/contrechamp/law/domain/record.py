"""What every file of facts has in common: appended, corrected by a newer one, read in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol, TypeVar

from contrechamp.kernel.errors import Refused, gettext_noop


class Recorded(Protocol):
    """A fact of a file: its kind, the days that it may be, and the fact that it corrects."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def first(self) -> date: ...
    @property
    def last(self) -> date: ...
    @property
    def values(self) -> Mapping[str, object]: ...
    @property
    def corrects(self) -> str: ...


F = TypeVar("F", bound=Recorded)


def standing(facts: Iterable[F], order: Mapping[str, int]) -> tuple[F, ...]:
    """Return the facts that no other corrects, by day; those of one day in the order of kinds."""
    every = tuple(facts)
    gone = {fact.corrects for fact in every if fact.corrects}
    return tuple(
        sorted(
            (fact for fact in every if fact.id not in gone and not is_removal(fact)),
            key=lambda fact: (fact.first, fact.last, order.get(fact.kind, len(order)), fact.id),
        )
    )


def is_removal(fact: Recorded) -> bool:
    """Answer whether a fact only says that another was entered by mistake."""
    return bool(fact.corrects) and fact.values.get("is_removal") is True


def of_kind(facts: Sequence[F], *kinds: str) -> tuple[F, ...]:
    """Return the facts of these kinds, in order."""
    return tuple(fact for fact in facts if fact.kind in kinds)


def last_of(facts: Sequence[F], *kinds: str) -> F | None:
    """Return the latest fact of these kinds, or None."""
    found = of_kind(facts, *kinds)
    return found[-1] if found else None


GONE = gettext_noop("Cette mention est déjà corrigée ou annulée.")
NOT_TAKEN_BACK = gettext_noop("Cette mention n'a pas été annulée.")
BACK_ALREADY = gettext_noop("Cette mention est déjà remise.")


def check_taking_back(note: str, *, is_corrected: bool) -> None:
    """Raise `Refused` unless a fact may be taken back: with a reason, and while it stands."""
    if not note.strip():
        raise Refused(gettext_noop("Dites pourquoi cette mention est annulée."))
    if is_corrected:
        raise Refused(GONE)
