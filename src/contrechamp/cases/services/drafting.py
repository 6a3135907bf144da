"""Writing a paper: what is chosen and what is written is appended, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from contrechamp.cases.domain import drafting as rules
from contrechamp.cases.domain.draftable import check_may_begin
from contrechamp.cases.domain.drafting import Choices, OwnMean, check_text, read_choices
from contrechamp.cases.domain.kinds import ActionKind, TargetKind
from contrechamp.cases.domain.papers import PaperKind
from contrechamp.cases.models import Action, Draft, DraftText, DraftVersion
from contrechamp.cases.queries.candidates import candidates_of
from contrechamp.cases.queries.drafts import open_draft, version_of
from contrechamp.cases.queries.facts import facts_of
from contrechamp.documents import queries as documents
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.kernel.ids import new_id

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

What = DraftVersion.What
OWN = "own"
"""How the keys of means in the team's own words begin."""
COURT_KINDS = frozenset({PaperKind.ANNULMENT, PaperKind.SUSPENSION})
DEFAULTS: Mapping[str, str] = {
    "enjoin": "de cesser l'exploitation en cause",
    "within_days": "15",
    "penalty": "100",
    "costs": "1500",
}
"""What is asked of a court at first; the team changes it."""


@transaction.atomic
def begin(action: Action, kind: PaperKind, *, actor: User, now: datetime) -> Draft:
    """Begin a paper with the grounds that look open and the facts that answer them.

    Raise `Refused` with what is missing before.
    """
    check_may_begin(
        kind,
        facts_of(action),
        kind=ActionKind(action.kind),
        target=TargetKind(action.target_kind),
        today=localdate(now),
    )
    offered = candidates_of(action, today=localdate(now), site="")
    draft = Draft.objects.create(
        action=action, kind=kind, made_by=actor, made_at=now, changed_at=now
    )
    choices = Choices(
        means=offered.ticked_means,
        facts=offered.ticked_facts[: rules.MOST_FACTS],
        options=DEFAULTS if kind in COURT_KINDS else {},
    )
    _append(draft, What.MADE, choices, actor=actor, now=now)
    return draft


def choose(
    draft: Draft,
    *,
    seen: int,
    means: Iterable[str],
    facts: Iterable[str],
    actor: User,
    now: datetime,
) -> None:
    """Keep what somebody ticked on the choices of number `seen`; what others did stays."""
    before = read_choices(draft.versions.get(number=seen).choices)
    wanted, cited = tuple(means), tuple(facts)
    _change(
        draft,
        What.CHOSEN,
        lambda latest: rules.merged(latest, seen=before, means=wanted, facts=cited),
        actor=actor,
        now=now,
    )


def ask(draft: Draft, *, options: Mapping[str, str], actor: User, now: datetime) -> None:
    """Keep what is asked, by whom and of whom; options that are not named stay."""
    kept = {name: value.strip() for name, value in options.items()}
    _change(
        draft,
        What.ASKED,
        lambda latest: rules.asked(latest, kept),
        actor=actor,
        now=now,
    )


def add_mean(draft: Draft, mean: OwnMean, *, actor: User, now: datetime) -> str:
    """Add a means in the team's own words, last; return its key. Raise `Refused`."""
    key = new_id(OWN)
    _change(
        draft,
        What.ADDED,
        lambda latest: rules.added(latest, key, mean),
        about=mean.title,
        actor=actor,
        now=now,
    )
    return key


def move_mean(
    draft: Draft, key: str, beside: str, *, about: str = "", actor: User, now: datetime
) -> None:
    """Put a means in the place of another. Raise `Refused` where one of both was withdrawn."""
    _change(
        draft,
        What.MOVED,
        lambda latest: rules.moved(latest, key, beside),
        about=about,
        actor=actor,
        now=now,
    )


def withdraw_mean(
    draft: Draft, key: str, *, about: str = "", why: str = "", actor: User, now: datetime
) -> None:
    """Withdraw a means; its text stays on record."""
    _change(
        draft,
        What.WITHDRAWN,
        lambda latest: rules.withdrawn(latest, key),
        about=about,
        why=why,
        actor=actor,
        now=now,
    )


def undo_choices(draft: Draft, number: int, *, actor: User, now: datetime) -> None:
    """Come back to the choices of a number. Raise `Refused` where there are none."""
    row = draft.versions.filter(number=number).first()
    if row is None:
        raise Refused(gettext_noop("Ce choix n'existe pas."))
    former = read_choices(row.choices)
    _change(draft, What.UNDONE, lambda latest: former, about=f"{number}", actor=actor, now=now)


@transaction.atomic
def write(
    draft: Draft,
    section: str,
    *,
    text: str,
    title: str = "",
    seen: int,
    basis: str,
    actor: User,
    now: datetime,
) -> DraftText:
    """Keep a section as somebody wrote it, on the computed text whose digest is `basis`.

    The same text twice is kept once. Raise `Changed` when another wrote it since number `seen`.
    """
    _hold(draft)
    latest = _last_text(draft, section)
    number = latest.number if latest else 0
    tidy = text.replace("\r\n", "\n").strip()
    if latest and latest.is_own and (latest.text, latest.title) == (tidy, title.strip()):
        if latest.basis == basis:
            return latest
        seen = number  # Nothing of another's would be lost.
    tidy = check_text(text, seen=seen, latest=number)
    return _append_text(
        draft, section, number, text=tidy, title=title.strip(), basis=basis, actor=actor, now=now
    )


@transaction.atomic
def follow_facts(draft: Draft, section: str, *, actor: User, now: datetime) -> None:
    """Give a section back to the facts; what was written stays on record."""
    _hold(draft)
    latest = _last_text(draft, section)
    if latest is None or not latest.is_own:
        return
    _append_text(draft, section, latest.number, is_own=False, actor=actor, now=now)


@transaction.atomic
def keep_own(draft: Draft, section: str, *, basis: str, actor: User, now: datetime) -> None:
    """Say that a text still holds though the facts have changed: `basis` is what was read."""
    _hold(draft)
    latest = _last_text(draft, section)
    if latest is None or not latest.is_own or latest.basis == basis:
        return
    _append_text(
        draft,
        section,
        latest.number,
        text=latest.text,
        title=latest.title,
        basis=basis,
        actor=actor,
        now=now,
    )


@transaction.atomic
def restore_text(draft: Draft, section: str, number: int, *, actor: User, now: datetime) -> None:
    """Take a former text of a section up again. Raise `Refused` where there is none."""
    _hold(draft)
    former = draft.texts.filter(section=section, number=number).first()
    latest = _last_text(draft, section)
    if former is None or latest is None:
        raise Refused(gettext_noop("Ce texte n'existe pas."))
    if former.number == latest.number:
        return
    _append_text(
        draft,
        section,
        latest.number,
        text=former.text,
        title=former.title,
        basis=former.basis,
        is_own=former.is_own,
        restores=former.number,
        actor=actor,
        now=now,
    )


@transaction.atomic
def finish(draft: Draft, *, actor: User, now: datetime, site: str) -> None:
    """Declare a paper final: its words are kept, whatever the facts become.

    Raise `Refused` with the first thing that forbids it. Doing it twice changes nothing.
    """
    row = Draft.objects.select_for_update().get(pk=draft.pk)
    if row.state == Draft.State.FINAL:
        return
    opened = open_draft(draft, user=actor, now=now, site=site)
    for problem in opened.forbidding:
        raise Refused(problem.sentence, about=problem.about)
    Draft.objects.filter(pk=draft.pk).update(
        state=Draft.State.FINAL, frozen=rules.frozen_of(opened.paper), changed_at=now
    )
    _append(
        draft,
        What.FINAL,
        opened.choices,
        why=opened.choices.options.get("override", ""),
        actor=actor,
        now=now,
    )


@transaction.atomic
def reopen(draft: Draft, *, why: str, actor: User, now: datetime) -> None:
    """Take a final paper up again, with a reason. Raise `Refused` without one."""
    if not why.strip():
        raise Refused(gettext_noop("Dites pourquoi l'écrit est rouvert."))
    row = Draft.objects.select_for_update().get(pk=draft.pk)
    if row.state == Draft.State.DRAFT:
        return
    choices = read_choices(version_of(draft).choices)
    Draft.objects.filter(pk=draft.pk).update(
        state=Draft.State.DRAFT, frozen={}, final_document="", changed_at=now
    )
    _append(draft, What.REOPENED, choices, why=why, actor=actor, now=now)


@transaction.atomic
def attach_final(draft: Draft, *, sha256: str, actor: User, now: datetime) -> None:
    """Attach the version written elsewhere, from the library, as the final one of a final paper.

    Raise `Refused` when the person may not read it, or the paper is still a draft.
    """
    row = Draft.objects.select_for_update().get(pk=draft.pk)
    if row.state != Draft.State.FINAL:
        raise Refused(
            gettext_noop("Déclarez d'abord l'écrit final : la version jointe le remplace.")
        )
    version = documents.find_visible(sha256, actor) if sha256 else None
    if version is None or version.document.origin == "RECEIVED":
        raise Refused(gettext_noop("Ce document n'est pas dans la bibliothèque, ou y est scellé."))
    Draft.objects.filter(pk=draft.pk).update(final_document=version.file_id, changed_at=now)
    choices = read_choices(version_of(draft).choices)
    _append(draft, What.ATTACHED, choices, about=version.document.title, actor=actor, now=now)


@transaction.atomic
def throw_away(draft: Draft, *, now: datetime) -> None:
    """Put a draft out of sight; it stays on record. Raise `Refused` for a final paper."""
    _hold(draft)
    Draft.objects.filter(pk=draft.pk).update(removed_at=now)


@transaction.atomic
def _change(
    draft: Draft,
    what: DraftVersion.What,
    verb: Callable[[Choices], Choices],
    *,
    about: str = "",
    why: str = "",
    actor: User,
    now: datetime,
) -> None:
    """Append what a verb makes of the latest choices; nothing where it changes nothing."""
    _hold(draft)
    latest = read_choices(version_of(draft).choices)
    changed = verb(latest)
    if changed != latest:
        _append(draft, what, changed, about=about, why=why, actor=actor, now=now)


def _append(
    draft: Draft,
    what: DraftVersion.What,
    choices: Choices,
    *,
    about: str = "",
    why: str = "",
    actor: User,
    now: datetime,
) -> None:
    last = draft.versions.aggregate(last=Max("number"))["last"] or 0
    DraftVersion.objects.create(
        draft=draft,
        number=last + 1,
        what=what,
        about=about[:300],
        why=why.strip()[:500],
        choices=choices.as_json(),
        made_by=actor,
        made_at=now,
    )
    _touch(draft, now)


def _append_text(
    draft: Draft,
    section: str,
    last: int,
    *,
    text: str = "",
    title: str = "",
    basis: str = "",
    is_own: bool = True,
    restores: int | None = None,
    actor: User,
    now: datetime,
) -> DraftText:
    _touch(draft, now)
    return DraftText.objects.create(
        draft=draft,
        section=section,
        number=last + 1,
        title=title[:300],
        text=text,
        is_own=is_own,
        basis=basis,
        restores=restores,
        made_by=actor,
        made_at=now,
    )


def _last_text(draft: Draft, section: str) -> DraftText | None:
    return draft.texts.filter(section=section).order_by("-number").first()


def _hold(draft: Draft) -> None:
    """Hold a draft until the end of the transaction. Raise `Refused` when it is final."""
    row = Draft.objects.select_for_update().get(pk=draft.pk)
    if row.state == Draft.State.FINAL:
        raise Refused(gettext_noop("Cet écrit est final : rouvrez-le pour le changer."))


def _touch(draft: Draft, now: datetime) -> None:
    Draft.objects.filter(pk=draft.pk).update(changed_at=now)
