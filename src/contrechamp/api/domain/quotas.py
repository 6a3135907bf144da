"""How much may be asked: a bucket that fills evenly, from which each question takes its cost.

A token has a bucket of its own. All who come without one share a single bucket, since nothing is
kept by which to tell them apart; the last part of it is for questions that cost little, so that
who reads one page is not kept waiting by who takes the whole.
"""

from __future__ import annotations

from dataclasses import dataclass

WINDOW_S = 60
RESERVE = 0.25
"""The part of the shared bucket that is for small questions alone."""
SMALL = 2


@dataclass(frozen=True, slots=True)
class Bucket:
    """What was left at a moment, in units, of a bucket that fills in a minute."""

    left: float
    at: float
    """Seconds of any clock that only goes on."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Whether a question may be answered, and what is left."""

    bucket: Bucket
    is_allowed: bool
    left: int
    wait_s: int
    """Seconds until the bucket is full again, or until the question may be asked once more."""


def spend(known: Bucket | None, cost: int, *, size: int, now: float, is_shared: bool) -> Spent:
    """Take the cost of a question from a bucket of `size` units; a refused one takes nothing."""
    rate = size / WINDOW_S
    left = float(size)
    if known is not None:
        left = min(float(size), known.left + max(now - known.at, 0.0) * rate)
    kept = size * RESERVE if is_shared and cost > SMALL else 0.0
    if left - cost < kept:
        wait = (cost + kept - left) / rate
        return Spent(Bucket(left, now), False, int(left), max(int(wait) + 1, 1))
    left -= cost
    return Spent(Bucket(left, now), True, int(left), int((size - left) / rate) + 1)
