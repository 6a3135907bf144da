"""What somebody means who looks for a body: a kind, a name, some words of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from contrechamp.kernel.names import fold, words

from .kinds import BodyKind

LONGEST = 80
_BEGINNINGS: tuple[tuple[str, BodyKind], ...] = (
    (r"mairies?|communes?|ville|villes", BodyKind.COMMUNE),
    (r"pr[ée]fectures?", BodyKind.PREFECTURE),
    (r"conseil d[ée]partemental|d[ée]partements?", BodyKind.DEPARTEMENT),
    (r"conseil r[ée]gional|r[ée]gions?", BodyKind.REGION),
    (r"minist[èe]res?", BodyKind.MINISTERE),
)
_AFTER = r"(?:\s+(?:de la|de l['’]|de|des|du|d['’])(?=\s|\S))?\s*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question to the directory, read. All empty: everything."""

    folded: str = ""
    """Letters that a name begins with."""
    words: tuple[str, ...] = ()
    kind: str = ""
    """What the beginning of the text says: "mairie de Nice" is a commune."""


def read_asked(text: str) -> Asked:
    """Read what somebody typed into the box of the directory."""
    typed = " ".join(text[:LONGEST].split())
    kind = ""
    for pattern, found in _BEGINNINGS:
        match = re.match(rf"(?i)(?:{pattern})\b{_AFTER}", typed)
        if match:
            kind, typed = found.value, typed[match.end() :]
            break
    return Asked(folded=fold(typed), words=tuple(words(typed))[:8], kind=kind)
