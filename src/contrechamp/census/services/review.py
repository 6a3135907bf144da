"""Review: a second person reads, and what they accept becomes public (census.md §6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings

from contrechamp.census.domain import Status, check_publishable, status
from contrechamp.census.models import Claim, Entity, Evidence, Identifier, ImportRun, Name, State
from contrechamp.census.signals import publication_scheduled
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused, gettext_noop

from .claims import PERSON, take_back, touch_claim
from .projection import is_open, open_documents
from .rating import checks_of, chunks, proof_of
from .recording import Recorder, recording

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

SNAPSHOT = (
    *("property", "value", "target_id", "attributes"),
    *("from_text", "from_earliest", "from_latest", "to_text", "to_earliest", "to_latest"),
    *("amount", "currency", "tax", "amount_kind", "keys"),
)
GAZETTEER = {"vocabulary"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishReport:
    """What was published, and what was not with the sentence that says why."""

    published: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    scheduled: list[str] = field(default_factory=list)


def submit(claim_ids: Iterable[str], *, actor: User, now: datetime) -> list[str]:
    """Send drafts to review. Return the ids that were drafts."""
    sent = []
    with recording(actor=actor, now=now, verb="submit") as act:
        act.flush()
        for part in chunks(list(dict.fromkeys(claim_ids))):
            for claim in Claim.objects.select_for_update().filter(pk__in=part, state=State.DRAFT):
                act.change_row(claim, state=State.IN_REVIEW, submitted_at=now, review_note="")
                sent.append(claim.pk)
    return sent


def publish(
    claim_ids: Iterable[str],
    *,
    reviewer: User,
    now: datetime,
    as_alleged: bool = False,
    reason: str = "",
    publish_at: datetime | None = None,
) -> PublishReport:
    """Publish claims that somebody else wrote, with the records at their ends.

    What a rule forbids is in the report with its sentence; the rest is published. With
    `publish_at` they are accepted now and shown from then on.
    """
    check_reviewer(reviewer)
    ids = list(dict.fromkeys(claim_ids))
    report = PublishReport()
    with recording(actor=reviewer, now=now, verb="publish", reason=reason) as act:
        act.flush()
        later = publish_at if publish_at and publish_at > now else None
        for part in chunks(ids):
            _publish_part(part, reviewer, as_alleged, later, act, report)
    if report.scheduled:
        publication_scheduled.send(sender=Claim, at=publish_at)
    return report


def check_reviewer(reviewer: User) -> None:
    """Raise `Refused` unless the person may review."""
    if not reviewer.is_editor:
        raise Refused(gettext_noop("Seul un éditeur peut publier."))


def _publish_part(
    ids: Sequence[str],
    reviewer: User,
    as_alleged: bool,
    later: datetime | None,
    act: Recorder,
    report: PublishReport,
) -> None:
    claims = _locked(ids)
    evidence: dict[str, list[Evidence]] = defaultdict(list)
    for each in Evidence.objects.filter(claim__in=ids).order_by("added_at", "pk"):
        evidence[each.claim_id].append(each)
    desk = _Desk(reviewer=reviewer, as_alleged=as_alleged, evidence=evidence)
    accepted = []
    for key in ids:
        claim = claims.get(key)
        if claim is not None and claim.state == State.PUBLISHED and not claim.authors:
            report.published.append(key)
            continue
        try:
            claim = desk.check(claim)
        except Refused as refusal:
            report.refused.append((key, say(refusal)))
        else:
            accepted.append(claim)
    if later is not None:
        for claim in accepted:
            act.change_row(
                claim,
                publish_at=later,
                reviewed_by=reviewer,
                published_as_alleged=as_alleged,
                state=State.IN_REVIEW,
            )
            report.scheduled.append(claim.pk)
        return
    _accept(accepted, reviewer, as_alleged, act)
    report.published.extend(claim.pk for claim in accepted)


def _locked(ids: Sequence[str]) -> dict[str, Claim]:
    """Return the claims, locked, with their records: each record once, however many name it."""
    claims = Claim.objects.select_for_update().in_bulk(ids)
    keys = {key for c in claims.values() for key in (c.subject_id, c.target_id) if key}
    ends = {
        key: entity
        for part in chunks(sorted(keys))
        for key, entity in Entity.objects.in_bulk(part).items()
    }
    for claim in claims.values():
        claim.subject = ends[claim.subject_id]
        if claim.target_id:
            claim.target = ends[claim.target_id]
    return claims


class _Desk:
    """Decides about claims of one batch, with what it takes read beforehand."""

    def __init__(
        self, *, reviewer: User, as_alleged: bool, evidence: dict[str, list[Evidence]]
    ) -> None:
        self.reviewer, self.as_alleged, self.evidence = reviewer, as_alleged, evidence
        every = [each for row in evidence.values() for each in row]
        self.checks = checks_of(every)
        self.open = open_documents(every)

    def check(self, claim: Claim | None) -> Claim:
        """Return the claim, or raise `Refused` if a rule forbids to publish it."""
        if claim is None:
            raise Refused(gettext_noop("Ce fait n'existe pas."))
        if claim.state == State.WITHDRAWN:
            raise Refused(gettext_noop("Ce fait est retiré."))
        if claim.state == State.DRAFT and claim.run_id is None:
            raise Refused(gettext_noop("Ce fait est un brouillon : son auteur ne l'a pas soumis."))
        if claim.is_private:
            raise Refused(gettext_noop("Ce fait est privé : il n'est pas à publier."))
        self._check_eyes(claim.authors)
        proofs = [
            proof_of(each, self.checks.get(each.pk, ()))
            for each in self.evidence[claim.pk]
            if is_open(each, self.open)
        ]
        for entity in (claim.subject, claim.target):
            if entity is not None:
                self._check_end(entity)
                if entity.type == PERSON and status(proofs) is Status.ALLEGED:
                    raise Refused(
                        gettext_noop(
                            "Une fonction publique se prouve par un acte ou une page officielle."
                        )
                    )
        check_publishable(proofs, as_alleged=self.as_alleged)
        return claim

    def _check_end(self, entity: Entity) -> None:
        if entity.person_hold:
            raise Refused(
                gettext_noop("« {name} » est peut-être une personne privée : décidez-en d'abord."),
                name=entity.name,
            )
        if entity.state == State.WITHDRAWN:
            raise Refused(gettext_noop("La fiche « {name} » est retirée."), name=entity.name)
        if entity.published_as is None and not is_given(entity):
            self._check_eyes(entity.authors, entity.name)

    def _check_eyes(self, authors: Sequence[int], record: str = "") -> None:
        check_eyes(authors, self.reviewer, record)


def is_given(entity: Entity) -> bool:
    """Answer whether a record is a copy of the gazetteer or vocabulary, as it came.

    Nobody has written it, so that anybody may review it.
    """
    if entity.published_as is not None or entity.version > 1:
        return False
    return (entity.kind == "place" and bool(entity.territory)) or set(entity.keys) >= GAZETTEER


def check_eyes(authors: Sequence[int], reviewer: User, record: str = "") -> None:
    """Raise `Refused` if the reviewer would review what they wrote."""
    if reviewer.pk not in authors or settings.CONTRECHAMP.reviewers == 1:
        return
    if record:
        raise Refused(
            gettext_noop(
                "La fiche « {name} » est de vous : une autre personne doit la relire avec ce fait."
            ),
            name=record,
        )
    raise Refused(
        gettext_noop("Ce fait ou l'une de ses sources est de vous : une autre personne le relit.")
    )


def _accept(claims: Sequence[Claim], reviewer: User, as_alleged: bool, act: Recorder) -> None:
    ends = {e.pk: e for c in claims for e in (c.subject, c.target) if e is not None}
    accept_entities([e for e in ends.values() if e.published_as is None], reviewer, act)
    for claim in claims:
        alone = reviewer.pk in claim.authors
        act.change_row(
            claim,
            state=State.PUBLISHED,
            reviewed_by=reviewer,
            published_as_alleged=as_alleged,
            published_as=snapshot(claim, reviewer, alone, act.change.reason)
            | {"alleged": as_alleged},
            publish_at=None,
            review_note="",
        )
        act.change_row(claim, authors=[])
    ids = [claim.pk for claim in claims]
    for part in chunks(ids):
        Evidence.objects.filter(claim__in=part, is_public=False).update(is_public=True)
    act.show(claims=ids)


def snapshot(claim: Claim, reviewer: User, alone: bool, reason: str) -> dict[str, Any]:
    """Return the claim as it is accepted, in plain values."""
    kept: dict[str, Any] = {}
    for name in SNAPSHOT:
        value = getattr(claim, name)
        if value in (None, "", {}, []) and name not in {"property", "value", "target_id"}:
            continue
        kept[name.removesuffix("_id")] = (
            value if isinstance(value, str | int | float | dict | list | None) else str(value)
        )
    return kept | {
        "by": reviewer.get_username(),
        "reason": reason,
        "alone": alone,
        "alleged": claim.published_as_alleged,
    }


def entity_snapshots(entities: Sequence[Entity]) -> dict[str, dict[str, Any]]:
    """Return records as they are accepted: names but raw ones, numbers, keys."""
    shots = {
        e.pk: {
            "kind": e.kind,
            "type": e.type,
            "name": e.name,
            "names": [],
            "identifiers": [],
            "territory": e.territory,
            "keys": e.keys,
        }
        for e in entities
    }
    for part in chunks(list(shots)):
        names = Name.objects.filter(entity__in=part).exclude(role=Name.Role.RAW)
        for name in names.order_by("role", "folded", "text", "lang"):
            shots[name.entity_id]["names"].append(
                {"text": name.text, "lang": name.lang, "role": name.role}
            )
        for number in Identifier.objects.filter(entity__in=part).order_by("scheme", "value"):
            shots[number.entity_id]["identifiers"].append(
                {"scheme": number.scheme, "value": number.value}
            )
    return shots


def accept_entities(entities: Sequence[Entity], reviewer: User, act: Recorder) -> None:
    """Accept records as they are now."""
    shots = entity_snapshots(entities)
    for entity in entities:
        alone = reviewer.pk in entity.authors and not is_given(entity)
        act.change_row(
            entity,
            state=State.PUBLISHED,
            published_as=shots[entity.pk] | {"alone": alone},
            authors=[],
            review_note="",
        )
    act.show(entities=[entity.pk for entity in entities])


def publish_entities(
    entity_ids: Iterable[str], *, reviewer: User, now: datetime, reason: str = ""
) -> PublishReport:
    """Accept what was written on records themselves: names, numbers, type.

    A record is public once it has a published fact: a name alone proves nothing.
    """
    check_reviewer(reviewer)
    report = PublishReport()
    with recording(actor=reviewer, now=now, verb="publish_entities", reason=reason) as act:
        act.flush()
        accepted = []
        ids = list(dict.fromkeys(entity_ids))
        found = {
            entity.pk: entity
            for part in chunks(ids)
            for entity in Entity.objects.select_for_update().filter(pk__in=part)
        }
        for key in ids:
            try:
                entity = _check_record(found.get(key), reviewer)
            except Refused as refusal:
                report.refused.append((key, say(refusal)))
            else:
                accepted.append(entity)
        accept_entities(accepted, reviewer, act)
        report.published.extend(entity.pk for entity in accepted)
    return report


def _check_record(entity: Entity | None, reviewer: User) -> Entity:
    """Return the record if the reviewer may accept what was written on it."""
    if entity is None or entity.merged_into_id:
        raise Refused(gettext_noop("Cette fiche n'existe pas."))
    if entity.person_hold or entity.state == State.WITHDRAWN:
        raise Refused(gettext_noop("La fiche « {name} » est retenue."), name=entity.name)
    if not is_given(entity):
        check_eyes(entity.authors, reviewer, entity.name)
    return entity


def publish_run(
    run_id: str, *, reviewer: User, now: datetime, as_alleged: bool = False, reason: str = ""
) -> PublishReport:
    """Publish what one import brought, as far as the rules allow."""
    if not ImportRun.objects.filter(pk=run_id).exists():
        raise Refused(gettext_noop("Aucun import n'a le numéro {run}."), run=run_id)
    waiting = Claim.objects.filter(
        run=run_id, state__in=[State.DRAFT, State.IN_REVIEW], is_private=False
    )
    ids = list(waiting.order_by("pk").values_list("pk", flat=True))
    return publish(ids, reviewer=reviewer, now=now, as_alleged=as_alleged, reason=reason)


def publish_due(*, now: datetime) -> list[str]:
    """Show the accepted claims whose time has come. Return their ids."""
    due = Claim.objects.filter(publish_at__lte=now, state=State.IN_REVIEW)
    groups: dict[tuple[int, bool], list[Claim]] = defaultdict(list)
    for claim in due.select_related("reviewed_by").order_by("pk"):
        if claim.reviewed_by is not None:
            groups[claim.reviewed_by.pk, claim.published_as_alleged].append(claim)
    shown: list[str] = []
    for (_, as_alleged), claims in groups.items():
        reviewer = claims[0].reviewed_by
        assert reviewer is not None  # noqa: S101  grouped by it
        ids = [claim.pk for claim in claims]
        shown += publish(ids, reviewer=reviewer, now=now, as_alleged=as_alleged).published
    return shown


def return_to_author(
    claim_ids: Iterable[str], *, reviewer: User, now: datetime, reason: str
) -> list[str]:
    """Send claims back to who wrote them, with the reason."""
    check_reviewer(reviewer)
    if not reason.strip():
        raise Refused(gettext_noop("Dites à l'auteur ce qu'il faut changer."))
    returned = []
    with recording(actor=reviewer, now=now, verb="return_to_author", reason=reason) as act:
        act.flush()
        for claim in Claim.objects.select_for_update().filter(
            pk__in=list(claim_ids), state=State.IN_REVIEW
        ):
            act.change_row(claim, state=State.DRAFT, review_note=reason, publish_at=None)
            returned.append(claim.pk)
    return returned


def withdraw(
    claim_ids: Iterable[str], *, actor: User, now: datetime, reason: str, tell: bool = False
) -> list[str]:
    """Withdraw claims. To visitors it is as if they had never been.

    With `tell`, one line of the record's public history says that a fact was withdrawn, and
    why: without what it said.
    """
    with recording(actor=actor, now=now, verb="withdraw", reason=reason) as act:
        act.flush()
        withdrawn = []
        for claim in Claim.objects.select_for_update().filter(pk__in=list(claim_ids)):
            if claim.state == State.WITHDRAWN:
                continue
            if not actor.is_editor and (claim.published_as or claim.made_by_id != actor.pk):
                raise Refused(gettext_noop("Seul un éditeur peut retirer ce fait."))
            was_public = claim.published_as is not None
            touch_claim(claim, actor, act)
            act.change_row(claim, state=State.WITHDRAWN, review_note=reason)
            take_back(claim, act)
            if tell and was_public:
                act.told.append(claim)
            withdrawn.append(claim.pk)
    return withdrawn


def withdraw_entity(entity: Entity, *, actor: User, now: datetime, reason: str) -> Entity:
    """Withdraw a record: its page, its facts and those about it leave the public."""
    check_reviewer(actor)
    with recording(actor=actor, now=now, verb="withdraw_entity", reason=reason) as act:
        act.flush()
        entity = Entity.objects.select_for_update().get(pk=entity.pk)
        act.change_row(entity, state=State.WITHDRAWN, published_as=None, review_note=reason)
        act.show(entities=[entity.pk])
    return entity
