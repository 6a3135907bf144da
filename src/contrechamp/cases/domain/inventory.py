"""What the papers of a bundle say: its cover, its inventories, its manifest. All in French."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from contrechamp.foi.domain.wording import in_full, say

from .exhibits import GROUPS, Exhibit, Group, written_number

COVER, BORDEREAU = "Page de garde", "Bordereau des pièces"
TARGET = "piece:"
"""Begins the links of the front, until the pages that they lead to are known."""
NO_ADVICE = (
    "Préparé avec Contrechamp. Ceci n'est pas un conseil juridique : faites relire ce dossier par "
    "un avocat ou une association."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What is said of the whole bundle."""

    title: str
    """`Requête en annulation de l'arrêté du …`."""
    day: date
    court: str = ""
    parties: tuple[str, ...] = ()
    is_draft: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file of the deposit, and the pages of its exhibit that are in it."""

    name: str
    first: int
    last: int
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An exhibit with its files: one, or several where it was too large."""

    exhibit: Exhibit
    parts: tuple[Part, ...]


def of_court(cover: Cover, kept: Sequence[Kept]) -> dict[str, Any]:
    """Return the inventory that is deposited: one row for each file, in their order."""
    return _paper(cover, pages=0) | {
        "heading": "Inventaire détaillé des pièces",
        "about": say(
            "Un fichier par pièce ; chaque fichier porte le numéro de la pièce (articles R. 412-2 "
            "et R. 414-5 du code de justice administrative)."
        ),
        "columns": ["N°", "Pièce", "Date", "Pages"],
        "rows": [_row(each, part, len(kept)) for each in kept for part in each.parts],
        "note": say(NO_ADVICE),
    }


def internal(cover: Cover, kept: Sequence[Kept]) -> dict[str, Any]:
    """Return the inventory for the team: with hashes, versions and confidentiality."""
    rows = [
        _row(each, part, len(kept)) | {"inside": _inside(each.exhibit, part)}
        for each in kept
        for part in each.parts
    ]
    return of_court(cover, kept) | {
        "heading": "Inventaire interne",
        "about": say("Pour l'équipe seule : ne le déposez pas."),
        "rows": rows,
    }


def _inside(exhibit: Exhibit, part: Part) -> list[str]:
    found = [
        f"SHA-256 déposé {part.sha256}",
        f"SHA-256 d'origine {exhibit.sha256}" if exhibit.sha256 else "",
        f"version {exhibit.version}, {part.bytes} octets",
        f"confidentialité : {exhibit.confidentiality}" if exhibit.confidentiality else "",
    ]
    return [each for each in found if each]


def _row(kept: Kept, part: Part, count: int) -> dict[str, Any]:
    exhibit = kept.exhibit
    is_whole = len(kept.parts) == 1
    letter = part.name.partition("_")[0].lstrip("0123456789")
    pages = exhibit.pages if is_whole else part.last - part.first + 1
    place = "" if is_whole else f"Pages {part.first} à {part.last} de {exhibit.pages}"
    return {
        "number": f"{written_number(exhibit.number, count=count)}{letter}",
        "label": exhibit.label,
        "about": [each for each in (exhibit.author, exhibit.source, place) if each],
        "inside": [],
        "file": part.name,
        "dated": exhibit.dated,
        "pages": str(pages),
    }


def front(
    cover: Cover, kept: Sequence[Kept], total: int, first: Mapping[str, int]
) -> dict[str, Any]:
    """Return cover and inventory of the reading bundle of `total` pages."""
    pages = sum(each.exhibit.pages for each in kept)
    return _paper(cover, pages=total or 1) | {
        "court": cover.court,
        "heading": "Recueil des pièces",
        "counts": f"{len(kept)} pièces, {pages} pages",
        "day_words": in_full(cover.day),
        "draft": cover.is_draft,
        "draft_words": "PROJET",
        "note": say(NO_ADVICE),
        "bordereau": BORDEREAU,
        "bordereau_about": say(
            "Chaque intitulé mène à sa pièce. La colonne « Page » est celle du recueil."
        ),
        "columns": ["N°", "Pièce", "Date", "Pages", "Page"],
        "groups": [
            {
                "name": GROUPS[group],
                "rows": [
                    _line(each.exhibit, len(kept), first)
                    for each in kept
                    if each.exhibit.group is group
                ],
            }
            for group in Group
            if any(each.exhibit.group is group for each in kept)
        ],
    }


def _line(exhibit: Exhibit, count: int, first: Mapping[str, int]) -> dict[str, str]:
    return {
        "number": written_number(exhibit.number, count=count),
        "label": exhibit.label,
        "about": ", ".join(filter(None, (exhibit.author, exhibit.source))),
        "dated": exhibit.dated,
        "pages": str(exhibit.pages),
        "at": str(first.get(exhibit.key, 0)),
        "target": f"{TARGET}{exhibit.key}",
    }


def text(cover: Cover, pages: Iterable[str]) -> dict[str, Any]:
    """Return an exhibit that has words and no pages of its own."""
    sheets = [_lines(page) for page in pages] or [[" "]]
    return _paper(cover, pages=0) | {"title": "Pièce", "sheets": sheets}


def _lines(page: str) -> list[str]:
    shown = "".join(sign for sign in page if sign.isprintable() or sign in "\n\t")
    return [line.rstrip() or " " for line in shown.split("\n")]


def manifest(
    cover: Cover, kept: Sequence[Kept], files: Iterable[tuple[str, str, int]]
) -> dict[str, Any]:
    """Return what programs read of a bundle: exhibits, and the hash of each file."""
    return {
        "format": "contrechamp-bundle/1",
        "title": cover.title,
        "day": cover.day.isoformat(),
        "court": cover.court or None,
        "exhibits": [
            {
                "number": each.exhibit.number,
                "key": each.exhibit.key,
                "label": each.exhibit.label,
                "group": str(each.exhibit.group),
                "pages": each.exhibit.pages,
                "source_sha256": each.exhibit.sha256 or None,
                "version": each.exhibit.version,
                "files": [
                    {"name": f"depot/{part.name}", "pages": [part.first, part.last]}
                    for part in each.parts
                ],
            }
            for each in kept
        ],
        "files": [{"path": path, "sha256": sha256, "bytes": size} for path, sha256, size in files],
    }


def _paper(cover: Cover, *, pages: int) -> dict[str, Any]:
    return {
        "title": cover.title,
        "day": [cover.day.year, cover.day.month, cover.day.day],
        "parties": list(cover.parties),
        "pages": pages,
    }
