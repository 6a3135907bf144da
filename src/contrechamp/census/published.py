"""What visitors get of the census: the only thing that their pages, search, graph, feeds read.

Everything here comes from `Published`, `PublishedFact`, `PublishedChange` and `Redirect`, which
`services.projection` writes. No working table is read: what is not here does not exist.
"""

from __future__ import annotations

import builtins
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import get_language, gettext

from contrechamp.foundation.vocabulary import label, terms

from .models import Published, PublishedChange, PublishedFact, Redirect

PART = 900
PATHS = {
    "project": "projet",
    "actor": "acteur",
    "technology": "technologie",
    "contract": "contrat",
    "place": "lieu",
}
PLACED_BY = ("located_in", "administers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ref:
    """One end of a fact: enough to name it and to lead there."""

    id: str
    kind: str
    type: str
    name: str
    territory: str = ""

    @property
    def url(self) -> str:
        return record_url(self.kind, self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """One source of a fact, as anybody may read it."""

    id: str
    kind: str
    """document, register, url, reference, file."""
    stance: str = "SUPPORTS"
    level: str = "alleged"
    """documented or alleged: what it proves alone."""
    readers: int = 0
    """How many people have read the passage, who attached it included."""
    rejected: bool = False
    document: str = ""
    page: int | None = None
    quote: str = ""
    quote_text: str = ""
    register: str = ""
    record_id: str = ""
    outside: str = ""
    """The address as the source gives it."""
    publisher: str = ""
    retrieved_on: str = ""
    archived: str = ""
    publication: str = ""
    locator: str = ""
    dated_text: str = ""
    file_name: str = ""

    @property
    def url(self) -> str:
        """Return where one reads it: our page with the passage marked, else outside, else empty."""
        if kept := self.document or (self.archived if self.quote else ""):
            where = f"/documents/{kept}/page/{self.page}" if self.page else f"/documents/{kept}"
            return f"{where}#{self.quote}" if self.quote else where
        if self.outside:
            return self.outside
        pattern = terms("registers").get(self.register, {}).get("url", "")
        return pattern.format(id=self.record_id) if pattern and self.record_id else ""

    @property
    def is_outside(self) -> bool:
        return self.url.startswith("http")

    @property
    def title(self) -> str:
        """Return what names the source on one line, in the reader's language."""
        match self.kind:
            case "document":
                name = gettext("Document {hash}").format(hash=self.document[:12])
            case "register":
                name = f"{label('registers', self.register)} {self.record_id}".strip()
            case "url":
                name = self.publisher or self.outside
            case "reference":
                name = ", ".join(filter(None, [self.publication, self.publisher]))
            case _:
                name = self.file_name
        page = gettext("page {page}").format(page=self.page) if self.page else ""
        return ", ".join(filter(None, [name, page, self.locator, self.dated_text]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A published claim with its sources."""

    id: str
    subject: Ref
    property: str
    target: Ref | None
    value: Any
    status: str
    """ALLEGED, DOCUMENTED, VERIFIED or CONTRADICTED."""
    attributes: dict[str, Any]
    from_text: str
    to_text: str
    from_earliest: str
    from_latest: str
    to_earliest: str
    to_latest: str
    earliest: date | None
    """First day on which it may have been true; None: unknown."""
    latest: date | None
    amount: Decimal | None
    currency: str
    tax: str
    amount_kind: str
    evidence: tuple[Proof, ...]
    keys: dict[str, list[str]]
    is_read_alone: bool
    """One person wrote and reviewed it."""
    reviewed_by: str
    at: datetime
    first_at: datetime

    @builtins.property
    def claim(self) -> str:
        return self.id

    @builtins.property
    def is_relation(self) -> bool:
        return self.target is not None

    @builtins.property
    def url(self) -> str:
        return f"/fait/{self.id}"

    @builtins.property
    def label(self) -> str:
        """Return the words between subject and target, or the name of the value."""
        return property_label(self.property)

    @builtins.property
    def backward_label(self) -> str:
        """Return the words read from the target."""
        return label("relations", self.property, "backward")

    @builtins.property
    def value_text(self) -> str:
        """Return value or target as one line in the reader's language."""
        return self.target.name if self.target else value_text(self.property, self.value)

    @builtins.property
    def dates_text(self) -> str:
        """Return the dates as they were written."""
        if self.from_text and self.to_text:
            return f"{self.from_text} – {self.to_text}"
        if self.to_text:
            return gettext("jusqu'à {date}").format(date=self.to_text)
        return self.from_text

    @builtins.property
    def proof(self) -> Proof | None:
        """Return the best source to open first: a passage, a register, then the rest."""
        order = {"document": 0, "register": 1, "url": 2, "reference": 3}
        supports = [each for each in self.evidence if each.stance == "SUPPORTS"]
        return min(supports, key=lambda each: order.get(each.kind, 9), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One name of a record."""

    text: str
    lang: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One official number of a record."""

    scheme: str
    value: str

    @property
    def url(self) -> str:
        """Return where the official register shows it, or empty."""
        return NUMBER_URLS.get(self.scheme, "").format(value=self.value)


NUMBER_URLS = {
    "siren": "https://annuaire-entreprises.data.gouv.fr/entreprise/{value}",
    "siret": "https://annuaire-entreprises.data.gouv.fr/etablissement/{value}",
    "hatvp": "https://www.hatvp.fr/fiche-organisation/?organisation={value}",
    "wikidata": "https://www.wikidata.org/wiki/{value}",
    "lei": "https://search.gleif.org/#/record/{value}",
    "insee": "https://www.insee.fr/fr/metadonnees/geographie/commune/{value}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A published record, without its facts."""

    id: str
    kind: str
    type: str
    name: str
    territory: str
    names: tuple[Name, ...]
    identifiers: tuple[Number, ...]
    keys: dict[str, list[str]]
    counts: dict[str, int]
    """facts, and how many of each status: facts about it and facts that lead to it."""
    notices: tuple[dict[str, Any], ...]
    is_read_alone: bool
    version: int
    at: datetime
    first_at: datetime

    @property
    def url(self) -> str:
        return record_url(self.kind, self.id)

    @property
    def type_label(self) -> str:
        return label("entity_types", self.type)

    @property
    def ref(self) -> Ref:
        return Ref(
            id=self.id, kind=self.kind, type=self.type, name=self.name, territory=self.territory
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One line of the public history: published, changed, withdrawn."""

    entity: str
    claim: str
    """Empty when the line is about the record itself."""
    kind: str
    """Kind of the record, empty when it is public no more."""
    name: str
    at: datetime
    what: str
    by: str
    reason: str
    title: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    @property
    def url(self) -> str:
        if self.claim and self.what != "withdrawn":
            return f"/fait/{self.claim}"
        return record_url(self.kind, self.entity)

    @property
    def cursor(self) -> str:
        """Return what `newest(before=…)` takes to go on after this line."""
        return f"{self.at.isoformat()}|{self.entity}|{self.claim}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number of the home page, with how it is counted."""

    code: str
    value: int
    label: str
    method: str


def record_url(kind: str, id: str) -> str:
    """Return the address of a record's page."""
    return f"/{PATHS[kind]}/{id}" if kind in PATHS else f"/lieu/{id}"


def property_label(property_: str) -> str:
    """Return the words of a property or relation in the reader's language."""
    if property_ in terms("relations"):
        return label("relations", property_, "forward")
    return label("properties", property_)


def value_text(property_: str, value: Any) -> str:
    """Return a value as one line of text in the reader's language."""
    term = terms("properties").get(property_, {})
    if isinstance(value, bool):
        return gettext("oui") if value else gettext("non")
    if term.get("type") not in {"code", "code_list"}:
        return "" if value is None else str(value)
    codes = value if isinstance(value, list) else [value]
    return ", ".join(code_label(term, code) for code in codes)


def attribute_text(property_: str, name: str, value: Any) -> tuple[str, str]:
    """Return the name and the value of an attribute in the reader's language."""
    term = terms("relations").get(property_, {}).get("attributes", {}).get(name, {})
    return _said(term.get("label"), name), code_label(term, value)


def code_label(term: dict[str, Any], code: Any) -> str:
    """Return the label of a code of a property's or attribute's list."""
    own = (term.get("codes") or term.get("values") or {}).get(code)
    if own is None and "vocabulary" in term:
        return label(term["vocabulary"], code)
    return _said(own, str(code))


def _said(labels: dict[str, str] | None, otherwise: str) -> str:
    language = (get_language() or "fr")[:2]
    return (labels or {}).get(language) or (labels or {}).get("fr") or otherwise


# Records


def records(kind: str | None = None) -> Iterator[Record]:
    """Yield every published record, by identifier."""
    rows = Published.objects.order_by("entity")
    for row in (rows.filter(kind=kind) if kind else rows).iterator(chunk_size=PART):
        yield _record(row)


def get_record(entity_id: str) -> Record:
    """Return the record, or raise `LookupError`."""
    record = find_record(entity_id)
    if record is None:
        raise LookupError(entity_id)
    return record


def find_record(entity_id: str) -> Record | None:
    """Return the record, or None: hidden and never been are the same."""
    row = Published.objects.filter(pk=entity_id).first()
    return _record(row) if row else None


def find_records(entity_ids: Iterable[str]) -> dict[str, Record]:
    """Return those of the records that are public, by identifier, in the order asked for."""
    wanted = list(dict.fromkeys(entity_ids))
    found = {
        row.pk: row
        for start in range(0, len(wanted), PART)
        for row in Published.objects.filter(pk__in=wanted[start : start + PART])
    }
    return {key: _record(found[key]) for key in wanted if key in found}


def find_place(territory_key: str) -> Record | None:
    """Return the record of a territory, or None."""
    row = Published.objects.filter(kind="place", territory=territory_key).first()
    return _record(row) if row else None


def find_by_identifier(scheme: str, value: str) -> Record | None:
    """Return the public record that bears an official number, or None."""
    for row in Published.objects.filter(record__icontains=value):
        if {"scheme": scheme, "value": value} in row.record["identifiers"]:
            return _record(row)
    return None


def resolve_redirect(entity_id: str) -> str | None:
    """Return the public record that this identifier means since a merge, or None."""
    seen: set[str] = set()
    current = entity_id
    while current not in seen:
        seen.add(current)
        row = Redirect.objects.filter(old=current, is_public=True).first()
        if row is None:
            break
        current = row.new
    if current == entity_id or not Published.objects.filter(pk=current).exists():
        return None
    return current


def _record(row: Published) -> Record:
    said = row.record
    return Record(
        id=row.pk,
        kind=row.kind,
        type=row.type,
        name=row.name,
        territory=row.territory,
        names=tuple(Name(**each) for each in said["names"]),
        identifiers=tuple(Number(**each) for each in said["identifiers"]),
        keys=said["keys"],
        counts=said["counts"],
        notices=tuple(said["notices"]),
        is_read_alone=said["alone"],
        version=row.version,
        at=row.at,
        first_at=row.first_at,
    )


# Facts


def facts_of(entity_id: str) -> list[Fact]:
    """Return what is said of a record, in the order of the vocabulary, then of time."""
    return _facts(PublishedFact.objects.filter(subject=entity_id))


def facts_about(entity_id: str) -> list[Fact]:
    """Return the relations that lead to a record from others."""
    return _facts(PublishedFact.objects.filter(target=entity_id))


def facts_of_many(
    entity_ids: Iterable[str], *, without: Sequence[str] = ()
) -> dict[str, list[Fact]]:
    """Return what is said of each of several records, relations from both ends.

    `without` leaves out properties that a page does not need: a project may have a thousand acts.
    """
    wanted = list(dict.fromkeys(entity_ids))
    found: dict[str, list[Fact]] = {key: [] for key in wanted}
    for start in range(0, len(wanted), PART):
        part = wanted[start : start + PART]
        rows = PublishedFact.objects.filter(Q(subject__in=part) | Q(target__in=part))
        for fact in _facts(rows.exclude(property__in=without)):
            for end in (fact.subject, fact.target):
                if end is not None and end.id in found:
                    found[end.id].append(fact)
    return found


def latest_facts(
    entity_ids: Iterable[str], properties: Sequence[str], limit: int
) -> tuple[list[Fact], int]:
    """Return the latest values of some properties of these records, and how many there are."""
    rows = PublishedFact.objects.filter(subject__in=list(entity_ids), property__in=properties)
    ordered = rows.order_by(F("earliest").desc(nulls_last=True), "-at", "claim")
    return [_fact(row) for row in _with_ends(ordered)[:limit]], rows.count()


def newest_facts(entity_ids: Iterable[str], limit: int) -> list[Fact]:
    """Return the facts of these records, from either end, that were published or changed last."""
    ids = list(entity_ids)
    rows = PublishedFact.objects.filter(Q(subject__in=ids) | Q(target__in=ids))
    return [_fact(row) for row in _with_ends(rows.order_by("-at", "claim"))[:limit]]


def get_fact(claim_id: str) -> Fact:
    """Return the fact, or raise `LookupError`."""
    fact = find_fact(claim_id)
    if fact is None:
        raise LookupError(claim_id)
    return fact


def find_fact(claim_id: str) -> Fact | None:
    """Return the fact, or None: hidden and never been are the same."""
    return next(iter(_facts(PublishedFact.objects.filter(pk=claim_id))), None)


def find_facts(claim_ids: Iterable[str]) -> dict[str, Fact]:
    """Return those of the facts that are public, by identifier."""
    wanted = list(dict.fromkeys(claim_ids))
    return {
        fact.id: fact
        for start in range(0, len(wanted), PART)
        for fact in _facts(PublishedFact.objects.filter(pk__in=wanted[start : start + PART]))
    }


def facts(*, properties: Sequence[str] = (), relations_only: bool = False) -> Iterator[Fact]:
    """Yield every fact, by identifier, without holding them in memory."""
    rows = _with_ends(PublishedFact.objects.order_by("claim"))
    if properties:
        rows = rows.filter(property__in=properties)
    if relations_only:
        rows = rows.filter(target__isnull=False)
    for row in rows.iterator(chunk_size=PART):
        yield _fact(row)


def relations() -> Iterator[Fact]:
    """Yield every fact that joins two records: the edges of the graph."""
    return facts(relations_only=True)


def facts_citing(document: str) -> list[Fact]:
    """Return the facts that rest on a document (SHA-256)."""
    rows = PublishedFact.objects.filter(data__icontains=document)
    return [
        fact
        for fact in _facts(rows)
        if any(document in (proof.document, proof.archived) for proof in fact.evidence)
    ]


def facts_quoting(quotes: Sequence[str]) -> list[Fact]:
    """Return the facts that rest on these quotes."""
    wanted = set(quotes)
    rows = PublishedFact.objects.none()
    for quote in sorted(wanted):
        rows = rows | PublishedFact.objects.filter(data__icontains=quote)
    return [fact for fact in _facts(rows) if any(proof.quote in wanted for proof in fact.evidence)]


def _with_ends(rows: QuerySet[PublishedFact]) -> QuerySet[PublishedFact]:
    ends = [f"{e}__{n}" for e in ("subject", "target") for n in ("kind", "type", "name")]
    own = [f.name for f in PublishedFact._meta.concrete_fields]
    ends += ["subject__territory", "target__territory"]
    return rows.select_related("subject", "target").only(*own, *ends)


def _facts(rows: QuerySet[PublishedFact]) -> list[Fact]:
    order = {code: i for i, code in enumerate([*terms("properties"), *terms("relations")])}
    found = [_fact(row) for row in _with_ends(rows)]
    return sorted(found, key=lambda f: (order.get(f.property, 999), f.earliest or date.max, f.id))


def _ref(row: Published) -> Ref:
    return Ref(id=row.pk, kind=row.kind, type=row.type, name=row.name, territory=row.territory)


def _fact(row: PublishedFact) -> Fact:
    data = row.data
    start, end = data["from"], data["to"]
    return Fact(
        id=row.pk,
        subject=_ref(row.subject),
        property=row.property,
        target=_ref(row.target) if row.target else None,
        value=row.value,
        status=row.status,
        attributes=data["attributes"],
        from_text=start.get("text", ""),
        to_text=end.get("text", ""),
        from_earliest=start.get("earliest", ""),
        from_latest=start.get("latest", ""),
        to_earliest=end.get("earliest", ""),
        to_latest=end.get("latest", ""),
        earliest=row.earliest,
        latest=row.latest,
        amount=row.amount,
        currency=data["currency"],
        tax=row.tax,
        amount_kind=row.amount_kind,
        evidence=tuple(_proof(each) for each in data["evidence"]),
        keys=data["keys"],
        is_read_alone=data["alone"],
        reviewed_by=data["by"],
        at=row.at,
        first_at=row.first_at,
    )


def _proof(said: dict[str, Any]) -> Proof:
    fields = {name: value for name, value in said.items() if name != "url"}
    return Proof(**fields, outside=said.get("url", ""))


# Places


def records_in(territory_keys: Iterable[str], kind: str | None = None) -> list[Record]:
    """Return the records of these territories: there, or administering them, by name."""
    ids = ids_in(territory_keys)
    found = find_records(sorted(ids)).values()
    return sorted(
        (record for record in found if kind is None or record.kind == kind),
        key=lambda record: (record.name.casefold(), record.id),
    )


def ids_in(territory_keys: Iterable[str]) -> set[str]:
    """Return the identifiers of what is in these territories.

    The places themselves, what is located in them, who administers them, and what those
    commission or buy unless it is located elsewhere.
    """
    keys = list(territory_keys)
    places = set(Published.objects.filter(territory__in=keys).values_list("pk", flat=True))
    placed = PublishedFact.objects.filter(property__in=PLACED_BY)
    there = set(placed.filter(target__in=places).values_list("subject", flat=True))
    # A site lies in a commune, and what is at the site lies there too.
    sites = set(Published.objects.filter(pk__in=there, kind="place").values_list("pk", flat=True))
    there |= set(placed.filter(target__in=sites).values_list("subject", flat=True))
    led = PublishedFact.objects.filter(
        subject__in=there | places,
        subject__kind="actor",
        property__in=["buyer_of", "participates_in"],
    )
    bought = {
        fact.target_id
        for fact in led
        if fact.property == "buyer_of"
        or fact.data["attributes"].get("role") in {"commissioner", "operator"}
    }
    located = set(
        PublishedFact.objects.filter(property="located_in", subject__in=bought).values_list(
            "subject", flat=True
        )
    )
    return places | there | {key for key in bought - located if key}


def places_of(entity_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the territories of each record, by the same rule as `ids_in`."""
    wanted = list(dict.fromkeys(entity_ids))
    found: dict[str, set[str]] = defaultdict(set)
    for start in range(0, len(wanted), PART):
        part = wanted[start : start + PART]
        own = Published.objects.filter(pk__in=part).exclude(territory="")
        for key, territory in own.values_list("pk", "territory"):
            found[key].add(territory)
        for key, territories in _placed(part).items():
            found[key] |= territories
        _led(part, found)
    return {key: tuple(sorted(found[key])) for key in wanted}


def _placed(ids: Sequence[str]) -> dict[str, set[str]]:
    """Return where records are located or what they administer, through a site if need be."""
    found: dict[str, set[str]] = defaultdict(set)
    sites: dict[str, set[str]] = defaultdict(set)
    rows = PublishedFact.objects.filter(property__in=PLACED_BY, subject__in=ids)
    for key, target, territory in rows.values_list("subject", "target", "target__territory"):
        if territory:
            found[key].add(territory)
        else:
            sites[target].add(key)
    if sites:
        inner = PublishedFact.objects.filter(property="located_in", subject__in=list(sites))
        for site, territory in inner.values_list("subject", "target__territory"):
            for key in sites[site]:
                found[key] |= {territory} - {""}
    return found


def _led(ids: Sequence[str], found: dict[str, set[str]]) -> None:
    """Give what is located nowhere the territories of who buys or commissions it."""
    homeless = [key for key in ids if not found[key]]
    led: dict[str, set[str]] = defaultdict(set)
    for fact in PublishedFact.objects.filter(
        target__in=homeless, property__in=["buyer_of", "participates_in"]
    ):
        role = fact.data["attributes"].get("role")
        if fact.property == "buyer_of" or role in {"commissioner", "operator"}:
            led[fact.subject_id].add(fact.target_id or "")
    rows = PublishedFact.objects.filter(property="administers", subject__in=list(led))
    own = Published.objects.filter(pk__in=list(led))
    for actor, territory in [
        *rows.values_list("subject", "target__territory"),
        *own.values_list("pk", "territory"),
    ]:
        for key in led[actor]:
            found[key] |= {territory} - {""}


def technologies_of(entity_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the technologies that each record uses, offers or makes; a technology is its own."""
    wanted = list(dict.fromkeys(entity_ids))
    found: dict[str, set[str]] = defaultdict(set)
    for start in range(0, len(wanted), PART):
        part = wanted[start : start + PART]
        rows = PublishedFact.objects.filter(subject__in=part, target__kind="technology")
        for key, target in rows.values_list("subject", "target"):
            found[key].add(target or "")
        own = Published.objects.filter(pk__in=part, kind="technology")
        for key in own.values_list("pk", flat=True):
            found[key].add(key)
    return {key: tuple(sorted(found[key])) for key in wanted}


# News and figures


def newest(limit: int, before: str | None = None, *, entity: str | None = None) -> list[News]:
    """Return the last lines of the public history, newest first; `before` is a line's cursor."""
    rows = PublishedChange.objects.order_by("-at", "-entity", "-claim")
    if entity is not None:
        about = Q(entity=entity) | Q(
            claim__in=PublishedFact.objects.filter(target=entity).values("claim")
        )
        rows = rows.filter(about)
    if before is not None:
        at_text, _, rest = before.partition("|")
        last, _, claim = rest.partition("|")
        try:
            at = datetime.fromisoformat(at_text)
        except ValueError:
            return []
        rows = rows.filter(
            Q(at__lt=at) | Q(at=at, entity__lt=last) | Q(at=at, entity=last, claim__lt=claim)
        )
    return _news(list(rows[:limit]))


def changes_of(entity_id: str) -> list[News]:
    """Return the whole public history of a record, newest first."""
    return newest(10_000, entity=entity_id)


def changes_of_fact(claim_id: str) -> list[News]:
    """Return the public history of a fact, newest first."""
    rows = PublishedChange.objects.filter(claim=claim_id).order_by("-at")
    return _news(list(rows))


def _news(rows: Sequence[PublishedChange]) -> list[News]:
    known = Published.objects.in_bulk({row.entity for row in rows})
    return [
        News(
            entity=row.entity,
            claim=row.claim,
            kind=known[row.entity].kind if row.entity in known else "",
            name=known[row.entity].name if row.entity in known else "",
            at=row.at,
            what=row.what,
            by=row.by,
            reason=row.reason,
            title=row.title,
            before=row.before,
            after=row.after,
        )
        for row in rows
    ]


def last_change() -> datetime | None:
    """Return when the public census last changed, or None while it is empty."""
    row = PublishedChange.objects.order_by("-at").first()
    return row.at if row else None


def figures() -> list[Figure]:
    """Return the numbers of the home page, each with its method. All from public rows."""
    kinds = dict(Published.objects.values_list("kind").annotate(Count("pk")))
    statuses = dict(PublishedFact.objects.values_list("status").annotate(Count("pk")))
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


# For maps and comparisons: a few questions, however many rows there are


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectLine:
    """A project as a map counts it."""

    id: str
    territories: tuple[str, ...]
    technologies: tuple[str, ...]
    years: frozenset[int]
    """Of the dates that its facts begin with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberLine:
    """A number that a fact gives for a record, with where the record is."""

    claim: str
    record: str
    name: str
    value: float
    earliest: date | None
    at: datetime
    territories: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLine:
    """A record as a picture of thousands shows it."""

    id: str
    kind: str
    type: str
    name: str
    territory: str


class RelationLine(NamedTuple):
    """A relation without its words and sources: those are asked for what is shown."""

    id: str
    source: str
    target: str
    property: str
    status: str
    earliest: date | None
    latest: date | None
    amount: Decimal | None
    amount_kind: str
    tax: str


def record_lines() -> Iterator[RecordLine]:
    """Yield every published record, by identifier, without reading what is said of it."""
    rows = Published.objects.order_by("entity")
    for id_, kind, type_, name, territory in rows.values_list(
        "pk", "kind", "type", "name", "territory"
    ).iterator(chunk_size=PART):
        yield RecordLine(id=id_, kind=kind, type=type_, name=name, territory=territory)


def relation_lines() -> Iterator[RelationLine]:
    """Yield every fact that joins two records, in no order, without its sources."""
    fields = ("pk", "subject", "target", "property", "status", "earliest", "latest")
    rows = PublishedFact.objects.filter(target__isnull=False)
    lines = rows.values_list(*fields, "amount", "amount_kind", "tax")
    return map(RelationLine._make, lines.iterator(chunk_size=PART))


def names_of_all() -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield the identifier of every record, its names, and its numbers as `siren:210600888`."""
    rows = Published.objects.order_by("entity").values_list("pk", "record")
    for id_, said in rows.iterator(chunk_size=PART):
        numbers = [f"{each['scheme']}:{each['value']}" for each in said["identifiers"]]
        yield id_, [each["text"] for each in said["names"]], numbers


def project_lines() -> list[ProjectLine]:
    """Return where every project is, what it uses and when, by identifier."""
    projects = Published.objects.filter(kind="project").order_by("entity")
    ids = list(projects.values_list("pk", flat=True))
    places, technologies = places_of(ids), technologies_of(ids)
    years: dict[str, set[int]] = defaultdict(set)
    dated = PublishedFact.objects.filter(subject__kind="project", earliest__isnull=False)
    for key, day in dated.values_list("subject", "earliest"):
        if day is not None:
            years[key].add(day.year)
    return [
        ProjectLine(
            id=key,
            territories=places[key],
            technologies=technologies[key],
            years=frozenset(years[key]),
        )
        for key in ids
    ]


def numbers(property_: str) -> list[NumberLine]:
    """Return every number of one property, with the territories of its record, by fact."""
    rows = list(
        PublishedFact.objects.filter(property=property_)
        .order_by("claim")
        .values_list("pk", "subject", "subject__name", "value", "earliest", "at")
    )
    places = places_of(row[1] for row in rows)
    return [
        NumberLine(
            claim=claim,
            record=record,
            name=name,
            value=value,
            earliest=earliest,
            at=at,
            territories=places[record],
        )
        for claim, record, name, value, earliest, at in rows
        if isinstance(value, int | float) and not isinstance(value, bool)
    ]
