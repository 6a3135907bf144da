"""What the readers' tool says: French as it stands in the code, English when `LANG` asks for it."""

from __future__ import annotations

import os
from collections.abc import Mapping

from .display import shown
from .english import ENGLISH


class Refused(Exception):
    """What was asked cannot be done; `code` is the exit code of the tool."""

    def __init__(self, sentence: str, code: int = 2, **values: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code
        self.values = values

    def __str__(self) -> str:
        return say(self.sentence, **self.values)


def say(sentence: str, **values: object) -> str:
    """Return a French sentence in the reader's language, with its values, made harmless."""
    known = ENGLISH.get(sentence, sentence) if in_english(os.environ) else sentence
    harmless = {
        key: shown(value) if isinstance(value, str) else value for key, value in values.items()
    }
    return known.format(**harmless)


def in_english(environ: Mapping[str, str]) -> bool:
    """Tell whether the terminal speaks English, by the first of the usual variables that is set."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    return next((environ[name] for name in names if environ.get(name)), "").startswith("en")
