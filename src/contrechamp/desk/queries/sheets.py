"""The list of sealed files and one of them, with what two readers said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, Q, QuerySet, When

from contrechamp.desk.domain.states import BY_HAND, ENDED, Priority, State
from contrechamp.desk.models import STATES, Deed, Note, Paired, Reader, Sheet

URGENT = (Priority.NOW, Priority.SOON)
OPEN = Q(paired__is_done=False, paired__stopped_by=None)


@dataclass(frozen=True, slots=True)
class Folder:
    """A group of the list: a state, how many."""

    state: State
    count: int

    @property
    def label(self) -> str:
        """The word for people."""
        return str(dict(STATES)[self.state])


@dataclass(frozen=True, slots=True)
class Choice:
    """A word that one reader may say now."""

    value: str
    label: str


def sheets(state: str = "", of: Reader | None = None) -> QuerySet[Sheet]:
    """Return the dossiers of a state or reader, or all that are not destroyed.

    What is urgent comes first, spam and what is to be destroyed last; then what waits longest.
    """
    rows = Sheet.objects.select_related("assignee").annotate(
        note_count=Count("notes", distinct=True), open_count=Count("paired", filter=OPEN)
    )
    rows = rows.filter(state=state) if state else rows.exclude(state=State.DESTROYED)
    if of:
        rows = rows.filter(assignee=of)
    urgency = Case(
        When(Q(is_spam=True) | Q(state__in=ENDED), then=9),
        *(When(priority=each, then=at) for at, each in enumerate(URGENT)),
        default=8,
    )
    is_read = Case(When(state=State.NEW, then=0), default=1)
    return rows.order_by(urgency, is_read, "day", "file")


def folders() -> list[Folder]:
    """Return how many dossiers each state has, in the order of the states."""
    counts: Mapping[str, int] = dict(
        Sheet.objects.values_list("state").annotate(n=Count("pk")).values_list("state", "n")
    )
    return [Folder(state, counts[state]) for state in State if state in counts]


def count_of(reader: Reader) -> int:
    """Return how many dossiers a reader has taken on."""
    return Sheet.objects.filter(assignee=reader).exclude(state=State.DESTROYED).count()


def find_sheet(file: str) -> Sheet:
    """Return a dossier by its name; raise Sheet.DoesNotExist."""
    return Sheet.objects.select_related("assignee").get(pk=file)


def choices_of(sheet: Sheet) -> list[Choice]:
    """Return the states that one reader may say now, in order."""
    allowed = BY_HAND.get(State(sheet.state), frozenset())
    return [Choice(state, str(label)) for state, label in STATES if state in allowed]


def proposals(sheet: Sheet | None = None) -> list[Paired]:
    """Return what waits for a second word or for its hour, of one dossier or of all."""
    rows = Paired.objects.filter(is_done=False, stopped_by=None).select_related(
        "sheet", "proposed_by", "confirmed_by", "stopped_by"
    )
    return list((rows.filter(sheet=sheet) if sheet else rows).order_by("pk"))


def notes(sheet: Sheet) -> list[Note]:
    """Return the sealed notes of a dossier, oldest first, without their bytes."""
    return list(sheet.notes.defer("sealed").select_related("reader").order_by("number"))


def deeds(sheet: Sheet | None = None, most: int = 200) -> list[Deed]:
    """Return the journal, newest first."""
    rows = Deed.objects.filter(file=sheet.pk) if sheet else Deed.objects.all()
    return list(rows.order_by("-day", "-pk")[:most])


def readers() -> list[Reader]:
    """Return those who read, by code."""
    return list(Reader.objects.filter(is_active=True).order_by("code"))


def oldest_new() -> date | None:
    """Return the day of the oldest dossier that nobody collected."""
    row = Sheet.objects.filter(state=State.NEW).order_by("day").first()
    return row.day if row else None
