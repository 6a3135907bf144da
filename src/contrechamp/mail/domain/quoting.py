"""Which lines a sender wrote, which are quoted, which sign: folded for reading, never deleted.

Programs mark quotations in many ways: `>` signs, "Le … a écrit :", the header block of Outlook,
the one of Lotus Notes. When in doubt a line is fresh: it will be read.
"""

from __future__ import annotations

import re

from .shapes import Block, Span

WITHIN = 8
"""Lines in which a header block must show its fields."""
WITHIN_NOTES = 12
LONGEST_SIGNATURE = 25
LONGEST = 400
"""A line that long opens no quotation."""
LONG_LINE = 100
"""A line that long is a sentence, not a signature."""

_MARK = re.compile(r"^\s{0,3}>")
_WROTE_START = re.compile(
    r"^\W{0,4}(?:le|on|am|el|il|op)\s.{0,40}?\d|^\W{0,4}(?:de|from)\s?:|^\W{0,4}\d{1,4}[-/.]\d",
    re.IGNORECASE,
)
_WROTE_END = re.compile(
    r"(?:a (?:é|e)crit|wrote|schrieb(?: am)?|escribió|ha scritto)[^\n]{0,80}:\s*$", re.IGNORECASE
)
_SHORT_WROTE = re.compile(r"^[^\n.!?]{3,120}\s(?:a (?:é|e)crit|wrote)\s?:\s*$", re.IGNORECASE)
_RULE = re.compile(
    r"^\W{0,3}[-_=]{2,}\s?(?:message d['’`]origine|original message|message original|"
    r"message transf[ée]r[ée]|forwarded message|message initial|courriel original|"
    r"(?:r[ée]achemin[ée]|transf[ée]r[ée]|forwarded) (?:par|by) .{1,120}?)\s?[-_=]{2,}",
    re.IGNORECASE,
)
_BEGUN = re.compile(
    r"^(?:d[ée]but du message (?:r[ée]exp[ée]di[ée]|transf[ée]r[ée])|begin forwarded)", re.I
)
_FIELDS = {
    "from": re.compile(r"^[\W_]{0,4}(?:de|from|von|expéditeur)[*_ \u00a0]{0,4}:", re.IGNORECASE),
    "sent": re.compile(
        r"^[\W_]{0,4}(?:envoy[ée]|date|sent|gesendet|envoyé le)[*_ \u00a0]{0,4}:", re.IGNORECASE
    ),
    "to": re.compile(
        r"^[\W_]{0,4}(?:[àa]|to|pour|an|destinataires?)[*_ \u00a0]{0,4}:", re.IGNORECASE
    ),
    "subject": re.compile(
        r"^[\W_]{0,4}(?:objet|subject|betreff|sujet)[*_ \u00a0]{0,4}:", re.IGNORECASE
    ),
}
_NOTES = {
    "to": re.compile(r"^\s*(?:A|À|Pour|To)\s{2,}\S|^\s{8,}(?:A|À|Pour|To)\s*$"),
    "copy": re.compile(r"^\s*cc(?:\s|$)"),
    "subject": re.compile(r"^\s*(?:Objet|Subject)\s{2,}\S|^\s{8,}(?:Objet|Subject)\s*$"),
}
_NOTES_NAME = re.compile(
    r"^\s*\"?[^\n]{2,80}(?:/[^\n/]{1,60}){1,5}\s*$"  # Jean Exemple/DGS/VILLE
    r"|^\s*\"?[^<\n]{0,80}<\S{1,200}@\S{1,200}>\s*$|^\s{8,}\S"
)
_LINE = re.compile(r"^\W{0,2}[_-]{10,}\s*$")
_DASHES = re.compile(r"^--\s?$")
_FAREWELL = re.compile(
    r"^\W{0,3}(?:(?:bien |tr[èe]s )?cordialement|cdlt|cordiales salutations|salutations|"
    r"sinc[èe]res salutations|bien [àa] vous|bonne r[ée]ception|bonne journ[ée]e|"
    r"respectueusement|best regards|kind regards)\W{0,6}$",
    re.IGNORECASE,
)
_FORMULA = re.compile(
    r"(?:salutations distingu[ée]es|consid[ée]ration distingu[ée]e|sentiments (?:les meilleurs|"
    r"distingu[ée]s)|parfaite consid[ée]ration|meilleures salutations|haute consid[ée]ration)"
    r"\W{0,4}$",
    re.IGNORECASE,
)
_DEVICE = re.compile(
    r"^(?:envoy[ée] (?:de|depuis|[àa] partir de) (?:mon|ma|outlook|mail|l['’])|sent from my|"
    r"t[ée]l[ée]charger outlook|obtenez outlook|get outlook)",
    re.IGNORECASE,
)
_SUBSTANCE = re.compile(
    r"recours|cada\b|commission d['’]acc|d[ée]lai|refus|demande|ci-joint|pi[èe]ces? jointes?"
    r"|p\.\s?[js]\.",
    re.IGNORECASE,
)


def blocks_of(text: str) -> tuple[Block, ...]:
    """Cut a text into stretches of fresh, quoted and signature lines that cover all of it."""
    lines = text.splitlines(keepends=True)
    spans = _quoted(lines)
    _sign(lines, spans)
    found: list[Block] = []
    at = 0
    for line, span in zip(lines, spans, strict=True):
        end = at + len(line)
        if found and found[-1].span is span:
            found[-1] = Block(span=span, start=found[-1].start, end=end)
        else:
            found.append(Block(span=span, start=at, end=end))
        at = end
    return tuple(found)


def _quoted(lines: list[str]) -> list[Span]:
    spans = [Span.FRESH] * len(lines)
    at = 0
    while at < len(lines):
        if _MARK.match(lines[at]):
            spans[at] = Span.QUOTED
        elif size := _attribution(lines, at):
            end = at + size
            if not _next_is_marked(lines, end):
                return spans[:at] + [Span.QUOTED] * (len(lines) - at)
            spans[at:end] = [Span.QUOTED] * size
            at = end - 1
        elif _opens_old(lines, at):
            return spans[:at] + [Span.QUOTED] * (len(lines) - at)
        at += 1
    return spans


def _attribution(lines: list[str], at: int) -> int:
    """Return over how many lines "Le … a écrit :" goes from here; 0 when it is something else."""
    first = lines[at].strip()
    if not first or len(first) > LONGEST:
        return 0
    if _WROTE_START.match(first):
        for size in range(1, min(4, len(lines) - at) + 1):
            told = " ".join(line.strip() for line in lines[at : at + size])
            if len(told) > 400 or not lines[at + size - 1].strip():
                return 0
            if _WROTE_END.search(told):
                return size
        return 0
    if _SHORT_WROTE.match(first) and _next_is_marked(lines, at + 1):
        return 1
    return 0


def _next_is_marked(lines: list[str], at: int) -> bool:
    """Answer whether the next line that is not blank is marked by a `>`."""
    following = (line for line in lines[at : at + 4] if line.strip())
    return _MARK.match(next(following, "")) is not None


def _opens_old(lines: list[str], at: int) -> bool:
    """Answer whether the rest, from here, is an older message."""
    line = lines[at]
    if len(line) > LONGEST:
        return False
    if _RULE.match(line) or _BEGUN.match(line):
        return True
    if _is_header_block(lines, at):
        return True
    if _LINE.match(line):
        places = [place for place in range(at + 1, min(at + 4, len(lines))) if lines[place].strip()]
        return bool(places) and _is_header_block(lines, places[0])
    ahead = lines[at + 1 : at + WITHIN_NOTES]
    return _NOTES_NAME.match(line) is not None and all(
        any(form.match(one) for one in ahead) for form in _NOTES.values()
    )


def _is_header_block(lines: list[str], at: int) -> bool:
    """Answer whether "De :" stands here, and at least two of its fellows below."""
    ahead = lines[at + 1 : at + WITHIN]
    if not _FIELDS["from"].match(lines[at]):
        return False
    return sum(any(form.match(one) for one in ahead) for form in _FIELDS.values()) >= 2


def _sign(lines: list[str], spans: list[Span]) -> None:
    """Mark signatures: after two dashes, after the farewell, under "Envoyé de mon …"."""
    at = 0
    while at < len(lines):
        line = lines[at].strip()
        if spans[at] is not Span.FRESH or not line:
            at += 1
        elif _DASHES.match(line):
            at = _mark(lines, spans, at)
        elif _DEVICE.match(line):
            spans[at] = Span.SIGNATURE
            at += 1
        elif _FAREWELL.match(line) or _FORMULA.search(line):
            at = _mark(lines, spans, at + 1)
        else:
            at += 1


def _mark(lines: list[str], spans: list[Span], at: int) -> int:
    """Mark a signature from here, up to what reads like a sentence; return where it ends."""
    stop = min(at + LONGEST_SIGNATURE, len(lines))
    while at < stop and spans[at] is Span.FRESH:
        if len(lines[at]) > LONG_LINE or _SUBSTANCE.search(lines[at]):
            break
        spans[at] = Span.SIGNATURE
        at += 1
    return at
