"""Lines of the data files of this room: refused when anything of one is missing or unknown."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from contrechamp.kernel.errors import Misconfigured, gettext_noop

IN_FORCE = "in force"
SURE = ("T", "O", "S", "?")
"""Text in force read, older text read, published summary, to be verified."""
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence in two languages."""

    fr: str
    en: str

    def in_language(self, language: str) -> str:
        """Return it in a language, French when we do not speak it."""
        return self.en if language.startswith("en") else self.fr


@dataclass(frozen=True, slots=True)
class Validity:
    """The days on which something holds; `last` None: still."""

    first: date
    last: date | None

    def holds_on(self, day: date) -> bool:
        """Answer whether it holds on a day."""
        return self.first <= day and (self.last is None or day <= self.last)

    def overlaps(self, other: Validity) -> bool:
        """Answer whether both hold on some day."""
        return (self.last is None or other.first <= self.last) and (
            other.last is None or self.first <= other.last
        )


@cache
def vocabulary(name: str) -> str:
    """Return the text of a TOML file of the vocabulary."""
    return files("contrechamp").joinpath("vocabulary", name).read_text("utf-8")


def wrong(file: str, code: object, sentence: str, **values: object) -> Misconfigured:
    """Return the refusal of a line; the sentence has {file}, {code} and its own values."""
    return Misconfigured(sentence, file=file, code=code or "?", **values)


def rows_of(file: str, text: str, kind: str) -> Sequence[Row]:
    """Return the lines of one kind. Raise Misconfigured when the text is no TOML."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as why:
        raise Misconfigured(
            gettext_noop("{file} n'est pas du TOML : {why}."), file=file, why=str(why)
        ) from None
    return list(found.get(kind, []))


def check_fields(
    file: str,
    row: Row,
    needed: Iterable[str],
    *,
    may: Iterable[str] = (),
    empty: Iterable[str] = (),
) -> None:
    """Refuse a line that lacks a field or has one that nobody knows; `empty` may hold nothing."""
    code, needed, can_be_empty = row.get("code"), tuple(needed), set(empty)
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        raise wrong(
            file,
            code,
            gettext_noop("{file} : « {code} » n'est pas un code ; écrivez-le comme csi-l252-4."),
        )
    for name in needed:
        if name not in row or (row[name] in ("", [], {}) and name not in can_be_empty):
            raise wrong(
                file, code, gettext_noop("{file}, {code} : « {field} » manque."), field=name
            )
    if odd := sorted(set(row) - {*needed, *may}):
        raise wrong(
            file,
            code,
            gettext_noop("{file}, {code} : « {field} » n'est pas connu ici."),
            field=", ".join(odd),
        )


def check_known(file: str, row: Row, field: str, known: Iterable[str]) -> None:
    """Refuse a field that says something else than the codes of a list."""
    said = row.get(field, ())
    values = (said,) if isinstance(said, str) else said
    if odd := sorted(set(values) - set(known)):
        raise wrong(
            file,
            row["code"],
            gettext_noop("{file}, {code} : « {odd} » dans « {field} » n'existe pas."),
            odd=", ".join(odd),
            field=field,
        )


def words_of(file: str, row: Row, field: str) -> Words:
    """Return a sentence in both languages. Raise Misconfigured when one lacks."""
    said = row[field]
    if not isinstance(said, Mapping) or set(said) != {"fr", "en"} or not all(said.values()):
        raise wrong(
            file,
            row["code"],
            gettext_noop("{file}, {code} : « {field} » est à dire en fr et en en."),
            field=field,
        )
    return Words(fr=said["fr"], en=said["en"])


def day_of(file: str, row: Row, field: str) -> date:
    """Return a day of a line. Raise Misconfigured when it is none."""
    if type(row[field]) is not date:
        raise wrong(
            file,
            row["code"],
            gettext_noop("{file}, {code} : « {field} » est un jour, comme 2026-01-15."),
            field=field,
        )
    day: date = row[field]
    return day


def validity_of(file: str, row: Row) -> Validity:
    """Return the days of a line, from `valid_from` to `valid_to`, a day or "in force"."""
    first = day_of(file, row, "valid_from")
    last = None if row["valid_to"] == IN_FORCE else day_of(file, row, "valid_to")
    if last is not None and last < first:
        raise wrong(
            file,
            row["code"],
            gettext_noop("{file}, {code} finit avant de commencer : voyez valid_from, valid_to."),
        )
    return Validity(first, last)


def check_once(file: str, codes: Iterable[str]) -> None:
    """Refuse a code that is there twice."""
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise wrong(file, code, gettext_noop("{file} : le code {code} y est deux fois."))
        seen.add(code)
