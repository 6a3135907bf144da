"""The published counts of the COMPAS study, and its table by decile, as groups that may be shown.

ProPublica counted 7,214 people of Broward County. Asian (32) and Native American (18) people are
too few to be shown and are put with the others. Above decile 8 those others, and with them the
Hispanic people whose counts would give them back by subtraction, fall under 5 in a cell: for
these two groups no threshold above 8 is offered, and 8 to 10 are one decile.
"""

from __future__ import annotations

from dataclasses import dataclass

from contrechamp.lab.errors import BadParam
from contrechamp.lab.groups import Cells
from contrechamp.lab.inputs import Inputs
from contrechamp.lab.late import Floats, np
from contrechamp.lab.model import Text

CELLS, LOGIT = "compas-decile-cells", "compas-logit-cells"
PUBLISHED = {
    "all": Cells(tn=2681, fp=1282, fn=1216, tp=2035),
    "African-American": Cells(tn=990, fp=805, fn=532, tp=1369),
    "Caucasian": Cells(tn=1139, fp=349, fn=461, tp=505),
}
"""At threshold 5: the truth tables that the study prints."""
NAMES = {
    "all": ("Tout le monde", "Everyone"),
    "African-American": ("Personnes noires", "Black people"),
    "Caucasian": ("Personnes blanches", "White people"),
    "Hispanic": ("Personnes hispaniques", "Hispanic people"),
    "Other": ("Autres groupes réunis", "Other groups together"),
}
COARSE = {"Hispanic": 8, "Other": 8}
DECILES = 10
TERMS = (
    "intercept", "female", "over_45", "under_25", "african_american", "asian", "hispanic",
    "native_american", "other", "priors", "misdemeanor", "rearrest",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Deciles:
    """How many of a group have each score from 1 to 10, without and with a re-arrest."""

    negatives: tuple[int, ...]
    positives: tuple[int, ...]

    def at(self, threshold: int) -> Cells:
        """Return the four cells when this decile and those above are flagged."""
        cut = threshold - 1
        return Cells(
            tn=sum(self.negatives[:cut]),
            fp=sum(self.negatives[cut:]),
            fn=sum(self.positives[:cut]),
            tp=sum(self.positives[cut:]),
        )


def deciles(inputs: Inputs) -> dict[str, Deciles]:
    """Return the groups of the table by decile, the small ones put together."""
    counts = {name: np.zeros((2, DECILES), int) for name in NAMES}
    columns = ("race", "decile", "rearrest_two_years", "persons")
    for row in inputs.rows(CELLS, columns):
        place = (int(row["rearrest_two_years"]), int(row["decile"]) - 1)
        name = row["race"] if row["race"] in NAMES else "Other"
        for each in (name, "all"):
            counts[each][place] += int(row["persons"])
    return {
        name: Deciles(tuple(table[0].tolist()), tuple(table[1].tolist()))
        for name, table in counts.items()
    }


def highest(group: str) -> int:
    """Return the highest threshold at which no cell of a group is under 5 people."""
    return COARSE.get(group, DECILES)


def cells_of(group: str, param: str, threshold: int, inputs: Inputs) -> Cells:
    """Return a group at a threshold. Raise `MissingInput` where only the file tells."""
    if threshold == 5 and group in PUBLISHED:
        return PUBLISHED[group]
    if threshold > highest(group):
        names = ", ".join(name for name in NAMES if name not in COARSE)
        raise BadParam(
            param,
            group,
            Text(
                f"{names} au-dessus de {highest(group)} : des cases de moins de 5 personnes",
                f"{names} above {highest(group)}: cells of under 5 people",
            ),
        )
    return deciles(inputs)[group].at(threshold)


def design(inputs: Inputs) -> tuple[Floats, Floats, Floats]:
    """Return patterns of people, how many of each scored medium or high, and how many low."""
    columns = (
        "sex", "age", "race", "priors", "charge", "rearrest_two_years", "score_medium_high",
        "score_low",
    )  # fmt: skip
    races = ("African-American", "Asian", "Hispanic", "Native American", "Other")
    rows, hits, misses = [], [], []
    for row in inputs.rows(LOGIT, columns):
        is_of = [float(row["race"] == race) for race in races]
        ages = [float(row["age"] == age) for age in ("Greater than 45", "Less than 25")]
        last = [float(row["charge"] == "M"), float(row["rearrest_two_years"])]
        woman = float(row["sex"] == "Female")
        rows.append([1.0, woman, *ages, *is_of, float(row["priors"]), *last])
        hits.append(float(row["score_medium_high"]))
        misses.append(float(row["score_low"]))
    return np.array(rows), np.array(hits), np.array(misses)
