"""Which exhibits a paper cites, and which ground rests on none: plain values in, plain values out.

Whoever keeps the papers gives their texts; `[[exh-7h3kq0w2xz, p. 3]]` in them is a citation.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .exhibits import cited_keys
from .filing import Argument


def cited(bodies: Iterable[str]) -> set[str]:
    """Return the keys of exhibits that any of these texts cites."""
    return {key for body in bodies for key in cited_keys(body)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cite:
    """One exhibit behind a ground: with a claim or a page it proves, without it is only named."""

    exhibit: str
    """`exh-…`."""
    claim: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resting:
    """A ground and what it rests on."""

    title: str
    cites: tuple[Cite, ...] = ()


def arguments(grounds: Iterable[Resting], exhibits: Iterable[str]) -> tuple[Argument, ...]:
    """Return grounds as `filing.findings` takes them; of exhibits taken out nothing is left.

    A ground of which no cite names a page or a claim is to be proved still.
    """
    there = set(exhibits)
    found = []
    for ground in grounds:
        cites = [each for each in ground.cites if each.exhibit in there]
        words = " ".join(f"[[{key}]]" for key in dict.fromkeys(each.exhibit for each in cites))
        is_proved = not cites or any(each.claim or each.page for each in cites)
        found.append(Argument(title=ground.title, text=words, is_proved=is_proved))
    return tuple(found)


def check_cited(
    exhibits: Iterable[tuple[str, str]],
    grounds: Iterable[Resting],
    bodies: Iterable[str] = (),
) -> tuple[list[str], list[str], list[str]]:
    """Return titles of grounds without exhibit, labels cited nowhere, and keys of no exhibit.

    `exhibits`: key and label of each. What a text or a ground cites is cited.
    """
    every, resting = tuple(exhibits), tuple(grounds)
    known = {key for key, _ in every}
    named = cited(bodies) | {each.exhibit for ground in resting for each in ground.cites}
    without = [g.title for g in resting if not any(each.exhibit in known for each in g.cites)]
    nowhere = [label for key, label in every if key not in named]
    return without, nowhere, sorted(named - known)
