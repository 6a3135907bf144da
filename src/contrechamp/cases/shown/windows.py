"""Windows made ready for a page, a feed, a calendar and a mail, in the language that is active."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.urls import reverse
from django.utils.translation import get_language, gettext, gettext_noop

from contrechamp.cases.domain.openings import Openness
from contrechamp.cases.domain.windows import WHY, Sort, Why, act_window, last_turn
from contrechamp.cases.models import Window
from contrechamp.cases.queries import windows as queries
from contrechamp.cases.queries.openable import HIGH_COURT
from contrechamp.census import published as census
from contrechamp.foi.domain.calendar import LINES, NO_ADVICE, derived
from contrechamp.foundation.vocabulary import label
from contrechamp.foundation.words import written
from contrechamp.kernel.dates import PARIS
from contrechamp.kernel.icalendar import Entry
from contrechamp.kernel.syndication import Item
from contrechamp.law.domain.reminding import ALARMS
from contrechamp.places import queries as places

from .words import OPENNESS, said

SORTS: Mapping[Sort, str] = {
    Sort.ACT: gettext_noop("acte publié"),
    Sort.DECISION: gettext_noop("décision du recensement"),
    Sort.CONTRACT: gettext_noop("marché attribué"),
    Sort.REFUSAL: gettext_noop("refus d'accès confirmé"),
    Sort.SILENCE: gettext_noop("plainte restée sans réponse"),
    Sort.EXPIRY: gettext_noop("autorisation qui finit"),
}
WHAT: Mapping[Sort, str] = {
    Sort.ACT: gettext_noop("Contester"),
    Sort.DECISION: gettext_noop("Contester"),
    Sort.CONTRACT: gettext_noop("Contester le contrat"),
    Sort.REFUSAL: gettext_noop("Porter le refus au tribunal"),
    Sort.SILENCE: gettext_noop("Saisir le Conseil d'État"),
    Sort.EXPIRY: gettext_noop("Fin de l'autorisation"),
}
NOTES: Mapping[Sort, str] = {
    Sort.REFUSAL: gettext_noop(
        "Ce recours est celui de qui a fait la demande. Autre voie : refaire la demande à son nom."
    ),
    Sort.SILENCE: gettext_noop("Ce recours est celui de qui a déposé la plainte."),
    Sort.EXPIRY: gettext_noop(
        "Sans nouvelle autorisation, le système ne peut plus servir : un renouvellement à guetter."
    ),
}
BASES: Mapping[Sort, str] = {
    Sort.ACT: "CJA R421-1",
    Sort.DECISION: "CJA R421-1",
    Sort.CONTRACT: "CE, 4 avril 2014, n° 358994",
    Sort.REFUSAL: "CJA R421-1, R421-2",
    Sort.SILENCE: "CJA R311-1, R421-1",
    Sort.EXPIRY: "CSI L252-4",
}
STATUSES: Mapping[Openness, str] = {
    **OPENNESS,
    Openness.OPEN: gettext_noop("délai ouvert"),
    Openness.USUAL_ONLY: gettext_noop("décompte usuel seulement"),
    Openness.UNLIMITED: gettext_noop("sans délai"),
    Openness.UNKNOWN: gettext_noop("date à établir"),
}
NEAR = gettext_noop("Il reste sept jours ou moins.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownWindow:
    """A line of the list, in the reader's language."""

    row: Window
    title: str
    sort: str
    status: Openness
    status_words: str
    technology: str
    court: str
    places: tuple[tuple[str, str], ...]
    """Names and addresses of the smallest territories that it names."""
    why: str
    note: str

    @property
    def is_end(self) -> bool:
        """Answer whether its day is the end of an authorisation, no period to act."""
        return self.row.sort == Sort.EXPIRY


def shown(rows: Sequence[Window], today: date) -> list[ShownWindow]:
    """Make windows ready, with one question for all places."""
    held = queries.territories_of(rows)
    known = places.territories(
        key for keys in held.values() for key in keys if key.startswith(("commune:", "departement"))
    )
    english = (get_language() or "fr")[:2] == "en"
    found = []
    for row in rows:
        keys = held.get(row.pk, ())
        near = [key for key in keys if key.startswith("commune:")] or [
            key for key in keys if key.startswith("departement:")
        ]
        status = queries.status_on(row, today)
        sort = Sort(row.sort)
        found.append(
            ShownWindow(
                row=row,
                title=(english and row.title_en) or row.title,
                sort=gettext(SORTS[sort]),
                status=status,
                status_words=gettext(STATUSES[status]),
                technology=label("watched", row.technology) if row.technology else "",
                court=gettext(row.court) if row.court == HIGH_COURT else row.court,
                places=tuple(
                    (known[key].name, known[key].get_absolute_url())
                    for key in near[:3]
                    if key in known
                ),
                why=gettext(WHY[Why(row.why)]) if row.why else "",
                note=gettext(NOTES[sort]) if sort in NOTES else "",
            )
        )
    return found


def days_words(one: ShownWindow) -> str:
    """Return the days of a window in one sentence; of one without days, why."""
    row = one.row
    if row.act_by_safe is None or row.last_day is None:
        return one.why
    if one.is_end:
        return gettext("Finit le {day}.").format(day=written(row.last_day))
    return gettext("Jusqu'au {day} (sûr) ; dernier jour selon le décompte usuel : {last}.").format(
        day=written(row.act_by_safe), last=written(row.last_day)
    )


def summary(one: ShownWindow) -> str:
    """Return a window in a few sentences, for feeds and mails."""
    where = ", ".join(name for name, _ in one.places)
    about = " · ".join(filter(None, [one.sort, one.technology, where, one.court]))
    basis = BASES[Sort(one.row.sort)]
    return " ".join(filter(None, [f"{about}.", days_words(one), f"({basis})", one.note]))


def updated(row: Window, today: date) -> datetime:
    """Return when a reader last got something new of a window: a change, or a change of status."""
    turn = last_turn(row.act_by_safe, row.last_day, today=today)
    if turn is None:
        return row.changed_at
    return max(row.changed_at, datetime.combine(turn, time(), PARIS))


def items(rows: Sequence[Window], today: date, site: str, most: int = 60) -> list[Item]:
    """Return windows as entries of a feed, what changed last first: a new status is a change."""
    found = [
        Item(
            key=f"cases:window:{one.row.pk}",
            title=f"{one.title} — {one.status_words}",
            url=f"{site}{one.row.url}",
            summary=summary(one),
            published=one.row.shown_at,
            updated=updated(one.row, today),
        )
        for one in shown(rows, today)
    ]
    return sorted(found, key=lambda item: (item.updated, item.key), reverse=True)[:most]


def entries(rows: Sequence[Window], today: date, site: str) -> Iterator[Entry]:
    """Yield the events of a calendar: the safe day with alarms, the usual last day beside."""
    for one in shown(rows, today):
        row = one.row
        if row.act_by_safe is None:
            continue
        yield _entry(one, row.act_by_safe, site, is_first=True)
        if row.last_day and row.last_day != row.act_by_safe:
            yield _entry(one, row.last_day, site, is_first=False)


def _entry(one: ShownWindow, day: date, site: str, *, is_first: bool) -> Entry:
    row = one.row
    title = gettext(WHAT[Sort(row.sort)])
    if not is_first:
        title = said(gettext_noop("{step} : dernier jour (lecture usuelle)"), {"step": title})
    url = f"{site}{row.url}"
    lines = [BASES[Sort(row.sort)], days_words(one), one.court, *_derivation(row), one.note, url]
    return Entry(
        key=f"window{'' if is_first else '-last'}-{row.pk}",
        title=f"{title} – {one.title}",
        first=day,
        last=day,
        at=row.changed_at,
        description="\n".join([*filter(None, lines), gettext(NO_ADVICE)]),
        url=url,
        category=one.technology,
        sequence=row.sequence,
        alarms=ALARMS if is_first and not one.is_end else (),
        is_cancelled=row.gone_at is not None,
    )


def _derivation(row: Window) -> Iterable[str]:
    if row.published_on is None:
        return ()
    lines = act_window(row.published_on).lines[-LINES:]
    return (derived(line, lambda text, /, **values: said(text, values)) for line in lines)


def as_data(one: ShownWindow, site: str) -> dict[str, object]:
    """Return a window as plain values: of programs, so its codes are as they are kept."""
    row = one.row
    return {
        "id": row.pk,
        "sort": row.sort,
        "status": str(one.status),
        "title": one.title,
        "number": row.number,
        "dated_on": _iso(row.dated_on),
        "published_on": _iso(row.published_on),
        "act_by_safe": _iso(row.act_by_safe),
        "last_day": _iso(row.last_day),
        "why": row.why,
        "basis": BASES[Sort(row.sort)],
        "court": one.court,
        "authority": row.authority,
        "technology": row.technology,
        "departement": row.departement,
        "places": [name for name, _ in one.places],
        "record": row.record,
        "shown_at": row.shown_at.isoformat(),
        "changed_at": row.changed_at.isoformat(),
        "url": f"{site}{row.url}",
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def about(wanted: queries.Filter) -> str:
    """Say what a list is narrowed to, in a few words; empty when it is not."""
    return " · ".join(filter(None, words_of(wanted).values()))


def words_of(wanted: queries.Filter) -> dict[str, str]:
    """Return by name in an address how each filter is said."""
    key = f"departement:{wanted.departement}"
    known = places.territories(each for each in (key, wanted.territory) if each)
    return {
        "departement": known[key].name if key in known else wanted.departement,
        "lieu": known[wanted.territory].name if wanted.territory in known else wanted.territory,
        "technique": label("watched", wanted.technology) if wanted.technology else "",
        "sorte": gettext(SORTS[Sort(wanted.sort)]) if wanted.sort else "",
        "statut": gettext(STATUSES[Openness(wanted.status)]) if wanted.status else "",
        "autorite": wanted.authority,
        "fiche": _record(wanted.record),
        "jour": written(wanted.day) if wanted.day else "",
    }


def _record(key: str) -> str:
    found = census.find_records([key]) if key else {}
    return found[key].name if key in found else key


def list_url(query: str = "") -> str:
    """Return the address of the list, narrowed."""
    return reverse("cases:windows") + (f"?{query}" if query else "")
