"""What the pages of records and facts give to others: citations, pictures of links, frames."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils.timezone import now
from django.utils.translation import gettext, ngettext

from contrechamp.census import published
from contrechamp.foundation.vocabulary import label
from contrechamp.places import queries as places
from contrechamp.ui.domain.share import Bar, Elsewhere, Share, Shared

from .facts import ShownFact
from .public import fact_of, titles_of
from .records import Page, page_of

WORDS = {
    "alleged": lambda: gettext("allégué"),
    "documented": lambda: gettext("documenté"),
    "verified": lambda: gettext("vérifié"),
    "contradicted": lambda: gettext("contredit"),
}
COUNTS = {
    "verified": lambda n: ngettext("{n} vérifié", "{n} vérifiés", n).format(n=n),
    "documented": lambda n: ngettext("{n} documenté", "{n} documentés", n).format(n=n),
    "alleged": lambda n: ngettext("{n} allégué", "{n} allégués", n).format(n=n),
    "contradicted": lambda n: ngettext("{n} contredit", "{n} contredits", n).format(n=n),
}
PLACES_NAMED = 2


def record_share(record: published.Record, page: Page) -> Share:
    """Return what the page of a record gives to others."""
    of = published.places_of([record.id])[record.id]
    known = places.territories(of[: PLACES_NAMED + 1]) if of else {}
    names = [known[key].name for key in of if key in known]
    rest = "…" if len(of) > PLACES_NAMED else ""
    return Share(
        sort="record",
        id=record.id,
        label=page.type_label[:1].upper() + page.type_label[1:],
        title=record.name,
        url=record.url,
        at=record.at,
        state_url=f"{record.url}/historique/{published.moment_of(record.at)}",
        version=record.version,
        summary=page.summary,
        place=", ".join(names[:PLACES_NAMED]) + rest,
        figures=(
            page.counts["sentence"],
            *(COUNTS[one["code"]](one["count"]) for one in page.counts["parts"]),
        ),
    )


def read_record(entity: str, kind: str) -> Shared:
    """Return what a record gives to others, by its identifier; where it is since a merge."""
    record = published.find_record(entity)
    if record is None:
        now_ = published.resolve_redirect(entity)
        moved = published.find_record(now_) if now_ else None
        return Elsewhere(moved.url) if moved else None
    if record.kind != kind:
        return Elsewhere(record.url)
    if record.territory and (territory := places.find_territory(record.territory)):
        return Elsewhere(territory.get_absolute_url())
    return record_share(record, page_of(record))


def fact_share(fact: published.Fact, shown: ShownFact) -> Share:
    """Return what the page of a fact gives to others."""
    proof = next((one for one in shown.evidence if one.stance == "SUPPORTS"), None)
    words = next((one.quote_text for one in fact.evidence if one.quote_text), "")
    sources = len({one.id for one in fact.evidence if not one.rejected})
    return Share(
        sort="fact",
        id=fact.id,
        label=gettext("Un fait et sa preuve"),
        title=shown.sentence,
        url=fact.url,
        at=fact.at,
        state_url=f"{fact.url}/historique/{published.moment_of(fact.at)}",
        version=published.fact_version(fact.id),
        summary=gettext("« {words} »").format(words=" ".join(words.split())) if words else "",
        status=fact.status.lower(),
        status_label=WORDS[fact.status.lower()](),
        figures=(ngettext("{n} source", "{n} sources", sources).format(n=sources),),
        source=proof.title if proof else "",
        source_url=proof.url if proof else "",
    )


def read_fact(claim: str) -> Shared:
    """Return what a fact gives to others, by its identifier."""
    fact = published.find_fact(claim)
    return fact_share(fact, fact_of(fact, titles_of([fact]))) if fact else None


LISTS: dict[str, tuple[str, Callable[[], str]]] = {
    "project": ("projets", lambda: gettext("Projets de surveillance")),
    "actor": ("acteurs", lambda: gettext("Acteurs de la surveillance")),
    "technology": ("technologies", lambda: gettext("Techniques de surveillance")),
    "contract": ("contrats", lambda: gettext("Marchés de la surveillance")),
}


def read_list(kind: str) -> Share:
    """Return what the list of one kind of record gives to others."""
    path, title = LISTS[kind]
    total = published.counted("kind").get(kind, 0)
    types = sorted(published.counted(f"type:{kind}").items(), key=lambda one: (-one[1], one[0]))
    return Share(
        sort="dataset",
        id=path,
        label=gettext("Jeu de données"),
        title=title(),
        url=f"/{path}",
        at=published.last_change() or now(),
        figures=(ngettext("{n} fiche", "{n} fiches", total).format(n=total),),
        bars=tuple(_bars(types[:8])),
        method=gettext("Fiches publiées, par genre."),
    )


def _bars(counts: Iterable[tuple[str, int]]) -> list[Bar]:
    rows = list(counts)
    most = max((count for _, count in rows), default=0) or 1
    return [
        Bar(words=label("entity_types", code), text=str(count), share=round(100 * count / most))
        for code, count in rows
    ]
