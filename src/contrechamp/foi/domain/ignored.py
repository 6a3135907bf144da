"""What of a reply is not the body's own words: quoted blocks, and our letters said again.

Our letter invokes the articles that a refusal invokes: read as the body's, it would refuse itself.
A message *passed on* ("Message transféré") is kept: an answer often comes that way. Pure.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from .canonical import Span, plain

ROW = 8
"""Words in a row that are ours when our letter has the same: fewer are the law's own."""

_WORD = re.compile(r"\w+")
_QUOTED_LINE = re.compile(r"^[ \t]*>.*(?:\n|\Z)", re.MULTILINE)
_BELOW = re.compile(
    r"^[ \t]*(?:"
    r"-{2,}\s*(?:message d.origine|message original|original message|message initial)\s*-{2,}"
    r"|(?:le|on)\b[^\n]{6,120}(?:\n[^\n]{0,80})?\b(?:a [ée]crit|wrote)\s*:"
    r"|_{10,}[ \t]*\n+[ \t]*(?=de\s*:)"
    r"|(?:de|from)[ \t\u00a0]*:[^\n]+\n+[ \t]*(?:envoy[ée]|sent|date|pour|[àa]|to)"
    r"[ \t\u00a0]*:[^\n]+\n"
    r")",
    re.IGNORECASE | re.MULTILINE,
)
_PASSED_ON = re.compile(
    r"message transf[ée]r[ée]|forwarded message|d[ée]but du message"
    r"|^\s*objet\s*:\s*(?:tr|fwd?)\s*:",
    re.IGNORECASE | re.MULTILINE,
)


def ignored(text: str, own_letters: Sequence[str] = ()) -> tuple[Span, ...]:
    """Return the places of a reply that are not its own words, in order, none over another."""
    return tuple(_merged([*_quoted(text), *_own(text, own_letters)]))


def _quoted(text: str) -> Iterator[Span]:
    for line in _QUOTED_LINE.finditer(text):
        yield line.span()
    for found in _BELOW.finditer(text):
        around = text[max(0, found.start() - 200) : found.end() + 200]
        if not _PASSED_ON.search(around):
            yield found.start(), len(text)
            return


def _words(text: str) -> tuple[list[str], list[Span]]:
    found = list(_WORD.finditer(text))
    words = ["".join(plain(sign) for sign in match.group()) for match in found]
    return words, [match.span() for match in found]


def _own(text: str, letters: Sequence[str]) -> Iterator[Span]:
    """Yield each stretch of words that stands in one of our letters."""
    rows: set[tuple[str, ...]] = set()
    for letter in letters:
        known, _ = _words(letter)
        rows.update(tuple(known[at : at + ROW]) for at in range(len(known) - ROW + 1))
    words, spans = _words(text)
    for at in range(len(words) - ROW + 1):
        if tuple(words[at : at + ROW]) in rows:
            yield spans[at][0], spans[at + ROW - 1][1]


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    last: Span | None = None
    for start, end in sorted(spans):
        if last and start <= last[1]:
            last = last[0], max(last[1], end)
            continue
        if last:
            yield last
        last = start, end
    if last:
        yield last


def is_in(spans: Sequence[Span], at: int) -> bool:
    """Answer whether a place is within one of these spans."""
    found = bisect_right([start for start, _ in spans], at) - 1
    return found >= 0 and at < spans[found][1]
