"""One line of `contrechamp-intake check`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """How much a finding matters."""

    GOOD = "ok"
    ADVICE = "advice"
    UNSAFE = "unsafe"


@dataclass(frozen=True)
class Finding:
    """What was looked at, and what to do when it is not as it should be."""

    weight: Weight
    subject: str
    sentence: str

    @property
    def is_unsafe(self) -> bool:
        """Whether a promise printed on the door does not hold."""
        return self.weight is Weight.UNSAFE

    def __str__(self) -> str:
        return f"{self.weight:<7} {self.subject}: {self.sentence}"


def good(subject: str, sentence: str) -> Finding:
    """As it should be."""
    return Finding(Weight.GOOD, subject, sentence)


def advice(subject: str, sentence: str) -> Finding:
    """Could be better, or could not be seen from here."""
    return Finding(Weight.ADVICE, subject, sentence)


def unsafe(subject: str, sentence: str) -> Finding:
    """Breaks a promise."""
    return Finding(Weight.UNSAFE, subject, sentence)
