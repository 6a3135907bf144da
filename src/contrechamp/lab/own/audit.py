"""An audit: what somebody asked of a table, and all that is answered, without anybody in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from contrechamp.lab.model import Figure, Text

from .columns import Kind
from .refused import LeftOut
from .saying import Table, count
from .warnings import Warning_


def _named(x: Sequence[Any], said: Mapping[str, str]) -> list[Any]:
    return [said.get(each, each) if isinstance(each, str) else each for each in x]


SCHEMA = "contrechamp.lab.own/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What one may set. An empty value, or 0, leaves it to the table."""

    kind: Kind | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    """The column of each role; one that is not given is guessed."""
    threshold: float | None = None
    positive: str = ""
    is_low_risk: bool = False
    reference: str = ""
    boxes_a_day: int = 20
    map_boxes: int = 0
    window: int = 180
    extra: float = 0.2
    seed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What a table says. It holds no row of it."""

    kind: Kind
    columns: Mapping[str, str]
    settings: Mapping[str, Any]
    """What was set or chosen, threshold first: enough to do it again."""
    rows: int
    refused: LeftOut
    sentence: Text
    more: tuple[Text, ...]
    """Further sentences, each true by itself."""
    tables: tuple[Table, ...]
    figures: tuple[Figure, ...]
    warnings: tuple[Warning_, ...]
    names: tuple[Text, ...] = ()
    """Names of rows of the figures that are the same in no two languages."""
    groups: tuple[Text, ...] = ()
    thresholds: tuple[float, ...] = ()

    def table(self, name: str) -> Table:
        """Return the table of that id."""
        return next(each for each in self.tables if each.id == name)

    def figures_in(self, language: str) -> tuple[Figure, ...]:
        """Return the figures with the names of their rows in a language."""
        said = {each.fr: each.say(language) for each in self.names}
        return tuple(
            replace(
                figure,
                series=tuple(replace(series, x=_named(series.x, said)) for series in figure.series),
            )
            for figure in self.figures
        )

    def read(self) -> Text:
        """Return how many rows were read, and how many were not understood."""
        total, wrong = count(self.rows), count(self.refused.total)
        if not self.refused.total:
            return Text("{total} lignes lues.", "{total} rows read.").fill(total=total)
        return Text(
            "{total} lignes lues, dont {wrong} non comprises et laissées de côté.",
            "{total} rows read, of which {wrong} were not understood and left out.",
        ).fill(total=total, wrong=wrong)

    def to_json(self) -> dict[str, Any]:
        """Return all of it as plain values: no NaN, no person."""
        return {
            "schema": SCHEMA,
            "kind": self.kind,
            "columns": dict(self.columns),
            "settings": dict(self.settings),
            "rows": self.rows,
            "not_understood": {
                "total": self.refused.total,
                "first": [
                    {"line": each.line, "why": each.why.to_json()} for each in self.refused.first
                ],
            },
            "sentence": self.sentence.to_json(),
            "more": [each.to_json() for each in self.more],
            "tables": {each.id: each.to_json() for each in self.tables},
            "does_not_prove": [
                {"id": each.id, "text": each.text.to_json()} for each in self.warnings
            ],
        }
