"""Rows that are not understood: counted all, the first ones told with their line and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from contrechamp.lab.model import Text

TOLD = 20
SHORT = Text("trop peu de cellules", "too few cells")
NO_SCORE = Text("le score n'est pas un nombre", "the score is no number")
NO_OUTCOME = Text("ce qui s'est passé n'est ni oui ni non", "what happened is neither yes nor no")
NO_GROUP = Text("le groupe est vide", "the group is empty")
NO_DAY = Text("le jour n'est pas une date", "the day is no date")
NO_BOX = Text("la case est vide", "the box is empty")
NO_PREDICTED = Text("« prévu » n'est pas un nombre ni oui ou non", "“predicted” is no number")
NO_RECORDED = Text(
    "le nombre de faits n'est pas un entier positif", "the count of incidents is no whole number"
)


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A row that was left out. Never its content: it may be about somebody."""

    line: int
    why: Text


@dataclass(slots=True)
class LeftOut:
    """The rows that were left out."""

    total: int = 0
    first: list[NotUnderstood] = field(default_factory=list)
    by_reason: Counter[Text] = field(default_factory=Counter)

    def add(self, line: int, why: Text) -> None:
        """Count a row."""
        self.total += 1
        self.by_reason[why] += 1
        if len(self.first) < TOLD:
            self.first.append(NotUnderstood(line, why))
