"""From talk to record: a post that says something new is proposed to the census."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposing:
    """The way to propose a fact from a post: an offer of the room that keeps facts.

    `address` gets the post (`thr-…/3`) and what its thread is about (kind and identifier, or two
    empty texts), and returns the address of a form that has link, quote and author already.
    """

    address: Callable[[str, str, str], str]
    fact_kind: str = "claim"
    """The kind of subject that facts are, to ask which of them everybody may read."""


def read_ref(ref: str) -> tuple[str, int]:
    """Return thread and number of `thr-…/3`; an empty text and 0 for anything else."""
    thread, found, number = ref.partition("/")
    if not (found and thread and number.isdecimal() and len(number) < 8):
        return "", 0
    return thread, int(number)
