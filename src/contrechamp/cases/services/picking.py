"""What was ticked becomes numbered exhibits in one go: all of it, or nothing if one is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction

from contrechamp.cases.domain.filing import NotFit
from contrechamp.cases.domain.picking import REF, Candidate, Taken, gathered
from contrechamp.cases.models import Action, Exhibit
from contrechamp.cases.queries import picking
from contrechamp.documents import queries as documents
from contrechamp.foi.domain.wording import say
from contrechamp.foi.queries import access as requests
from contrechamp.foi.queries.pieces import enclosures
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.opinions.queries.lists import find_opinion
from contrechamp.opinions.shown.opinions import official_url, page_of
from contrechamp.watch import published as watch

from .exhibiting import Held, Told, add_exhibit, add_held
from .holding import Sheet, keep_bytes, keep_file, keep_sheet

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

TITLES = {"AVIS": "Avis", "CONSEIL": "Conseil", "SANCTION": "Sanction"}
GONE = gettext_noop("« {ref} » n'est plus là : rechargez la page, et choisissez de nouveau.")
NOTHING = gettext_noop("Cochez au moins une ligne.")
FROM_SOMEBODY = gettext_noop(
    "Ce qu'une personne vous a confié passe par la bibliothèque, puis par la décision de deux "
    "personnes : ne l'envoyez pas ici."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """An exhibit to be: what it is, and the content kept here where the library has none."""

    taken: Taken
    held: Held | None = None


def take(
    action: Action,
    refs: Sequence[str],
    labels: Mapping[str, str],
    *,
    actor: User,
    now: datetime,
) -> list[Exhibit]:
    """Make exhibits of what was ticked, in that order; one per content, its claims joined.

    Raise `Refused` or `NotFit` for the first that may not be one; then nothing is added.
    """
    if not refs:
        raise Refused(NOTHING)
    ticked = [_resolved(action, ref, actor) for ref in dict.fromkeys(refs)]
    for one in ticked:
        if one.why_not:
            raise NotFit(one.why_not, about=one.label)
    # Contents are set and looked at before the transaction: nobody waits for that with it open.
    ready = [_ready(one, actor) for one in gathered(ticked, labels)]
    with transaction.atomic():
        return [_add(action, each, actor, now) for each in ready]


def take_file(
    action: Action,
    path: Path,
    name: str,
    *,
    told: Told,
    is_ours: bool,
    actor: User,
    now: datetime,
) -> Exhibit:
    """Make an exhibit of a scan that was sent. `is_ours`: nobody has given it in confidence.

    It is kept for the team alone, in no library. Raise `Refused` for what is no paper.
    """
    if not is_ours:
        raise Refused(FROM_SOMEBODY)
    return add_held(
        action, held=keep_file(path, name), told=told, actor=actor, now=now, origin="scan"
    )


def _add(action: Action, ready: Ready, actor: User, now: datetime) -> Exhibit:
    one = ready.taken.candidate
    told = Told(
        label=ready.taken.label,
        group=one.group,
        role=one.role,
        dated=one.dated[:60],
        author=one.author[:120],
        source=one.source[:300],
    )
    if ready.held is not None:
        return add_held(action, held=ready.held, told=told, actor=actor, now=now, origin=one.ref)
    return add_exhibit(
        action,
        sha256=one.sha256,
        told=told,
        actor=actor,
        now=now,
        origin=one.ref,
        shows=ready.taken.shows,
    )


def _resolved(action: Action, ref: str, actor: User) -> Candidate:
    """Return what a reference names, asked anew: a form is not believed. Raise `Refused`."""
    kind, _, key = ref.partition(":")
    found: Candidate | None = None
    if REF.fullmatch(ref):
        found = {"f": _claim, "d": _document, "r": _paper, "o": _opinion, "a": _act}[kind](
            action, key, actor
        )
    if found is None:
        raise Refused(GONE, ref=ref)
    return found


def _claim(action: Action, key: str, actor: User) -> Candidate | None:
    found = picking.find_claim(key)
    return picking.completed(action, found, actor) if found else None


def _document(action: Action, key: str, actor: User) -> Candidate | None:
    one = Candidate(ref=f"d:{key}", label=key[:12], sha256=key)
    return picking.completed(action, one, actor) if len(key) == 64 else None


def _paper(action: Action, key: str, actor: User) -> Candidate | None:
    request = requests.editable_by(actor).filter(pk=key.partition("/")[0]).first()
    rows = picking.papers_of(action, request, actor) if request else []
    return next((each for each in rows if each.ref == f"r:{key}"), None)


def _opinion(action: Action, key: str, actor: User) -> Candidate | None:
    row = find_opinion(key)
    return picking.of_opinion(row) if row else None


def _act(action: Action, key: str, actor: User) -> Candidate | None:
    act = watch.find_act(key)
    if act is None or act.withdrawn_at:
        return None
    return picking.completed(action, picking.of_act(act, is_target=key == action.target), actor)


def _ready(taken: Taken, actor: User) -> Ready:
    kind, _, key = taken.candidate.ref.partition(":")
    if kind == "o":
        return Ready(taken=taken, held=_opinion_sheet(key))
    if kind == "r":
        return _ready_paper(taken, key, actor)
    return Ready(taken=taken)


def _ready_paper(taken: Taken, key: str, actor: User) -> Ready:
    """Return a paper of a request: as the library has it, else as a paper kept here."""
    request, _, sha256 = key.partition("/")
    row = requests.editable_by(actor).get(pk=request)
    paper = next((each for each in enclosures(row) if each.line.sha256 == sha256), None)
    if paper is None:
        raise Refused(GONE, ref=taken.label)
    if documents.find_visible(sha256, actor) is not None:
        return Ready(taken=replace(taken, candidate=replace(taken.candidate, sha256=sha256)))
    return Ready(taken=taken, held=keep_bytes(paper.content, paper.media_type, taken.label))


def _opinion_sheet(number: str) -> Held:
    """Keep an opinion as a PDF that says where it is from."""
    row = find_opinion(number)
    if row is None:
        raise Refused(GONE, ref=number)
    page = page_of(row)
    head = [
        say("Commission d'accès aux documents administratifs"),
        page.line.administration,
        say("Séance du {day}", day=row.session_on) if row.session_on else "",
    ]
    return keep_sheet(
        Sheet(
            title=say("{kind} n° {number}", kind=TITLES.get(row.kind, "Avis"), number=number),
            day=row.session_on,
            head=[each for each in head if each],
            paragraphs=[line for each in page.paragraphs for line in each.split("\n")]
            or [page.subject],
            foot=say(
                "Texte publié par la CADA en données ouvertes, lisible à {url}. Les noms qui "
                "suivent une civilité y sont masqués. Empreinte SHA-256 du texte publié : {hash}.",
                url=official_url(number),
                hash=row.text_sha256 or "—",
            ),
        )
    )
