"""Tables of ours to try with: invented, drawn from a seed, about nobody."""

from __future__ import annotations

from functools import cache

from contrechamp.lab.late import np
from contrechamp.lab.model import Text

PEOPLE = 3_000
DAYS, BOXES, NAMED = 150, 40, 5
BEFORE = 60
DISTRICTS = ("Nord", "Centre", "Sud", "Hameaux", "Écarts")
SHARES = (0.45, 0.33, 0.198, 0.011, 0.011)
RISK = (0.34, 0.25, 0.22, 0.2, 0.2)
LIFT = (1.1, 0.0, -0.2, 0.0, 0.0)
"""What the invented machine adds to a score for living there: the fault to be found."""

LABELS = {
    "decisions": Text(
        "un score de contrôle par quartier, 3 000 lignes", "a score by district, 3,000 rows"
    ),
    "patrols": Text(
        "des cases prévues et des faits, 150 jours", "predicted boxes and incidents, 150 days"
    ),
}


def sample(name: str) -> bytes | None:
    """Return the invented table of that name, or None."""
    makers = {"decisions": decisions, "patrols": patrols}
    return makers[name]() if name in makers else None


@cache
def decisions() -> bytes:
    """Return scores from 1 to 10 that are too high for those of one district."""
    rng = np.random.Generator(np.random.PCG64(10))
    lines = ["score;constat;quartier"]
    where = rng.choice(len(DISTRICTS), PEOPLE, p=SHARES)
    found = rng.random(PEOPLE) < np.array(RISK)[where]
    score = np.where(found, 6.2, 4.2) + np.array(LIFT)[where] + rng.normal(0, 2.2, PEOPLE)
    for one, yes, at in zip(score.round().clip(1, 10), found, where, strict=True):
        lines.append(f"{int(one)};{'oui' if yes else 'non'};{DISTRICTS[at]}")
    return ("\n".join(lines) + "\n").encode()


@cache
def patrols() -> bytes:
    """Return predictions of a machine that knows little more than where records were many."""
    rng = np.random.Generator(np.random.PCG64(11))
    rates = rng.gamma(0.6, 0.9, BOXES)
    recorded = rng.poisson(rates, (DAYS, BOXES))
    lines = ["jour;case;prevu;faits"]
    for day in range(DAYS):
        guess = recorded[max(0, day - BEFORE) : day].sum(axis=0) + rng.normal(0, 4, BOXES)
        named = set(np.argsort(-guess)[:NAMED].tolist()) if day >= BEFORE else set()
        lines += [
            f"{day + 1};C{box + 1:02d};{int(box in named)};{many}"
            for box, many in enumerate(recorded[day].tolist())
        ]
    return ("\n".join(lines) + "\n").encode()
