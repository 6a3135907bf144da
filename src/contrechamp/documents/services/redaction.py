"""Public copies of documents: proposed, made, confirmed by a second person; the original sealed.

Visitors get the copy and never learn the original's hash. The plan is sealed like the original.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from contrechamp.documents import rendering, workers
from contrechamp.documents.domain.kinds import Content
from contrechamp.documents.domain.redaction.plan import Box, Keep, Plan, Term, read_plan
from contrechamp.documents.models import (
    Document,
    File,
    Redaction,
    RedactionBox,
    TextLayer,
    Version,
)
from contrechamp.documents.queries import public, screening
from contrechamp.documents.signals import copy_published, document_published
from contrechamp.foundation import bulk
from contrechamp.foundation.signals import public_changed
from contrechamp.foundation.store import address, sealed, store
from contrechamp.kernel.errors import Refused, gettext_noop

from .copies import CannotCopy, Copy, Wanted, kept_file, make_copy, reasons
from .custody import NotYours, record
from .moving import move_quotes
from .publication import refs_of
from .reading import forget_unused, write_pages

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

State = Redaction.State


def _check_editor(actor: User) -> None:
    if not actor.is_editor:
        raise NotYours(gettext_noop("Seul un éditeur fait une copie publique."))


def original_of(document: Document) -> File:
    """Return the content that a public copy is made of: the sealed original if there is one."""
    before = document.redactions.exclude(state__in=[State.PROPOSED, State.DROPPED])
    known = before.order_by("-made_at").first()
    if known is not None:
        return known.original
    version = (
        document.versions.filter(file__area=File.Area.OPEN)
        .select_related("file")
        .order_by("-number")
        .first()
    )
    if version is None:
        raise Refused(gettext_noop("Ce document n'a aucun fichier."))
    return version.file


def with_screened(plan: Plan, document: Document) -> Plan:
    """Return a plan that hides, too, each passage which screening has marked.

    Where no picture says where the words stand (a text, an e-mail), the words themselves are
    hidden, wherever they stand.
    """
    boxes, terms = list(plan.boxes), list(plan.terms)
    for marked in screening.passages_to_redact(document):
        words = screening.words_of(marked)
        if words and marked.rects == (screening.WHOLE,):
            terms.append(Term(text=words, reason=marked.reason))
        else:
            boxes += [Box(marked.page, rect, marked.reason, "screening") for rect in marked.rects]
    return replace(plan, boxes=tuple(dict.fromkeys(boxes)), terms=tuple(dict.fromkeys(terms)))


@transaction.atomic
def propose_copy(
    document: Document,
    plan: Plan,
    *,
    actor: User,
    now: datetime,
    is_screened: bool = False,
) -> Redaction:
    """Remember, sealed, what is to be hidden. An older proposal of the same person is dropped.

    `is_screened`: what screening has marked is hidden too.
    """
    _check_editor(actor)
    if is_screened:
        plan = with_screened(plan, document)
    if not (plan.terms or plan.boxes):
        raise Refused(gettext_noop("Donnez au moins un terme ou une zone à masquer."))
    older = Redaction.objects.filter(document=document, made_by=actor, state=State.PROPOSED)
    for each in older:
        _drop(each)
    return Redaction.objects.create(
        document=document,
        original=original_of(document),
        plan_key=_seal_plan(plan),
        made_by=actor,
        made_at=now,
    )


def _seal_plan(plan: Plan) -> str:
    # Random bytes beside it: else its key could be guessed from a list of names.
    content = {"nonce": secrets.token_hex(32), "plan": plan.as_json()}
    return sealed().put(BytesIO(json.dumps(content).encode()))


def plan_of(redaction: Redaction) -> Plan:
    """Return what a copy hides, from the sealed store. It is as secret as the original."""
    try:
        with sealed().open(redaction.plan_key) as content:
            return read_plan(json.load(content)["plan"], reasons())
    except KeyError:
        raise Refused(gettext_noop("Le plan de cette copie n'est plus gardé.")) from None


def look_at(redaction: Redaction) -> Copy:
    """Return every occurrence that the copy would hide, and the boxes. Nothing is written."""
    with kept_file(redaction.original_id) as (path, content):
        return make_copy(path, plan_of(redaction), None, _wanted(redaction), content=content)


def _wanted(redaction: Redaction) -> Wanted:
    """What is published beside the copy: attachments, and other versions that stay open."""
    document = redaction.document
    children = Document.objects.filter(parent=document, pk__in=public())
    copies = document.redactions.exclude(copy=None).values("copy")
    others = document.versions.filter(file__area=File.Area.OPEN).exclude(
        Q(file=redaction.original_id) | Q(file__in=copies)
    )
    files = Version.objects.filter(document__in=children) | others
    texts = TextLayer.objects.filter(is_current=True, page__file__in=files.values("file"))
    return Wanted(
        named=(("titre", document.title), ("auteur", document.author_text)),
        batch=tuple(texts.values_list("page__file_id", "text")),
        is_decided=redaction.is_decided,
    )


@transaction.atomic
def keep_some(redaction: Redaction, kept: Iterable[Keep], *, actor: User) -> Redaction:
    """Let some occurrences stand: the person has unticked them."""
    _check_editor(actor)
    current = _locked(redaction, State.PROPOSED)
    old = current.plan_key
    current.plan_key = _seal_plan(replace(plan_of(current), keep=tuple(kept)))
    current.save(update_fields=["plan_key"])
    transaction.on_commit(lambda: sealed().forget(old))
    return current


def make_public_copy(
    redaction: Redaction, *, actor: User, now: datetime, is_decided: bool = False
) -> Copy:
    """Make the copy and test it. It waits for a second person; visitors do not get it yet."""
    _check_editor(actor)
    if redaction.state != State.PROPOSED:
        raise Refused(gettext_noop("Cette copie est déjà faite."))
    redaction.is_decided = is_decided
    with TemporaryDirectory(dir=_arrivals(), prefix="new-") as folder:
        out = Path(folder, "copie")
        with kept_file(redaction.original_id) as (path, content):
            plan = plan_of(redaction)
            copy = make_copy(path, plan, out, _wanted(redaction), content=content)
        if copy.path is None:
            checks = [check.as_json() for check in copy.checks]
            Redaction.objects.filter(pk=redaction.pk).update(checks=checks)
            return copy
        content = (
            Content("text", "text/plain")
            if copy.mime == "text/plain"
            else Content("pdf", "application/pdf")
        )
        pages_of = _take_in(out, content)
    with transaction.atomic():
        current = _locked(redaction, State.PROPOSED)
        current.copy = _write_file(copy, content, pages_of, now)
        current.state, current.made_by, current.made_at = State.MADE, actor, now
        current.checks = [check.as_json() for check in copy.checks]
        current.flattened, current.is_decided = list(copy.flattened), is_decided
        current.save()
        RedactionBox.objects.bulk_create(
            RedactionBox(
                redaction=current,
                page=box.page,
                rect=list(box.rect),
                reason=box.reason,
                source=box.source,
            )
            for box in copy.found.boxes
        )
        record(current.document, "redacted", by=actor, at=now)
        record(current.document, "leak_tested", by=actor, at=now)
    return copy


def _arrivals() -> Path:
    folder: Path = settings.CONTRECHAMP.data / "arrivals"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _take_in(path: Path, content: Content) -> list[workers.Reading]:
    """Put a copy into the store and read its pages, as those of any file."""
    with path.open("rb") as opened:
        key = store().put(opened)
    readings: list[workers.Reading] = []
    first, count = 1, 1
    while first <= count:
        unit = workers.Unit(store=address(), key=key, content=content, first=first)
        outcome = next(iter(bulk.run(workers.read, [unit], workers=1, cluster="")))
        if isinstance(outcome, bulk.Failed) or outcome.value.problem:
            forget_unused([key])
            raise CannotCopy(gettext_noop("La copie faite ne peut pas être lue."))
        readings.append(outcome.value)
        count = outcome.value.pages_count
        first += unit.count
    return readings


def _write_file(
    copy: Copy, content: Content, readings: list[workers.Reading], now: datetime
) -> File:
    with store().open(copy.sha256) as opened:
        sha1 = hashlib.file_digest(opened, lambda: hashlib.sha1(usedforsecurity=False)).hexdigest()
    file, _ = File.objects.get_or_create(
        sha256=copy.sha256,
        defaults={
            "sha1": sha1,
            "bytes": copy.bytes,
            "mime": content.mime,
            "kind": content.kind,
            "pages_count": readings[0].pages_count,
            "read_state": "read",
        },
    )
    for reading in readings:
        if reading.pages:
            write_pages(file, reading.pages, now=now, queue=False)
    return file


def confirm_copy(redaction: Redaction, *, reviewer: User, now: datetime) -> Redaction:
    """Let the copy take the original's place: a second person has compared them."""
    _check_editor(reviewer)
    if redaction.made_by_id == reviewer.pk and settings.CONTRECHAMP.reviewers != 1:
        raise Refused(
            gettext_noop("Vous avez fait cette copie : une seconde personne doit la confirmer.")
        )
    plan = plan_of(redaction)
    with transaction.atomic():
        current = _locked(redaction, State.MADE)
        copy = current.copy
        assert copy  # noqa: S101 - a copy that is made has a file
        gone = [current.original_id, *_replace_older(current, now)]
        holders = Document.objects.filter(versions__file=current.original_id).distinct()
        before = [ref for each in holders for ref in refs_of(each)]
        for document in holders:
            _show(document, copy, now)
        _hide(gone)
        File.objects.filter(pk=copy.pk).update(area=File.Area.OPEN)
        moved = move_quotes(gone, current, plan)
        nonce = secrets.token_hex(32)
        current.nonce, current.commitment = nonce, commit(nonce, current.original_id)
        current.state = State.PUBLIC
        current.confirmed_by, current.confirmed_at = reviewer, now
        current.save()
        for document in holders:
            record(document, "redaction_confirmed", by=reviewer, at=now)
            _tell(document, before, gone, current, moved)
        transaction.on_commit(lambda: _seal(gone))
    return current


def _tell(
    document: Document,
    before: list[str],
    gone: list[str],
    current: Redaction,
    moved: dict[str, str],
) -> None:
    for key in gone:
        copy_published.send(Document, original=key, copy=current.copy_id, quotes=moved)
    document_published.send(Document, document=document)
    public_changed.send(Document, refs=sorted({*before, *refs_of(document)}))


def commit(nonce: str, sha256: str) -> str:
    """Return what may be shown in place of a hash: HMAC-SHA-256 of the hash under the nonce."""
    return hmac.new(bytes.fromhex(nonce), bytes.fromhex(sha256), hashlib.sha256).hexdigest()


def _replace_older(current: Redaction, now: datetime) -> list[str]:
    """Withdraw the copies that this one replaces; return their keys."""
    older = Redaction.objects.filter(original=current.original_id, state=State.PUBLIC).exclude(
        copy=current.copy_id
    )
    keys = list(older.values_list("copy", flat=True))
    older.update(
        state=State.REPLACED,
        withdrawn_on=timezone.localdate(now),
    )
    return keys


def _show(document: Document, copy: File, now: datetime) -> None:
    last = document.versions.aggregate(last=Max("number"))["last"] or 0
    Version.objects.get_or_create(
        document=document,
        file=copy,
        defaults={
            "number": last + 1,
            "seen_on": timezone.localdate(now),
            "role": Version.Role.PUBLIC_COPY,
        },
    )
    document.versions.filter(role=Version.Role.PUBLIC_COPY).exclude(file=copy).update(
        role=Version.Role.REPLACED
    )


def _hide(keys: list[str]) -> None:
    File.objects.filter(pk__in=keys).update(area=File.Area.SEALED)


def _seal(keys: list[str]) -> None:
    """Move contents from the open store to the sealed one, with what was drawn of them."""
    for file in File.objects.filter(pk__in=keys, area=File.Area.SEALED):
        for key in filter(None, (file.sha256, file.rendition)):
            if store().exists(key):
                with store().open(key) as content:
                    sealed().put(content)
                store().forget(key)
            rendering.forget(key)


@transaction.atomic
def drop_copy(redaction: Redaction, *, actor: User, now: datetime) -> None:
    """Give up a copy that is not public; its words are forgotten."""
    _check_editor(actor)
    current = Redaction.objects.select_for_update().get(pk=redaction.pk)
    if current.state not in {State.PROPOSED, State.MADE}:
        raise Refused(
            gettext_noop("Cette copie est publique : faites-en une autre qui la remplace.")
        )
    _drop(current)
    record(current.document, "redaction_dropped", by=actor, at=now)


def _drop(redaction: Redaction) -> None:
    key, copy = redaction.plan_key, redaction.copy
    redaction.state, redaction.copy = State.DROPPED, None
    redaction.save(update_fields=["state", "copy"])
    redaction.boxes.all().delete()
    if copy and not (copy.versions.exists() or copy.copied_by.exists()):
        unused = copy.pk
        rendering.forget(unused)
        copy.delete()
        transaction.on_commit(lambda: forget_unused([unused]))
    transaction.on_commit(lambda: sealed().forget(key))


def _locked(redaction: Redaction, state: str) -> Redaction:
    current = Redaction.objects.select_for_update().get(pk=redaction.pk)
    if current.state != state:
        raise Refused(gettext_noop("Cette copie a changé entre-temps : ouvrez de nouveau sa page."))
    return current
