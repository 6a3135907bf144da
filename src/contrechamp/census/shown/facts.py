"""A fact as a page says it: label, value, dates, amount, and where its proof is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from contrechamp.foundation.vocabulary import label, terms
from contrechamp.kernel.errors import Refused
from contrechamp.kernel.uncertain import parse
from contrechamp.ui.templatetags.look import money, number

from .days import between, since, until, written

STATUSES = ("verified", "documented", "alleged", "contradicted")


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """One end of a fact: a record."""

    id: str
    name: str
    kind: str
    type: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownProof:
    """Where a click on ⌖ leads."""

    url: str
    where: str
    is_outside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRect:
    """A marked place on the picture of a page, in the units of its drawing."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Crop:
    """The strip of a page that holds a passage."""

    image: str
    box: str
    width: int
    height: int
    rects: tuple[ShownRect, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEvidence:
    """One piece of evidence."""

    id: str
    kind: str
    stance: str
    title: str
    url: str
    detail: str = ""
    quote_text: str = ""
    quote: str = ""
    document: str = ""
    page: int | None = None
    is_outside: bool = False
    level_label: str = ""
    crop: Crop | None = None
    may_be_read: bool = False
    readers: tuple[str, ...] = ()

    @property
    def is_against(self) -> bool:
        return self.stance == "CONTRADICTS"

    @property
    def is_mention(self) -> bool:
        return self.stance == "MENTIONS"

    @property
    def kind_label(self) -> str:
        return {
            "document": gettext("Passage d'un document"),
            "register": gettext("Registre officiel"),
            "url": gettext("Page du web"),
            "reference": gettext("Publication"),
            "file": gettext("Fichier à retrouver"),
        }.get(self.kind, self.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFact:
    """One fact, read from one of its ends."""

    id: str
    code: str
    subject: End
    target: End | None
    other: End | None
    is_backward: bool
    label: str
    text: str
    text_url: str
    attributes: tuple[tuple[str, str], ...]
    raw_attributes: Mapping[str, Any]
    raw_value: Any
    dates: str
    earliest: date | None
    latest: date | None
    amount: str
    raw_amount: Decimal | None
    amount_kind: str
    tax: str
    currency: str
    amount_label: str
    status: str
    url: str
    evidence: tuple[ShownEvidence, ...]
    from_text: str = ""
    to_text: str = ""

    @property
    def other_name(self) -> str:
        return self.other.name if self.other else ""

    @property
    def other_url(self) -> str:
        return self.other.url if self.other else ""

    @property
    def begins_on(self) -> date:
        """Return its earliest day, for an order; the first of all days when it has no date."""
        return self.earliest or self.latest or date.min

    @property
    def year(self) -> int | None:
        """Return the year that it began in, if its bounds agree on one."""
        day = self.earliest or self.latest
        return day.year if day else None

    @property
    def sentence_short(self) -> str:
        """Say it without its subject: `décidé le 2021-03`."""
        what = self.other_name or self.text or self.amount
        if not self.other:
            return f"{self.label}{gettext(' : ')}{what}"
        return " ".join(part for part in (self.label, what) if part)

    @property
    def sentence(self) -> str:
        """Say it whole: `Ville d'Exemple fournit …`, always in the direction of the relation."""
        if self.target is None:
            what = self.text or self.amount
            return f"{self.subject.name} — {self.label}{gettext(' : ')}{what}"
        return f"{self.subject.name} {label_of(self.code)} {self.target.name}"

    @property
    def proof(self) -> ShownProof:
        """Return the best proof: a passage first, then a register, then what one can open."""
        for kind in ("document", "register", "url"):
            for one in self.evidence:
                if one.kind == kind and one.url and one.stance == "SUPPORTS":
                    return ShownProof(url=one.url, where=_where(one), is_outside=one.is_outside)
        words = {
            "register": gettext("registre"),
            "reference": gettext("publication"),
            "file": gettext("fichier"),
        }
        where = words.get(self.evidence[0].kind, "") if self.evidence else ""
        return ShownProof(url=f"{self.url}#preuves", where=where)


def _where(one: ShownEvidence) -> str:
    if one.kind == "document" and one.page:
        return gettext("p. {page}").format(page=one.page)
    return host(one.url) if one.is_outside else ""


def host(url: str) -> str:
    """Return who answers at an address: `www.` left out."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def is_web(url: str) -> bool:
    """Answer whether a browser may follow it without running anything."""
    return urlsplit(url).scheme in {"http", "https"} and bool(urlsplit(url).hostname)


def in_language(labels: Mapping[str, str]) -> str:
    """Return a label of the vocabulary in the reader's language."""
    return labels.get((get_language() or "fr")[:2]) or labels["fr"]


def label_of(code: str, *, backward: bool = False) -> str:
    """Return how a property is called, or how a relation is read from that end."""
    if code in terms("relations"):
        return label("relations", code, "backward" if backward else "forward")
    return label("properties", code)


def value_text(code: str, value: Any) -> tuple[str, str]:
    """Return a value as one reads it, and the address that it is, if it is one."""
    term = terms("properties").get(code, {})
    kind = term.get("type", "text")
    if value is None:
        return "", ""
    if kind in {"code", "code_list"}:
        codes = value if isinstance(value, list) else [value]
        return ", ".join(code_label(term, str(one)) for one in codes), ""
    if kind == "boolean":
        return gettext("oui") if value else gettext("non"), ""
    if kind == "number":
        return number(value), ""
    if kind == "date":
        return written(str(value)), ""
    if kind == "money":
        return "", ""
    text = str(value)
    return text, text if kind == "url" and is_web(text) else ""


def code_label(term: Mapping[str, Any], code: str) -> str:
    """Return the label of a code that a property or attribute may have."""
    if "vocabulary" in term:
        return label(term["vocabulary"], code)
    labels = (term.get("codes") or term.get("values") or {}).get(code)
    return in_language(labels) if labels else code


def attributes_text(code: str, attributes: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return the attributes of a relation with their labels."""
    known = terms("relations").get(code, {}).get("attributes") or {}
    shown = []
    for name, value in attributes.items():
        term = known.get(name)
        if term is None:
            shown.append((name, str(value)))
        elif term["type"] == "code":
            shown.append((in_language(term["label"]), code_label(term, str(value))))
        else:
            text = number(value) if term["type"] == "number" else str(value)
            shown.append((in_language(term["label"]), text))
    return tuple(shown)


def span_text(from_text: str, to_text: str) -> str:
    """Say since when and until when, as the source says it."""
    if from_text and to_text:
        return written(from_text) if from_text == to_text else between(from_text, to_text)
    if from_text:
        return since(from_text)
    return until(to_text) if to_text else ""


def bounds_of(
    code: str, value: Any, earliest: date | None, latest: date | None
) -> tuple[date | None, date | None]:
    """Return between which days a fact lies: those of its value when it is a date."""
    if terms("properties").get(code, {}).get("type") == "date" and isinstance(value, str):
        try:
            day = parse(value)
        except Refused:
            return None, None
        return day.earliest, day.latest
    return earliest, latest


def bounds_text(earliest: date | None, latest: date | None) -> str:
    """Say between which days an uncertain date lies; nothing when it is a day."""
    if earliest and latest:
        if earliest == latest:
            return ""
        return gettext("entre le {first} et le {last}").format(
            first=date_format(earliest, "j F Y"), last=date_format(latest, "j F Y")
        )
    return ""


def make_fact(
    *,
    id: str,
    code: str,
    subject: End,
    target: End | None,
    value: Any,
    attributes: Mapping[str, Any] | None = None,
    from_text: str = "",
    to_text: str = "",
    earliest: date | None = None,
    latest: date | None = None,
    amount: Decimal | None = None,
    currency: str = "",
    tax: str = "",
    amount_kind: str = "",
    status: str = "",
    url: str = "",
    evidence: Sequence[ShownEvidence] = (),
    is_backward: bool = False,
) -> ShownFact:
    """Make a fact ready to be shown. Read backwards, its target is where one stands."""
    text, text_url = value_text(code, value)
    first, last = bounds_of(code, value, earliest, latest)
    return ShownFact(
        id=id,
        code=code,
        subject=subject,
        target=target,
        other=subject if is_backward else target,
        is_backward=is_backward,
        label=label_of(code, backward=is_backward),
        text=text,
        text_url=text_url,
        attributes=attributes_text(code, attributes or {}),
        raw_attributes=attributes or {},
        raw_value=value,
        dates=span_text(from_text, to_text),
        earliest=first,
        latest=last,
        amount=money(amount, currency or "EUR") if amount is not None else "",
        raw_amount=amount,
        amount_kind=amount_kind,
        tax=tax,
        currency=currency,
        amount_label=amount_label(amount, amount_kind, tax),
        status=status.lower(),
        url=url or reverse("census:fact", args=[id]),
        evidence=tuple(evidence),
        from_text=from_text,
        to_text=to_text,
    )


def amount_label(amount: Decimal | None, kind: str, tax: str) -> str:
    """Say what an amount is: `attribué, hors taxes`."""
    if amount is None:
        return ""
    words = [label("amount_kinds", kind)] if kind in terms("amount_kinds") else []
    taxes = {"excl": gettext("hors taxes"), "incl": gettext("toutes taxes comprises")}
    if tax in taxes:
        words.append(taxes[tax])
    return ", ".join(words)
