"""What stands in an address about the law, made valid. What cannot be read counts for nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from contrechamp.cases.domain.grounds import FAMILIES, NO, THEMES, YES, Library

WORDS_TO = {"oui": YES, "non": NO, "inconnu": ""}
"""What an address says, and the answer that it is."""
SAID = {answer: word for word, answer in WORDS_TO.items()}
LONGEST = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What a person looks for in the library."""

    text: str = ""
    theme: str = ""
    technology: str = ""

    @property
    def is_asked(self) -> bool:
        """Whether anything narrows the library."""
        return bool(self.text or self.theme or self.technology)


def read_search(data: QueryDict) -> Search:
    """Return what an address looks for."""
    theme, technology = data.get("theme", ""), data.get("technique", "")
    return Search(
        text=" ".join(data.get("q", "").split())[:LONGEST],
        theme=theme if theme in THEMES else "",
        technology=technology if technology in FAMILIES else "",
    )


def read_answers(data: QueryDict, library: Library) -> Mapping[str, str]:
    """Return by question what a person told: yes, no or empty; what is not told is left out."""
    told = {code: data.get(code, "") for code in library.questions}
    return {code: WORDS_TO[word] for code, word in told.items() if word in WORDS_TO}
