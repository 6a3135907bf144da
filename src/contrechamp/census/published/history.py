"""The public history, and the numbers of the whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext

from contrechamp.census.models import Published, PublishedChange, PublishedCount, PublishedFact

from .values import Fact, News, Record, Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number of the home page, with how it is counted."""

    code: str
    value: int
    label: str
    method: str


def newest(limit: int, before: str | None = None, *, entity: str | None = None) -> list[News]:
    """Return the last lines of the public history, newest first; `before` is a line's cursor."""
    rows = PublishedChange.objects.order_by("-at", "-entity", "-claim")
    if entity is not None:
        about = Q(entity=entity) | Q(
            claim__in=PublishedFact.objects.filter(target=entity).values("claim")
        )
        rows = rows.filter(about)
    if before is not None:
        rows = after_line(rows, before)
    return news_of(list(rows[:limit]))


def after_line(rows: QuerySet[PublishedChange], cursor: str) -> QuerySet[PublishedChange]:
    """Keep the lines that come after one, the newest first; none when it names no line."""
    at_text, _, rest = cursor.partition("|")
    last, _, claim = rest.partition("|")
    try:
        at = datetime.fromisoformat(at_text)
    except ValueError:
        return rows.none()
    if at.tzinfo is None:  # No line has such a moment.
        return rows.none()
    return rows.filter(
        Q(at__lt=at) | Q(at=at, entity__lt=last) | Q(at=at, entity=last, claim__lt=claim)
    )


def lines_of_last_day(records: Sequence[Record]) -> dict[str, list[News]]:
    """Return what was published of each record on the day of its last change, newest first."""
    asked = Q(pk__in=[])
    for record in records:
        day = localtime(record.at).replace(hour=0, minute=0, second=0, microsecond=0)
        asked |= Q(entity=record.id, at__gte=day, at__lte=record.at)
    rows = PublishedChange.objects.filter(asked).defer("before", "after", "reason")
    found: dict[str, list[News]] = {record.id: [] for record in records}
    kinds = {record.id: record for record in records}
    for row in rows.order_by("-at", "-entity", "-claim"):
        found[row.entity].append(_line(row, kinds[row.entity].ref, with_values=False))
    return found


def changes_of(entity_id: str) -> list[News]:
    """Return the whole public history of a record, newest first."""
    return newest(10_000, entity=entity_id)


def changes_of_fact(claim_id: str) -> list[News]:
    """Return the public history of a fact, newest first."""
    rows = PublishedChange.objects.filter(claim=claim_id).order_by("-at")
    return news_of(list(rows))


def news_of(rows: Sequence[PublishedChange]) -> list[News]:
    """Return lines of the public history, each with the record that it is about."""
    keys = {row.entity for row in rows}
    fields = ("kind", "type", "name", "territory")
    named = Published.objects.filter(pk__in=keys).values("entity", *fields)
    known = {
        one["entity"]: Ref(id=one["entity"], **{name: one[name] for name in fields})
        for one in named
    }
    return [_line(row, known.get(row.entity)) for row in rows]


def _line(row: PublishedChange, about: Ref | None, *, with_values: bool = True) -> News:
    return News(
        entity=row.entity,
        claim=row.claim,
        kind=about.kind if about else "",
        name=about.name if about else "",
        at=row.at,
        what=row.what,
        by=row.by,
        reason=row.reason if with_values else "",
        title=row.title,
        before=row.before if with_values else None,
        after=row.after if with_values else None,
    )


def last_change() -> datetime | None:
    """Return when the public census last changed, or None while it is empty."""
    return PublishedChange.objects.order_by("-at").values_list("at", flat=True).first()


def counted(sort: str) -> dict[str, int]:
    """Return how many public rows of one sort there are, by key (`PublishedCount.sort`)."""
    rows = PublishedCount.objects.filter(sort=sort).order_by("key")
    return dict(rows.values_list("key", "number"))


def figures() -> list[Figure]:
    """Return the numbers of the home page, each with its method. All from public rows."""
    kinds, statuses = counted("kind"), counted("status")
    total = sum(statuses.values())
    proved = statuses.get("DOCUMENTED", 0) + statuses.get("VERIFIED", 0)
    return [
        Figure(
            code="projects",
            value=kinds.get("project", 0),
            label=gettext("projets"),
            method=gettext(
                "Fiches de projet publiées : une décision ou une intention d'une administration, "
                "à un endroit. Une ville qui a trois programmes a trois projets."
            ),
        ),
        Figure(
            code="actors",
            value=kinds.get("actor", 0),
            label=gettext("administrations et entreprises"),
            method=gettext("Fiches d'acteur publiées, après fusion des doublons reconnus."),
        ),
        Figure(
            code="contracts",
            value=kinds.get("contract", 0),
            label=gettext("marchés et subventions"),
            method=gettext("Fiches de marché publiées : appels d'offres, marchés, subventions."),
        ),
        Figure(
            code="facts",
            value=total,
            label=gettext("faits sourcés"),
            method=gettext(
                "Chaque valeur et chaque lien publié, avec au moins une source que l'on peut "
                "ouvrir, relus par une seconde personne."
            ),
        ),
        Figure(
            code="proved",
            value=proved,
            label=gettext("faits prouvés par un document"),
            method=gettext(
                "Parmi les faits : ceux qu'un passage de document, un acte d'un registre ou deux "
                "publications indépendantes établissent. Les autres sont allégués ou contredits."
            ),
        ),
    ]


def technologies_in_use() -> dict[str, int]:
    """Return how many projects use each technology."""
    rows = PublishedFact.objects.filter(property="uses_technology", subject__kind="project")
    counted = rows.values_list("target").annotate(Count("subject", distinct=True))
    return {key: number for key, number in counted if key}


@dataclass(slots=True)
class Sums:
    """Amounts added up by what they are; sums of different kinds are never one."""

    by_kind: dict[tuple[str, str, str], Decimal] = field(default_factory=dict)
    """{(amount_kind, tax, currency): sum}."""
    facts: dict[tuple[str, str, str], list[str]] = field(default_factory=dict)
    """The facts that each sum is made from."""


def sums_of(facts_: Iterable[Fact]) -> Sums:
    """Add up the amounts of facts, each kind, tax and currency apart (census.md §3)."""
    sums = Sums()
    for fact in facts_:
        if fact.amount is None:
            continue
        key = (fact.amount_kind, fact.tax, fact.currency)
        sums.by_kind[key] = sums.by_kind.get(key, Decimal(0)) + fact.amount
        sums.facts.setdefault(key, []).append(fact.id)
    return sums
