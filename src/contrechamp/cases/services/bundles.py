"""Bundles of an action: asked for, made by a job that nobody waits for, kept for its team.

Same case, same bytes: a bundle is dated by the last change of what is in it, and known by the hash
of all that goes into it. A process that is killed is found out each minute, and another goes on
where it was.
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import override

from contrechamp.cases.binding import PROGRESS, Piece
from contrechamp.cases.domain.facts import Kind, of_kind, standing
from contrechamp.cases.domain.filing import Finding, NotFit, Screened, Window, check_fit, findings
from contrechamp.cases.domain.freezing import is_filed
from contrechamp.cases.domain.inventory import Cover
from contrechamp.cases.domain.kinds import MACHINES, ActionKind, Machine
from contrechamp.cases.models import Action, Bundle
from contrechamp.cases.queries.arguing import means_of
from contrechamp.cases.queries.drafts import bodies_of
from contrechamp.cases.queries.entering import known_of_many
from contrechamp.cases.queries.exhibits import numbered_of, rows_of
from contrechamp.cases.queries.facts import facts_of, status_of
from contrechamp.cases.queries.holding import bundles_folder
from contrechamp.cases.signals import bundle_wanted
from contrechamp.documents import services as documents
from contrechamp.foundation.lease import holder, is_gone
from contrechamp.kernel.errors import ContrechampError, Refused, gettext_noop

from .bundling import FAILED, WHY, piece_of, write_bundle

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

WINDOWS = ("ta", "contract", "ce")
"""The windows in which a claim is filed."""
OF_COURT = frozenset({Machine.COURT, Machine.CONTRACT})
EDITION = 1
"""To be raised when bundles look otherwise: what is kept is then made anew."""
MOST_KEPT = 5
"""Bundles of an action whose files are kept, beside those that were downloaded."""
MOST_WAITING = 20
State = Bundle.State


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What goes into a bundle, and what is against it."""

    cover: Cover
    pieces: tuple[Piece, ...]
    found: tuple[Finding, ...]


def prepare(
    action: Action,
    *,
    actor: User,
    now: datetime,
    why: str = "",
    is_looking: bool = True,
) -> Prepared:
    """Return what a bundle of an action holds now, and every finding against it.

    `why`: the reason to export though the window is over. What its papers cite counts as cited.
    What may not enter at all is a finding that names the exhibit.
    """
    rows = {row.pk: row for row in rows_of(action).select_related("action")}
    exhibits = numbered_of(action)
    pieces: list[Piece] = []
    screened: list[Screened] = []
    kept_out: list[Finding] = []
    contents = known_of_many(
        action, [row.sha256 for row in rows.values() if not row.is_held], actor, now=now
    )
    for each in exhibits:
        row = rows[each.key]
        try:
            piece, seen = piece_of(
                row, each, actor=actor, known=contents.get(row.sha256), is_looking=is_looking
            )
        except NotFit as no:
            about = str(no.values.get("about", each.label))
            kept_out.append(Finding(code="kept_out", sentence=no.sentence, about=about))
            screened.append(Screened(key=each.key))
        else:
            pieces.append(piece)
            screened.append(seen)
    known = standing(facts_of(action))
    filed, is_claimed = is_filed(known), bool(of_kind(known, Kind.CLAIM_FILED))
    found = findings(
        exhibits,
        means_of(action),
        screened,
        window=Window() if is_claimed else _window(action, why, now),
        today=localdate(now),
        body="\n".join(bodies_of(action)),
        is_court=MACHINES[ActionKind(action.kind)] in OF_COURT,
    )
    return Prepared(
        cover=_cover(action, is_draft=not filed), pieces=tuple(pieces), found=(*kept_out, *found)
    )


def _cover(action: Action, *, is_draft: bool) -> Cover:
    parties = action.parties.filter(removed_at=None).order_by("side", "name")
    with override("fr"):
        named = tuple(f"{each.name}, {each.get_side_display()}" for each in parties)
    return Cover(
        title=action.title,
        day=_day_of(action),
        court=action.court,
        parties=named,
        is_draft=is_draft,
    )


def _day_of(action: Action) -> date:
    """Return the day of the last change of the case: a bundle says how it stood then."""
    rows = action.exhibits.values_list("made_at", "changed_at")
    moments = [action.changed_at, *(moment for pair in rows for moment in pair if moment)]
    return localdate(max(moments))


def _window(action: Action, why: str, now: datetime) -> Window:
    items = status_of(action, now=now).dates.items
    days = [items[name].act_by_safe for name in WINDOWS if name in items]
    return Window(act_by_safe=max((day for day in days if day), default=None), override=why)


@transaction.atomic
def want_bundle(action: Action, *, actor: User, now: datetime, why: str = "") -> Bundle:
    """Ask for a bundle; return the one under way where somebody has asked already.

    What forbids it is said by the one that is made, not here. Raise `Refused` for a full queue.
    """
    Action.objects.select_for_update().get(pk=action.pk)
    under_way = action.bundles.filter(state__in=(State.WAITING, State.RUNNING), why=why.strip())
    if (there := under_way.first()) is not None:
        return there
    if Bundle.objects.filter(state=State.WAITING).count() >= MOST_WAITING:
        raise Refused(gettext_noop("Trop de dossiers attendent : réessayez dans quelques minutes."))
    row = Bundle.objects.create(action=action, why=why.strip(), asked_by=actor, asked_at=now)
    bundle_wanted.send(None, key=row.pk)
    return row


def make_bundle(key: str, *, now: datetime) -> None:
    """Make a bundle that was asked for. What goes wrong is said to who waits."""
    row = _begin(key)
    if row is None:
        return
    try:
        _make(row, now)
    except ContrechampError as no:
        _fail(row, no, now)
    except Exception:
        # Who waits must not wait for ever; the operator reads why in the log.
        logging.getLogger(__name__).exception("Bundle %s failed", row.pk)
        _fail(row, Refused(WHY[FAILED]), now)


@transaction.atomic
def _begin(key: str) -> Bundle | None:
    """Take a bundle up, unless another process has it or it is made."""
    row = Bundle.objects.select_for_update().filter(pk=key).first()
    if row is None or row.state not in {State.WAITING, State.RUNNING}:
        return None
    if row.state == State.RUNNING and not is_gone(row.held_by):
        return None
    row.state, row.held_by = State.RUNNING, holder()
    row.save(update_fields=["state", "held_by"])
    return row


def _fail(row: Bundle, no: ContrechampError, now: datetime) -> None:
    values = {name: str(value) for name, value in no.values.items()}
    message = json.dumps({"sentence": no.sentence, "values": values}, ensure_ascii=False)
    Bundle.objects.filter(pk=row.pk).update(state=State.FAILED, message=message, done_at=now)
    shutil.rmtree(work_of(row), ignore_errors=True)


def _make(row: Bundle, now: datetime) -> None:
    action = row.action
    work_of(row).mkdir(parents=True, exist_ok=True, mode=0o700)
    documents.check_kept(
        rows_of(action).filter(is_held=False).values_list("sha256", flat=True),
        now=now,
        progress=lambda done, of: _tell(row, done, of),
    )
    ready = prepare(action, actor=row.asked_by, now=now, why=row.why)
    mark = fingerprint(ready.cover, ready.pieces)
    same = Bundle.objects.filter(action=action, fingerprint=mark, state=State.DONE).first()
    out = folder_of(row)
    if same is not None and folder_of(same).is_dir():
        check_fit(ready.found)
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(folder_of(same), out, copy_function=_linked)
        _done(row, ready, mark, same.pages, now)
        return
    shutil.rmtree(out, ignore_errors=True)
    work = work_of(row)
    bound = write_bundle(out, ready.cover, ready.pieces, found=ready.found, work=work)
    _done(row, ready, mark, bound.pages, now)


def _linked(source: str, target: str) -> None:
    """Keep the same file under another name; nothing writes to it any more."""
    Path(target).hardlink_to(source)


def _done(row: Bundle, ready: Prepared, mark: str, pages: int, now: datetime) -> None:
    out = folder_of(row)
    files = [path for path in out.rglob("*") if path.is_file()]
    manifest = hashlib.sha256((out / "manifest.json").read_bytes()).hexdigest()
    Bundle.objects.filter(pk=row.pk).update(
        state=State.DONE,
        message="",
        fingerprint=mark,
        numbers={each.exhibit.key: each.exhibit.number for each in ready.pieces},
        is_draft=ready.cover.is_draft,
        pages=pages,
        bytes=sum(path.stat().st_size for path in files),
        manifest_sha256=manifest,
        done_at=now,
    )
    shutil.rmtree(work_of(row), ignore_errors=True)
    forget_old(row.action)


def fingerprint(cover: Cover, pieces: Sequence[Piece]) -> str:
    """Return the hash of all that goes into a bundle."""
    said = repr((EDITION, settings.CONTRECHAMP.deposit_limit_mb, cover, tuple(pieces)))
    return hashlib.sha256(said.encode()).hexdigest()


def folder_of(row: Bundle) -> Path:
    """Return where the files of a bundle are: no address of the site leads there."""
    return bundles_folder() / row.pk


def work_of(row: Bundle) -> Path:
    """Return where its copies are while it is made."""
    return bundles_folder() / f"work-{row.pk}"


def _tell(row: Bundle, done: int, of: int) -> None:
    """Say how many pages were looked at for words under boxes."""
    new = work_of(row) / "progress.new"
    new.write_text(json.dumps({"done": done, "of": of, "is_looking": True}), "utf-8")
    new.replace(work_of(row) / PROGRESS)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many steps are done, of how many; `is_looking`: pages, before anything is made."""

    done: int
    of: int
    is_looking: bool = False


def progress_of(row: Bundle) -> Progress | None:
    """Return how far it is; None where nothing is said yet."""
    try:
        said = json.loads((work_of(row) / PROGRESS).read_text("utf-8"))
        return Progress(int(said["done"]), int(said["of"]), bool(said.get("is_looking")))
    except (OSError, ValueError, KeyError):
        return None


def note_taken(row: Bundle, *, now: datetime) -> None:
    """Note that a bundle was downloaded: from now on it may be at the court."""
    Bundle.objects.filter(pk=row.pk, taken_at=None).update(taken_at=now)


def forget_old(action: Action) -> None:
    """Delete the files of old bundles that nobody downloaded; their rows and hashes stay."""
    made = action.bundles.filter(state=State.DONE, taken_at=None).order_by("-asked_at", "-pk")
    for row in made[MOST_KEPT:]:
        shutil.rmtree(folder_of(row), ignore_errors=True)
        Bundle.objects.filter(pk=row.pk).update(state=State.GONE)


def forget_with(action: Action, keys: Iterable[str]) -> None:
    """Delete the files of every bundle that holds one of these exhibits."""
    gone = set(keys)
    for row in action.bundles.filter(state=State.DONE):
        if gone & set(row.numbers):
            shutil.rmtree(folder_of(row), ignore_errors=True)
            Bundle.objects.filter(pk=row.pk).update(state=State.GONE)


def resume_bundles() -> None:
    """Ask again for those whose process is gone, or whose job was lost. Called every minute."""
    for row in Bundle.objects.filter(state=State.RUNNING):
        if is_gone(row.held_by):
            bundle_wanted.send(None, key=row.pk)
