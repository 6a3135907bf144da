"""What stands in an address of a comparison, made valid."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from .queries import KINDS

SLOTS = ("a", "b", "c", "d")
"""Two to four things."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What is to be compared, as typed or by key, and among what names are looked for."""

    texts: dict[str, str]
    kind: str = ""


def read_ask(data: QueryDict) -> Ask:
    """Return what an address asks for. A thing that is named twice is taken once."""
    texts: dict[str, str] = {}
    for slot in SLOTS:
        text = data.get(slot, "").strip()[:200]
        if text and text not in texts.values():
            texts[slot] = text
    kind = data.get("sorte", "")
    return Ask(texts, kind if kind in KINDS else "")
