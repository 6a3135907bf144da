"""Patterns of the refusal reader: regular expressions made tolerant, from a packaged file.

A word of six letters or more may be cut by a blank, as scans do; a hyphen may be missing, and may
stand for a blank; `{name}` is a macro, `{L311-5}` an article in each of its spellings. Pure but for
reading the package.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

LONG = 6
"""Letters of a word from which on a blank in it is taken for a scan's."""

_TOKEN = re.compile(r"\\.|\[[^\]]*\]|\(\?[a-zA-Z:=!<]+|\{\d[^}]*\}|\{[^{}]+\}|[a-z]+|.", re.DOTALL)
_DENIABLE = frozenset({"L311-2-preparatory", "L311-2-abusive"})
_ARTICLE = re.compile(r"\{([LR])(\d{3})-(\d+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: what it reads, and what it says of it in plain French."""

    id: str
    kind: str
    code: str
    means: str
    next: str
    means_en: str
    next_en: str
    paragraph: str
    """For a reply to the body; empty where nothing needs to be answered."""
    basis: tuple[str, ...]
    reads: re.Pattern[str]
    near: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    unless_before: re.Pattern[str] | None = None
    """As `unless`, but only before the words that are read."""
    names: re.Pattern[str] | None = None
    """Words of the reason itself, read beside a refusal; in a group, they are its cause alone."""
    refuses: bool = False
    """Whether its words refuse or mask, so that a reason named beside them is theirs."""
    silent: bool = False
    """Whether it is read only to find the reasons named beside it, and proposes nothing."""
    yields_to: str = ""
    """Start of the codes beside which the rule, an article named alone, says nothing new."""

    @property
    def is_reason(self) -> bool:
        """Answer whether its code is a reason that a letter may also deny."""
        return self.code.startswith(("L311-5", "L311-6", "L311-4")) or self.code in _DENIABLE


def tolerant(pattern: str, macros: Mapping[str, str] | None = None) -> str:
    """Return a pattern that also matches what scans and typists do to the same words.

    Raises KeyError for a macro that is not known.
    """
    known = dict(macros or {})

    def one(token: str) -> str:
        if _ARTICLE.fullmatch(token):
            return article(token[1:-1])
        if token.startswith("{") and not token[1:2].isdigit():
            return f"(?:{tolerant(known[token[1:-1]], known)})"
        if token.isalpha() and len(token) >= LONG:
            return " ?".join(token)
        return {" ": "[ -]", "-": r" ?-? ?", "'": " ?' ?"}.get(token, token)

    return "".join(one(token) for token in _TOKEN.findall(pattern))


def article(name: str) -> str:
    """Return the pattern of an article such as `L311-5`, however it is written.

    `L. 311-5`, `L.311 - 5`, `L311-5`, `articles L. 311-5 et …`; not `L311-53`.
    """
    letter, number, part = name[0].lower(), name[1:].split("-")[0], name.split("-")[1]
    return rf"\b{letter} ?\.? ?{number} ?[-. ]? ?{part}(?![0-9])"


def _named(row: Mapping[str, Any], macros: Mapping[str, str]) -> re.Pattern[str] | None:
    """Return the words that name a reason; those of `says` are in the group `said`."""
    plain = [f"(?:{tolerant(one, macros)})" for one in row.get("names", ())]
    alone = [f"(?:{tolerant(one, macros)})" for one in row.get("says", ())]
    both = [f"(?P<said>{'|'.join(alone)})"] * bool(alone) + plain
    return re.compile("|".join(both)) if both else None


def _compiled(patterns: list[str] | None, macros: Mapping[str, str]) -> re.Pattern[str] | None:
    if not patterns:
        return None
    return re.compile("|".join(f"(?:{tolerant(one, macros)})" for one in patterns))


def rules_of(source: str) -> tuple[Rule, ...]:
    """Return the rules of a TOML text; raises ValueError for one that lacks what it must have."""
    known = tomllib.loads(source)
    macros: Mapping[str, str] = known.get("macros", {})
    if "reviewed_on" not in known:
        raise ValueError("the rules do not say when they were reviewed")
    rules = tuple(_rule(row, macros) for row in known["rule"])
    names = [rule.id for rule in rules]
    if len(set(names)) != len(names):
        raise ValueError("two rules have the same id")
    return rules


def _rule(row: Mapping[str, Any], macros: Mapping[str, str]) -> Rule:
    for field in ("id", "kind", "reads", "means", "next", "means_en", "next_en", "basis"):
        if not row.get(field):
            raise ValueError(f"rule {row.get('id', '?')} has no {field}")
    reads = _compiled(row["reads"], macros)
    assert reads is not None  # noqa: S101 (checked above)
    return Rule(
        id=row["id"],
        kind=row["kind"],
        code=row.get("code", ""),
        means=row["means"],
        next=row["next"],
        means_en=row["means_en"],
        next_en=row["next_en"],
        paragraph=row.get("paragraph", ""),
        basis=tuple(row["basis"]),
        reads=reads,
        near=_compiled(row.get("near"), macros),
        unless=_compiled(row.get("unless"), macros),
        unless_before=_compiled(row.get("unless_before"), macros),
        names=_named(row, macros),
        refuses=row.get("refuses", False),
        silent=row.get("silent", False),
        yields_to=row.get("yields_to", ""),
    )


@cache
def rules() -> tuple[Rule, ...]:
    """Return the packaged rules, in the order of the file."""
    source = files("contrechamp.foi").joinpath("rules/refusals.toml").read_text("utf-8")
    return rules_of(source)
