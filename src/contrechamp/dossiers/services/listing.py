"""A dossier from a list of sentences and passages, and of facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext, override

from contrechamp.census import published
from contrechamp.documents import queries as documents
from contrechamp.documents.domain.dossiers import Cover, Dossier, Passage, Statement, cited
from contrechamp.documents.services import dossiers as papers
from contrechamp.documents.services.dossiers import Listed
from contrechamp.kernel.errors import Refused, gettext_noop

from .facts import statements_of_facts


def dossier_of_list(
    lines: Sequence[Listed],
    *,
    site: str,
    title: str = "",
    author: str = "",
    introduction: str = "",
    language: str = "fr",
    day: date | None = None,
) -> Dossier:
    """Return the dossier of a list; without a day it gives that of its newest content.

    Raise `Refused` with the line when something is not public or does not exist.
    """
    site = site.rstrip("/")
    with override(language):
        claims = [line.claim for line in lines if line.claim]
        facts = statements_of_facts(claims, site)
        statements = [_statement(line, facts, site) for line in lines]
        cover = Cover(
            title=title.strip() or gettext("Dossier de pièces"),
            day=(day or _newest(claims, statements)).isoformat(),
            author=author.strip(),
            introduction=introduction,
            language=language,
            observatory=site,
            edition=published.edition(),
        )
        return papers.assemble(cover, statements, site=site)


def _statement(line: Listed, facts: dict[str, Statement], site: str) -> Statement:
    if not line.claim:
        passage = _passage(line, site)
        url = "" if line.quote else passage.url
        return Statement(sentence=line.sentence, note=line.note, url=url, passages=(passage,))
    found = facts.get(line.claim)
    if found is None:
        raise Refused(
            gettext_noop(
                "Ligne {line} : le fait {claim} n'est pas public. Publiez-le, ou enlevez la ligne."
            ),
            line=line.line,
            claim=line.claim,
        )
    return replace(found, sentence=line.sentence or found.sentence, note=line.note)


def _passage(line: Listed, site: str) -> Passage:
    if line.quote:
        # Who runs the command sees all quotes; their documents are public, or it is refused.
        return papers.passage_of_quote(line.quote, site=site, public_only=False)
    if not line.page:
        return papers.passage_of_document(line.sha256, site=site)
    version = papers.check_public(line.sha256)
    if not 1 <= line.page <= max(version.file.pages_count, 1):
        raise Refused(
            gettext_noop("Ligne {line} : « {title} » n'a pas de page {page}."),
            line=line.line,
            title=version.document.title,
            page=line.page,
        )
    if line.exact:
        return papers.passage_of_words(line.sha256, line.page, line.exact, site=site)
    url = f"{site}/documents/{line.sha256}/page/{line.page}"
    return Passage(sha256=line.sha256, page_from=line.page, page_to=line.page, url=url)


def _newest(claims: Sequence[str], statements: Sequence[Statement]) -> date:
    """Return the last day on which something of a dossier became public or changed."""
    facts = published.find_facts(claims).values()
    days = [localdate(fact.at) for fact in facts]
    for sha256 in cited(statements):
        version = documents.find_public(sha256)
        if version is not None and version.document.published_at is not None:
            days.append(localdate(version.document.published_at))
    return max(days, default=localdate())
