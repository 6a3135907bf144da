"""What past opinions teach on a kind of document, said without promising anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from contrechamp.kernel.errors import gettext_noop

from .outcomes import COUNTED

LEAST = 5
"""Below so many opinions on the substance no share is given: it would say more than is known."""
BIAS = gettext_noop(
    "Ces nombres ne sont pas des chances de succès : ne vont à la CADA que les refus contestés, "
    "jamais ce qui fut donné sans elle ; avant fin 2012 elle n'a publié qu'un choix d'avis, et les "
    "plus récents manquent au fichier. Chaque demande a ses documents et ses mots."
)


@dataclass(frozen=True, slots=True)
class Odds:
    """Opinions on the substance, by class; `share` is the percentage at least partly favourable."""

    favourable: int
    reserves: int
    unfavourable: int
    aside: int
    """Others: without object, inadmissible, not competent, unknown."""

    @property
    def count(self) -> int:
        """Return how many opinions say whether it must be given."""
        return self.favourable + self.reserves + self.unfavourable

    @property
    def share(self) -> int | None:
        """Return the percentage at least partly favourable, None when there are too few."""
        if self.count < LEAST:
            return None
        return round(100 * (self.favourable + self.reserves) / self.count)


def odds_of(counts: Mapping[str, int]) -> Odds:
    """Return the odds of counts by class."""
    yes, partly, no = (counts.get(outcome, 0) for outcome in COUNTED)
    return Odds(yes, partly, no, sum(counts.values()) - yes - partly - no)
