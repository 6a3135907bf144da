"""Evidence: what a claim rests on, who has read it, and the status that follows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from contrechamp.census.domain import check_url
from contrechamp.census.models import Claim, Evidence, EvidenceCheck, State
from contrechamp.documents import queries as documents
from contrechamp.foundation.vocabulary import terms
from contrechamp.kernel import uncertain
from contrechamp.kernel.errors import Refused, gettext_noop

from .claims import locked_claim, touch_claim
from .recording import Recorder, recording

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

IDENTITY = (
    *("stance", "kind", "document", "page", "quote", "quote_text", "register", "record_id", "url"),
    *("publication", "locator", "dated_text", "file_name"),
)
"""Fields by which two pieces of evidence of one claim are the same."""


def add_evidence(
    claim: Claim,
    *,
    kind: str,
    actor: User,
    now: datetime,
    stance: str = "SUPPORTS",
    document: str = "",
    page: int | None = None,
    quote: str = "",
    quote_text: str = "",
    register: str = "",
    record_id: str = "",
    url: str = "",
    publisher: str = "",
    retrieved_on: date | None = None,
    archived: str = "",
    publication: str = "",
    locator: str = "",
    dated_text: str = "",
    file_name: str = "",
    reason: str = "",
) -> Evidence:
    """Attach a source to a claim. Attaching the same one twice changes nothing."""
    evidence = Evidence(
        claim=claim,
        stance=_one_of(stance, Evidence.Stance.values),
        kind=_one_of(kind, Evidence.Kind.values),
        document=document.strip().lower(),
        page=page,
        quote=quote,
        quote_text=quote_text.strip(),
        register=register,
        record_id=record_id.strip()[:200],
        url=check_url(url, field=gettext("adresse")) if url.strip() else "",
        publisher=publisher.strip()[:200],
        retrieved_on=retrieved_on,
        archived=archived,
        publication=publication.strip()[:300],
        locator=locator.strip()[:300],
        dated_text=uncertain.parse(dated_text, field=gettext("date de la source")).text,
        file_name=file_name.strip()[:500],
        added_by=actor,
        added_at=now,
    )
    with recording(actor=actor, now=now, verb="add_evidence", reason=reason) as act:
        _check(evidence, actor)
        evidence.by_machine = act.run is not None
        key = (claim.pk, repr([getattr(evidence, name) for name in IDENTITY]))
        if known := act.sources.get(key) or _same(evidence, act):
            return known
        act.sources[key] = evidence
        act.add(evidence)
        _touched(claim, actor, act)
    return evidence


def _one_of(code: str, codes: Sequence[str]) -> str:
    if code in codes:
        return code
    raise Refused(
        gettext_noop("« {code} » n'est pas connu ici : {codes}."),
        code=code,
        codes=", ".join(codes),
    )


def _same(evidence: Evidence, act: Recorder) -> Evidence | None:
    if act.is_fresh(evidence.claim):
        return None
    same = {name: getattr(evidence, name) for name in IDENTITY}
    return Evidence.objects.filter(claim=evidence.claim, **same).first()


def _touched(claim: Claim, actor: User, act: Recorder) -> None:
    touch_claim(claim, actor, act)
    act.rate(claim)


def _check(evidence: Evidence, actor: User) -> None:
    """Raise `Refused` unless the evidence leads somewhere."""
    if evidence.quote:
        _check_quote(evidence)
    match evidence.kind:
        case Evidence.Kind.DOCUMENT:
            if not evidence.quote:
                _check_document(evidence.document, actor)
        case Evidence.Kind.REGISTER:
            _one_of(evidence.register, list(terms("registers")))
            if not (evidence.record_id or evidence.url):
                raise Refused(gettext_noop("Donnez le numéro de l'acte dans le registre."))
        case Evidence.Kind.URL:
            if not evidence.url:
                raise Refused(gettext_noop("Donnez l'adresse de la page."))
        case Evidence.Kind.REFERENCE:
            if not evidence.publication:
                raise Refused(gettext_noop("Donnez le titre de la publication."))
        case Evidence.Kind.FILE:
            if not evidence.file_name:
                raise Refused(gettext_noop("Donnez le nom du fichier."))


def _check_quote(evidence: Evidence) -> None:
    """Take document, page and words from the quote, which must exist."""
    quote = documents.find_quote(evidence.quote)
    if quote is None:
        raise Refused(
            gettext_noop("La citation {quote} n'existe pas. Citez de nouveau le passage."),
            quote=evidence.quote[:20],
        )
    where = "archived" if evidence.kind == Evidence.Kind.URL else "document"
    if getattr(evidence, where) not in ("", quote.file_id):
        raise Refused(gettext_noop("La citation est d'un autre document."))
    setattr(evidence, where, quote.file_id)
    evidence.page, evidence.quote_text = quote.page_from, quote.exact


def _check_document(sha256: str, actor: User) -> None:
    is_known = (
        re.fullmatch("[0-9a-f]{64}", sha256) is not None
        and documents.visible_to(actor).filter(versions__file=sha256).exists()
    )
    if not is_known:
        raise Refused(
            gettext_noop("Le document {document} n'est pas ici : ajoutez-le d'abord."),
            document=sha256[:12] or "?",
        )


def remove_evidence(evidence_id: str, *, actor: User, now: datetime, reason: str = "") -> None:
    """Take a source from a claim. From a published claim, only an editor takes it."""
    with recording(actor=actor, now=now, verb="remove_evidence", reason=reason) as act:
        act.flush()
        evidence = Evidence.objects.filter(pk=evidence_id).first()
        if evidence is None:
            return
        if evidence.is_public and not actor.is_editor:
            raise Refused(gettext_noop("Cette source est publiée : un éditeur peut la retirer."))
        claim = locked_claim(evidence.claim_id)
        act.remove(evidence)
        _touched(claim, actor, act)
        act.show(claims=[claim.pk])


def check_evidence(
    evidence_id: str, *, actor: User, now: datetime, verdict: str, note: str = ""
) -> EvidenceCheck:
    """Note that somebody has read the passage, and whether it says what the claim says.

    Reading again replaces what the same person found before. A confirmation counts at once; a
    member's rejection sends the claim to review, an editor's takes the passage from the public.
    """
    verdict = _one_of(verdict, EvidenceCheck.Verdict.values)
    with recording(actor=actor, now=now, verb="check_evidence", reason=note) as act:
        act.flush()
        evidence = Evidence.objects.select_related("claim").get(pk=evidence_id)
        claim = locked_claim(evidence.claim_id)
        check = EvidenceCheck.objects.filter(evidence=evidence, by=actor).first()
        if check is None:
            check = EvidenceCheck(
                evidence=evidence,
                by=actor,
                at=now,
                verdict=verdict,
                note=note,
                by_editor=actor.is_editor,
            )
            act.add(check)
        else:
            act.change_row(check, verdict=verdict, note=note, at=now, by_editor=actor.is_editor)
        if verdict == EvidenceCheck.Verdict.REJECTS and claim.state == State.PUBLISHED:
            act.change_row(claim, state=State.IN_REVIEW)
        act.bump(claim)
        act.rate(claim)
        act.show(claims=[claim.pk])
    return check
