"""What reviewers' rejections teach: which words make a finding doubtful, and what that is worth.

A Bernoulli naive Bayes model over the words of titles, objects and quotes, with one more of each
word (Laplace), as in Manning, Raghavan and Schütze, *Introduction to Information Retrieval*
(2008), §13.3. It is small enough to be read: a list of words with their weights. It is made anew
from the verdicts of this instance; nothing leaves the machine. It never rejects: a doubtful
finding is shown with the words that make it so, and is left out of acceptance in one go.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from math import exp, log
from typing import Any

from .text import folded

LEAST_REJECTED, LEAST_ACCEPTED = 5, 10
"""With fewer verdicts of a sort nothing is learnt: a few words would decide by chance."""
LEAST_SEEN = 3
MOST_WORDS = 200
DOUBTFUL = 0.8
PARTS = 5
_WORD = re.compile(r"[a-z]{4,}")


@dataclass(frozen=True, slots=True)
class Weight:
    """A word, in how many findings of each sort it stands, and how far it speaks against one."""

    word: str
    rejected: int
    accepted: int
    weight: float
    """Natural logarithm of the odds: above 0 it speaks for rejection."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """How likely reviewers reject a finding such as this, and the words that say so most."""

    probability: float
    words: tuple[str, ...]

    @property
    def is_strong(self) -> bool:
        """Whether the finding should not be accepted unread."""
        return self.probability >= DOUBTFUL


@dataclass(frozen=True, slots=True)
class Lessons:
    """Words with their weights, and the odds of a rejection before any word is read."""

    rejected: int = 0
    accepted: int = 0
    prior: float = 0.0
    weights: Mapping[str, Weight] = field(default_factory=dict)

    def doubt(self, words: Iterable[str]) -> Doubt:
        """Return how doubtful a finding with these words is; 0 while nothing is learnt."""
        if not self.weights:
            return Doubt(0.0, ())
        met = [self.weights[word] for word in set(words) if word in self.weights]
        score = self.prior + sum(each.weight for each in met)
        telling = sorted(met, key=lambda each: (-each.weight, each.word))
        probability = 1 / (1 + exp(-max(-30.0, min(30.0, score))))
        return Doubt(probability, tuple(each.word for each in telling[:5] if each.weight > 0))


@dataclass(frozen=True, slots=True)
class Effect:
    """What the lessons would have changed, each finding judged by lessons that did not see it.

    Precision: of those not doubted, the share that reviewers accepted. Recall: of those accepted,
    the share not doubted. None where nothing can be counted.
    """

    findings: int
    precision_before: float | None
    precision_after: float | None
    recall_after: float | None
    doubted: int


def words_of(finding: Mapping[str, Any]) -> frozenset[str]:
    """Return the words of a finding that lessons look at: no names of places or people.

    Its title, its object and the words that prove technology and decision; its source and class.
    """
    evidence = finding.get("evidence") or {}
    texts = [
        (finding.get("act") or {}).get("title") or "",
        (finding.get("contract") or {}).get("object") or "",
        *((evidence.get(key) or {}).get("quote") or "" for key in ("technology", "decision")),
    ]
    places = {
        word
        for place in finding.get("places") or ()
        for word in _WORD.findall(folded(place.get("name") or place.get("printed") or ""))
    }
    words = set(_WORD.findall(folded(" ".join(texts)))) - places
    return frozenset({*words, f"={finding['technology']}", f"={finding['decision']}"})


def learn(rejected: Sequence[frozenset[str]], accepted: Sequence[frozenset[str]]) -> Lessons:
    """Return what these verdicts teach; nothing when they are too few."""
    if len(rejected) < LEAST_REJECTED or len(accepted) < LEAST_ACCEPTED:
        return Lessons(rejected=len(rejected), accepted=len(accepted))
    against = Counter(word for words in rejected for word in words)
    for_it = Counter(word for words in accepted for word in words)
    weights = [
        Weight(
            word=word,
            rejected=against[word],
            accepted=for_it[word],
            weight=log((against[word] + 1) / (len(rejected) + 2))
            - log((for_it[word] + 1) / (len(accepted) + 2)),
        )
        for word in against.keys() | for_it.keys()
        if against[word] + for_it[word] >= LEAST_SEEN
    ]
    weights.sort(key=lambda each: (-abs(each.weight), each.word))
    return Lessons(
        rejected=len(rejected),
        accepted=len(accepted),
        prior=log(len(rejected) / len(accepted)),
        weights={each.word: each for each in weights[:MOST_WORDS]},
    )


def effect(judged: Mapping[str, tuple[frozenset[str], bool]]) -> Effect:
    """Return what the lessons are worth, by cross-validation in five parts.

    `judged`: of each finding's identifier its words, and whether it was accepted. The parts are
    cut by the identifier's hash, so that the same verdicts give the same numbers.
    """
    parts: dict[int, list[tuple[frozenset[str], bool]]] = {}
    for key in sorted(judged):
        part = int(sha256(key.encode()).hexdigest()[:8], 16) % PARTS
        parts.setdefault(part, []).append(judged[key])
    kept_good = kept = good = doubted = 0
    for number, part_ in parts.items():
        rest = [each for other, rows in parts.items() if other != number for each in rows]
        lessons = learn(
            [words for words, is_good in rest if not is_good],
            [words for words, is_good in rest if is_good],
        )
        for words, is_good in part_:
            good += is_good
            if lessons.doubt(words).is_strong:
                doubted += 1
            else:
                kept += 1
                kept_good += is_good
    return Effect(
        findings=len(judged),
        precision_before=good / len(judged) if judged else None,
        precision_after=kept_good / kept if kept else None,
        recall_after=kept_good / good if good else None,
        doubted=doubted,
    )
