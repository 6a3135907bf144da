"""What visitors get, as values: records, facts, sources, and how they are said in words."""

from __future__ import annotations

import builtins
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext

from contrechamp.foundation.vocabulary import label, terms

PATHS = {
    "project": "projet",
    "actor": "acteur",
    "technology": "technologie",
    "contract": "contrat",
    "place": "lieu",
}


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
