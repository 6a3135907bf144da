"""Who signs: added, changed, shared, closed. A letter that left keeps the identity of its day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from contrechamp.foi.domain.requester import Channel, lacks
from contrechamp.foi.models import Requester
from contrechamp.foi.queries.letters import FIELDS, identity_of
from contrechamp.foi.queries.requesters import editable_by
from contrechamp.kernel.errors import Refused, gettext_noop

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


def add_requester(
    *,
    kind: str,
    identity: Mapping[str, str],
    actor: User,
    now: datetime,
    label: str = "",
    is_shared: bool = False,
) -> Requester:
    """Add an identity that signs. The same one of the same person is there once.

    Raise `Refused` when it is shared by somebody who is no editor, or a person's, or not whole.
    """
    fields = _fields(identity)
    _check_shared(kind, is_shared=is_shared, actor=actor)
    _check_whole(kind, fields)
    row, _ = Requester.objects.get_or_create(
        kind=kind,
        identity=fields,
        owner=actor,
        closed_at=None,
        is_shared=is_shared,
        defaults={"label": _label(label, fields), "made_at": now},
    )
    return row


@transaction.atomic
def change_requester(
    row: Requester,
    *,
    kind: str,
    identity: Mapping[str, str],
    actor: User,
    label: str = "",
    is_shared: bool = False,
) -> Requester:
    """Change an identity for drafts and later letters. What has left keeps the one of its day."""
    locked = _mine(row, actor)
    fields = _fields(identity)
    _check_shared(kind, is_shared=is_shared, actor=actor)
    _check_whole(kind, fields)
    locked.kind, locked.identity = kind, fields
    locked.label, locked.is_shared = _label(label, fields), is_shared
    locked.save(update_fields=["kind", "identity", "label", "is_shared"])
    return locked


@transaction.atomic
def close_requester(row: Requester, *, actor: User, now: datetime) -> Requester:
    """Let an identity sign no more; one that never signed anything is deleted."""
    locked = _mine(row, actor)
    if not locked.requests.exists():
        locked.delete()
        return row
    if locked.closed_at is None:
        locked.closed_at = now
        locked.save(update_fields=["closed_at"])
    return locked


@transaction.atomic
def open_requester(row: Requester, *, actor: User) -> Requester:
    """Let an identity that was closed sign again."""
    locked = _mine(row, actor)
    locked.closed_at = None
    locked.save(update_fields=["closed_at"])
    return locked


def _mine(row: Requester, actor: User) -> Requester:
    found = editable_by(actor).select_for_update().filter(pk=row.pk).first()
    if found is None:
        raise Refused(gettext_noop("Cette identité n'est pas la vôtre : vous ne la changez pas."))
    return found


def _fields(identity: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name in FIELDS if (value := str(identity.get(name) or "").strip())}


def _label(label: str, fields: Mapping[str, str]) -> str:
    named = " ".join(filter(None, [fields.get("first_name"), fields.get("name")]))
    return (label.strip() or named)[:120]


def _check_shared(kind: str, *, is_shared: bool, actor: User) -> None:
    if not is_shared:
        return
    if not actor.is_editor:
        raise Refused(
            gettext_noop("Partager une identité avec l'observatoire revient aux relecteurs.")
        )
    if kind == Requester.Kind.PERSON:
        raise Refused(
            gettext_noop("Une personne ne se partage pas : seule une association ou une société.")
        )


def _check_whole(kind: str, fields: Mapping[str, str]) -> None:
    for lack in lacks(identity_of(kind, fields), Channel.POST):
        raise Refused(lack.sentence, field=lack.field)
