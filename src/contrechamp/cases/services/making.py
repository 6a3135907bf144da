"""Opening an action, and changing what it says of itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from contrechamp.cases.domain.facts import Kind, Proof
from contrechamp.cases.domain.kinds import MACHINES, ActionKind, Machine, TargetKind
from contrechamp.cases.models import Action, Member
from contrechamp.kernel.errors import Refused, gettext_noop

from .announcing import announce
from .deriving import derive
from .recording import record

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAction:
    """What an action is opened with; `published_on` and the like only where a proof gives them."""

    kind: ActionKind
    title: str
    about: str = ""
    target_kind: TargetKind = TargetKind.OTHER
    target: str = ""
    target_title: str = ""
    projects: Sequence[str] = ()
    technology: str = ""
    territories: Sequence[str] = ()
    court: str = ""
    published_on: date | None = None
    """Of the collection that holds the act."""
    notified_on: date | None = None
    silent_on: date | None = None
    """From when the silence was a refusal."""


@transaction.atomic
def open_action(new: NewAction, *, actor: User, now: datetime) -> Action:
    """Open a private action, led by who opens it; the dates that are proven are its first facts.

    Raise `Refused` without a title, and for a request to reconsider about access to documents.
    """
    if not new.title.strip():
        raise Refused(gettext_noop("Donnez un titre à l'action."))
    if new.target_kind is TargetKind.REQUEST and new.kind in {
        ActionKind.GRACIEUX,
        ActionKind.HIERARCHICAL,
    }:
        raise Refused(
            gettext_noop(
                "Pour l'accès aux documents, un recours gracieux n'arrête aucun délai (CRPA "
                "L412-4) : saisissez la CADA, puis le tribunal."
            )
        )
    action = Action.objects.create(
        kind=new.kind,
        title=new.title.strip(),
        about=new.about.strip(),
        target_kind=new.target_kind,
        target=new.target,
        target_title=new.target_title,
        projects=list(new.projects),
        technology=new.technology,
        territories=list(new.territories),
        court=new.court,
        author=actor,
        made_at=now,
        changed_at=now,
    )
    Member.objects.create(action=action, user=actor, role=Member.Role.LEAD, made_at=now)
    for kind, day, proof in _first_facts(new):
        record(action, kind, first=day, proof=proof, actor=actor, now=now)
    derive(action, now=now)
    return action


def _first_facts(new: NewAction) -> list[tuple[Kind, date, Proof]]:
    """Return the facts that are known from the start, where the machine takes them."""
    if MACHINES[new.kind] is Machine.CONTRACT and new.published_on:
        return [(Kind.CONTRACT_PUBLICISED, new.published_on, Proof.COLLECTION)]
    if MACHINES[new.kind] is not Machine.COURT:
        return []
    found = (
        (Kind.PUBLISHED, new.published_on, Proof.COLLECTION),
        (Kind.SILENTLY_REFUSED, new.silent_on, Proof.SAID),
        (Kind.NOTIFIED, new.notified_on, Proof.LETTER),
    )
    return [(kind, day, proof) for kind, day, proof in found if day]


@transaction.atomic
def change(
    action: Action,
    *,
    title: str,
    about: str,
    strategy: str,
    court: str,
    money_needed: int | None,
    now: datetime,
) -> None:
    """Change what an action says of itself. Raise `Refused` without a title."""
    if not title.strip():
        raise Refused(gettext_noop("Donnez un titre à l'action."))
    said = {"title": title, "about": about, "court": court}
    said = {name: text.strip() for name, text in said.items()}
    is_news = action.money_needed != money_needed or any(
        getattr(action, name) != text for name, text in said.items()
    )
    Action.objects.filter(pk=action.pk).update(
        **said,
        strategy=strategy.strip(),
        money_needed=money_needed,
        changed_at=now if is_news else action.changed_at,
    )
    action.refresh_from_db()
    if action.is_public and is_news:
        announce(action)
