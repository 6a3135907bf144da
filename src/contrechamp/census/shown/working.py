"""Facts as those who write and review them see them: drafts, states, authors, readers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from contrechamp.documents import queries as documents
from contrechamp.foundation.vocabulary import label

from .evidence import evidence_of, with_crop
from .facts import End, ShownEvidence, make_fact

if TYPE_CHECKING:
    from contrechamp.accounts.models import User
    from contrechamp.census.models import Claim, Entity, Evidence

EVIDENCE_FIELDS = (
    "id",
    "kind",
    "stance",
    "document",
    "page",
    "quote",
    "quote_text",
    "register",
    "record_id",
    "url",
    "publisher",
    "retrieved_on",
    "publication",
    "locator",
    "dated_text",
    "file_name",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One claim of the working tables."""

    id: str
    subject_id: str
    subject_name: str
    sentence: str
    state: str
    state_label: str
    status: str
    dates: str
    amount: str
    amount_label: str
    version: int
    author: str
    at: datetime
    review_note: str
    publish_at: datetime | None
    is_mine: bool
    is_public: bool
    evidence: tuple[ShownEvidence, ...]

    @property
    def is_draft(self) -> bool:
        return self.state == "DRAFT"

    @property
    def has_source(self) -> bool:
        return any(one.kind != "file" for one in self.evidence)

    @property
    def no_source(self) -> bool:
        return not self.has_source

    @property
    def needs_tick(self) -> bool:
        """Answer whether only "publish as alleged" would let it through."""
        return self.status == "alleged" and self.has_source

    @property
    def may_publish(self) -> bool:
        return not self.is_mine and self.has_source

    @property
    def is_scheduled(self) -> bool:
        return self.publish_at is not None and self.state == "IN_REVIEW"

    @property
    def source_label(self) -> str:
        count = len(self.evidence)
        if not count:
            return gettext("aucune source")
        return ngettext("{count} source", "{count} sources", count).format(count=count)


def end_of(entity: Entity) -> End:
    """Return a record of the working tables as the end of a fact."""
    return End(
        id=entity.pk,
        name=entity.name,
        kind=entity.kind,
        type=entity.type,
        url=reverse("census:desk", args=[entity.pk]),
    )


def type_label(type_: str) -> str:
    """Return what a type of record is called."""
    return label("entity_types", type_)


def line_of(
    claim: Claim,
    reader: User,
    *,
    single: bool = False,
    with_pictures: bool = False,
    titles: Mapping[str, str] | None = None,
) -> Line:
    """Make one claim ready to be shown. `single`: this observatory has one reviewer only."""
    rows = list(claim.evidence.all())
    if titles is None:
        titles = titles_for(rows, reader)
    evidence = tuple(_evidence(one, reader, titles, with_pictures=with_pictures) for one in rows)
    fact = make_fact(
        id=claim.pk,
        code=claim.property,
        subject=end_of(claim.subject),
        target=end_of(claim.target) if claim.target else None,
        value=claim.value,
        attributes=claim.attributes,
        from_text=claim.from_text,
        to_text=claim.to_text,
        amount=claim.amount,
        currency=claim.currency,
        tax=claim.tax,
        amount_kind=claim.amount_kind,
        status=claim.status,
    )
    attributes = ", ".join(f"{name} : {text}" for name, text in fact.attributes)
    return Line(
        id=claim.pk,
        subject_id=claim.subject_id,
        subject_name=claim.subject.name,
        sentence=f"{fact.sentence} ({attributes})" if attributes else fact.sentence,
        state=claim.state,
        state_label=str(claim.get_state_display()),
        status=fact.status,
        dates=fact.dates,
        amount=fact.amount,
        amount_label=fact.amount_label,
        version=claim.version,
        author=claim.made_by.get_username(),
        at=claim.made_at,
        review_note=claim.review_note,
        publish_at=claim.publish_at,
        is_mine=reader.pk in claim.authors and not single,
        is_public=claim.published_as is not None,
        evidence=evidence,
    )


def titles_for(rows: Iterable[Evidence], reader: User) -> dict[str, str]:
    """Return the titles of the documents that the reader may read, by hash, in one read."""
    hashes = {row.document for row in rows if row.document}
    if not hashes:
        return {}
    found = documents.visible_to(reader).filter(versions__file__in=hashes)
    return dict(found.values_list("versions__file", "title"))


def _evidence(
    row: Evidence, reader: User, titles: Mapping[str, str], *, with_pictures: bool
) -> ShownEvidence:
    raw: dict[str, Any] = {name: getattr(row, name) for name in EVIDENCE_FIELDS}
    shown = evidence_of(raw, titles=titles)
    checks = list(row.checks.all())
    confirmed = [check.by.get_username() for check in checks if check.verdict == "CONFIRMS"]
    has_read = any(check.by_id == reader.pk for check in checks)
    added = row.added_by_id == reader.pk and not row.by_machine
    shown = replace(
        shown,
        may_be_read=bool(shown.quote or row.kind in {"document", "register"})
        and not has_read
        and not added,
        readers=tuple(confirmed),
    )
    return with_crop(shown, public_only=False) if with_pictures else shown


def lines_of(
    claims: Iterable[Claim], reader: User, *, single: bool = False, with_pictures: bool = False
) -> list[Line]:
    """Make claims ready to be shown."""
    rows = list(claims)
    titles = titles_for((one for claim in rows for one in claim.evidence.all()), reader)
    return [
        line_of(claim, reader, single=single, with_pictures=with_pictures, titles=titles)
        for claim in rows
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One record of the working tables, to choose among others."""

    id: str
    name: str
    kind: str
    type_label: str
    place: str
    state_label: str
    choose_url: str = ""


def card_of(entity: Entity, *, place: str = "", choose_url: str = "") -> Card:
    """Make a record ready to be chosen."""
    return Card(
        id=entity.pk,
        name=entity.name,
        kind=entity.kind,
        type_label=type_label(entity.type),
        place=place,
        state_label=str(entity.get_state_display()),
        choose_url=choose_url,
    )


def cards_of(entities: Sequence[Entity]) -> list[Card]:
    """Make records ready to be chosen, each with the code of its place if it is one."""
    return [card_of(entity, place=entity.territory.partition(":")[2]) for entity in entities]
