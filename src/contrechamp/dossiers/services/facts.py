"""Public facts of the census as statements of a dossier."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext

from contrechamp.census import published
from contrechamp.census.published import Fact, Proof
from contrechamp.census.shown import statuses
from contrechamp.census.shown.facts import ShownFact
from contrechamp.census.shown.public import fact_of, proof_of, titles_of
from contrechamp.documents import queries as documents
from contrechamp.documents.domain.dossiers import Passage, Source, Statement
from contrechamp.documents.services import dossiers as papers

STANCES = ("SUPPORTS", "CONTRADICTS", "MENTIONS")


def statements_of_facts(claims: Sequence[str], site: str) -> dict[str, Statement]:
    """Return the statements of those of these facts that are public, by identifier."""
    found = published.find_facts(claims)
    titles = titles_of(list(found.values()))
    return {key: _statement(fact, titles, site) for key, fact in found.items()}


def _statement(fact: Fact, titles: Mapping[str, str], site: str) -> Statement:
    shown = fact_of(fact, titles)
    live = [proof for proof in fact.evidence if not proof.rejected]
    ordered = sorted(live, key=lambda proof: STANCES.index(proof.stance))
    passages: list[Passage] = []
    sources: list[Source] = []
    for proof in ordered:
        passage = _passage(proof, site)
        if passage is None:
            sources.append(_source(proof, titles))
        elif passage not in passages:
            passages.append(passage)
    return Statement(
        sentence=shown.sentence,
        kind=gettext("Fait"),
        id=fact.id,
        url=site + fact.url,
        status=shown.status,
        status_words=statuses.word(shown.status),
        status_rule=statuses.rule(shown.status),
        dates=shown.dates,
        details=tuple(_details(fact, shown)),
        passages=tuple(passages),
        sources=tuple(sources),
    )


def _details(fact: Fact, shown: ShownFact) -> Iterator[tuple[str, str]]:
    if shown.amount and (shown.text or shown.target):
        label = f" ({shown.amount_label})" if shown.amount_label else ""
        yield gettext("Montant"), f"{shown.amount}{label}"
    yield from shown.attributes
    if fact.is_read_alone:
        yield gettext("Relecture"), gettext("Relu par une seule personne.")


def _passage(proof: Proof, site: str) -> Passage | None:
    """Return where a source is read in a document of ours that anybody may open, or None."""
    sha256 = proof.document or (proof.archived if proof.quote else "")
    if not sha256 or not documents.is_public(sha256):
        return None
    stance = _stance(proof)
    quote = documents.find_quote(proof.quote) if proof.quote else None
    if quote is not None and quote.file_id == sha256:
        return papers.passage_from(quote, site=site, stance=stance)
    page = proof.page or 1
    if proof.quote_text:
        return papers.passage_of_words(sha256, page, proof.quote_text, site=site, stance=stance)
    url = f"{site}/documents/{sha256}/page/{page}"
    return Passage(sha256=sha256, page_from=page, page_to=page, url=url, stance=stance)


def _source(proof: Proof, titles: Mapping[str, str]) -> Source:
    shown = proof_of(proof, titles)
    is_ours = bool(proof.document)
    return Source(
        kind=shown.kind_label,
        title=gettext("Document qui n'est pas public") if is_ours else shown.title,
        detail=shown.detail,
        url="" if is_ours else shown.url,
        words=shown.quote_text,
        stance=_stance(proof),
    )


def _stance(proof: Proof) -> str:
    words = {
        "CONTRADICTS": gettext("dit le contraire"),
        "MENTIONS": gettext("en parle"),
    }
    return words.get(proof.stance, "")
