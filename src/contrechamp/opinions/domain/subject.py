"""What was asked for: the object when it was published, else what the opinion says of it.

An opinion begins: "X a saisi la commission …, à la suite du refus opposé par le maire de … à sa
demande de communication des documents suivants : 1) …" and goes on with "En réponse à …" or "La
commission …". What lies between is what was asked.
"""

from __future__ import annotations

import re

LONGEST = 4_000
BEGINS = re.compile(
    r"(?:à|de|sur|par)?\s*(?:sa|leur|la|une|cette)\s+demande\s+(?:tendant\s+à\s+(?:la\s+)?|de\s+|d['’])?"
    r"|caractère\s+communicable\s+(?:à\s+[^,;]{1,80},?\s+)?",
    re.IGNORECASE,
)
"""After these words comes what was asked for."""
ENDS = re.compile(
    r"\n\s*\n|(?<=[.;»)\w])\s+(?=(?:En réponse|En l['’]absence|A titre|À titre|Après avoir|"
    r"(?:La|la) commission,? (?!d['’]accès)(?:\w|qui)|La Commission|Le président de la commission"
    r"|Vu |Il ressort|Il résulte)\b)"
)
"""Before these words it ends."""
UNTIL = 6_000
"""What was asked for stands at the beginning: further on nothing is looked for."""


def asked_for(subject: str, text: str) -> str:
    """Return what was asked for, at most LONGEST signs: the object, else read in the opinion.

    Without any of the usual words it is the first paragraph: better too much than nothing.
    """
    if subject:
        return subject[:LONGEST]
    head = text[:UNTIL]
    start = BEGINS.search(head)
    begin = start.end() if start else 0
    end = ENDS.search(head, begin + 1)
    return " ".join(head[begin : end.start() if end else LONGEST].split())[:LONGEST]
