"""Two records that are one, and how to take that back (census.md §6).

What moves is written down row by row, so that undoing puts each back. Two claims that say the
same after a merge stay two claims, each with its own evidence: nothing is decided by a machine,
and an editor withdraws one. A relation between the two records stays where it is, hidden with the
absorbed record, since a record has no relation to itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from contrechamp.census.domain import SINGLE
from contrechamp.census.models import (
    Claim,
    Entity,
    Identifier,
    Merge,
    Name,
    Notice,
    NotSame,
    Redirect,
    State,
)
from contrechamp.kernel.errors import Refused, gettext_noop

from .recording import Recorder, recording
from .review import check_reviewer

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """A merge that was taken back, and the claims added since, which stay on the survivor."""

    merge: Merge
    stayed: list[str]


def choose_survivor(one: Entity, other: Entity) -> tuple[Entity, Entity]:
    """Return which record survives and which is absorbed, whichever is named first.

    The one with an official number, then the published one, then the older.
    """
    numbered = set(
        Identifier.objects.filter(entity__in=[one, other]).values_list("entity", flat=True)
    )

    def rank(entity: Entity) -> tuple[bool, bool, datetime, str]:
        return (
            entity.pk not in numbered,
            entity.published_as is None,
            entity.made_at,
            entity.pk,
        )

    first, second = sorted((one, other), key=rank)
    return first, second


def merge(survivor: Entity, absorbed: Entity, *, actor: User, now: datetime, reason: str) -> Merge:
    """Make one record of two. Names become aliases, claims move, the old address redirects.

    Merging again what is merged changes nothing.
    """
    check_reviewer(actor)
    with recording(actor=actor, now=now, verb="merge", reason=reason) as act:
        act.flush()
        rows = Entity.objects.select_for_update().in_bulk([survivor.pk, absorbed.pk])
        if known := _known(survivor.pk, absorbed.pk):
            return known
        survivor, absorbed = rows[survivor.pk], rows[absorbed.pk]
        _check(survivor, absorbed)
        moved = _move(survivor, absorbed, act)
        act.change_row(absorbed, merged_into=survivor)
        was_public = absorbed.published_as is not None
        Redirect.objects.create(old=absorbed.pk, new=survivor.pk, is_public=was_public)
        act.show(entities=[survivor.pk, absorbed.pk], claims=moved["subject"] + moved["target"])
        act.ensure_change()
        return Merge.objects.create(
            survivor=survivor, absorbed=absorbed, change=act.change, moved=moved
        )


def _known(one: str, other: str) -> Merge | None:
    """Return the merge of the two that holds, whichever survived."""
    return (
        Merge.objects.filter(undone_by=None)
        .filter(Q(survivor=one, absorbed=other) | Q(survivor=other, absorbed=one))
        .first()
    )


def _check(survivor: Entity, absorbed: Entity) -> None:
    if survivor.pk == absorbed.pk:
        raise Refused(gettext_noop("C'est deux fois la même fiche."))
    for entity in (survivor, absorbed):
        if entity.merged_into_id:
            raise Refused(
                gettext_noop("« {name} » est déjà fusionnée avec une autre fiche."),
                name=entity.name,
            )
    if survivor.kind != absorbed.kind:
        raise Refused(gettext_noop("Ces deux fiches ne sont pas de la même sorte."))
    if survivor.person_hold != absorbed.person_hold:
        raise Refused(
            gettext_noop("L'une des fiches est peut-être une personne : décidez-en d'abord.")
        )
    a, b = sorted((survivor.pk, absorbed.pk))
    if NotSame.objects.filter(a=a, b=b).exists():
        raise Refused(gettext_noop("Quelqu'un a jugé que ces deux fiches sont différentes."))
    numbers: dict[str, set[str]] = {}
    for row in Identifier.objects.filter(entity__in=[survivor, absorbed], scheme__in=SINGLE):
        numbers.setdefault(row.scheme, set()).add(row.value)
    for scheme, values in numbers.items():
        if len(values) > 1:
            raise Refused(
                gettext_noop("Leurs numéros {scheme} diffèrent ({values}) : ce sont deux fiches."),
                scheme=scheme.upper(),
                values=", ".join(sorted(values)),
            )


def _move(survivor: Entity, absorbed: Entity, act: Recorder) -> dict[str, Any]:
    """Move everything to the survivor; return what it takes to put it back."""
    moved: dict[str, Any] = {
        "names": [],
        "added_names": [],
        "identifiers": [],
        "subject": [],
        "target": [],
        "notices": [],
        "keys": survivor.keys,
        "published_as": survivor.published_as,
        "authors": survivor.authors,
        "state": survivor.state,
    }
    there = set(Name.objects.filter(entity=survivor).values_list("text", flat=True))
    for name in Name.objects.filter(entity=absorbed).order_by("pk"):
        if name.text in there:
            continue
        role = Name.Role.ALIAS if name.role == Name.Role.MAIN else name.role
        moved["names"].append([name.pk, name.role])
        act.change_row(name, entity=survivor, role=role)
        there.add(name.text)
    for number in Identifier.objects.filter(entity=absorbed).order_by("pk"):
        moved["identifiers"].append(number.pk)
        act.change_row(number, entity=survivor)
    for side in ("subject", "target"):
        other = "target" if side == "subject" else "subject"
        for claim in Claim.objects.filter(**{side: absorbed}).order_by("pk"):
            if getattr(claim, f"{other}_id") == survivor.pk:
                continue
            moved[side].append(claim.pk)
            act.change_row(claim, **{side: survivor})
    for notice in Notice.objects.filter(entity=absorbed).order_by("pk"):
        moved["notices"].append(notice.pk)
    Notice.objects.filter(pk__in=moved["notices"]).update(entity=survivor)
    keys = {
        scheme: sorted({*survivor.keys.get(scheme, []), *absorbed.keys.get(scheme, [])})
        for scheme in sorted({*survivor.keys, *absorbed.keys})
    }
    fields: dict[str, Any] = {"keys": keys}
    if joined := _joined(survivor.published_as, absorbed.published_as, keys):
        fields |= {"published_as": joined}
        if survivor.state == State.DRAFT:
            fields["state"] = State.PUBLISHED
    elif absorbed.published_as is None and survivor.published_as is None:
        fields["authors"] = sorted({*survivor.authors, *absorbed.authors})
    act.change_row(survivor, **fields)
    moved["made"] = {name: getattr(survivor, name) for name in fields}
    return moved


def _joined(
    one: dict[str, Any] | None, other: dict[str, Any] | None, keys: dict[str, list[str]]
) -> dict[str, Any] | None:
    """Return the public form of both records: only what was public of each becomes public."""
    if one is None or other is None:
        return None
    names = {each["text"] for each in one["names"]}
    aliases = [
        each | {"role": "ALIAS" if each["role"] == "MAIN" else each["role"]}
        for each in other["names"]
        if each["text"] not in names
    ]
    numbers = [each for each in other["identifiers"] if each not in one["identifiers"]]
    public = {
        scheme: [key for key in values if key in _keys(one, scheme) + _keys(other, scheme)]
        for scheme, values in keys.items()
    }
    return one | {
        "names": one["names"] + aliases,
        "identifiers": one["identifiers"] + numbers,
        "keys": {scheme: values for scheme, values in public.items() if values},
    }


def _keys(said: dict[str, Any], scheme: str) -> list[str]:
    found: list[str] = said["keys"].get(scheme, [])
    return found


def undo_merge(merge_id: int, *, actor: User, now: datetime, reason: str = "") -> Undone:
    """Make two records of one again. Claims added since stay on the survivor, and are listed."""
    check_reviewer(actor)
    with recording(actor=actor, now=now, verb="undo_merge", reason=reason) as act:
        act.flush()
        done = Merge.objects.select_related("survivor", "absorbed").filter(pk=merge_id).first()
        if done is None:
            raise Refused(gettext_noop("Aucune fusion n'a le numéro {merge}."), merge=merge_id)
        survivor, absorbed = done.survivor, done.absorbed
        if done.undone_by_id is not None:
            return Undone(merge=done, stayed=[])
        if survivor.merged_into_id:
            raise Refused(
                gettext_noop("« {name} » a été fusionnée depuis : annulez d'abord cette fusion."),
                name=survivor.name,
            )
        _put_back(done, survivor, absorbed, act)
        Redirect.objects.filter(old=absorbed.pk).delete()
        act.change_row(absorbed, merged_into=None)
        moved = done.moved["subject"] + done.moved["target"]
        since = Claim.objects.filter(
            Q(subject=survivor) | Q(target=survivor), made_at__gt=done.change.at
        ).exclude(pk__in=moved)
        act.show(entities=[survivor.pk, absorbed.pk], claims=moved)
        act.ensure_change()
        done.undone_by = act.change
        done.save(update_fields=["undone_by"])
        return Undone(merge=done, stayed=list(since.order_by("pk").values_list("pk", flat=True)))


def _put_back(done: Merge, survivor: Entity, absorbed: Entity, act: Recorder) -> None:
    moved = done.moved
    roles = dict(moved["names"])
    for name in Name.objects.filter(pk__in=list(roles), entity=survivor):
        act.change_row(name, entity=absorbed, role=roles[name.pk])
    for number in Identifier.objects.filter(pk__in=moved["identifiers"], entity=survivor):
        act.change_row(number, entity=absorbed)
    for side in ("subject", "target"):
        for claim in Claim.objects.filter(pk__in=moved[side], **{side: survivor}):
            act.change_row(claim, **{side: absorbed})
    Notice.objects.filter(pk__in=moved["notices"], entity=survivor).update(entity=absorbed)
    # What somebody else has changed since stays as they left it.
    fields = {
        name: moved[name] for name, made in moved["made"].items() if getattr(survivor, name) == made
    }
    act.change_row(survivor, **fields)


def mark_not_same(
    one: Entity, other: Entity, *, actor: User, now: datetime, reason: str = ""
) -> NotSame:
    """Remember that two records are different: they are never proposed again."""
    if one.pk == other.pk:
        raise Refused(gettext_noop("C'est deux fois la même fiche."))
    a, b = sorted((one, other), key=lambda entity: entity.pk)
    with recording(actor=actor, now=now, verb="mark_not_same", reason=reason) as act:
        row, is_new = NotSame.objects.get_or_create(
            a=a, b=b, defaults={"by": actor, "at": now, "reason": reason}
        )
        if is_new:
            for entity in (a, b):
                act.note(entity.pk, "notsame", str(row.pk), "+", None, {"a": a.pk, "b": b.pk})
    return row


def forget_not_same(row_ids: Iterable[int], *, actor: User, now: datetime) -> None:
    """Take back a judgement that two records are different."""
    with recording(actor=actor, now=now, verb="forget_not_same") as act:
        for row in NotSame.objects.filter(pk__in=list(row_ids)):
            for key in (row.a_id, row.b_id):
                pair = {"a": row.a_id, "b": row.b_id}
                act.note(key, "notsame", str(row.pk), "-", pair, None)
            row.delete()
