"""Which communes a name means: for importers and readers of acts."""

from __future__ import annotations

from collections.abc import Sequence

from contrechamp.places.domain import Resolution, Town, spellings
from contrechamp.places.domain import resolve_town as _resolve_town
from contrechamp.places.domain import split_towns as _split_towns
from contrechamp.places.models import Territory

Kind = Territory.Kind


def resolve_town(name: str) -> Resolution:
    """Say which commune a name such as "ville du Havre" means; see `domain.resolve`."""
    return _resolve_town(name, [town for _, town in _towns(spellings(name))])


def resolve_towns(names: Sequence[str]) -> dict[str, Resolution]:
    """Say it of many names, with few questions to the database."""
    asked = {name: spellings(name) for name in names}
    towns = _towns(sorted({folded for folds in asked.values() for folded in folds}))
    by_folded: dict[str, list[Town]] = {}
    for folded, town in towns:
        by_folded.setdefault(folded, []).append(town)
    return {
        name: _resolve_town(name, [t for fold in folds for t in by_folded.get(fold, [])])
        for name, folds in asked.items()
    }


def split_towns(names: Sequence[str]) -> list[tuple[str, str, Town]]:
    """Find pairs of names that are the two halves of one hyphenated commune."""
    asked = [spellings(name)[0] for name in names]
    joined = {a + b for a in asked for b in asked if a != b and a and b}
    return _split_towns(names, [town for _, town in _towns(sorted(joined))])


def _towns(folds: Sequence[str]) -> list[tuple[str, Town]]:
    towns: list[tuple[str, Town]] = []
    for start in range(0, len(folds), 500):
        # By the name alone: with the kind as well SQLite would choose the index of kinds.
        rows = Territory.objects.filter(folded__in=folds[start : start + 500])
        towns += [
            (
                row.folded,
                Town(
                    key=row.key,
                    name=row.name,
                    departement=row.departement,
                    population=row.population,
                ),
            )
            for row in rows
            if row.kind == Kind.COMMUNE and not row.successor
        ]
    return towns
