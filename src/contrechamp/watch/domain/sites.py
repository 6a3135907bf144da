"""How a place is read where public records appear: start pages, selectors, patterns, limits.

The defaults are those of the State's standard template of prefecture sites (its design system:
grey and horizontal cards, a detail line, a pager, menus sent as a form, links to downloads).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlsplit

from contrechamp.kernel.errors import Refused, gettext_noop

MOST_DEPTH = 8


class WrongConfiguration(Refused):
    """A configuration has a key or a value that cannot be meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The configuration of a source. A selector is CSS, a pattern a regular expression."""

    start: tuple[str, ...] = ()
    """Addresses of the pages from which the others are found."""
    pages: str = ".fr-card .fr-card__title a, a.fr-card__link"
    """Links to pages (or, when they end like a file, to files)."""
    pager: str = ".fr-pagination__link--next, a[rel=next]"
    detail: str = ".fr-card__detail, .fr-link__detail, .fr-card__desc"
    """The line near a link that says when the file was published."""
    menus: str = "select[id*=liste-docs], select[name*=liste-docs], form select"
    """Menus whose options are sent with the form around them."""
    files: str = (
        "div.fr-downloads-group a, a.fr-link--download, a[download], "
        "a[href*='/contenu/telechargement/']"
    )
    file_pattern: str = r"(?i)\.(pdf|zip)(\?|$)|/contenu/telechargement/"
    """What the address of a file looks like."""
    date: str = r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})"
    """Day, month and year, in this order, in a line of detail."""
    year: str = r"(?<!\d)(20\d\d)(?!\d)"
    """The year in the title of a page or an option; the last group that matched."""
    month: str = (
        r"(?i)\b(janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre"
        r"|novembre|d[ée]cembre)\b"
    )
    since_year: int = 0
    """Pages and options of an earlier year are left alone. 0: all are read."""
    skip: tuple[str, ...] = ()
    """Patterns of titles or addresses that are left alone."""
    depth: int = 4
    """How many links a page may be away from the start."""
    most_pages: int = 300
    successive: bool = False
    """Whether each file holds all of the one before (snapshots of a register)."""
    to_be_checked: bool = False
    note: str = ""


SELECTORS = ("pages", "pager", "detail", "menus", "files")
PATTERNS = ("file_pattern", "date", "year", "month")
NUMBERS = ("since_year", "depth", "most_pages")


def read_site(raw: Mapping[str, Any]) -> Site:
    """Return the configuration, or raise `WrongConfiguration` naming the key that is wrong."""
    known = {each.name for each in fields(Site)}
    for key in raw:
        if key not in known:
            raise _wrong(key, gettext_noop("cette clé n'existe pas"))
    values: dict[str, Any] = {
        key: tuple(each) if isinstance(each, list) else each for key, each in raw.items()
    }
    for key, value in values.items():
        _check(key, value)
    return Site(**values)


def _check(key: str, value: Any) -> None:
    if key in ("start", "skip"):
        if not isinstance(value, tuple) or not all(isinstance(each, str) for each in value):
            raise _wrong(key, gettext_noop("une liste de textes est attendue"))
        for each in value:
            _check_address(key, each) if key == "start" else _check_pattern(key, each)
    elif key in NUMBERS:
        if type(value) is not int or value < 0 or (key == "depth" and value > MOST_DEPTH):
            raise _wrong(key, gettext_noop("un nombre entier raisonnable est attendu"))
    elif key in ("to_be_checked", "successive"):
        if not isinstance(value, bool):
            raise _wrong(key, gettext_noop("oui ou non est attendu"))
    elif not isinstance(value, str):
        raise _wrong(key, gettext_noop("un texte est attendu"))
    elif key in PATTERNS:
        _check_pattern(key, value)
        if key == "date" and re.compile(value).groups != 3:
            raise _wrong(key, gettext_noop("trois groupes sont attendus : jour, mois, année"))
    elif key in SELECTORS and value.count("[") != value.count("]"):
        raise _wrong(key, gettext_noop("ce sélecteur n'est pas fermé"))


def _check_pattern(key: str, value: str) -> None:
    try:
        re.compile(value)
    except re.error:
        raise _wrong(key, gettext_noop("ce motif n'est pas une expression régulière")) from None


def _check_address(key: str, value: str) -> None:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _wrong(key, gettext_noop("une adresse qui commence par https:// est attendue"))


def _wrong(key: str, why: str) -> WrongConfiguration:
    return WrongConfiguration(
        gettext_noop("Configuration de la source, « {key} » : {why}."), key=key, why=why
    )
