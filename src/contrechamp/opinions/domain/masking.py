"""Names of persons after a civil title are not shown, though the CADA published them.

The CADA writes "Monsieur X" for who asked. Older opinions and some object lines kept names: here
the words after a civil title are replaced before an opinion is shown, searched or taken away.
A function ("Monsieur le maire") stays: it names no private person.
"""

from __future__ import annotations

import re

MARK = "[…]"
_NAME = r"(?:[A-ZÀ-ÖØ-Þ][\w’'-]+|[A-ZÀ-ÖØ-Þ]\.(?:-?[A-ZÀ-ÖØ-Þ]\.)*)"
_PARTICLE = r"(?:de\s+la|de|du|des|d['’]|van|von|der|den|ben|bin|el|al|da|dos|di)"
_FULL = rf"(?:{_PARTICLE}\s*)?{_NAME}(?:[\s-]+(?:{_PARTICLE}\s*)?{_NAME}){{0,4}}"
_NO_TITLE = r"(?!l[ea]\b|M(?:M?\.|mes?\b|lles?\b|onsieur|adame|ademoiselle|es?\b|aître))"
TITLED = re.compile(
    # Each begins with its letter, so that a long text is passed over quickly.
    r"(?P<title>M(?<!\w[M])(?:\.|M\.|onsieur|adame|ademoiselle|essieurs|esdames|esdemoiselles|"
    r"aître|me\b\.?|mes\b|lle\b\.?|lles\b|e(?=\s+[A-ZÀ-ÖØ-Þ])))"
    rf"(?P<gap>\s+){_FULL}(?:\s+et\s+{_NO_TITLE}{_FULL})?"
)
_ALREADY = re.compile(r"[A-Z]{1,2}\.?|[A-Z](?:\.\.\.|…)?")
"""How the CADA hides a name: X, XX, Y., X…"""


def masked(text: str) -> str:
    """Return a text without the names after a civil title. Masking again changes nothing."""
    return TITLED.sub(_hide, text) if "M" in text else text


def _hide(match: re.Match[str]) -> str:
    name = match[0][len(match["title"]) :].strip()
    if all(_ALREADY.fullmatch(word) for word in name.split() if word != "et"):
        return match[0]
    return f"{match['title']}{match['gap']}{MARK}"
