"""What a team may tick to make exhibits of: claims, documents, papers of requests, opinions, acts.

What somebody may not read is not offered; what may not be an exhibit is, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db.models import Q

from contrechamp.cases.domain.entering import is_from_source, why_not
from contrechamp.cases.domain.exhibits import Group, Role
from contrechamp.cases.domain.kinds import TargetKind
from contrechamp.cases.domain.picking import Candidate, dated_words, proposed_label
from contrechamp.cases.models import Action
from contrechamp.census import published as census
from contrechamp.documents import queries as documents
from contrechamp.documents.queries.cards import newest_versions
from contrechamp.documents.queries.lists import Wanted, listed
from contrechamp.foi.domain.facts import Kind as FoiKind
from contrechamp.foi.domain.referral import Piece
from contrechamp.foi.domain.wording import in_full, say
from contrechamp.foi.queries import access as requests
from contrechamp.foi.queries.pieces import enclosures
from contrechamp.kernel.errors import gettext_noop
from contrechamp.opinions.domain.masking import masked
from contrechamp.opinions.queries import lists as opinions
from contrechamp.opinions.queries.words import understood
from contrechamp.watch import published as watch

from .entering import known_of, version_of
from .exhibits import rows_of

if TYPE_CHECKING:
    from contrechamp.accounts.models import User
    from contrechamp.documents.models import Version
    from contrechamp.foi.models import Request
    from contrechamp.opinions.models import Opinion

MOST = 120
"""Of each sort that are shown; a search finds the others."""
NO_DOCUMENT = gettext_noop(
    "Aucun document de la bibliothèque ne le prouve : ajoutez d'abord celui de sa source."
)
NOT_HELD = gettext_noop(
    "Le recueil n'est pas dans la bibliothèque : ajoutez-le depuis son adresse officielle."
)
LAW_TYPES = frozenset({"opinion", "judgment", "law"})


def claims_of(action: Action, actor: User) -> list[Candidate]:
    """Return the published claims on the records of an action, each with quote, page, document."""
    keys = [*action.projects]
    if action.target_kind in {TargetKind.DECISION, TargetKind.CONTRACT} and action.target:
        keys.append(action.target)
    facts = [fact for key in dict.fromkeys(keys) for fact in census.facts_of(key)][:MOST]
    found = [_of_claim(fact) for fact in facts]
    return _with_documents(action, found, actor)


def find_claim(key: str) -> Candidate | None:
    """Return one claim, None where it is not published."""
    fact = census.find_fact(key)
    return _of_claim(fact) if fact else None


def _of_claim(fact: census.Fact) -> Candidate:
    proofs = [each for each in fact.evidence if each.stance == "SUPPORTS" and not each.rejected]
    proofs.sort(key=lambda each: (not each.quote_text, not each.document))
    proof = next((each for each in proofs if _content(each)), None)
    said = f"{fact.subject.name} · {fact.label} · {fact.value_text}"
    if proof is None:
        return Candidate(
            ref=f"f:{fact.id}", label=said, about=said, url=fact.url, why_not=NO_DOCUMENT
        )
    return Candidate(
        ref=f"f:{fact.id}",
        label=said,
        about=said,
        sha256=_content(proof),
        url=proof.url or fact.url,
        quote=proof.quote_text,
        claim=fact.id,
        page=proof.page,
    )


def _content(proof: census.Proof) -> str:
    return proof.document or (proof.archived if proof.quote else "")


def library(action: Action, actor: User, words: str) -> list[Candidate]:
    """Return the documents whose title or author has these words, the newest without any."""
    rows = list(listed(Wanted(words=words), actor)[:40])
    found = [
        Candidate(ref=f"d:{each.file_id}", label="", sha256=each.file_id)
        for each in newest_versions(rows)
    ]
    return _with_documents(action, found, actor)


def of_requests(action: Action, actor: User) -> list[Candidate]:
    """Return the papers of the requests that an action is about, as somebody may edit them."""
    about = Q(project__in=action.projects) if action.projects else Q(pk__in=())
    if action.target_kind == TargetKind.REQUEST:
        about |= Q(pk=action.target)
    rows = requests.editable_by(actor).filter(about).order_by("made_at", "pk")[:20]
    there = _there(action)
    return [
        replace(each, is_there=each.sha256 in there or each.ref in there)
        for request in rows
        for each in papers_of(action, request, actor)
    ]


def papers_of(action: Action, request: Request, actor: User) -> list[Candidate]:
    """Return the request, its receipts, refusals and opinion; each content once."""
    is_target = action.target_kind == TargetKind.REQUEST and action.target == request.pk
    days = {row.pk: row.first for row in request.facts.all()}
    found = []
    for each in enclosures(request):
        day = days.get(each.fact) or request.sent_on
        dated = in_full(day) if day else ""
        group, role = _place(each.line.kind, is_target=is_target)
        found.append(
            Candidate(
                ref=f"r:{request.pk}/{each.line.sha256}",
                label=proposed_label(each.line.label, dated and say("du {day}", day=dated)),
                dated=dated,
                author=_author(each.line.kind, request),
                source=say("Demande d'accès {key}", key=request.pk),
                group=group,
                role=role,
                url=f"/demandes/{request.pk}",
            )
        )
    return found


def _place(kind: Piece, *, is_target: bool) -> tuple[Group, Role]:
    if kind is Piece.OTHER:
        return Group.LAW, Role.OTHER
    if not is_target:
        return Group.FACTS, Role.OTHER
    roles = {Piece.REFUSAL: Role.ATTACKED, Piece.REQUEST: Role.REQUEST}
    return Group.DECISION, roles.get(kind, Role.OTHER)


def _author(kind: Piece, request: Request) -> str:
    if kind is Piece.REQUEST:
        return str(request.identity.get("name") or "")
    return request.body.name if request.body and kind is not Piece.OTHER else ""


def of_opinions(action: Action, actor: User, words: str) -> list[Candidate]:
    """Return the opinions given on the requests of an action, or those that words find."""
    if words:
        asked, _ = understood(words)
        rows = list(opinions.filtered(opinions.Filter(words=asked))[:20]) if asked.match else []
        exact = opinions.find_opinion(words)
        rows = [exact, *rows] if exact else rows
    else:
        rows = list(opinions.some(_numbers(action, actor)))
    there = _there(action)
    found = {row.pk: of_opinion(row) for row in rows}
    return [replace(each, is_there=each.ref in there) for each in found.values()]


def of_opinion(row: Opinion) -> Candidate:
    """Return one opinion; names after a civil title are masked."""
    dated = in_full(row.session_on) if row.session_on else ""
    return Candidate(
        ref=f"o:{row.pk}",
        label=say("Avis de la CADA n° {number}", number=row.pk) + (f", {dated}" if dated else ""),
        dated=dated,
        author=say("Commission d'accès aux documents administratifs"),
        source=say("Avis publiés par la CADA, données ouvertes"),
        group=Group.LAW,
        url=f"/avis-cada/{row.pk}",
        quote=masked(row.subject)[:300],
    )


def _numbers(action: Action, actor: User) -> list[str]:
    about = Q(project__in=action.projects) | Q(pk=action.target or "-")
    rows = requests.editable_by(actor).filter(about)
    return [
        str(fact.values.get("number"))
        for row in rows
        for fact in row.facts.filter(kind=FoiKind.CADA_OPINION)
        if fact.values.get("number")
    ]


def of_acts(action: Action, actor: User) -> list[Candidate]:
    """Return the act that is attacked and those of the same projects."""
    acts = [watch.find_act(action.target)] if action.target_kind == TargetKind.ACT else []
    for project in action.projects:
        acts += watch.acts_of(watch.filtered(watch.Filter(record=project))[:40])
    found: dict[str, Candidate] = {}
    for act in acts:
        if act is not None and not act.withdrawn_at:
            found.setdefault(act.slug, of_act(act, is_target=act.slug == action.target))
    return _with_documents(action, list(found.values()), actor, titled=True)


def of_act(act: watch.Act, *, is_target: bool) -> Candidate:
    """Return an act by the collection that holds it."""
    document = act.data.get("document") or {}
    day = act.signed_on or act.published_on
    return Candidate(
        ref=f"a:{act.slug}",
        label=act.title,
        sha256=str(document.get("sha256") or ""),
        dated=in_full(day) if day else "",
        author=str((act.data.get("act") or {}).get("authority") or ""),
        source=str(document.get("title") or ""),
        group=Group.DECISION if is_target else Group.FACTS,
        role=Role.ATTACKED if is_target else Role.OTHER,
        url=act.url,
        page=act.page_number,
        why_not="" if document.get("sha256") else NOT_HELD,
    )


def completed(action: Action, one: Candidate, actor: User) -> Candidate:
    """Return a candidate with what its document says, and why it may not be taken."""
    (found,) = _with_documents(action, [one], actor, titled=one.ref.startswith("a:"))
    return found


def _with_documents(
    action: Action, found: Sequence[Candidate], actor: User, *, titled: bool = False
) -> list[Candidate]:
    """Put to each what its document says. `titled`: its own words are better than the title."""
    there = _there(action)
    known = {
        key: (_reason(action, key, actor), version_of(key, actor))
        for key in dict.fromkeys(each.sha256 for each in found if each.sha256)
    }
    return [_told(each, known, there, titled=titled) for each in found]


def _told(
    one: Candidate,
    known: Mapping[str, tuple[tuple[str, bool], Version | None]],
    there: Iterable[str],
    *,
    titled: bool,
) -> Candidate:
    if not one.sha256:
        return one
    (why, is_source), version = known[one.sha256]
    if version is None:
        missing = NOT_HELD if one.ref.startswith("a:") else why
        return replace(one, why_not=missing)
    row = version.document
    dated = one.dated or dated_words(row.dated_earliest, row.dated_latest, row.dated_text)
    title = one.label if titled else row.title
    return replace(
        one,
        label=proposed_label(title, dated),
        dated=dated[:60],
        author=(one.author or row.author_text)[:120],
        source="" if is_source else (one.source or row.source_url)[:300],
        group=_group(one, row.doc_type),
        url=one.url or f"/documents/{one.sha256}",
        why_not=why,
        is_there=one.sha256 in there,
    )


def _group(one: Candidate, doc_type: str) -> Group:
    if one.group is not Group.FACTS:
        return one.group
    return Group.LAW if doc_type in LAW_TYPES else Group.FACTS


def _reason(action: Action, sha256: str, actor: User) -> tuple[str, bool]:
    known = known_of(action, sha256, actor)
    return why_not(known), is_from_source(known.works)


def _there(action: Action) -> set[str]:
    """Return the contents and the references that are exhibits already."""
    rows = rows_of(action).values_list("sha256", "origin")
    return {key for pair in rows for key in pair if key}


def title_of(sha256: str, actor: User) -> str:
    """Return the title of a document that somebody may read, empty for any other."""
    version = documents.find_visible(sha256, actor)
    return version.document.title if version else ""
