"""Campaigns: written and shown by editors, joined by members, each with a draft of their own."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.text import slugify

from contrechamp.foi.models import Campaign, Request
from contrechamp.foi.queries.requesters import default_for
from contrechamp.kernel.errors import Refused, gettext_noop

from .addressing import address_to
from .drafting import Wanted, start

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

RESERVED = {"nouvelle"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a campaign asks, of whom, and what it says of itself."""

    title: str
    subject: str
    items: Sequence[Wanted]
    bodies: Sequence[str] = ()
    about: str = ""
    project: str = ""
    is_public: bool = False
    since: str = ""
    """The day from which documents are asked for: `2022-01-01`."""


@transaction.atomic
def make_campaign(plan: Plan, *, actor: User, now: datetime) -> Campaign:
    """Make a campaign. Raise `Refused` for who is no editor, or a plan without title or item."""
    _check(plan, actor)
    campaign = Campaign(owner=actor, made_at=now, slug=_slug(plan.title))
    _write(campaign, plan)
    return campaign


@transaction.atomic
def change_campaign(campaign: Campaign, plan: Plan, *, actor: User) -> Campaign:
    """Change a campaign; drafts made of it before stay as they are, and so does its address."""
    _check(plan, actor)
    locked = Campaign.objects.select_for_update().get(pk=campaign.pk)
    _write(locked, plan)
    return locked


@transaction.atomic
def close_campaign(campaign: Campaign, *, actor: User, now: datetime) -> Campaign:
    """Let nobody join any more; what was asked goes on."""
    _check_editor(actor)
    locked = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if locked.closed_at is None:
        locked.closed_at = now
        locked.save(update_fields=["closed_at"])
    return locked


@transaction.atomic
def open_campaign(campaign: Campaign, *, actor: User) -> Campaign:
    """Let people join again."""
    _check_editor(actor)
    Campaign.objects.filter(pk=campaign.pk).update(closed_at=None)
    campaign.refresh_from_db()
    return campaign


@transaction.atomic
def join_campaign(campaign: Campaign, *, actor: User, now: datetime, body: str = "") -> Request:
    """Return a draft of somebody with the campaign's text, for a body or none yet.

    Who has a draft for the same body already gets that one. Raise `Refused` once it is closed.
    """
    locked = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if locked.closed_at is not None:
        raise Refused(gettext_noop("Cette campagne est close : elle ne se rejoint plus."))
    mine = Request.objects.filter(
        campaign=locked, author=actor, sent_on=None, body=body or None
    ).first()
    if mine is not None:
        return mine
    request = start(
        actor=actor,
        now=now,
        title=locked.subject,
        items=[
            Wanted(code=str(each.get("code", "")), wording=str(each.get("wording", "")))
            for each in locked.items
        ],
        project=locked.project,
        slots={"since": str(next((each.get("since", "") for each in locked.items), ""))},
        requester=default_for(actor),
        campaign=locked,
    )
    return address_to(request, body, actor=actor, now=now) if body else request


def _write(campaign: Campaign, plan: Plan) -> None:
    campaign.title, campaign.subject = plan.title.strip(), plan.subject.strip()
    campaign.about, campaign.project = plan.about.strip(), plan.project
    campaign.items = [
        {"code": each.code, "wording": each.wording.strip(), "since": plan.since}
        for each in plan.items
        if each.wording.strip()
    ]
    campaign.bodies = list(dict.fromkeys(plan.bodies))
    campaign.is_public = plan.is_public
    campaign.save()


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title.replace("œ", "oe")).replace("\u2019", " ")
    found = slugify(plain.replace("'", " "))[:70].strip("-") or "campagne"
    slug, number = found, 1
    while slug in RESERVED or Campaign.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{found}-{number}"
    return slug


def _check(plan: Plan, actor: User) -> None:
    _check_editor(actor)
    if not plan.title.strip() or not plan.subject.strip():
        raise Refused(gettext_noop("Donnez un titre à la campagne et un objet à ses demandes."))
    if not any(each.wording.strip() for each in plan.items):
        raise Refused(gettext_noop("Choisissez au moins un document à demander."))


def _check_editor(actor: User) -> None:
    if not actor.is_editor:
        raise Refused(gettext_noop("Les campagnes reviennent aux relecteurs."))
