"""Records: their names, official numbers, and the ones that come from the gazetteer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from contrechamp.census.domain import check_identifier
from contrechamp.census.models import Entity, Identifier, ImportRun, Name, State
from contrechamp.foundation.vocabulary import terms
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.kernel.ids import new_id
from contrechamp.kernel.names import fold, visible
from contrechamp.kernel.numbers import siren_of
from contrechamp.places import queries as places

from .recording import Recorder, authors_with, recording

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

PREFIXES = {
    "project": "prj",
    "technology": "tec",
    "actor": "act",
    "place": "plc",
    "contract": "ctr",
}
ONE_TOWN = gettext_noop("Aucune commune n'a le code INSEE « {code} ».")


def add_entity(
    *,
    kind: str,
    type: str,
    name: str,
    actor: User,
    now: datetime,
    reason: str = "",
    names: Iterable[tuple[str, str] | str] = (),
    identifiers: Iterable[tuple[str, str]] = (),
    territory: str = "",
    keys: Mapping[str, list[str]] | None = None,
    run: ImportRun | None = None,
    person_hold: bool = False,
    id: str = "",
) -> Entity:
    """Add a record as a draft, or return the one that already bears one of its official numbers.

    `names` are other names: (text, role), or text alone for an alias. `id` is for restoring a
    dump: everybody else is given a new one.
    """
    check_type(kind, type)
    numbers = [(scheme, check_number(scheme, value)) for scheme, value in identifiers]
    numbers += [("siren", siren_of(v)) for s, v in numbers if s == "siret"]
    with recording(actor=actor, now=now, verb="add_entity", reason=reason, run=run) as act:
        if known := _known(numbers, kind, act):
            for scheme, value in dict.fromkeys(numbers):
                _number(known, scheme, value, actor, act)
            return known
        entity = Entity(
            id=id or new_id(PREFIXES[kind]),
            kind=kind,
            type=type,
            name=_name_of(name),
            territory=territory,
            keys=dict(keys or {}),
            person_hold=person_hold,
            authors=[actor.pk],
            made_by=actor,
            made_at=now,
        )
        act.add(entity)
        _name(entity, entity.name, Name.Role.MAIN, "", act)
        for other in names:
            text, role = (other, Name.Role.ALIAS.value) if isinstance(other, str) else other
            if text.strip():
                _name(entity, text, role, "", act)
        for scheme, value in dict.fromkeys(numbers):
            _number(entity, scheme, value, actor, act)
    return entity


def check_type(kind: str, type_: str) -> None:
    """Raise `Refused` unless the vocabulary knows this type of this kind."""
    term = terms("entity_types").get(type_)
    if term is None or term["kind"] != kind:
        raise Refused(
            gettext_noop("« {type} » n'est pas un type de fiche de la sorte « {kind} »."),
            type=type_,
            kind=kind,
        )


def check_number(scheme: str, value: str) -> str:
    """Return an official number as it is kept; an INSEE code must be one of the gazetteer."""
    number = check_identifier(scheme, value)
    if scheme == "insee" and places.find_by_code("commune", number) is None:
        raise Refused(ONE_TOWN, code=number)
    return number


def rename_entity(
    entity: Entity,
    *,
    name: str,
    actor: User,
    now: datetime,
    reason: str = "",
    as_former: bool = False,
) -> Entity:
    """Give a record another main name; the old one stays as an alias or a former name."""
    text = _name_of(name)
    with recording(actor=actor, now=now, verb="rename_entity", reason=reason) as act:
        act.flush()
        entity = locked(entity.pk)
        old = entity.name
        if old == text:
            return entity
        role = Name.Role.FORMER if as_former else Name.Role.ALIAS
        for row in Name.objects.filter(entity=entity, text=text).exclude(role=Name.Role.RAW):
            act.remove(row)
        for row in Name.objects.filter(entity=entity, role=Name.Role.MAIN):
            act.remove(row)
        act.change_row(entity, name=text)
        _name(entity, text, Name.Role.MAIN, "", act)
        _name(entity, old, role, "", act)
        touch(entity, actor, act)
    return entity


def change_entity(
    entity: Entity,
    *,
    expected_version: int,
    actor: User,
    now: datetime,
    reason: str = "",
    **fields: Any,
) -> Entity:
    """Change a record's type, territory or keys. Raise `Conflict` if somebody was quicker."""
    from .claims import check_version

    if unknown := set(fields) - {"type", "territory", "keys"}:
        raise TypeError(f"{unknown} cannot be changed here")
    with recording(actor=actor, now=now, verb="change_entity", reason=reason) as act:
        act.flush()
        entity = locked(entity.pk)
        check_version(entity, expected_version, fields)
        if "type" in fields:
            check_type(entity.kind, fields["type"])
        if act.change_row(entity, **fields):
            touch(entity, actor, act)
    return entity


def add_name(
    entity: Entity,
    *,
    text: str,
    actor: User,
    now: datetime,
    role: str = Name.Role.ALIAS,
    lang: str = "",
    reason: str = "",
) -> Name:
    """Add another name. Adding it twice changes nothing."""
    if role == Name.Role.MAIN:
        raise Refused(gettext_noop("Une fiche n'a qu'un nom principal : renommez-la."))
    with recording(actor=actor, now=now, verb="add_name", reason=reason) as act:
        row = _name(entity, text, role, lang, act)
        if act.is_new(row):
            touch(entity, actor, act)
    return row


def remove_name(name_id: int, *, actor: User, now: datetime, reason: str = "") -> None:
    """Remove a name that is not the main one."""
    with recording(actor=actor, now=now, verb="remove_name", reason=reason) as act:
        row = Name.objects.select_related("entity").filter(pk=name_id).first()
        if row is None:
            return
        if row.role == Name.Role.MAIN:
            raise Refused(gettext_noop("Une fiche garde son nom principal : renommez-la."))
        act.remove(row)
        touch(row.entity, actor, act)


def add_identifier(
    entity: Entity,
    *,
    scheme: str,
    value: str,
    actor: User,
    now: datetime,
    reason: str = "",
) -> Identifier:
    """Give a record an official number. A SIRET brings its SIREN.

    Refused when another record bears it: then they may be one, and merging says so.
    """
    number = check_number(scheme, value)
    with recording(actor=actor, now=now, verb="add_identifier", reason=reason) as act:
        if scheme == "siret":
            _number(entity, "siren", siren_of(number), actor, act)
        return _number(entity, scheme, number, actor, act)


def remove_identifier(identifier_id: int, *, actor: User, now: datetime, reason: str = "") -> None:
    """Take an official number from a record."""
    with recording(actor=actor, now=now, verb="remove_identifier", reason=reason) as act:
        row = Identifier.objects.select_related("entity").filter(pk=identifier_id).first()
        if row is not None:
            act.remove(row)
            touch(row.entity, actor, act)


def ensure_place(territory_key: str, *, actor: User, now: datetime) -> Entity:
    """Return the place of a territory of the gazetteer, added when it is first needed."""
    with recording(actor=actor, now=now, verb="ensure_place") as act:
        if place := act.places.get(territory_key):
            return place
        place = Entity.objects.filter(
            kind="place", territory=territory_key, merged_into=None
        ).first()
        if place is None:
            territory = places.find_territory(territory_key)
            if territory is None:
                raise Refused(
                    gettext_noop("Aucun territoire n'a la clé « {key} »."), key=territory_key
                )
            place = add_entity(
                kind="place",
                type=territory.kind,
                name=territory.name,
                identifiers=[("insee", territory.code)] if territory.kind == "commune" else [],
                territory=territory_key,
                actor=actor,
                now=now,
            )
        act.places[territory_key] = place
    return place


def ensure_technology(code: str, *, actor: User, now: datetime) -> Entity:
    """Return the technology of a term of the vocabulary, added when it is first needed."""
    term = terms("technologies").get(code)
    if term is None:
        raise Refused(gettext_noop("« {code} » n'est pas une technique connue."), code=code)
    with recording(actor=actor, now=now, verb="ensure_technology") as act:
        return _known([("vocabulary", code)], "technology", act) or add_entity(
            kind="technology",
            type=term["type"],
            name=term["label"]["fr"],
            names=term.get("aliases", ()),
            identifiers=[("vocabulary", code)],
            keys={"vocabulary": [code]},
            actor=actor,
            now=now,
        )


def decide_person_hold(
    entity: Entity,
    *,
    is_private_person: bool,
    actor: User,
    now: datetime,
    reason: str,
) -> Entity:
    """Decide about a record that may be a private person: release it, or keep it out for good."""
    with recording(actor=actor, now=now, verb="decide_person_hold", reason=reason) as act:
        act.flush()
        entity = locked(entity.pk)
        if is_private_person:
            act.change_row(entity, person_hold=True, state=State.WITHDRAWN, published_as=None)
        else:
            act.change_row(entity, person_hold=False)
        act.show(entities=[entity.pk])
    return entity


def locked(entity_id: str) -> Entity:
    """Return the record, locked until the end of the transaction; follow a merge."""
    entity = Entity.objects.select_for_update().get(pk=entity_id)
    return locked(entity.merged_into_id) if entity.merged_into_id else entity


def touch(entity: Entity, actor: User, act: Recorder) -> None:
    """Note that somebody wrote on a record: what is public waits for a reviewer."""
    fields: dict[str, Any] = {"authors": authors_with(entity.authors, actor)}
    if entity.state == State.PUBLISHED:
        fields["state"] = State.IN_REVIEW
    act.change_row(entity, **fields)
    act.bump(entity)


def _name_of(text: str) -> str:
    name = visible(text)
    if not name:
        raise Refused(gettext_noop("Une fiche a besoin d'un nom."))
    if len(name) > 300:
        raise Refused(gettext_noop("Un nom a 300 signes au plus."))
    return name


def _name(entity: Entity, text: str, role: str, lang: str, act: Recorder) -> Name:
    """Add a name unless it is there. A raw name keeps its invisible signs: it is a quotation."""
    kept = text[:300] if role == Name.Role.RAW else _name_of(text)
    if not act.is_fresh(entity):
        act.flush()
        same = Name.objects.filter(entity=entity, text=kept)
        if role != Name.Role.RAW:
            same = same.exclude(role=Name.Role.RAW)
        if known := same.first():
            return known
    row = Name(entity=entity, text=kept, role=role, lang=lang, folded=fold(kept)[:300])
    key = (entity.pk, kept, lang, role)
    if key not in act.names:
        act.names.add(key)
        act.add(row)
    return row


def _known(numbers: Iterable[tuple[str, str]], kind: str, act: Recorder) -> Entity | None:
    """Return the record that bears one of the numbers."""
    for scheme, value in numbers:
        entity = find_number(scheme, value, act)
        if entity is not None and entity.kind == kind:
            return entity
    return None


def find_number(scheme: str, value: str, act: Recorder) -> Entity | None:
    """Return the record that bears a number, written or not yet."""
    if entity := act.numbers.get((scheme, value)):
        return entity
    row = Identifier.objects.select_related("entity").filter(scheme=scheme, value=value).first()
    return row.entity if row else None


def _number(entity: Entity, scheme: str, value: str, actor: User, act: Recorder) -> Identifier:
    holder = find_number(scheme, value, act)
    if holder is None:
        row = Identifier(entity=entity, scheme=scheme, value=value)
        act.add(row)
        act.numbers[scheme, value] = entity
        if not act.is_fresh(entity):
            touch(entity, actor, act)
        return row
    if holder.pk != entity.pk:
        raise Refused(
            gettext_noop(
                "Le numéro {scheme} {value} est celui de « {name} ». Si c'est la même "
                "organisation, fusionnez les deux fiches."
            ),
            scheme=scheme.upper(),
            value=value,
            name=holder.name,
        )
    act.flush()
    return Identifier.objects.get(scheme=scheme, value=value)
