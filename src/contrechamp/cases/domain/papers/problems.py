"""What forbids to file a draft, and what is only said; each sentence says what to do."""

from __future__ import annotations

from dataclasses import dataclass

from .material import Material
from .paper import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong. `sentence` is French for the catalogue, `{about}` its value."""

    code: str
    sentence: str
    about: str = ""
    section: str = ""
    """Key of the section that it is about."""
    forbids: bool = True
    """It cannot be exported as final while it stands; a draft always can."""


def problems(paper: Paper, material: Material) -> tuple[Problem, ...]:
    """Return what is wrong with a paper as edited, most serious first."""
    del paper, material
    return ()
