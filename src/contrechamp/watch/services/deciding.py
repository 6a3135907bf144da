"""What reviewers decide of findings: each with author and reason, each undone in one go.

A machine suggests, two people publish: who accepts a finding vouches for its reading and makes
claims of it; somebody else, an editor, publishes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from contrechamp.census import services as census
from contrechamp.foundation.signals import public_changed
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.kernel.ids import new_id
from contrechamp.watch.models import Found, Verdict

from .claims import draft, withdraw_claims
from .projection import project, take_down

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

REASONS = ("not_a_decision", "wrong_place", "wrong_reading", "duplicate", "private", "other")
EDITABLE = frozenset(
    {
        *("technology", "technologies", "decision", "decisions", "places", "beneficiary"),
        *("cameras", "retention_days", "file_numbers", "duration_years", "expires_on", "aircraft"),
        *("operator", "intervals", "act", "contract", "perimeters", "duplicate_of", "purposes"),
    }
)
State = Found.State


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """The act of deciding, to undo it by; which findings it changed; what was refused and why."""

    act: str
    done: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def accept(
    ids: Iterable[str], *, actor: User, now: datetime, project_id: str = "", note: str = ""
) -> Decided:
    """Vouch for findings: claims are made of them and wait for a second reader.

    With `project_id` the claims are about that record of the census instead of a new one.
    """

    def change(found: Found) -> None:
        if found.state != State.WAITING:
            raise Refused(gettext_noop("Cette découverte est déjà décidée."))
        found.project, found.claims = draft(found, project_id, actor=actor, now=now)
        found.state, found.accepted_by = State.ACCEPTED, actor

    verb = Verdict.Verb.MERGE if project_id else Verdict.Verb.ACCEPT
    return _decide(ids, verb, change, actor=actor, now=now, note=note)


def attach(records: Mapping[str, str], *, actor: User, now: datetime, note: str = "") -> Decided:
    """Vouch for findings whose facts the census holds already: no claim is made of them.

    `records`: by finding, the record that holds its facts; empty where there is none.
    """

    def change(found: Found) -> None:
        if found.state != State.WAITING:
            raise Refused(gettext_noop("Cette découverte est déjà décidée."))
        found.project, found.claims = records[found.pk], []
        found.state, found.accepted_by = State.ACCEPTED, actor

    return _decide(records, Verdict.Verb.MERGE, change, actor=actor, now=now, note=note)


def publish(ids: Iterable[str], *, reviewer: User, now: datetime) -> Decided:
    """Publish accepted findings and their claims, read by somebody else than who accepted."""
    if not reviewer.is_editor:
        raise Refused(gettext_noop("Seul un éditeur peut publier."))

    def change(found: Found) -> None:
        if found.state != State.ACCEPTED:
            raise Refused(gettext_noop("Cette découverte n'est pas acceptée."))
        if found.accepted_by_id == reviewer.pk:
            raise Refused(
                gettext_noop("Vous l'avez acceptée : une autre personne doit la publier.")
            )
        if found.claims:
            report = census.publish(found.claims, reviewer=reviewer, now=now)
            if report.refused:
                raise Refused(gettext_noop("{why}"), why=report.refused[0][1])
        found.state, found.published_by = State.PUBLISHED, reviewer

    return _decide(ids, Verdict.Verb.PUBLISH, change, actor=reviewer, now=now)


def reject(
    ids: Iterable[str], *, actor: User, now: datetime, reason: str, note: str = ""
) -> Decided:
    """Set findings aside with a reason, from which the rules learn."""
    if reason not in REASONS:
        raise _unknown(reason)
    if reason == "other" and not note.strip():
        raise Refused(gettext_noop("Dites pourquoi, en quelques mots."))

    def change(found: Found) -> None:
        if found.state not in {State.WAITING, State.ACCEPTED}:
            raise Refused(gettext_noop("Cette découverte est déjà décidée."))
        _drop_claims(found, actor, now, reason)
        found.state, found.accepted_by = State.REJECTED, None

    return _decide(ids, Verdict.Verb.REJECT, change, actor=actor, now=now, reason=reason, note=note)


def correct(
    found_id: str, values: Mapping[str, Any], *, actor: User, now: datetime, note: str = ""
) -> Decided:
    """Correct what the machine read, before the finding is accepted."""
    unknown = sorted(set(values) - EDITABLE)
    if unknown:
        raise Refused(gettext_noop("« {field} » ne se corrige pas ici."), field=unknown[0])

    def change(found: Found) -> None:
        if found.state != State.WAITING:
            raise Refused(gettext_noop("Annulez d'abord la décision, puis corrigez."))
        found.edited = {**found.edited, **values}
        found.technology = found.edited.get("technology", found.technology)
        found.decision = found.edited.get("decision", found.decision)

    return _decide([found_id], Verdict.Verb.EDIT, change, actor=actor, now=now, note=note)


def withdraw(
    ids: Iterable[str], *, actor: User, now: datetime, note: str, reason: str = ""
) -> Decided:
    """Take published findings and their claims from the public, with a reason.

    The public is told `reason`, one of `REASONS` or none; `note` stays in the review room.
    """
    if not actor.is_editor:
        raise Refused(gettext_noop("Seul un éditeur peut retirer."))
    if reason and reason not in REASONS:
        raise _unknown(reason)
    if not note.strip():
        raise Refused(gettext_noop("Dites pourquoi, en quelques mots."))

    def change(found: Found) -> None:
        if found.state != State.PUBLISHED:
            raise Refused(gettext_noop("Cette découverte n'est pas publiée."))
        _drop_claims(found, actor, now, note)
        found.state, found.published_by, found.accepted_by = State.WAITING, None, None

    verb = Verdict.Verb.WITHDRAW
    return _decide(ids, verb, change, actor=actor, now=now, reason=reason, note=note)


def undo(act: str, *, actor: User, now: datetime) -> Decided:
    """Undo all that was decided in one act, where nothing was decided since."""
    with transaction.atomic():
        verdicts = list(
            Verdict.objects.select_for_update()
            .filter(act=act, undone_at=None)
            .exclude(verb=Verdict.Verb.UNDO)
            .select_related("by")
        )
        if not verdicts:
            raise Refused(gettext_noop("Il n'y a plus rien à annuler."))
        if any(each.by_id != actor.pk for each in verdicts) and not actor.is_editor:
            raise Refused(gettext_noop("Seule la personne qui a décidé, ou un éditeur, annule."))
        before = {each.found_id: each.before for each in verdicts}

        def change(found: Found) -> None:
            newest = found.verdicts.filter(undone_at=None).order_by("-at", "-pk").first()
            if newest is None or newest.act != act:
                raise Refused(gettext_noop("Autre chose a été décidé depuis : annulez-le d'abord."))
            if found.claims and not before[found.pk]["claims"]:
                _drop_claims(found, actor, now, "")
            elif found.state == State.PUBLISHED and found.claims:
                raise Refused(gettext_noop("C'est publié : retirez-le, avec une raison."))
            for name, value in before[found.pk].items():
                setattr(found, name, value)

        decided = _decide(before, Verdict.Verb.UNDO, change, actor=actor, now=now)
        Verdict.objects.filter(act=act, found__in=decided.done).update(undone_at=now)
        Verdict.objects.filter(act=decided.act).update(undone_at=now)
    return decided


def _decide(
    ids: Iterable[str],
    verb: Verdict.Verb,
    change: Any,
    *,
    actor: User,
    now: datetime,
    reason: str = "",
    note: str = "",
) -> Decided:
    """Change each finding in a transaction of its own inside one; note what it was before."""
    decided = Decided(act=new_id("vd"))
    with transaction.atomic(), public_changed.at_once():
        for found_id in dict.fromkeys(ids):
            try:
                with transaction.atomic():
                    found = _locked(found_id)
                    before = _before(found)
                    change(found)
                    found.version += 1
                    found.save()
                    Verdict.objects.create(
                        found=found,
                        act=decided.act,
                        verb=verb,
                        reason=reason,
                        note=note[:4000],
                        before=before,
                        by=actor,
                        at=now,
                    )
                    _show(found, now, reason)
            except Refused as refusal:
                decided.refused.append((found_id, say(refusal)))
            else:
                decided.done.append(found_id)
    return decided


def _unknown(reason: str) -> Refused:
    return Refused(
        gettext_noop("« {reason} » n'est pas une raison connue : {reasons}."),
        reason=reason,
        reasons=", ".join(REASONS),
    )


def _locked(found_id: str) -> Found:
    found = Found.objects.select_for_update().filter(pk=found_id).first()
    if found is None:
        raise Refused(gettext_noop("Cette découverte n'existe pas."))
    return found


def _before(found: Found) -> dict[str, Any]:
    return {
        "state": found.state,
        "edited": dict(found.edited),
        "technology": found.technology,
        "decision": found.decision,
        "project": found.project,
        "claims": list(found.claims),
        "accepted_by_id": found.accepted_by_id,
        "published_by_id": found.published_by_id,
    }


def _drop_claims(found: Found, actor: User, now: datetime, why: str) -> None:
    withdraw_claims(found.claims, actor=actor, now=now, reason=why)
    found.claims, found.project = [], ""


def _show(found: Found, now: datetime, reason: str) -> None:
    if found.state == State.PUBLISHED:
        project(found, now=now)
    else:
        take_down(found.pk, now=now, reason=reason)
