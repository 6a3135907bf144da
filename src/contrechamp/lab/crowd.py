"""Faces of passers-by compared with a list: how many alerts, and how many of them are right.

The best score of somebody who is not on the list is the largest of N draws, and its law is that
of one draw to the power N: one number per passer-by is enough, never a matrix crowd by list.
"""

from __future__ import annotations

import math

from .late import Floats, np, special

BLOCK = 250_000
"""Faces drawn at a time: two megabytes, whatever the crowd."""


def false_alert_chance(fmr: float, watchlist: int) -> float:
    """Return the chance (FPIR) that somebody who is not on the list raises an alert.

    1-(1-FMR)^N, by logarithms: the plain formula loses all digits at the rates of good systems.
    """
    return 1.0 if fmr >= 1 else -math.expm1(watchlist * math.log1p(-fmr))


def one_to_one(fpir: float, watchlist: int) -> float:
    """Return the rate between two faces (FMR) that gives this chance over the whole list."""
    return 1.0 if fpir >= 1 else -math.expm1(math.log1p(-fpir) / watchlist)


def best_tails(faces: int, watchlist: int, rng: np.random.Generator) -> Floats:
    """Draw for each face how rare its best resemblance is: 1-U^(1/N), to the last digit.

    An alert is a resemblance rarer than the threshold's false-match rate.
    """
    drawn = 1.0 - rng.random(faces)  # In ]0, 1]: no logarithm of nothing.
    return -np.expm1(np.log(drawn) / watchlist)


def scores(tails: Floats) -> Floats:
    """Return the resemblances as scores of a normal law, for a figure."""
    return -special.ndtri(tails)


def count_false_alerts(faces: int, watchlist: int, fmr: float, rng: np.random.Generator) -> int:
    """Walk a crowd past the camera and count alerts on people who are not on the list."""
    alerts = 0
    for start in range(0, faces, BLOCK):
        tails = best_tails(min(BLOCK, faces - start), watchlist, rng)
        alerts += int(np.count_nonzero(tails < fmr))
    return alerts
