"""The rules as this instance keeps them: the pack, and when somebody here last re-read each."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from django.conf import settings

from contrechamp.kernel.errors import Misconfigured, gettext_noop

from .domain.french import french
from .domain.pack import Pack

REVIEWS = "law_reviews.toml"


def reviews_path() -> Path:
    """Return where re-readings are recorded: a text in the data folder."""
    folder: Path = settings.CONTRECHAMP.data
    return folder / REVIEWS


def reviews() -> Mapping[str, date]:
    """Return by rule the day of the latest re-reading recorded here. Raises Misconfigured."""
    path = reviews_path()
    try:
        found = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise Misconfigured(
            gettext_noop("{path} ne se lit pas : {why}. Corrigez la ligne, ou ôtez le fichier."),
            path=str(path),
            why=str(wrong),
        ) from None
    odd = [rule for rule, day in found.items() if type(day) is not date]
    if odd:
        raise Misconfigured(
            gettext_noop("{path} : « {rule} » n'a pas un jour, comme 2026-08-20."),
            path=str(path),
            rule=odd[0],
        )
    return found


def pack() -> Pack:
    """Return the rules of France, with the re-readings of this instance."""
    return french().reviewed(reviews())
