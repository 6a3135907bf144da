"""Public acts of the watch as statements of a dossier."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.timezone import localdate
from django.utils.translation import gettext

from contrechamp.documents import queries as documents
from contrechamp.documents.domain.dossiers import Passage, Source, Statement
from contrechamp.documents.services import dossiers as papers
from contrechamp.watch import published
from contrechamp.watch.shown import page_of
from contrechamp.watch.shown.one import Page

MOST_PASSAGES = 8
"""An act has a passage for each value: of one page a few show enough."""


def statement_of_act(slug: str, site: str) -> Statement | None:
    """Return the statement of a public act, None when there is none of that address."""
    act = published.find_act(slug)
    if act is None or act.withdrawn_at:
        return None
    page = page_of(act, [], localdate())
    sha256 = (act.data.get("document") or {}).get("sha256") or ""
    is_open = bool(sha256) and documents.is_public(sha256)
    return Statement(
        sentence=page.line.title,
        kind=gettext("Acte administratif"),
        id=act.act_number or act.id,
        url=site + act.url,
        details=tuple((value.label, value.text) for value in page.values if value.text),
        passages=tuple(_passages(page, sha256, site)) if is_open else (),
        sources=() if is_open else (_source(page, act.act_number),),
    )


def _passages(page: Page, sha256: str, site: str) -> Iterator[Passage]:
    """Yield the passages that prove the values; the page where the act begins when none does."""
    seen: set[tuple[int, str]] = set()
    own = f"/documents/{sha256}/page/"
    for value in page.values:
        if not value.quote or not value.page or not value.url.startswith(own):
            continue
        if (value.page, value.quote) in seen or len(seen) == MOST_PASSAGES:
            continue
        seen.add((value.page, value.quote))
        yield papers.passage_of_words(sha256, value.page, value.quote, site=site)
    if not seen:
        first = page.page or 1
        yield Passage(sha256=sha256, page_from=first, page_to=first, url=f"{site}{own}{first}")


def _source(page: Page, number: str) -> Source:
    return Source(
        kind=gettext("Publication officielle"),
        title=page.publisher or number or gettext("Acte administratif"),
        detail=number if page.publisher else "",
        url=page.official_url,
        words=next((value.quote for value in page.values if value.quote), ""),
    )
