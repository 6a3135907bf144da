"""Pages as one reads them: text, where its words stand, what is marked, what waits."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from django.core.paginator import Paginator
from django.db.models import QuerySet

from contrechamp.documents import rendering
from contrechamp.documents.domain import passages, quotes
from contrechamp.documents.domain.layout import (
    Piece,
    Rect,
    Word,
    flow,
    pieces,
    rects_of,
    sentences,
    words_of,
)
from contrechamp.documents.models import File, OcrPage, Page, Quote, TextLayer

from .documents import drawn_from
from .quotes import quotes_on

STRONG = 60
"""How many marks of a page can be told apart by the style sheet (`documents.css`)."""
PER_PAGE = 20
"""Pages of a document on one page of its whole text, or of its search."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A quote on a page: its number there, its rectangles, and its words."""

    quote: Quote
    number: int
    rects: tuple[Rect, ...]
    goes_on: bool
    """Whether the quote goes on on the next page."""
    comes_from: bool

    @property
    def css(self) -> str:
        """Return the class that joins picture and text without a script."""
        return f"k{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A stretch of the text as the page shows it."""

    lines: tuple[str, ...]
    """What it says, cut where the page shows an end of line. Joined, it is the text."""
    css: str = ""
    """Classes, empty when nothing is marked."""
    quotes: str = ""
    """Identifiers of the quotes that cover it."""
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One page with all that is shown of it."""

    page: Page
    layer: TextLayer | None
    ocr: OcrPage | None
    marks: tuple[Mark, ...] = ()
    shown: tuple[Shown, ...] = ()
    hits: tuple[Rect, ...] = ()
    hit_count: int = 0
    zone: Rect | None = None
    sentences: tuple[Sentence, ...] = field(default=())

    @property
    def text(self) -> str:
        """Return what the page says now."""
        return self.layer.text if self.layer else ""

    @property
    def is_blank(self) -> bool:
        """Answer whether the page says nothing, as far as is known."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of a page, to cite without a script."""

    number: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A page on which all the words looked for stand."""

    number: int
    count: int
    extracts: tuple[passages.Extract, ...]


def current_layers(sha256: str, first: int, last: int) -> list[TextLayer]:
    """Return the current texts of a run of pages, in order; those without text are left out."""
    return list(
        TextLayer.objects.filter(
            is_current=True,
            page__file=sha256,
            page__number__gte=first,
            page__number__lte=last,
        )
        .select_related("page__file")
        .order_by("page__number")
    )


def words_on(layer: TextLayer) -> list[Word]:
    """Return the words of a text with their boxes: stored by OCR, else measured in the file."""
    if layer.words:
        return words_of(layer.words)
    page = layer.page
    if layer.kind == TextLayer.Kind.OCR or not page.has_image or drawn_from(page.file)[1] != "pdf":
        return []
    return rendering.words(
        drawn_from(page.file)[0],
        page.number,
        layer.text,
        keep=page.file.area == File.Area.OPEN,
    )


def picture_of(page: Page, width: int, *, keep: bool = True) -> bytes:
    """Return the picture of a page, or raise `Unavailable`. Of a sealed file none is kept."""
    key, kind = drawn_from(page.file)
    is_open = page.file.area == File.Area.OPEN
    return rendering.picture(key, page.number, width, kind=kind, keep=keep and is_open)


def read_page(
    page: Page, *, public_only: bool, query: str = "", zone: Rect | None = None
) -> Reading:
    """Return a page with its quotes and the words looked for, marked in text and picture."""
    layers = current_layers(page.file_id, page.number, page.number)
    layer = layers[0] if layers else None
    text = layer.text if layer else ""
    found = list(quotes_on(page.file_id, page.number, public_only=public_only))
    marks = tuple(_mark(quote, page.number, number) for number, quote in enumerate(found, start=1))
    hits = passages.occurrences(text, passages.terms(query)) if query else []
    words = words_on(layer) if layer and hits else []
    spans = [(*span, mark) for mark in marks for span in _spans(mark.quote, page, text) if span]
    return Reading(
        page=page,
        layer=layer,
        ocr=OcrPage.objects.filter(page=page).first(),
        marks=marks,
        shown=tuple(_shown(text, spans, hits, has_picture=page.has_image)),
        hits=tuple(rect for hit in hits for rect in rects_of(words, *hit)),
        hit_count=len(hits),
        zone=zone,
    )


def sentences_of(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a page, numbered from 1."""
    return tuple(
        Sentence(number=number, start=start, end=end, text=text[start:end])
        for number, (start, end) in enumerate(sentences(text), start=1)
    )


def texts_of(sha256: str) -> QuerySet[TextLayer]:
    """Return the current texts of a content, in the order of its pages."""
    return (
        TextLayer.objects.filter(is_current=True, page__file=sha256)
        .select_related("page")
        .defer("words")
        .order_by("page__number")
    )


def matching_pages(sha256: str, query: str) -> list[int]:
    """Return the numbers of the pages on which every word looked for stands."""
    wanted = passages.terms(query)
    if not wanted:
        return []
    rows = texts_of(sha256).values_list("page__number", "text").iterator(chunk_size=100)
    return [number for number, text in rows if passages.has_all(text, wanted)]


def hits_on(sha256: str, numbers: Sequence[int], query: str) -> list[Hit]:
    """Return where the words looked for stand on some pages, with what is around."""
    wanted = passages.terms(query)
    rows = texts_of(sha256).filter(page__number__in=numbers).values_list("page__number", "text")
    return [_hit(number, text, wanted) for number, text in rows]


def _hit(number: int, text: str, wanted: Sequence[str]) -> Hit:
    hits = passages.occurrences(text, wanted)
    return Hit(number=number, count=len(hits), extracts=tuple(passages.extracts(text, hits)))


WIDTHS = rendering.WIDTHS


def thumbnails(pages_count: int, number: int) -> Sequence[int]:
    """Return the page numbers whose thumbnails are shown beside a page: those around it."""
    first = max(min(number - 4, pages_count - 8), 1)
    return range(first, min(first + 8, pages_count) + 1)


def text_pages(sha256: str) -> Paginator[TextLayer]:
    """Return the whole text in portions that a browser bears."""
    return Paginator(texts_of(sha256), PER_PAGE)


def portion_of(sha256: str, number: int) -> int:
    """Return the portion of the whole text that holds a page."""
    return texts_of(sha256).filter(page__number__lt=number).count() // PER_PAGE + 1


def _mark(quote: Quote, page: int, number: int) -> Mark:
    return Mark(
        quote=quote,
        number=number,
        rects=tuple(Rect(*rect) for rect in quote.rects.get(str(page), [])),
        goes_on=quote.page_to > page,
        comes_from=quote.page_from < page,
    )


def _spans(quote: Quote, page: Page, text: str) -> list[quotes.Span | None]:
    """Return where a quote stands in the text of one of its pages."""
    wanted = quotes.Anchor(exact=quote.exact, prefix=quote.prefix, suffix=quote.suffix)
    if not quote.exact or not text:
        return []
    if quote.page_from == quote.page_to:
        return [quotes.find(text, wanted)]
    layers = current_layers(page.file_id, quote.page_from, quote.page_to)
    texts = [layer.text for layer in layers]
    span = quotes.find("\n".join(texts), wanted)
    if span is None:
        return []
    parts = quotes.pages_of(texts, *span)
    numbers = [layer.page.number for layer in layers]
    return [part for number, part in zip(numbers, parts, strict=True) if number == page.number]


def _shown(
    text: str,
    spans: Sequence[tuple[int, int, Mark]],
    hits: Sequence[quotes.Span],
    *,
    has_picture: bool,
) -> Iterator[Shown]:
    """Yield the text cut where marks begin and end, with what the page needs to show each."""
    by_key = {mark.quote.id: mark for _, _, mark in spans}
    keyed = [(start, end, mark.quote.id) for start, end, mark in spans]
    keyed += [(start, end, "hit") for start, end in hits]
    ends = list(accumulate(len(line) for line in flow(text)))[:-1]
    named: set[str] = set()
    for piece in pieces(text, keyed):
        lines = _cut(piece, ends)
        yield _styled(piece, by_key, named, lines, has_picture=has_picture)


def _cut(piece: Piece, ends: Sequence[int]) -> tuple[str, ...]:
    """Cut a piece at the ends of lines that lie inside it."""
    first, last = bisect_right(ends, piece.start), bisect_right(ends, piece.start + len(piece.text))
    cuts = [0, *(end - piece.start for end in ends[first:last]), len(piece.text)]
    return tuple(piece.text[low:high] for low, high in pairwise(cuts))


def _styled(
    piece: Piece,
    by_key: dict[str, Mark],
    named: set[str],
    lines: tuple[str, ...],
    *,
    has_picture: bool,
) -> Shown:
    cited = [key for key in piece.keys if key in by_key]
    css = [by_key[key].css for key in cited if by_key[key].number <= STRONG]
    anchor = ""
    if "hit" in piece.keys:
        css.append("hit")
        anchor = "" if "quote" in named else "quote"
    if cited:
        css.append("cited")
    # Where there is no picture, the quote's address leads to its words.
    unnamed = [name for key in cited if (name := f"t-{key}" if has_picture else key) not in named]
    if unnamed and not anchor:
        anchor = unnamed[0]
    named.add(anchor)
    return Shown(lines=lines, css=" ".join(css), quotes=" ".join(cited), id=anchor)
