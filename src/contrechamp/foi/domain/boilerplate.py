"""What our letters say to everybody: sentences and wordings that betray no source."""

from __future__ import annotations

import re
from functools import cache

from . import catalogue, following, letter, referral, series_papers

_SLOT = re.compile(r"\{[^{}]*\}")


@cache
def boilerplate() -> tuple[str, ...]:
    """Return the sentences of our letters and the wordings of the catalogue, cut at their slots."""
    sentences = (
        *letter.SENTENCES,
        *following.SENTENCES,
        *referral.SENTENCES,
        *series_papers.SENTENCES,
    )
    ours = (part for each in sentences for part in _SLOT.split(each))
    return (*ours, *catalogue.boilerplate(catalogue.catalogue()))
