"""Citations: one work in the French norm (ISO 690), in English, as BibTeX, CSL-JSON and RIS.

Each names the state of the work that is meant: its version, its day, an address that keeps it.
The same work gives the same bytes.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from .typography import french as set_french

FRENCH_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août"),
    *("septembre", "octobre", "novembre", "décembre"),
)
ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
SITE = "Contrechamp"
CSL_TYPES = {
    "dataset": "dataset",
    "document": "document",
    "quote": "document",
    "act": "legislation",
}
RIS_TYPES = {"dataset": "DATA", "document": "GEN", "quote": "GEN", "act": "GOVDOC"}
CONTROLS = re.compile("[\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is cited: a record, fact, document, quote, act or data set, in one of its states."""

    key: str
    """Names it in a bibliography: `contrechamp-prj-…`."""
    sort: str
    """record, fact, document, quote, act or dataset."""
    title: str
    url: str
    """The whole address that keeps this state, where there is one."""
    issued: date
    """When this state was published."""
    accessed: date
    version: int | None = None
    author: str = ""
    """Who wrote it, where it is not us."""
    dated: str = ""
    """The date that the work itself bears, as its source writes it."""
    quote: str = ""
    page: str = ""
    sha256: str = ""


def in_french(work: Work) -> str:
    """Return the citation as a French text has it (NF ISO 690)."""
    words = f"« {_line(work.quote)} », " if work.quote else ""
    title = _line(work.title) if work.quote else f"« {_line(work.title)} »"
    about = [f"{work.author or SITE}. {title} [en ligne]", work.dated]
    about.append(f"p. {work.page}" if work.page else "")
    state = [f"version {work.version}" if work.version else "", f"état au {_day_fr(work.issued)}"]
    text = (
        f"{words}{', '.join(filter(None, about))}. {SITE}, {', '.join(filter(None, state))}. "
        f"[Consulté le {_day_fr(work.accessed)}]. Disponible à l'adresse : "
    )
    return f"{set_french(text)}{work.url}"


def in_english(work: Work) -> str:
    """Return the citation as an English text has it."""
    words = f"“{_line(work.quote)}”, " if work.quote else ""
    title = _line(work.title) if work.quote else f"“{_line(work.title)}”"
    about = [f"{work.author or SITE}, {title}", work.dated]
    about.append(f"p. {work.page}" if work.page else "")
    state = [f"version {work.version}" if work.version else "", f"as of {_day_en(work.issued)}"]
    return (
        f"{words}{', '.join(filter(None, about))}. {SITE}, {', '.join(filter(None, state))}. "
        f"Accessed {_day_en(work.accessed)}. {work.url}"
    )


def bibtex(work: Work) -> str:
    """Return an entry for BibTeX; what means something to TeX is made to mean itself."""
    fields = {
        "title": f"{{{_tex(work.title)}}}",
        "author": f"{{{_tex(work.author or SITE)}}}",
        "year": f"{work.issued:%Y}",
        "month": f"{work.issued.month}",
        "day": f"{work.issued.day}",
        "version": str(work.version or ""),
        "pages": _tex(work.page),
        "publisher": SITE,
        "url": work.url,
        "urldate": work.accessed.isoformat(),
        "note": _tex("; ".join(_notes(work))),
        "annote": _tex(work.quote),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value not in {"", "{}"}]
    return f"@misc{{{work.key},\n" + ",\n".join(lines) + "\n}\n"


def csl(work: Work) -> dict[str, Any]:
    """Return an item of CSL-JSON, as citation programs read it."""
    said: dict[str, Any] = {
        "id": work.key,
        "type": CSL_TYPES.get(work.sort, "webpage"),
        "title": _line(work.title),
        "author": [{"literal": _line(work.author or SITE)}],
        "container-title": SITE,
        "publisher": SITE,
        "issued": {"date-parts": [[work.issued.year, work.issued.month, work.issued.day]]},
        "accessed": {"date-parts": [[work.accessed.year, work.accessed.month, work.accessed.day]]},
        "version": str(work.version) if work.version else "",
        "page": work.page,
        "note": "; ".join(_notes(work)),
        "abstract": _line(work.quote),
        "URL": work.url,
    }
    return {name: value for name, value in said.items() if value}


def csl_json(work: Work) -> str:
    """Return a file of CSL-JSON with this one item."""
    return json.dumps([csl(work)], ensure_ascii=False, indent=1) + "\n"


def ris(work: Work) -> str:
    """Return a record of RIS, one field a line."""
    day = f"{work.issued:%Y/%m/%d}/"
    fields = (
        ("TY", RIS_TYPES.get(work.sort, "ELEC")),
        ("ID", work.key),
        ("TI", work.title),
        ("AU", work.author or SITE),
        ("PB", SITE),
        ("PY", f"{work.issued:%Y}"),
        ("DA", day),
        ("ET", str(work.version or "")),
        ("SP", work.page),
        ("AB", work.quote),
        ("N1", "; ".join(_notes(work))),
        ("UR", work.url),
        ("Y2", f"{work.accessed:%Y/%m/%d}/"),
    )
    lines = [f"{name}  - {_line(value)}" for name, value in fields if _line(value)]
    return "\r\n".join([*lines, "ER  - ", ""])


def _notes(work: Work) -> list[str]:
    return [
        each
        for each in (_line(work.dated), f"SHA-256 {work.sha256}" if work.sha256 else "")
        if each
    ]


def _line(text: str) -> str:
    """Return a text on one line: what breaks a line would begin a field."""
    return " ".join(CONTROLS.sub(" ", text).split())


def _tex(text: str) -> str:
    for sign, written in (("\\", "/"), ("{", "("), ("}", ")")):
        text = text.replace(sign, written)
    return re.sub(r"([&%$#_])", r"\\\1", _line(text))


def _day_fr(day: date) -> str:
    first = "1er" if day.day == 1 else str(day.day)
    return f"{first} {FRENCH_MONTHS[day.month - 1]} {day.year}"


def _day_en(day: date) -> str:
    return f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"
