"""Rankings: from the published census alone, each with its method, its minimum and its doubts."""

from __future__ import annotations

from contrechamp.census import published

from .kept import keep
from .makers import Kind, makers
from .ranked import Ranking, RankRow, proved_or_published, ranked


def rankings() -> dict[str, tuple[str, str]]:
    """Return the rankings that there are, each with its title and what it says, by slug."""
    return {slug: (kind.title, kind.lead) for slug, kind in makers().items()}


def ranking(slug: str) -> Ranking | None:
    """Return a ranking, made once per public edition and language; None when there is none."""
    kind = makers().get(slug)
    return keep(f"ranking {slug}", lambda: _ranking(slug, kind)) if kind else None


def _ranking(slug: str, kind: Kind) -> Ranking:
    draft = kind.make()
    return Ranking(
        slug=slug,
        title=kind.title,
        lead=kind.lead,
        method=draft.method,
        formula=draft.formula,
        minimum=draft.minimum,
        certainty=draft.certainty or proved_or_published(),
        doubts=tuple(draft.doubts),
        unit=draft.unit,
        decimals=draft.decimals,
        column=draft.column,
        rows=ranked(draft.entries),
        excluded=tuple(sorted(draft.excluded, key=lambda one: (one.why, one.name.casefold()))),
        known=draft.known,
        universe=draft.universe,
        coverage=draft.coverage,
        at=published.last_change(),
    )


__all__ = ["RankRow", "Ranking", "ranking", "rankings"]
