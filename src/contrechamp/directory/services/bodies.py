"""Bodies as wholes: added by hand, made one, parted again, taken from the census."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from contrechamp.directory.domain.identity import said_of
from contrechamp.directory.domain.kinds import BodyKind
from contrechamp.directory.domain.officers import needs_officer
from contrechamp.directory.models import Body, BodyName, Change, Merge
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.kernel.names import fold, visible
from contrechamp.kernel.numbers import check_siren
from contrechamp.places import queries as places

from .telling import tell_changed
from .tending import check_editor, check_reason

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


class CannotMerge(Refused):
    """Two bodies cannot be made one."""


class AlreadyThere(Refused):
    """A body of that number or place is in the directory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBody:
    """A body as an editor types it."""

    name: str
    kind: BodyKind
    siren: str = ""
    territory: str = ""
    website: str = ""
    staff_count: int | None = None


@transaction.atomic
def add_body(new: NewBody, *, actor: User, now: datetime) -> Body:
    """Add a body by hand. Refused: no name, a wrong SIREN, one that is there already."""
    check_editor(actor)
    name = visible(new.name)[:255]
    if not fold(name):
        raise Refused(gettext_noop("Écrivez le nom de l'organisme."))
    siren = check_siren(new.siren) if new.siren else ""
    identity = identity_of(new, siren)
    there = Body.objects.filter(identity=identity).first() if identity else None
    if there is None and siren:
        there = Body.objects.filter(siren=siren).first()
    if there:
        raise AlreadyThere(
            gettext_noop("« {name} » est déjà dans l'annuaire ({id})."),
            name=there.name,
            id=there.pk,
        )
    body = create_body(new, name=name, siren=siren, identity=identity, now=now)
    tell_changed(body.pk)
    Change.objects.create(body=body, verb=Change.Verb.ADDED, by=actor, at=now)
    return body


def create_body(
    new: NewBody, *, name: str, siren: str, identity: str | None, now: datetime
) -> Body:
    """Write a body that is known not to be there, with its name."""
    place = places.find_territory(new.territory) if new.territory else None
    is_its = place is not None and identity == place.key
    own = place.name if place and (is_its or identity == f"prefecture:{place.code}") else name
    body = Body.objects.create(
        name=name,
        folded=fold(own)[:255],
        said=said_of(name),
        kind=new.kind,
        identity=identity,
        siren=siren,
        insee=place.code if place and place.kind in ("commune", "arrondissement") else "",
        territory=place.key if place else "",
        departement=_departement(place.kind, place.code, place.departement) if place else "",
        website=new.website[:500],
        staff_count=new.staff_count,
        needs_access_officer=needs_officer(
            new.kind,
            population=place.population if place and is_its else None,
            staff=new.staff_count,
        ),
        made_at=now,
        changed_at=now,
    )
    for folded, said in {fold(name)[:255]: name, fold(own)[:255]: own}.items():
        BodyName.objects.create(body=body, name=said[:255], folded=folded)
    return body


def _departement(kind: str, code: str, departement: str) -> str:
    return code if kind == "departement" else departement


def identity_of(new: NewBody, siren: str) -> str | None:
    """Return what makes it one body in every list, where its place or number does."""
    kind, _, code = new.territory.partition(":")
    if new.kind == kind:
        return new.territory
    is_police = "police" in new.name.casefold()  # Paris has both.
    if new.kind == BodyKind.PREFECTURE and kind == "departement" and not is_police:
        return f"prefecture:{code}"
    return f"siren:{siren}" if siren else None


@transaction.atomic
def merge_bodies(body_pk: str, into_pk: str, *, actor: User, reason: str, now: datetime) -> Merge:
    """Say that a body is now part of another: its page leads there. Undone by `part_bodies`."""
    check_editor(actor)
    said = check_reason(reason)
    body = Body.objects.select_for_update().get(pk=body_pk)
    into = Body.objects.select_for_update().get(pk=into_pk)
    if into.merged_into_id is not None:
        raise CannotMerge(
            gettext_noop("« {name} » est lui-même réuni à un autre : choisissez celui-là."),
            name=into.name,
        )
    if body.pk == into.pk or body.merged.exists():
        raise CannotMerge(
            gettext_noop("« {name} » ne peut pas être réuni à celui-là."), name=body.name
        )
    if body.merged_into_id is not None:
        raise CannotMerge(
            gettext_noop("« {name} » est déjà réuni à un autre : annulez d'abord."), name=body.name
        )
    tell_changed(body.pk, into.pk)
    body.merged_into, body.changed_at = into, now
    body.save(update_fields=["merged_into", "changed_at"])
    for each, other in ((body, into), (into, body)):
        detail = f"{other.name} : {said}"[:500]
        Change.objects.create(body=each, verb=Change.Verb.MERGED, detail=detail, by=actor, at=now)
    return Merge.objects.create(body=body, into=into, reason=said, merged_by=actor, merged_at=now)


@transaction.atomic
def part_bodies(body_pk: str, *, actor: User, reason: str, now: datetime) -> Body:
    """Take a merge back. Again: nothing changes."""
    check_editor(actor)
    said = check_reason(reason)
    body = Body.objects.select_for_update().get(pk=body_pk)
    if body.merged_into_id is None:
        return body
    Merge.objects.filter(body=body, undone_at=None).update(undone_by=actor, undone_at=now)
    into, body.merged_into, body.changed_at = body.merged_into, None, now
    tell_changed(body.pk)
    body.save(update_fields=["merged_into", "changed_at"])
    for each in filter(None, (body, into)):
        Change.objects.create(body=each, verb=Change.Verb.PARTED, detail=said, by=actor, at=now)
    return body
