"""What visitors get, computed from the working tables and written to its own (census.md §7).

The projection is a pure function of what reviewers accepted (`published_as`, `is_public`), of
what hides it (withdrawn, private, held back, merged, a document that is not public) and of its
own history. So `rebuild_published` gives the same rows as years of single publications, and no
draft can change a byte. A record is there as long as one of its facts is.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Min, Q

from contrechamp.census.domain import Proof, Status, is_documented, is_publishable, status
from contrechamp.census.models import (
    Claim,
    Entity,
    Evidence,
    EvidenceCheck,
    Notice,
    Published,
    PublishedChange,
    PublishedFact,
    Redirect,
    State,
)
from contrechamp.documents import queries as documents
from contrechamp.documents import services as passages
from contrechamp.foundation.signals import public_changed
from contrechamp.foundation.vocabulary import terms
from contrechamp.kernel import uncertain
from contrechamp.kernel.names import fold

from .derived import Follow, clear_derived, mark_derived
from .rating import checks_of, chunks, proof_of
from .writing import insert_rows, update_rows

PART = 900
PERSON = "person_in_office"
FACT_FIELDS = (
    "subject_id",
    "property",
    "target_id",
    "value",
    "status",
    "earliest",
    "latest",
    "begun",
    "day",
    "amount",
    "amount_kind",
    "tax",
    "data",
)
RECORD_FIELDS = ("kind", "type", "name", "folded", "territory", "record")
CHANGED = ("value", "target", "status", "from", "to", "amount", "attributes")


@dataclass(slots=True)
class Outcome:
    """What one refresh changed for visitors."""

    facts: set[str] = field(default_factory=set)
    records: set[str] = field(default_factory=set)


def open_documents(evidence: Iterable[Evidence]) -> set[str]:
    """Return the contents among those of the evidence that anybody may read."""
    hashes = {h for e in evidence for h in (e.document, e.archived) if h}
    found: set[str] = set()
    for part in chunks(sorted(hashes)):
        found.update(
            documents.public()
            .filter(versions__file__in=part, versions__file__area="OPEN")
            .values_list("versions__file", flat=True)
        )
    return found & hashes


def is_open(evidence: Evidence, opened: set[str]) -> bool:
    """Answer whether visitors may learn of this evidence: not if its document is not public."""
    needed = {evidence.document, evidence.archived if evidence.quote else ""} - {""}
    return needed <= opened


def refresh(
    *,
    claims: Iterable[str] = (),
    entities: Iterable[str] = (),
    now: datetime,
    by: str = "",
    reason: str = "",
    told: Sequence[Claim] = (),
    is_quiet: bool = False,
) -> Outcome:
    """Bring the projection of these claims and records up to date.

    What differs is written to the public history. With `is_quiet` a fact that stays is not
    dated anew: a document that comes and goes leaves no trace.
    """
    work = _Work(now=now, by=by, reason=reason, is_quiet=is_quiet)
    keys, records = set(claims), set(entities)
    for part in chunks(sorted(records), PART):
        keys.update(
            Claim.objects.filter(Q(subject__in=part) | Q(target__in=part)).values_list(
                "pk", flat=True
            )
        )
        keys.update(
            PublishedFact.objects.filter(Q(subject__in=part) | Q(target__in=part)).values_list(
                "pk", flat=True
            )
        )
    for part in chunks(sorted(keys), PART):
        work.facts_of(part)
    work.write(records)
    work.tell(told)
    work.announce()
    return work.outcome


class _Work:
    """One refresh: what should be there, what is, and the difference."""

    def __init__(
        self,
        *,
        now: datetime,
        by: str = "",
        reason: str = "",
        is_news: bool = True,
        is_quiet: bool = False,
    ) -> None:
        self.now, self.by, self.reason = now, by, reason
        self.is_news, self.is_quiet = is_news, is_quiet
        self.outcome = Outcome()
        self.put: list[PublishedFact] = []
        self.gone: list[str] = []
        self.ends: set[str] = set()
        self.before: dict[str, PublishedFact] = {}
        self.notes: dict[str, dict[str, Any]] = {}
        self.quotes_shown: set[str] = set()
        self.quotes_dropped: set[str] = set()
        self.names: dict[str, str] = {}
        self.follow = Follow()

    # Facts

    def facts_of(self, ids: Sequence[str]) -> None:
        """Compare the facts that these claims should give with those that are there."""
        wanted = {fact.claim: fact for fact in self._wanted(ids)}
        there = {fact.pk: fact for fact in PublishedFact.objects.filter(pk__in=ids)}
        born = self._born([key for key in wanted if key not in there])
        for key in ids:
            new, old = wanted.get(key), there.get(key)
            if new is None and old is None:
                continue
            self.ends.update(e for f in (new, old) if f for e in (f.subject_id, f.target_id) if e)
            if old is not None:
                self.before[key] = old
            if new is None:
                self.gone.append(key)
                self._noted(old, new)
            elif old is None:
                new.first_at, new.at = born.get(key, (self.now, self.now))
                self.put.append(new)
                self._noted(old, new)
            elif any(getattr(new, n) != getattr(old, n) for n in FACT_FIELDS):
                new.first_at, new.at = old.first_at, old.at if self.is_quiet else self.now
                self.put.append(new)
                self._noted(old, new)
            self._quotes(old, new)

    def _noted(self, old: PublishedFact | None, new: PublishedFact | None) -> None:
        self.outcome.facts.update(fact.pk for fact in (old, new) if fact)
        self.follow.fact(old, new)

    def _born(self, ids: Sequence[str]) -> dict[str, tuple[datetime, datetime]]:
        """Return when facts were first and last published, by the public history."""
        if self.is_news:
            return {}
        rows = PublishedChange.objects.filter(claim__in=ids).exclude(what="withdrawn")
        return {
            key: (first, last)
            for key, first, last in rows.values_list("claim").annotate(Min("at"), Max("at"))
        }

    def _quotes(self, old: PublishedFact | None, new: PublishedFact | None) -> None:
        was, now = (
            {e["quote"] for e in fact.data["evidence"] if e.get("quote")} if fact else set()
            for fact in (old, new)
        )
        self.quotes_shown |= now - was
        self.quotes_dropped |= was - now

    def _wanted(self, ids: Sequence[str]) -> Iterator[PublishedFact]:
        claims = list(
            Claim.objects.filter(pk__in=ids, published_as__isnull=False, is_private=False)
            .exclude(state=State.WITHDRAWN)
            .order_by("pk")
        )
        evidence: dict[str, list[Evidence]] = defaultdict(list)
        for part in chunks([claim.pk for claim in claims], PART):
            for each in Evidence.objects.filter(claim__in=part, is_public=True).order_by(
                "added_at", "pk"
            ):
                evidence[each.claim_id].append(each)
        every = [each for row in evidence.values() for each in row]
        checks, opened = checks_of(every), open_documents(every)
        roots = _roots({target for claim in claims if (target := said_of(claim).get("target"))})
        ends = {c.subject_id for c in claims} | set(roots.values())
        shown = _presentable(ends)
        self.names |= {key: said_of(entity)["name"] for key, entity in shown.items()}
        for claim in claims:
            said = said_of(claim)
            target = roots.get(said.get("target") or "")
            if claim.subject_id not in shown or (target and target not in shown):
                continue
            if target == claim.subject_id:
                continue
            rows = [each for each in evidence[claim.pk] if is_open(each, opened)]
            persons = {shown[key].type for key in (claim.subject_id, target) if key} & {PERSON}
            fact = fact_from(claim, target, rows, checks, never_alleged=bool(persons))
            if fact is not None:
                yield fact

    def settle(self) -> None:
        """Write the facts compared so far, so that a million need not be held at once.

        The records at their ends come later in the same transaction.
        """
        insert_rows(self.put, update=[*FACT_FIELDS_DB, "at", "first_at"])
        self.put.clear()
        self.follow.settle()

    # Records

    def write(self, records: Iterable[str]) -> None:
        """Write records and facts, and the history of what changed."""
        concerned = sorted(self.ends | set(records))
        for part in chunks(self.gone, PART):
            PublishedFact.objects.filter(pk__in=part).delete()
            if self.is_news:
                PublishedChange.objects.filter(claim__in=part).delete()
        shown: dict[str, Entity] = {}
        there: dict[str, Published] = {}
        for part in chunks(concerned, PART):
            shown |= _presentable(part)
            there |= Published.objects.in_bulk(part)
        held = self._held(concerned)
        self._put_records(concerned, {k: e for k, e in shown.items() if k in held}, there)
        gone = [key for key in concerned if key in there and key not in held]
        for part in chunks(gone, PART):
            for key in part:
                self.follow.record(key, there[key], None)
            Published.objects.filter(pk__in=part).delete()
            if self.is_news:
                PublishedChange.objects.filter(entity__in=part).delete()
        self.outcome.records.update(gone)
        if self.is_news:
            self._note_facts()
        self._date_records([key for key in concerned if key in held], there)
        self.follow.write()

    def _held(self, keys: Sequence[str]) -> set[str]:
        """Return the records that have at least one fact, or are at the end of one."""
        held = {e for fact in self.put for e in (fact.subject_id, fact.target_id) if e}
        moved = {fact.pk for fact in self.put}  # What is there of these will be replaced.
        for part in chunks(keys, PART):
            for end in ("subject", "target"):
                rows = PublishedFact.objects.filter(**{f"{end}__in": part})
                held.update(key for fact, key in rows.values_list("pk", end) if fact not in moved)
        return held & set(keys)

    def _put_records(
        self, concerned: Sequence[str], shown: dict[str, Entity], there: dict[str, Published]
    ) -> None:
        new = [_blank(shown[k], self.now) for k in concerned if k in shown and k not in there]
        insert_rows(new)
        insert_rows(self.put, update=[*FACT_FIELDS_DB, "at", "first_at"])
        counts = _counts(list(shown))
        notices = _notices(list(shown))
        fresh = {row.pk for row in new}
        changed = []
        for key, entity in shown.items():
            row = record_from(entity, counts.get(key, {}), notices.get(key, []))
            old = there.get(key)
            if old is None or any(getattr(row, n) != getattr(old, n) for n in RECORD_FIELDS):
                row.at = self.now
                row.first_at = old.first_at if old else self.now
                row.version = old.version if old else 1
                changed.append(row)
                self.follow.record(key, old, row)
                self.outcome.records.add(key)
                if self.is_news and (key in fresh or _is_news(old, row)):
                    self._note_record(row, old)
        written = [*RECORD_FIELDS, "at", "first_at", "version"]
        update_rows((row, written) for row in changed)

    def _note_record(self, row: Published, old: Published | None) -> None:
        what = "published" if old is None else "changed"
        self.notes[row.pk] = {
            "entity": row.pk,
            "claim": "",
            "what": what,
            "title": row.name,
            "before": None if old is None else record_note(old),
            "after": record_note(row),
        }

    def _note_facts(self) -> None:
        notes = list(self.notes.values())
        for fact in self.put:
            old = self.before.get(fact.claim)
            if old is not None and self.is_quiet:
                continue
            notes.append(
                {
                    "entity": fact.subject_id,
                    "claim": fact.claim,
                    "what": "published" if old is None else "changed",
                    "title": fact_title(
                        fact,
                        self.names.get(fact.subject_id, ""),
                        self.names.get(fact.target_id or "", ""),
                    ),
                    "before": None if old is None else fact_note(old),
                    "after": fact_note(fact),
                }
            )
        insert_rows(
            [
                PublishedChange(**note, at=self.now, by=self.by, reason=self.reason)
                for note in notes
            ],
            chosen_keys=False,
        )

    def _date_records(self, keys: Sequence[str], there: dict[str, Published]) -> None:
        """Set version and dates of records from their public history."""
        rows = []
        for part in chunks(keys, PART):
            dates = {
                key: (count, first, last)
                for key, count, first, last in PublishedChange.objects.filter(entity__in=part)
                .values_list("entity")
                .annotate(Count("at", distinct=True), Min("at"), Max("at"))
            }
            for row in Published.objects.filter(pk__in=part):
                count, first, last = dates.get(row.pk, (1, row.first_at, row.first_at))
                if (row.version, row.first_at, row.at) != (count, first, last):
                    row.version, row.first_at, row.at = count, first, last
                    rows.append(row)
                    self.outcome.records.add(row.pk)
        update_rows((row, ["version", "first_at", "at"]) for row in rows)

    # News

    def tell(self, told: Sequence[Claim]) -> None:
        """Say of some withdrawals that they took place, without what was withdrawn."""
        keys = {claim.subject_id for claim in told}
        there = set(Published.objects.filter(pk__in=keys).values_list("pk", flat=True))
        PublishedChange.objects.bulk_create(
            PublishedChange(
                entity=claim.subject_id,
                claim=claim.pk,
                at=self.now,
                what="withdrawn",
                by=self.by,
                reason=self.reason,
                title=french(claim.property),
            )
            for claim in told
            if claim.subject_id in there
        )
        self._date_records(sorted(there), {})

    def announce(self) -> None:
        """Show the quotes of public facts, and tell the rooms above what changed."""
        kept: set[str] = set()
        for part in chunks(sorted(self.quotes_dropped), PART):
            for fact in PublishedFact.objects.filter(
                pk__in=Evidence.objects.filter(quote__in=part, is_public=True).values("claim")
            ):
                kept.update(e["quote"] for e in fact.data["evidence"] if e.get("quote"))
        if self.quotes_shown:
            passages.show_quotes(sorted(self.quotes_shown))
        if hidden := self.quotes_dropped - kept - self.quotes_shown:
            passages.hide_quotes(sorted(hidden))
        refs = [f"census:fact:{key}" for key in sorted(self.outcome.facts)]
        refs += [f"census:entity:{key}" for key in sorted(self.outcome.records | self.ends)]
        if refs:
            public_changed.send(sender=Published, refs=refs)


FACT_FIELDS_DB = [name.removesuffix("_id") for name in FACT_FIELDS]


def _roots(ids: Iterable[str]) -> dict[str, str]:
    """Return what each identifier means now, after merges."""
    roots = {key: key for key in ids}
    waiting = set(roots.values())
    while waiting:
        moved = {
            row.old: row.new
            for part in chunks(sorted(waiting))
            for row in Redirect.objects.filter(old__in=part)
        }
        roots = {key: moved.get(now, now) for key, now in roots.items()}
        waiting = set(moved.values())
    return roots


def _presentable(ids: Iterable[str]) -> dict[str, Entity]:
    """Return the records that a reviewer accepted and that nothing hides."""
    found: dict[str, Entity] = {}
    for part in chunks(sorted(ids), PART):
        rows = Entity.objects.filter(
            pk__in=part, published_as__isnull=False, person_hold=False, merged_into=None
        ).exclude(state=State.WITHDRAWN)
        found |= {row.pk: row for row in rows}
    return found


def said_of(row: Claim | Entity) -> dict[str, Any]:
    """Return a row as a reviewer accepted it."""
    said: dict[str, Any] = row.published_as or {}
    return said


def _blank(entity: Entity, now: datetime) -> Published:
    return Published(entity=entity.pk, kind=entity.kind, at=now, first_at=now)


def record_from(entity: Entity, counts: dict[str, int], notices: list[dict[str, Any]]) -> Published:
    """Return a record as visitors see it, undated."""
    said = said_of(entity)
    return Published(
        entity=entity.pk,
        kind=said["kind"],
        type=said["type"],
        name=said["name"],
        folded=fold(said["name"])[:300],
        territory=said["territory"],
        record={
            "names": said["names"],
            "identifiers": said["identifiers"],
            "keys": said["keys"],
            "alone": said.get("alone", False),
            "counts": counts,
            "notices": notices,
        },
    )


def record_note(row: Published) -> dict[str, Any]:
    """Return what of a record the public history compares."""
    return {
        "name": row.name,
        "type": row.type,
        "names": [each["text"] for each in row.record["names"]],
        "identifiers": [f"{e['scheme']}:{e['value']}" for e in row.record["identifiers"]],
        "notices": len(row.record["notices"]),
    }


def _is_news(old: Published | None, new: Published) -> bool:
    """Answer whether the record itself says something else; a count that moves is no news."""
    return old is None or record_note(old) != record_note(new)


def _counts(keys: Sequence[str]) -> dict[str, dict[str, int]]:
    """Return how many facts of each status a record has or is the target of."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for part in chunks(keys, PART):
        for end in ("subject", "target"):
            rows = (
                PublishedFact.objects.filter(**{f"{end}__in": part})
                .values_list(end, "status")
                .annotate(Count("pk"))
            )
            for key, code, number in rows:
                counts[key][code] += number
    return {key: counted(row) for key, row in counts.items()}


def counted(row: Mapping[str, int]) -> dict[str, int]:
    """Return how many facts a record has, all and by status, in the order of `Status`."""
    order = [status.value for status in Status]
    return {"facts": sum(row.values())} | {code: row[code] for code in order if row.get(code)}


def _notices(keys: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """Return the replies and corrections that are printed at the top of a record."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for part in chunks(keys, PART):
        rows = Notice.objects.filter(
            entity__in=part, is_public=True, decision=Notice.Decision.ACCEPTED
        )
        for notice in rows.order_by("received_on", "pk"):
            found[notice.entity_id].append(
                {
                    "id": notice.pk,
                    "kind": notice.kind,
                    "capacity": notice.capacity,
                    "text": notice.text,
                    "received_on": notice.received_on.isoformat(),
                    "answer": notice.answer,
                    "answered_on": notice.answered_on.isoformat() if notice.answered_on else "",
                    "claim": "",
                }
            )
    return found


def fact_from(
    claim: Claim,
    target: str | None,
    rows: Sequence[Evidence],
    checks: Mapping[str, Sequence[EvidenceCheck]],
    *,
    never_alleged: bool = False,
) -> PublishedFact | None:
    """Return a claim as visitors see it by this evidence, undated; None when it may not be seen."""
    said = said_of(claim)
    proofs = [proof_of(e, checks.get(e.pk, ()), editors_only=True) for e in rows]
    alleged = bool(said.get("alleged")) and not never_alleged
    if not is_publishable(proofs, as_alleged=alleged):
        return None
    earliest, latest = _day(said.get("from_earliest")), _day(said.get("to_latest"))
    begun = _day(said.get("from_latest"))
    if terms("properties").get(said["property"], {}).get("type") == "date":
        when = uncertain.parse(said["value"])
        earliest, latest, begun = when.earliest, when.latest, when.latest
    return PublishedFact(
        claim=claim.pk,
        subject_id=claim.subject_id,
        property=said["property"],
        target_id=target,
        value=said.get("value"),
        status=status(proofs).value,
        earliest=earliest,
        latest=latest,
        begun=begun,
        day=earliest or latest,
        amount=Decimal(said["amount"]) if "amount" in said else None,
        amount_kind=said.get("amount_kind", ""),
        tax=said.get("tax", ""),
        data={
            "attributes": said.get("attributes", {}),
            "from": _bounds(said, "from"),
            "to": _bounds(said, "to"),
            "currency": said.get("currency", ""),
            "keys": said.get("keys", {}),
            "alone": said["alone"],
            "by": said["by"],
            "evidence": [_source(row, proof) for row, proof in zip(rows, proofs, strict=True)],
        },
    )


def _bounds(said: dict[str, Any], side: str) -> dict[str, str]:
    return {
        name: said[f"{side}_{name}"]
        for name in ("text", "earliest", "latest")
        if said.get(f"{side}_{name}")
    }


def _source(row: Evidence, proof: Proof) -> dict[str, Any]:
    """Return a piece of evidence as visitors see it: never who attached it."""
    kept = {
        "id": row.pk,
        "kind": row.kind,
        "stance": row.stance,
        "level": "documented" if is_documented(proof) else "alleged",
        "readers": len(proof.readers),
        "rejected": proof.is_rejected,
        "document": row.document,
        "page": row.page,
        "quote": row.quote,
        "quote_text": row.quote_text,
        "register": row.register,
        "record_id": row.record_id,
        "url": row.url,
        "publisher": row.publisher,
        "retrieved_on": row.retrieved_on.isoformat() if row.retrieved_on else "",
        "archived": row.archived if row.quote else "",
        "publication": row.publication,
        "locator": row.locator,
        "dated_text": row.dated_text,
        "file_name": row.file_name,
    }
    return {name: value for name, value in kept.items() if value not in ("", None, False)}


def _day(text: str | None) -> date | None:
    return dt.date.fromisoformat(text) if text else None


def fact_note(fact: PublishedFact) -> dict[str, Any]:
    """Return what of a fact the public history compares."""
    note = {
        "value": fact.value,
        "target": fact.target_id,
        "status": fact.status,
        "from": fact.data["from"].get("text"),
        "to": fact.data["to"].get("text"),
        "amount": None if fact.amount is None else f"{fact.amount:.2f}",
        "attributes": fact.data["attributes"] or None,
        "sources": len(fact.data["evidence"]),
    }
    return {name: value for name, value in note.items() if value is not None}


def fact_title(fact: PublishedFact, subject: str, target: str) -> str:
    """Return the line that the public history keeps of a fact."""
    said = target or value_text(fact.property, fact.value)
    return f"{subject} : {french(fact.property)} {said}"[:300]


def french(property_: str) -> str:
    """Return the French words of a property or relation, for the history."""
    term = terms("relations").get(property_) or terms("properties").get(property_)
    return term["label"]["fr"] if term else property_


def value_text(property_: str, value: Any) -> str:
    """Return a value as one line of French text."""
    if value is None:
        return ""
    term = terms("properties").get(property_, {})
    if term.get("type") in {"code", "code_list"}:
        known = terms(term["vocabulary"]) if "vocabulary" in term else {}
        codes = value if isinstance(value, list) else [value]
        labels = [
            (term.get("codes", {}).get(c) or known.get(c, {}).get("label") or {"fr": c})["fr"]
            for c in codes
        ]
        return ", ".join(labels)
    if isinstance(value, bool):
        return "oui" if value else "non"
    return str(value)


@transaction.atomic
def rebuild_published(*, now: datetime) -> Outcome:
    """Compute the whole projection anew. Its bytes are the same, or something was wrong."""
    everything = set(Claim.objects.filter(published_as__isnull=False).values_list("pk", flat=True))
    everything.update(PublishedFact.objects.values_list("pk", flat=True))
    records = set(Published.objects.values_list("pk", flat=True))
    PublishedFact.objects.all().delete()
    Published.objects.all().delete()
    clear_derived()
    outcome = Outcome()
    work = _Work(now=now, is_news=False)
    for part in chunks(sorted(everything), PART):
        work.facts_of(part)
        work.settle()
    work.write(records)
    work.announce()
    mark_derived()
    outcome.facts, outcome.records = work.outcome.facts, work.outcome.records | records
    return outcome


def documents_changed(hashes: Iterable[str], *, now: datetime) -> None:
    """Follow documents that became public, or are no longer: facts rest on them."""
    keys: set[str] = set()
    for part in chunks(sorted(set(hashes))):
        rows = Evidence.objects.filter(Q(document__in=part) | Q(archived__in=part), is_public=True)
        keys.update(rows.values_list("claim", flat=True))
    if keys:
        refresh(claims=keys, now=now, is_quiet=True)
