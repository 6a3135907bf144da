"""What a program writes: the verbs of the pages, with their rules; nothing here publishes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from contrechamp.census import queries as census
from contrechamp.census import services
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.kernel.names import fold

if TYPE_CHECKING:
    from contrechamp.accounts.models import User
    from contrechamp.census.models import Entity, Notice


class Unknown(Refused):
    """What is named does not exist, or is not for this person: both are the same."""

    status = 404


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft as its author is told of it."""

    id: str
    state: str
    status: str = ""
    evidence: tuple[str, ...] = ()


@transaction.atomic
def draft_fact(
    *,
    subject: str,
    property: str,
    target: str = "",
    values: Mapping[str, Any],
    evidence: Sequence[Mapping[str, Any]],
    and_submit: bool,
    actor: User,
    now: datetime,
) -> Drafted:
    """Write a fact with its sources. Ends are identifiers, numbers or keys of territories."""
    said = _end(subject, actor, now)
    other = _end(target, actor, now) if target else None
    with services.recording(actor=actor, now=now, verb="draft_claim"):
        claim = services.add_claim(
            subject=said, property=property, target=other, actor=actor, now=now, **values
        )
        sources = [
            services.add_evidence(claim, actor=actor, now=now, **each).pk for each in evidence
        ]
        if and_submit:
            services.submit([claim.pk], actor=actor, now=now)
    claim.refresh_from_db()
    return Drafted(claim.pk, claim.state, claim.status, tuple(sources))


@transaction.atomic
def draft_record(
    *,
    kind: str,
    type: str,
    name: str,
    identifiers: Sequence[tuple[str, str]],
    actor: User,
    now: datetime,
) -> Drafted:
    """Draft a record, or return the one that bears one of these official numbers."""
    if not fold(name):
        raise Refused(gettext_noop("Le nom d'une fiche a au moins une lettre ou un chiffre."))
    entity = services.add_entity(
        kind=kind, type=type, name=name, identifiers=list(identifiers), actor=actor, now=now
    )
    return Drafted(entity.pk, entity.state)


@transaction.atomic
def submit_claims(ids: Sequence[str], *, actor: User, now: datetime) -> list[str]:
    """Hand in drafts of one's own for review; raise `Unknown` for what is not one's own."""
    for key in ids:
        claim = census.find_claim(key, actor)
        if claim is None or claim.made_by_id != actor.pk:
            raise Unknown(gettext_noop("« {key} » n'est pas l'un de vos brouillons."), key=key[:40])
    return services.submit(ids, actor=actor, now=now)


@transaction.atomic
def propose_notice(
    *,
    record: str,
    claim: str,
    kind: str,
    text: str,
    capacity: str,
    source: str,
    today: date,
) -> Notice:
    """Propose a correction, a reply or a removal about what is public."""
    try:
        entity, fact = census.about_public(record, claim)
    except LookupError:
        raise Unknown(gettext_noop("Cette fiche ou ce fait n'est pas public.")) from None
    return services.receive_notice(
        entity=entity,
        claim=fact,
        kind=kind,
        text=text,
        capacity=capacity,
        source=source,
        received_on=today,
    )


def _end(text: str, actor: User, now: datetime) -> Entity:
    """Return the record that a text means: `prj-…`, `siren:…`, `commune:06088`, `technology:…`."""
    scheme, _, value = text.partition(":")
    if scheme == "technology":
        return services.ensure_technology(value, actor=actor, now=now)
    found: Entity | None
    if value and scheme in TERRITORIES:
        found = census.find_place(text) or services.ensure_place(text, actor=actor, now=now)
    else:
        found = census.find_by_identifier(scheme, value) if value else census.find_entity(text)
    if found is None or not census.entities_visible_to(actor).filter(pk=found.pk).exists():
        raise Unknown(
            gettext_noop("Aucune fiche ne correspond à « {text} »."), text=text[:60] or "?"
        )
    return found


TERRITORIES = {"commune", "arrondissement", "epci", "departement", "region", "country"}
