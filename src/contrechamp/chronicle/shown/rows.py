"""Everything that a timeline holds as rows of a file: CSV, JSON, calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext

from contrechamp.census.published import Fact
from contrechamp.census.shown.days import written
from contrechamp.census.shown.public import fact_of, titles_of
from contrechamp.census.shown.timeline import event_of
from contrechamp.chronicle.domain import FAMILIES, Entry, family_of
from contrechamp.chronicle.forms import Ask
from contrechamp.chronicle.queries import Paper, Scope, facts_between, papers
from contrechamp.kernel.uncertain import is_about
from contrechamp.ui.domain.timeline import Event

from .acts import clock_events, court_events

PART = 500
MOST_PAPERS = 10_000
COLUMNS = (
    *("id", "famille", "quand", "au_plus_tot", "debut_au_plus_tard", "fin_au_plus_tot"),
    *("au_plus_tard", "jour_connu", "duree", "quoi", "sur", "propriete", "statut", "page"),
    "preuve",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line: an event, what it is about, and where its proof is."""

    event: Event
    family: str
    at: datetime
    about: str = ""
    code: str = ""
    """Of its property or relation."""
    proof: str = ""

    @property
    def family_label(self) -> str:
        return gettext(FAMILIES[self.family])

    def cells(self, site: str) -> tuple[str, ...]:
        """Return the line of the table, in the order of `COLUMNS`."""
        event = self.event
        bounds = (event.earliest, event.from_latest, event.to_earliest, event.latest)
        return (
            event.key,
            self.family_label,
            event.when,
            *(day.isoformat() if day else "" for day in bounds),
            "1" if event.is_day else "0",
            "1" if event.lasts else "0",
            event.text,
            self.about,
            self.code,
            event.status,
            _whole(event.url, site),
            _whole(self.proof, site),
        )

    def entry(self, site: str) -> Entry:
        """Return it as an event of a calendar, over all the days that it may mean."""
        event = self.event
        known = [day for day in _bounds(event) if day]
        is_sure = event.is_day or (event.lasts and event.earliest == event.from_latest)
        said = [event.when, event.status and gettext("Degré de preuve : {status}").format(
            status=event.status
        ), _whole(self.proof, site)]  # fmt: skip
        if not is_sure:
            said.insert(1, gettext("Le jour exact n'est pas connu."))
        return Entry(
            key=event.key,
            title=event.text,
            first=min(known),
            last=max(known),
            at=self.at,
            description="\n".join(filter(None, said)),
            url=_whole(event.url, site),
            category=self.family_label,
            is_sure=is_sure,
        )


def _bounds(event: Event) -> tuple[date | None, ...]:
    return (event.earliest, event.from_latest, event.to_earliest, event.latest)


def _whole(url: str, site: str) -> str:
    return f"{site}{url}" if url.startswith("/") else url


def rows(ask: Ask, scope: Scope) -> Iterator[Row]:
    """Yield all that an address shows, facts first, whatever their number."""
    cited: set[str] = set()
    part: list[Fact] = []
    for fact in facts_between(ask.chosen(scope)):
        cited |= {proof.document for proof in fact.evidence if proof.document}
        part.append(fact)
        if len(part) == PART:
            yield from _part(part, ask, scope)
            part = []
    yield from _part(part, ask, scope)
    for event, told in court_events(ask, scope):
        yield Row(event=event, family="court", at=told.at, proof=told.proof)
    if "document" in ask.layers:
        for paper in papers(scope, cited, ask.period, MOST_PAPERS):
            yield Row(event=paper_event(paper), family="document", at=paper.at, proof=paper.url)


def _part(facts: Sequence[Fact], ask: Ask, scope: Scope) -> Iterator[Row]:
    titles, at = titles_of(facts), {fact.id: fact for fact in facts}
    for fact in facts:
        event = fact_event(fact, titles, scope)
        yield Row(
            event=event,
            family=event.lane,
            at=fact.at,
            about=fact.subject.name,
            code=fact.property,
            proof=fact.proof.url if fact.proof else "",
        )
    if "clock" in ask.layers:
        for event in clock_events(facts):
            fact = at[event.thing.fact]
            yield Row(
                event=event,
                family="clock",
                at=fact.at,
                about=fact.subject.name,
                code=fact.property,
                proof=fact.proof.url if fact.proof else "",
            )


def fact_event(fact: Fact, titles: dict[str, str], scope: Scope) -> Event:
    """Return a fact as an event, its subject named unless the page is about it."""
    return event_of(
        fact_of(fact, titles),
        lane=family_of(fact.property),
        with_subject=fact.subject.id != scope.own,
    )


def fact_events(facts: Iterable[Fact], scope: Scope) -> list[Event]:
    """Return facts as events, the titles of their documents read at once."""
    every = list(facts)
    titles = titles_of(every)
    return [fact_event(fact, titles, scope) for fact in every]


def paper_event(paper: Paper) -> Event:
    """Return a dated document as an event."""
    return Event(
        key=paper.id,
        text=paper.title,
        when=written(paper.dated),
        url=paper.url,
        lane="document",
        earliest=paper.earliest,
        from_latest=paper.latest,
        latest=paper.latest,
        is_about=is_about(paper.dated),
        thing=paper,
        template="chronicle/parts/paper.html",
    )
