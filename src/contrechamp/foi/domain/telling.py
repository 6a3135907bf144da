"""What of an item may tell that its author holds the document: a number, a day, a title.

A document that is not public is named by its kind, its object and its period. Who writes its exact
number shows that they have seen it. This asks no archive: it goes by the words alone, so that it
tells nobody what is held. Source: design/foi.md §6, "must be true".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contrechamp.kernel.errors import gettext_noop

from .guards import Draft, Finding, Severity

_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_DAY = re.compile(
    rf"(?<!depuis le )(?<!partir du )\b(?:(?:1er|\d{{1,2}})\s+(?:{_MONTHS})\s+\d{{4}}"
    r"|\d{1,2}/\d{1,2}/\d{4})\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\bn(?:°|º|o\.?|umérot?é?e?s?)\s*[A-Z]{0,6}[-_/ ]?\d[\w./-]*|\b[A-Z]{2,6}[-_/]\d{2,}[\w/-]*"
)
_TITLE = re.compile(r"[«“\"]\s*[^«»“”\"]{12,}?\s*[»”\"]")
_LAW = re.compile(
    r"\b(?:loi|décret|ordonnance|règlement|article|avis)\s+(?:\w+\s+)?$", re.IGNORECASE
)
_PRECISE = gettext_noop(
    "« {words} » est très précis. Si vous ne le savez que par un document que l'on vous a remis, "
    "désignez le document autrement (son type, son objet, une période plus large) : sinon la "
    "demande montre que vous l'avez lu, et peut trahir qui vous l'a donné."
)


def precise_findings(draft: Draft) -> Iterator[Finding]:
    """Yield what in items is so precise that it may tell where it is from."""
    for at, item in enumerate(draft.items, 1):
        # The catalogue quotes the name of a project, which is public.
        patterns = (_DAY, _NUMBER) if item.code else (_DAY, _NUMBER, _TITLE)
        for words in _precise(item.text, patterns):
            yield Finding(
                code="precise",
                severity=Severity.WARNS,
                sentence=_PRECISE,
                values={"words": words},
                item=at,
            )


def _precise(text: str, patterns: tuple[re.Pattern[str], ...]) -> Iterator[str]:
    flat = " ".join(text.split())
    for pattern in patterns:
        for match in pattern.finditer(flat):
            if pattern is _NUMBER and _LAW.search(flat[: match.start()]):
                continue
            yield " ".join(match.group().strip('«»“”" \u00a0\u202f').split())
