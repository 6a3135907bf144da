"""A list of what a dossier is to hold, as a file: pairs of a sentence and a quote's address.

One pair a line, the sentence and the address apart by a tab (or `;` or `|`): `q-…`, the address of
a page with a quote, or `<hash>/page/<n>` with the exact words in a third column. An identifier of
a claim stands alone on its line. The same as JSON: a list of `{"sentence", "quote"}`, of pairs,
or of identifiers. Lines that begin with `#` are passed over.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from contrechamp.kernel.errors import Refused, gettext_noop

QUOTE = re.compile(r"q-[0-9a-hjkmnp-tv-z]{10}(?![\w-])")
PAGE = re.compile(r"\b([0-9a-f]{64})/page/(\d{1,6})\b")
DOCUMENT = re.compile(r"\b[0-9a-f]{64}\b")
CLAIM = re.compile(r"\b(?:clm|rel)-[0-9a-hjkmnp-tv-z]{10}\b")
HEADS = {"sentence", "phrase"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One line: a claim of the census, or a sentence with where it is proved."""

    line: int
    sentence: str = ""
    claim: str = ""
    quote: str = ""
    sha256: str = ""
    page: int = 0
    exact: str = ""
    note: str = ""


def read_list(text: str) -> list[Listed]:
    """Return what a list holds, or raise `Refused` with the line and what to do."""
    text = text.removeprefix("\ufeff")
    found = [_read(line, *cells) for line, cells in _rows(text)]
    if not found:
        raise Refused(
            gettext_noop(
                "La liste est vide. Écrivez une phrase, une tabulation et l'adresse d'un passage "
                "par ligne, ou l'identifiant d'un fait."
            )
        )
    return found


def _rows(text: str) -> Iterator[tuple[int, tuple[str, str, str, str]]]:
    if text.lstrip().startswith(("[", "{")):
        yield from _json_rows(text)
        return
    lines = text.splitlines()
    sign = next((sign for sign in "\t|;" if any(sign in line for line in lines)), "\t")
    for number, cells in enumerate(csv.reader(lines, delimiter=sign), start=1):
        row = [cell.strip() for cell in cells]
        if not any(row) or row[0].startswith("#") or row[0].lower() in HEADS:
            continue
        yield number, _four(row)


def _json_rows(text: str) -> Iterator[tuple[int, tuple[str, str, str, str]]]:
    try:
        said = json.loads(text)
    except ValueError:
        try:
            said = [json.loads(line) for line in text.splitlines() if line.strip()]
        except ValueError as error:
            raise Refused(
                gettext_noop("La liste n'est pas du JSON valide : {why}."), why=str(error)
            ) from None
    if isinstance(said, dict):
        said = said.get("items") or said.get("pairs") or [said]
    for number, each in enumerate(said if isinstance(said, list) else [], start=1):
        yield number, _json_row(each)


def _json_row(each: Any) -> tuple[str, str, str, str]:
    if isinstance(each, dict):
        quote = each.get("quote") or each.get("url") or each.get("claim") or each.get("id") or ""
        return (
            str(each.get("sentence") or ""),
            str(quote),
            str(each.get("exact") or ""),
            str(each.get("note") or ""),
        )
    if isinstance(each, list):
        return _four([str(cell) for cell in each])
    return _four([str(each)])


def _four(row: list[str]) -> tuple[str, str, str, str]:
    if len(row) == 1:
        return "", row[0], "", ""
    cells = [*row, "", ""][:4]
    return cells[0], cells[1], cells[2], cells[3]


def _read(line: int, sentence: str, where: str, exact: str, note: str) -> Listed:
    if claim := CLAIM.search(where or sentence):
        return Listed(line=line, claim=claim.group(), sentence=sentence if where else "", note=note)
    if not sentence:
        raise Refused(
            gettext_noop(
                "Ligne {line} : « {text} » n'est ni l'identifiant d'un fait, ni une phrase suivie "
                "de l'adresse d'un passage."
            ),
            line=line,
            text=where[:80],
        )
    if quote := QUOTE.search(where):
        return Listed(line=line, sentence=sentence, quote=quote.group(), note=note)
    if page := PAGE.search(where):
        return Listed(
            line=line,
            sentence=sentence,
            sha256=page.group(1),
            page=int(page.group(2)),
            exact=exact,
            note=note,
        )
    if document := DOCUMENT.search(where):
        return Listed(line=line, sentence=sentence, sha256=document.group(), note=note)
    raise Refused(
        gettext_noop(
            "Ligne {line} : « {text} » n'est pas l'adresse d'un passage. Donnez celle qu'affiche "
            "« Citer », par exemple /documents/…/page/2#q-…"
        ),
        line=line,
        text=where[:80],
    )
