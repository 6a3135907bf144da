"""What the watch prints: findings, leads, problems, and the sum of them.

The names of the fields are the keys of the JSON lines, in this order, which other programs read
(`docs/reference/watch.md`). What is not known is None and is printed as null, never left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

SCHEMA = "contrechamp.watch/1"
Rect = tuple[float, float, float, float]
"""x, y, width and height as fractions of the page, from its upper left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDocument:
    """The record in which something was found, as it was read."""

    path: str
    sha256: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    departement: str | None = None
    published_on: date | None = None
    published_how: str | None = None
    """printed, listing, name, record, notice: which of them says when it was published."""
    first_seen_on: date | None = None
    pages: int | None = None
    rendition: str | None = None
    """pdf, ocr_pdf, text, ocr, or for registers json, xml, csv."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """The place of a decision among those that one act number hides."""

    index: int
    count: int
    listed: int | None = None
    claimed: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """Where in the document: pages of an act, or positions of records, from 0."""

    page: int | None = None
    last_page: int | None = None
    bundle: Bundle | None = None
    records: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActNames:
    """How an act is called: the bulletin's number, the order's own, the title, the day."""

    number: str | None = None
    order: str | None = None
    title: str | None = None
    signed_on: date | None = None
    authority: str | None = None
    repeals: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPlace:
    """A commune, département or other territory, as printed and as recognised."""

    printed: str
    name: str | None = None
    insee: str | None = None
    how: str | None = None
    """exact, article, prefix, article+prefix, alias, buyer, departement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beneficiary:
    """For whom, and what may be said of it in public."""

    printed: str | None = None
    class_: str = "unknown"
    public: bool = False
    publish: bool = False
    label_fr: str | None = None
    label_en: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cameras:
    """Numbers of cameras as stated: 0 for a kind that the composition leaves out, else None."""

    indoor: int | None = None
    outdoor: int | None = None
    public_road: int | None = None
    mobile: int | None = None
    total: int | None = None
    added: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Aircraft:
    """What flies."""

    count: int | None = None
    model: str | None = None
    manned: bool | None = None
    registration: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """Who operates it."""

    printed: str
    class_: str
    """national_police, gendarmerie, municipal_police, customs, army, fire_service, other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """When: local time to the minute; the same hours every day as `daily`, "22:00-02:00"."""

    start: str
    end: str
    daily: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """Until when the act can be challenged (CJA R421-1, R421-5; `kernel.periods`)."""

    months: int
    from_: date | None
    act_by_safe: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """A buyer or a supplier."""

    siret: str | None = None
    name: str | None = None
    insee: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractTerms:
    """What a register of contracts says of one of them."""

    id: str | None = None
    kind: str | None = None
    object: str | None = None
    cpv: str | None = None
    cpv_label: str | None = None
    buyer: Company | None = None
    suppliers: tuple[Company, ...] = ()
    amount: Decimal | None = None
    amount_kind: str | None = None
    tax: str | None = None
    currency: str | None = None
    notified_on: date | None = None
    published_on: date | None = None
    duration_months: int | None = None
    group: str | None = None
    lots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The words that prove a value."""

    quote: str
    confidence: float
    page: int | None = None
    prefix: str | None = None
    suffix: str | None = None
    rects: tuple[Rect, ...] = ()
    records: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One decision about one technology of surveillance."""

    id: str
    source: str
    document: SourceDocument
    locator: Locator
    technology: str
    technologies: tuple[str, ...]
    decision: str
    decisions: tuple[str, ...]
    act: ActNames | None = None
    places: tuple[FoundPlace, ...] = ()
    beneficiary: Beneficiary | None = None
    cameras: Cameras | None = None
    perimeters: int | None = None
    retention_days: int | None = None
    file_numbers: tuple[str, ...] = ()
    duration_years: int | None = None
    expires_on: date | None = None
    purposes: tuple[str, ...] = ()
    aircraft: Aircraft | None = None
    operator: Operator | None = None
    intervals: tuple[Interval, ...] = ()
    public_information_waived: bool | None = None
    legal_basis: tuple[str, ...] = ()
    court: str | None = None
    appeal: Appeal | None = None
    contract: ContractTerms | None = None
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    confidence: float = 0.0
    duplicate_of: str | None = None
    warnings: tuple[str, ...] = ()
    type: str = "finding"
    """finding, or lead: an act about something else which states that cameras exist."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that could not be read, said instead of passed over."""

    document: str
    code: str
    message: str
    page: int | None = None


PROBLEMS = frozenset(
    {
        *("empty_text", "unreadable_text", "encrypted", "broken", "too_large", "unknown_format"),
        *("no_acts", "bad_record", "bad_date", "bad_amount"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The last line: what was read and what came of it."""

    documents: int = 0
    acts: int = 0
    findings: int = 0
    leads: int = 0
    problems: int = 0
    seconds: float = 0.0


Line = Finding | Problem | Summary


def as_json(line: Line) -> dict[str, Any]:
    """Return a line as plain values, the keys in the order of the contract."""
    plain: dict[str, Any] = _plain(line)
    match line:
        case Finding():
            kind = plain.pop("type")
            return {"schema": SCHEMA, "type": kind, **plain}
        case Problem():
            order = ("document", "code", "page", "message")
            return {"type": "problem", **{key: plain[key] for key in order}}
        case Summary():
            return {"type": "summary", **plain}


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        plain = {
            each.name.removesuffix("_"): _plain(getattr(value, each.name)) for each in fields(value)
        }
        if isinstance(value, Interval) and value.daily is None:
            del plain["daily"]
        return plain
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value
