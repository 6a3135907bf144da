"""Where a measure applies: the communes or the whole département that its articles name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .finding import FoundPlace
from .order_parts import loose
from .places import Communes, departement_named, departements

_NAME = re.compile(
    r"(?:(?:[LD]['’]|(?:[Ll][ae]s?|[Dd]u|[Dd]es|[Ll]['’]|[Dd]['’])\s{0,3})?)"
    r"[A-ZÀ-ÝŒ][\w'’]*(?:\s?-\s?[\w'’]+)*"
    r"(?:[^\S\n]*\n?[^\S\n]*(?:(?:de|du|des|d['’]|la|le|les|l['’]|sur|sous|en|à|aux|lès|lez)\s{1,3}){0,2}"
    r"[A-ZÀ-ÝŒ][\w'’]*(?:\s?-\s?[\w'’]+)*){0,4}"
)
_COMMUNES = re.compile(
    r"\b(?:communes?|villes?|territoires?\s+communa(?:l|ux))\s+(?:suivantes\s*:?\s*)?(?:de\s+|(?=d'|du|des))?"
)
_ALL = re.compile(
    rf"\b(?:ensemble|totalite|tout|toutes?\s+les\s+communes|territoire)\s+(?:du\s+territoire\s+)?"
    rf"(?:du\s+|le\s+|des\s+communes\s+du\s+)?(?P<what>{loose('departement')}(?![a-z]))"
    r"|\btoutes\s+les\s+communes\s+(?P<what2>d(?=[eu]s?\s))"
)
_OF = re.compile(
    r"\s*(?:de\s+la\s+|de\s+l['’]\s?|de\s+|du\s+|des\s+|d['’]\s?|e\s+la\s+|u\s+|es\s+)"
    r"(?-i:[A-ZÀ-Ý][\w'’]*(?:[\s-](?:(?:et|de|la|du|sur|d['’])[\s-]?){0,2}[A-ZÀ-Ý][\w'’]*)*)",
    re.IGNORECASE,
)
_ENTERED = re.compile(r"\b(?:a|au|aux|sur)\s+$")
_NEXT = re.compile(r"\s*(?:,|et|ainsi\s+que|;)\s*(?:de\s+|(?=d'|du\s|des\s))?")


class Read(NamedTuple):
    """A place and where it is named."""

    place: FoundPlace
    start: int
    end: int


def read_places(
    folded: str, printed: str, start: int, end: int, departement: str | None
) -> list[Read]:
    """Return the places that a stretch of an order names, in order of the text.

    Names after "commune de", in lists, are taken whether they are recognised or not; other
    names ("à Puget-sur-Argens") only when they are a commune of the département.
    """
    found = list(_named(folded, printed, start, end, departement))
    taken = [(each.start, each.end) for each in found]
    for name in _NAME.finditer(printed, start, end):
        if any(a < name.end() and name.start() < b for a, b in taken):
            continue
        if not _ENTERED.search(folded, max(start, name.start() - 8), name.start()):
            continue
        read = _longest(printed, name.start(), name.end(), departement)
        if read and read.place.how in ("exact", "article"):
            found.append(read)
    for whole in _ALL.finditer(folded, start, end):
        first = whole.start("what") if whole["what"] else whole.start("what2")
        named = _OF.match(printed, whole.end(), end)
        stop = named.end() if named else whole.end()
        words = " ".join(printed[first:stop].split())
        code = departement_named(words) or departement
        called = departements()[code].name if code in departements() else words
        place = FoundPlace(printed=words, name=called, how="departement")
        found.append(Read(place, whole.start(), stop))
    return sorted(found, key=lambda each: each.start)


def _named(
    folded: str, printed: str, start: int, end: int, departement: str | None
) -> Iterator[Read]:
    for opening in _COMMUNES.finditer(folded, start, end):
        at = opening.end()
        while name := _NAME.match(printed, at, end):
            read = _longest(printed, name.start(), name.end(), departement)
            if read is None:
                words = " ".join(name[0].split())
                read = Read(FoundPlace(printed=words), name.start(), name.end())
            yield read
            following = _NEXT.match(folded, read.end, end)
            if not following:
                break
            at = following.end()


def _longest(printed: str, start: int, end: int, departement: str | None) -> Read | None:
    """Return the longest run of words from the start that is a commune."""
    words = list(re.finditer(r"\S+", printed[start:end]))
    for last in reversed(words):
        stop = start + last.end()
        text = printed[start:stop].rstrip(".,;:)")
        place = _resolved(" ".join(text.split()), departement)
        if place:
            return Read(place, start, start + len(text))
    return None


def _resolved(printed: str, departement: str | None) -> FoundPlace | None:
    if departement is None:
        return None
    place = Communes.of(departement).resolve(printed)
    return place if place.insee else None
