"""Who may see a request: shown now, on a day, taken back; each decision kept and undoable."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate

from contrechamp.accounts.services import system_account
from contrechamp.foi.domain.hiding import tells
from contrechamp.foi.models import Publication, Request
from contrechamp.foi.queries.letters_shown import secrets_of
from contrechamp.kernel.errors import Refused, gettext_noop

from .telling import tell

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

Verb = Publication.Verb
FIELDS = ("is_public", "private_until", "private_reason", "published_at")


@transaction.atomic
def publish(request: Request, *, actor: User, now: datetime) -> Request:
    """Show a request to everybody from now on. What is shown already stays so.

    Raise `Refused` before it has left, for one about a source's dossier, and where its title or
    a document asked for tells an address or who asks.
    """
    locked = _locked(request)
    if locked.is_public:
        return locked
    check_may_be_public(locked)
    before = _before(locked)
    _show(locked, now)
    return _keep(locked, Verb.SHOWN, before, actor=actor, now=now)


@transaction.atomic
def plan(request: Request, *, until: date, reason: str, actor: User, now: datetime) -> Request:
    """Keep a request private until a day, for a reason that everybody reads from then on.

    On that day it is shown by itself. Raise `Refused` as `publish` does, without a reason, and for
    a day that is not to come.
    """
    locked = _locked(request)
    check_may_be_public(locked)
    _check_reason(locked, reason)
    if until <= localdate(now):
        raise Refused(gettext_noop("Choisissez un jour à venir, ou publiez-la maintenant."))
    before = _before(locked)
    locked.is_public, locked.published_at = False, None
    locked.private_until, locked.private_reason = until, reason.strip()
    return _keep(
        locked, Verb.PLANNED, before, day=until, reason=reason.strip(), actor=actor, now=now
    )


@transaction.atomic
def withdraw_publication(request: Request, *, reason: str, actor: User, now: datetime) -> Request:
    """Take a request back from the public: nobody but those who see to it reads it any more.

    Whoever has copied it still has it; the page says so before.
    """
    locked = _locked(request)
    if not locked.is_public and locked.private_until is None:
        return locked
    if not reason.strip():
        raise Refused(gettext_noop("Dites pourquoi elle n'est plus publique."))
    before = _before(locked)
    locked.is_public, locked.published_at = False, None
    locked.private_until, locked.private_reason = None, ""
    return _keep(locked, Verb.TAKEN_BACK, before, reason=reason.strip(), actor=actor, now=now)


@transaction.atomic
def undo_publication(request: Request, *, actor: User, now: datetime) -> Request:
    """Put who may see a request back to what it was before the last decision.

    Raise `Refused` when there is none, and when that would show what may not be shown.
    """
    locked = _locked(request)
    last = locked.publications.filter(undone_at=None).order_by("-made_at", "-pk").first()
    if last is None:
        raise Refused(gettext_noop("Il n'y a rien à annuler."))
    kept, was_public = last.before, locked.is_public
    if kept["is_public"] or kept["private_until"]:
        check_may_be_public(locked)
    locked.is_public = bool(kept["is_public"])
    until = kept["private_until"]
    locked.private_until = date.fromisoformat(until) if until else None
    locked.private_reason = str(kept["private_reason"])
    shown = kept["published_at"]
    locked.published_at = datetime.fromisoformat(shown) if shown else None
    last.undone_at = now
    last.save(update_fields=["undone_at"])
    _save(locked, now, was_public=was_public)
    return locked


def publish_due(*, now: datetime) -> int:
    """Show the requests whose day has come; return how many. What may not be shown waits on."""
    today = localdate(now)
    keys = Request.objects.filter(
        is_public=False, private_until__lte=today, dossier=""
    ).values_list("pk", flat=True)
    return sum(_publish_one(key, now) for key in list(keys[:500]))


@transaction.atomic
def _publish_one(key: str, now: datetime) -> bool:
    locked = Request.objects.select_for_update().select_related("requester").get(pk=key)
    if locked.is_public or locked.private_until is None or locked.private_until > localdate(now):
        return False
    try:
        check_may_be_public(locked)
    except Refused:
        return False
    before = _before(locked)
    _show(locked, now)
    _keep(locked, Verb.SHOWN, before, actor=system_account("publication"), now=now)
    return True


def check_may_be_public(request: Request) -> None:
    """Raise `Refused` with why a request may not be shown."""
    if request.dossier:
        raise Refused(
            gettext_noop(
                "Cette demande touche au dossier d'une source : elle reste privée, pour ne pas la "
                "trahir."
            )
        )
    if request.sent_on is None:
        raise Refused(gettext_noop("Une demande se publie une fois partie."))
    secrets = secrets_of(request)
    texts = [request.title, *request.items.values_list("wording", flat=True)]
    if any(tells(text, secrets) for text in texts):
        raise Refused(
            gettext_noop(
                "Le titre, ou un document demandé, dit une adresse, un numéro ou le nom de qui "
                "demande : tout le monde le lirait."
            )
        )


def _check_reason(request: Request, reason: str) -> None:
    if not reason.strip():
        raise Refused(gettext_noop("Dites pourquoi elle reste privée : la raison sera publique."))
    if tells(reason, secrets_of(request)):
        raise Refused(
            gettext_noop("La raison dit une adresse, un numéro ou un nom : elle sera publique.")
        )


def _locked(request: Request) -> Request:
    rows = Request.objects.select_for_update(of=("self",)).select_related("requester", "body")
    return rows.get(pk=request.pk)


def _before(request: Request) -> dict[str, Any]:
    until, shown = request.private_until, request.published_at
    return {
        "is_public": request.is_public,
        "private_until": until.isoformat() if until else None,
        "private_reason": request.private_reason,
        "published_at": shown.isoformat() if shown else None,
    }


def _show(request: Request, now: datetime) -> None:
    request.is_public, request.published_at = True, now
    request.private_until = None


def _keep(
    request: Request,
    verb: Publication.Verb,
    before: dict[str, Any],
    *,
    actor: User,
    now: datetime,
    day: date | None = None,
    reason: str = "",
) -> Request:
    Publication.objects.create(
        request=request, verb=verb, day=day, reason=reason, before=before, made_by=actor,
        made_at=now,
    )  # fmt: skip
    _save(request, now, was_public=bool(before["is_public"]))
    return request


def _save(request: Request, now: datetime, *, was_public: bool) -> None:
    """Write the decision; what was private and stays so is no news to anybody."""
    request.changed_at = now
    request.save(update_fields=[*FIELDS, "changed_at"])
    if was_public or request.is_public:
        tell(request)
