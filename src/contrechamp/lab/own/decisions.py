"""A table of decisions as counts: for each group, how many of each score were right and wrong.

Rows are read once and kept as three numbers, then counted: what is computed afterwards costs what
there are of distinct scores, not of people. Groups under 50 are put together, and left out of
everything when they are under 50 together, so that no difference between two totals shows them.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from contrechamp.lab.late import Floats, NDArray, Whole, np
from contrechamp.lab.model import Text

from .refused import NO_GROUP, NO_OUTCOME, NO_SCORE, SHORT, LeftOut
from .sheet import Sheet, Unreadable
from .values import number, yes_or_no

LEAST_GROUP = 50
MOST_GROUPS = 20
MOST_NAMES = 10_000
LONGEST_NAME = 60
FEWEST_SHARE = 0.5
OTHERS = Text("Autres groupes", "Other groups")
ALL = Text("Tous", "All")


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """The people of a group: how many of each score, without and with the outcome.

    `scores` are distinct and ascending. A higher one is a higher risk: where a low score is, the
    table was read with its scores turned round.
    """

    name: Text
    scores: Floats
    without: Whole
    with_it: Whole

    @property
    def people(self) -> int:
        """How many they are."""
        return int(self.without.sum() + self.with_it.sum())

    def cells(self, threshold: float) -> tuple[int, int, int, int]:
        """Return tn, fp, fn, tp: a score of the threshold or more is flagged."""
        at = int(np.searchsorted(self.scores, threshold, side="left"))
        tn, fn = int(self.without[:at].sum()), int(self.with_it[:at].sum())
        return tn, int(self.without[at:].sum()), fn, int(self.with_it[at:].sum())


@dataclass(frozen=True, slots=True, eq=False)
class Decisions:
    """A table of decisions, counted. The largest group comes first, the others last."""

    groups: tuple[Group, ...]
    every: Group
    merged: int
    """How many groups are in the others."""
    left_out: int
    """People of groups under 50 that even together are too few."""
    rows: int
    refused: LeftOut
    is_low_risk: bool
    """Whether a low score is a risk: the scores are then turned round."""

    def shown(self, score: float) -> float:
        """Return a score as the file writes it."""
        return (-score if self.is_low_risk else score) + 0.0


def read_decisions(
    sheet: Sheet, columns: Mapping[str, str], *, positive: str = "", is_low_risk: bool = False
) -> Decisions:
    """Read all rows of a table and count them.

    `positive` is the value of the outcome that means yes, where it is not a plain yes or no.
    """
    places = tuple(sheet.at(columns[role]) for role in ("score", "outcome", "group"))
    scores, outcomes, of_group = array("d"), array("b"), array("i")
    names: dict[str, int] = {}
    refused = LeftOut()
    total = 0
    for row in sheet.rows():
        total += 1
        found = _understood(row.cells, places, positive)
        if isinstance(found, Text):
            refused.add(row.line, found)
            continue
        score, outcome, group = found
        if group not in names:
            _check_few(names)
            names[group] = len(names)
        scores.append(-score if is_low_risk else score)
        outcomes.append(outcome)
        of_group.append(names[group])
    _check_understood(refused, total, columns)
    kept = (np.asarray(scores), np.asarray(outcomes), np.asarray(of_group))
    return _counted(kept, list(names), total, refused, is_low_risk=is_low_risk)


def _understood(
    cells: Sequence[str], places: tuple[int, ...], positive: str
) -> tuple[float, bool, str] | Text:
    if len(cells) <= max(places):
        return SHORT
    score = _score(cells[places[0]])
    if score is None:
        return NO_SCORE
    word = cells[places[1]].strip()
    outcome = (word == positive if word else None) if positive else yes_or_no(word)
    if outcome is None:
        return NO_OUTCOME
    group = " ".join(cells[places[2]].split())[:LONGEST_NAME]
    return (score, outcome, group) if group else NO_GROUP


def _score(cell: str) -> float | None:
    found = number(cell)
    if found is not None:
        return found
    said = yes_or_no(cell)
    return None if said is None else float(said)


def _check_few(names: Mapping[str, int]) -> None:
    if len(names) >= MOST_NAMES:
        raise Unreadable(
            Text(
                f"La colonne des groupes a plus de {MOST_NAMES} valeurs : ce n'est pas un groupe.",
                f"The column of groups has more than {MOST_NAMES} values: it is no group.",
            )
        )


def _check_understood(refused: LeftOut, total: int, columns: Mapping[str, str]) -> None:
    if total - refused.total < max(1, FEWEST_SHARE * total):
        why, many = refused.by_reason.most_common(1)[0]
        line = refused.first[0].line
        raise Unreadable(
            Text(
                f"{refused.total} lignes sur {total} ne sont pas comprises ({many} : {why.fr} ; la "
                f"première est la ligne {line}). Colonnes lues : {', '.join(columns.values())}. "
                "Choisissez d'autres colonnes, ou dites quelle valeur veut dire oui.",
                f"{refused.total} rows of {total} are not understood ({many}: {why.en}; the first "
                f"is line {line}). Columns read: {', '.join(columns.values())}. Choose other "
                "columns, or say which value means yes.",
            )
        )


def _counted(
    kept: tuple[Floats, NDArray[np.int8], NDArray[np.int32]],
    names: Sequence[str],
    total: int,
    refused: LeftOut,
    *,
    is_low_risk: bool,
) -> Decisions:
    scores, outcomes, of_group = kept
    sizes = np.bincount(of_group, minlength=len(names))
    order = sorted(range(len(names)), key=lambda at: (-int(sizes[at]), names[at]))
    shown = [at for at in order if sizes[at] >= LEAST_GROUP][:MOST_GROUPS]
    small = [at for at in order if at not in set(shown)]
    places = np.full(len(names), -1)
    places[shown] = range(len(shown))
    are_many = int(sizes[small].sum()) >= LEAST_GROUP
    if small and are_many:
        places[small] = len(shown)
    labels = [Text(names[at], names[at]) for at in shown] + ([OTHERS] if are_many else [])
    if not labels:
        raise Unreadable(
            Text(
                f"Moins de {LEAST_GROUP} lignes comprises : c'est trop peu pour dire un taux sans "
                "désigner quelqu'un.",
                f"Fewer than {LEAST_GROUP} rows understood: too few to say a rate without pointing "
                "at somebody.",
            )
        )
    where = places[of_group]
    groups = tuple(
        _group(name, scores[where == at], outcomes[where == at]) for at, name in enumerate(labels)
    )
    _check_outcome(outcomes[where >= 0])
    every = _group(ALL, scores[where >= 0], outcomes[where >= 0])
    left_out = 0 if are_many else int(sizes[small].sum())
    merged = len(small) if are_many else 0
    return Decisions(groups, every, merged, left_out, total, refused, is_low_risk)


def _group(name: Text, scores: Floats, outcomes: NDArray[np.int8]) -> Group:
    distinct, of_score = np.unique(scores, return_inverse=True)
    with_it = np.bincount(of_score[outcomes > 0], minlength=len(distinct)).astype(np.int64)
    without = np.bincount(of_score[outcomes == 0], minlength=len(distinct)).astype(np.int64)
    return Group(name, distinct, without, with_it)


def _check_outcome(outcomes: NDArray[np.int8]) -> None:
    if not 0 < int(outcomes.sum()) < len(outcomes):
        raise Unreadable(
            Text(
                "Ce qui s'est passé est partout le même : aucun taux d'erreur ne peut être dit. "
                "Choisissez une autre colonne, ou la valeur qui veut dire oui.",
                "What happened is the same everywhere: no error rate can be said. Choose another "
                "column, or the value that means yes.",
            )
        )
