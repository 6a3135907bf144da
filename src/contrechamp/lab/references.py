"""Every number that is quoted, once: where it was read, how sure we are, whom it speaks for.

`references.toml` holds sources, and under each the entries taken from it. An entry that names a
`check` is what a case of an experiment is held against. Refused, so that the build fails: an
entry without a source, two values for one check, a case without an entry.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

from .model import Op, Text

Kind = Literal["published", "derived", "reference-code", "theory", "ours"]
Seen = Literal["primary", "secondary", "unverified"]
Stance = Literal["supports", "counter", "context"]

SOURCE_FIELDS = {"title", "authors", "year", "url", "note_fr", "note_en"}
ENTRY_FIELDS = {
    "value", "unit", "printed", "kind", "url", "locator", "seen", "stance", "check", "tol", "op",
    "note_fr", "note_en",
}  # fmt: skip


class BadReferences(Exception):
    """The table of references contradicts itself or lacks what it must have: a mistake of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where numbers were read."""

    id: str
    title: str
    authors: str
    year: int
    url: str
    note: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One number as its source has it. `check` is empty where nothing recomputes it."""

    id: str
    source: str
    value: float | int | None
    """None where a source says something without a number: nothing is checked against it."""
    unit: str
    printed: str
    kind: Kind
    url: str
    locator: str
    seen: Seen
    stance: Stance
    note: Text
    check: str = ""
    op: Op = "close"
    tol: float = 0

    @property
    def is_shown(self) -> bool:
        """Whether a page may show it: what nobody verified never reaches one."""
        return self.seen != "unverified"


@dataclass(frozen=True, slots=True)
class Table:
    """All sources and references, by their ids."""

    sources: Mapping[str, Source]
    references: Mapping[str, Reference]
    checks: Mapping[str, Reference]


def of_check(check: str) -> Reference:
    """Return what a check is held against, or raise `BadReferences`."""
    found = table().checks.get(check)
    if found is None:
        raise BadReferences(f"no reference for the check {check}")
    return found


def get(id: str) -> Reference | None:
    """Return one reference, or None."""
    return table().references.get(id)


def of_source(source: str) -> tuple[Reference, ...]:
    """Return the references of one source, in the order of the file."""
    return tuple(each for each in table().references.values() if each.source == source)


@cache
def table() -> Table:
    """Return the table that comes with the program, read once."""
    return load(files("contrechamp.lab").joinpath("references.toml").read_text("utf-8"))


def load(text: str) -> Table:
    """Return a table read from TOML, or raise `BadReferences` with what is wrong."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:  # A key given twice among them.
        raise BadReferences(str(wrong)) from None
    sources, references = {}, {}
    for name, held in content.items():
        sources[name] = _source(name, held)
        for reference in _entries(name, held):
            references[reference.id] = reference
    checks: dict[str, Reference] = {}
    for reference in references.values():
        if reference.check and reference.check in checks:
            raise BadReferences(f"two values for the check {reference.check}")
        if reference.check:
            checks[reference.check] = reference
    return Table(sources, references, checks)


def _source(name: str, held: Mapping[str, Any]) -> Source:
    own = {key: value for key, value in held.items() if not isinstance(value, dict)}
    if unknown := set(own) - SOURCE_FIELDS:
        raise BadReferences(f"{name}: unknown fields {sorted(unknown)}")
    for key in ("title", "authors", "year"):
        if key not in own:
            raise BadReferences(f"{name}: a source needs a {key}")
    return Source(
        id=name,
        title=own["title"],
        authors=own["authors"],
        year=own["year"],
        url=own.get("url", ""),
        note=Text(own.get("note_fr", ""), own.get("note_en", "")),
    )


def _entries(source: str, held: Mapping[str, Any]) -> Iterator[Reference]:
    for key, entry in held.items():
        if isinstance(entry, dict):
            yield _entry(source, f"{source}.{key}", held.get("url", ""), entry)


def _entry(source: str, name: str, url: str, entry: Mapping[str, Any]) -> Reference:
    if unknown := set(entry) - ENTRY_FIELDS:
        raise BadReferences(f"{name}: unknown fields {sorted(unknown)}")
    for key in ("kind", "seen", "stance", "locator", "note_fr", "note_en"):
        if key not in entry or entry[key] == "":
            raise BadReferences(f"{name}: a reference needs a {key}")
    for key, allowed in (("kind", Kind), ("seen", Seen), ("stance", Stance), ("op", Op)):
        if key in entry and entry[key] not in get_args(allowed):
            raise BadReferences(f"{name}: {key} is none of {get_args(allowed)}")
    value = entry.get("value")
    if isinstance(value, bool) or not isinstance(value, int | float | None):
        raise BadReferences(f"{name}: value is no number")
    if value is None and entry.get("check"):
        raise BadReferences(f"{name}: a check needs a value")
    return Reference(
        id=name,
        source=source,
        value=value,
        unit=entry.get("unit", ""),
        printed=entry.get("printed", ""),
        kind=entry["kind"],
        url=entry.get("url", url),
        locator=entry["locator"],
        seen=entry["seen"],
        stance=entry["stance"],
        note=Text(entry["note_fr"], entry["note_en"]),
        check=entry.get("check", ""),
        op=entry.get("op", "close"),
        tol=entry.get("tol", 0),
    )
