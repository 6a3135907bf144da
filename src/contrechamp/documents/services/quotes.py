"""What can be done with quotes: make one, show it, find it again. A quote is never dropped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from contrechamp.documents import signals
from contrechamp.documents.domain import quotes as rules
from contrechamp.documents.domain.layout import Rect, check_rect, is_inside, rects_of, span_of
from contrechamp.documents.models import Page, Quote, TextLayer
from contrechamp.documents.queries.reading import current_layers, words_on
from contrechamp.kernel.errors import Refused, gettext_noop

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

AROUND = 1
"""How many pages before and after its own a quote is looked for."""


class NoSuchPassage(Refused):
    """The words, offsets or rectangle asked for are not on the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Where a quote stands: on which pages, in which words, in which rectangles."""

    page_from: int
    page_to: int
    anchor: rules.Anchor
    rects: dict[str, list[list[float]]]
    layer: TextLayer | None


def cite(
    sha256: str,
    *,
    page: int,
    exact: str | None = None,
    start: int | None = None,
    end: int | None = None,
    rects: Sequence[Sequence[float]] | None = None,
    page_to: int | None = None,
    actor: User,
    now: datetime,
) -> Quote:
    """Make a quote of words, of offsets in the page's text, or of rectangles on its picture.

    With `page_to`, `end` counts in the text of that page. Citing the same passage twice gives
    the same quote.
    """
    # Boxes are measured before the transaction: reading a file must not hold the database.
    if start is not None and end is not None:
        passage = _by_offsets(sha256, page, page_to or page, start, end)
    elif rects:
        passage = _by_rects(sha256, page, rects)
    else:
        passage = _by_words(sha256, page, page_to or page, exact or "")
    return _keep(sha256, passage, actor=actor, now=now)


def find_passage(sha256: str, *, page: int, exact: str) -> Passage:
    """Return where words stand on a page or over its end, without keeping it as a quote.

    Raise `NoSuchPassage` when they are not there.
    """
    try:
        return _by_words(sha256, page, page, exact)
    except NoSuchPassage:
        if not Page.objects.filter(file=sha256, number=page + 1).exists():
            raise
        return _by_words(sha256, page, page + 1, exact)


@transaction.atomic
def show_quotes(quote_ids: Iterable[str]) -> None:
    """Let visitors see quotes: something public rests on them now."""
    Quote.objects.filter(id__in=list(quote_ids)).update(is_public=True)


@transaction.atomic
def hide_quotes(quote_ids: Iterable[str]) -> None:
    """Hide quotes from visitors: nothing public rests on them any more."""
    Quote.objects.filter(id__in=list(quote_ids)).update(is_public=False)


def anchor_again(sha256: str, page: int) -> list[str]:
    """Find the quotes of a page in its new text; return those that are not found.

    By exact words, then by words that are nearly the same, on the page or beside it. What is not
    found keeps its rectangle, and the rooms above are told once.
    """
    quotes = Quote.objects.filter(
        file=sha256, page_from__lte=page, page_to__gte=page
    ).select_related("layer")
    return [quote.id for quote in quotes if not _find_again(quote)]


def anchor_pages(pages: Sequence[tuple[str, int]]) -> list[str]:
    """Find the quotes of many pages in their new texts; return those that are not found."""
    keys = {key for key, _ in pages}
    cited = set(Quote.objects.filter(file__in=keys).values_list("file", flat=True))
    return [lost for key, number in pages if key in cited for lost in anchor_again(key, number)]


def _find_again(quote: Quote) -> bool:
    """Anchor one quote in the current texts, or say that it is not there."""
    current = current_layers(quote.file_id, quote.page_from, quote.page_to)
    if not quote.exact or (quote.anchored and _is_same(quote, current)):
        return True
    found = _search(quote)
    with transaction.atomic():
        if found is None:
            _say_lost(quote)
            return False
        Quote.objects.filter(id=quote.id).update(
            page_from=found.page_from,
            page_to=found.page_to,
            rects=found.rects or quote.rects,
            layer=found.layer,
            anchored=True,
        )
    return True


def _is_same(quote: Quote, current: Sequence[TextLayer]) -> bool:
    return len(current) == 1 and current[0].id == quote.layer_id


def _say_lost(quote: Quote) -> None:
    """Remember that a quote is not in the text, and tell those who rest on it."""
    if Quote.objects.filter(id=quote.id, anchored=True).update(anchored=False):
        signals.quote_unanchored.send(sender=Quote, quote_id=quote.id)


def _search(quote: Quote) -> Passage | None:
    """Look for a quote on its pages, then on those beside, by its words; last by its place."""
    wanted = rules.Anchor(exact=quote.exact, prefix=quote.prefix, suffix=quote.suffix)
    length = quote.page_to - quote.page_from
    firsts = [quote.page_from, *(quote.page_from + step for step in (-AROUND, AROUND))]
    for find in (rules.locate, rules.locate_spaced, rules.locate_nearly):
        for first in firsts:
            layers = current_layers(quote.file_id, first, first + length)
            if len(layers) == length + 1:
                span = find("\n".join(layer.text for layer in layers), wanted)
                if span:
                    return _passage(layers, *span)
    return _by_place(quote)


def _by_place(quote: Quote) -> Passage | None:
    """Take what stands now where the quote stood, if it is much the same words.

    OCR that reads a passage badly is still the passage: the rectangle is its address. The words
    of the quote stay as they were cited.
    """
    layers = current_layers(quote.file_id, quote.page_from, quote.page_to)
    if len(layers) != 1 or not quote.rects:
        return None
    zones = [Rect(*rect) for rect in quote.rects.get(str(quote.page_from), [])]
    span = span_of(words_on(layers[0]), [_wider(zone) for zone in zones])
    if span is None:
        return None
    here = layers[0].text[slice(*span)]
    return _passage(layers, *span) if rules.is_akin(quote.exact, here) else None


def _wider(zone: Rect) -> Rect:
    return Rect(zone.x0 - 0.005, zone.y0 - 0.004, zone.x1 + 0.005, zone.y1 + 0.004)


def _by_offsets(sha256: str, page: int, page_to: int, start: int, end: int) -> Passage:
    layers = _read(sha256, page, page_to)
    joined = "\n".join(layer.text for layer in layers)
    before_last = sum(len(layer.text) + 1 for layer in layers[:-1])
    start, end = rules.trim(joined, start, end + before_last)
    if start >= end or end - start > rules.LONGEST:
        raise NoSuchPassage(
            gettext_noop(
                "Le passage choisi est vide, ou plus long que {most} caractères. "
                "Choisissez-le de nouveau."
            ),
            most=rules.LONGEST,
        )
    return _passage(layers, start, end)


def _by_words(sha256: str, page: int, page_to: int, exact: str) -> Passage:
    layers = _read(sha256, page, page_to)
    joined = "\n".join(layer.text for layer in layers)
    wanted = rules.Anchor(exact=exact.strip())
    span = rules.locate(joined, wanted) or rules.locate_spaced(joined, wanted)
    if not wanted.exact or span is None:
        raise NoSuchPassage(
            gettext_noop(
                "Ces mots ne sont pas sur la page {page}. Copiez-les du texte de la page, "
                "sans les changer."
            ),
            page=page,
        )
    return _passage(layers, *span)


def _by_rects(sha256: str, page: int, rects: Sequence[Sequence[float]]) -> Passage:
    """Cite what a rectangle shows: its words if it holds some, else the picture alone."""
    if not Page.objects.filter(file=sha256, number=page).exists():
        raise _no_page(page)
    try:
        zones = [check_rect(rect) for rect in rects]
    except ValueError:
        raise NoSuchPassage(
            gettext_noop("Ce rectangle n'est pas sur la page : quatre fractions de 0 à 1.")
        ) from None
    layers = current_layers(sha256, page, page)
    words = words_on(layers[0]) if layers else []
    span = span_of(words, zones)
    # Lines of words are marked better than what a hand has drawn, unless they run on beside it.
    boxes = rects_of(words, *span) if span and is_inside(words, span, zones) else zones
    return Passage(
        page_from=page,
        page_to=page,
        anchor=rules.anchor(layers[0].text, *span) if span else rules.Anchor(exact=""),
        rects={str(page): [list(box) for box in boxes]},
        layer=layers[0] if span else None,
    )


def _read(sha256: str, page: int, page_to: int) -> list[TextLayer]:
    """Return the current texts of the pages, or say why there are none."""
    if not 0 <= page_to - page <= AROUND:
        raise NoSuchPassage(
            gettext_noop("Un passage tient sur une page, ou finit sur la page suivante.")
        )
    layers = current_layers(sha256, page, page_to)
    if len(layers) != page_to - page + 1:
        raise _no_page(page)
    return layers


def _no_page(page: int) -> NoSuchPassage:
    return NoSuchPassage(
        gettext_noop("La page {page} n'existe pas, ou son texte n'est pas encore lu."), page=page
    )


def _passage(layers: Sequence[TextLayer], start: int, end: int) -> Passage:
    """Describe the passage between two offsets of the joined texts."""
    texts = [layer.text for layer in layers]
    spans = rules.pages_of(texts, start, end)
    touched = [(layer, span) for layer, span in zip(layers, spans, strict=True) if span is not None]
    first, last = touched[0][0], touched[-1][0]
    rects = {
        str(layer.page.number): [list(rect) for rect in rects_of(words_on(layer), *span)]
        for layer, span in touched
    }
    return Passage(
        page_from=first.page.number,
        page_to=last.page.number,
        anchor=rules.anchor("\n".join(texts), start, end),
        rects={page: boxes for page, boxes in rects.items() if boxes},
        layer=first,
    )


@transaction.atomic
def _keep(sha256: str, passage: Passage, *, actor: User, now: datetime) -> Quote:
    same = Quote.objects.filter(
        file=sha256,
        page_from=passage.page_from,
        page_to=passage.page_to,
        exact=passage.anchor.exact,
        prefix=passage.anchor.prefix,
        suffix=passage.anchor.suffix,
    )
    for quote in same:
        if passage.anchor.exact or quote.rects == passage.rects:
            return quote
    return Quote.objects.create(
        file_id=sha256,
        page_from=passage.page_from,
        page_to=passage.page_to,
        exact=passage.anchor.exact,
        prefix=passage.anchor.prefix,
        suffix=passage.anchor.suffix,
        rects=passage.rects,
        layer=passage.layer,
        made_by=actor,
        made_at=now,
    )
