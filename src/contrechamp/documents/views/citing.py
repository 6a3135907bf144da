"""Citing a passage: by selecting it, or by choosing its first and last sentence in a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from contrechamp.documents import queries, services
from contrechamp.documents.forms import CiteForm
from contrechamp.documents.models import Page, Version
from contrechamp.documents.queries import cards
from contrechamp.documents.queries.reading import Sentence, sentences_of
from contrechamp.foundation.access import members_only
from contrechamp.kernel.errors import Refused, gettext_noop

from .access import by_hash, member


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """How far somebody has come in choosing the first and the last sentence of a passage."""

    sentences: tuple[Sentence, ...]
    page_from: int
    start: int | None
    """Offset of the first sentence on `page_from`."""
    end: int | None
    """Offset of the last sentence's end on this page."""
    chosen: str
    first: int | None
    last: int | None

    @property
    def is_whole(self) -> bool:
        """Answer whether both ends are chosen."""
        return self.start is not None and self.end is not None


@require_POST
@members_only
@by_hash
def cite(request: HttpRequest, version: Version) -> HttpResponse:
    """Make a quote, then show it, or lead to what is done with it."""
    form = CiteForm(request.POST)
    if not form.is_valid():
        raise Refused(
            gettext_noop(
                "Ce passage est mal désigné. Revenez à la page et choisissez-le de nouveau."
            )
        )
    quote = services.cite(
        version.file_id, **form.passage(), actor=member(request), now=timezone.now()
    )
    if address := cards.action_url(form.cleaned_data["action"], quote.id):
        return redirect(address)
    page = reverse("documents:page", args=[version.file_id, quote.page_from])
    return redirect(f"{page}?citation={quote.id}#{quote.id}")


def choice(version: Version, page: Page, text: str, asked: Mapping[str, str]) -> Choice:
    """Read which sentences are chosen: `de`, `a`, and `p` when the passage began a page before."""
    here = sentences_of(text)
    page_from = page.number - 1 if asked.get("p") == str(page.number - 1) else page.number
    before = text
    if page_from != page.number:
        before = queries.current_text(version.file_id, page_from) or ""
    first = _sentence(sentences_of(before), asked.get("de", ""))
    last = _sentence(here, asked.get("a", ""))
    chosen = ""
    if first and last and page_from != page.number:
        chosen = f"{before[first.start :]}\n{text[: last.end]}"
    elif first and last:
        if last.start < first.start:
            first, last = last, first
        chosen = text[first.start : last.end]
    return Choice(
        sentences=here,
        page_from=page_from,
        start=first.start if first else None,
        end=last.end if last else None,
        chosen=chosen,
        first=first.number if first else None,
        last=last.number if last else None,
    )


def _sentence(sentences: tuple[Sentence, ...], number: str) -> Sentence | None:
    return next((each for each in sentences if str(each.number) == number), None)
