"""Lists of acts by title, as CSV or JSON: one line an act, with number, title, day, address.

Read for what titles say (`domain.act_titles`); the texts behind them are other documents.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from contrechamp.watch.domain.act_titles import TitleRead, number_in_title, read_title
from contrechamp.watch.domain.finding import (
    ActNames,
    Cameras,
    Evidence,
    Finding,
    FoundPlace,
    Locator,
    Problem,
    SourceDocument,
)
from contrechamp.watch.domain.places import departements
from contrechamp.watch.domain.territory import read_places
from contrechamp.watch.domain.text import LONGEST_QUOTE, digest, folded

TITLE = ("titre", "title", "intitule", "libelle")
NUMBER = ("numero_arrete", "numero", "number", "num_arrete", "reference", "ref")
PUBLISHED = (
    "date_publication",
    "publication_date",
    "published_on",
    "date_de_publication",
    "date_publi",
)
ADDRESS = ("pdf_url", "url", "lien", "link", "pdf_s3_url")
SIGNED = ("date_signature", "signed_on")
_CONTRACT = {"siret", "montant", "cpv", "codecpv", "objet", "acheteur", "titulaires", "acheteur_id"}
HOSTS = {"prefecturedepolice.interieur.gouv.fr": ("Préfecture de police", "75")}
"""Publishers by host of the acts' addresses, with the département of their seat."""
AROUND_PARIS = ("75", "92", "93", "94", "95", "77", "78", "91")
"""Départements in which the Paris police prefect decides of flights and perimeters."""
SNIFFED = 65536
_DAY = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}")


def recognises(path: Path) -> bool:
    """Answer whether a file is a list of acts by title: by the names of its columns or keys."""
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".json"):
        return False
    with path.open("rb") as file:
        head = _decoded(file.read(SNIFFED))
    if suffix == ".csv":
        first = head.lstrip("\ufeff").split("\n", 1)[0]
        return _fits(next(csv.reader([first], delimiter=_delimiter(first)), []))
    keys = _first_keys(head)
    return _fits(keys)


def scan(path: Path, rel: str, source: str) -> Iterator[Finding | Problem]:
    """Yield the findings of a list of titles, in order of the list, and what could not be read.

    `rel` is the path to be printed, `source` that of the findings. One act listed several times
    with the same title is one finding with several `records`. A bundle of acts behind a title
    is a lead.
    """
    data = path.read_bytes()
    if not data.strip():
        yield Problem(document=rel, code="empty_text", message="The file is empty.")
        return
    try:
        rows = list(_rows(path.suffix.lower(), data))
    except (ValueError, csv.Error) as error:
        yield Problem(document=rel, code="broken", message=f"Not readable as a list: {error}")
        return
    sha = sha256(data).hexdigest()
    seen: dict[tuple[str, str], int] = {}
    found: list[tuple[list[int], Mapping[str, str], TitleRead, date | None]] = []
    for index, row in enumerate(rows):
        title = _value(row, TITLE)
        if not title:
            yield Problem(document=rel, code="bad_record", message=f"Record {index} has no title.")
            continue
        printed = _value(row, PUBLISHED)
        published_on = _day(printed)
        read = read_title(title, published_on)
        if read is None:
            continue
        if printed and published_on is None:
            yield Problem(
                document=rel, code="bad_date", message=f"Record {index}: date not understood."
            )
        key = (_value(row, NUMBER) or "", " ".join(folded(title).split()))
        if key in seen:
            found[seen[key]][0].append(index)
            continue
        seen[key] = len(found)
        found.append(([index], row, read, published_on))
    for records, row, read, published_on in found:
        yield _finding(rel, sha, source, tuple(records), row, read, published_on)


def _finding(
    rel: str,
    sha: str,
    source: str,
    records: tuple[int, ...],
    row: Mapping[str, str],
    read: TitleRead,
    published_on: date | None,
) -> Finding:
    title = _value(row, TITLE) or ""
    number = _value(row, NUMBER) or number_in_title(title)
    address = _value(row, ADDRESS)
    publisher, departement = _publisher(address)
    places, place_at = _places(title, departement)
    evidence = {"technology": _quote(title, read.at, records, read.confidence)}
    if read.intervals_at:
        evidence["intervals"] = _quote(title, read.intervals_at, records, 0.98)
    if place_at:
        evidence["places"] = _quote(title, place_at, records, 0.95)
    seat = departements().get(departement or "")
    return Finding(
        id=f"wf-{digest(source, sha, number, records[0], read.technology)}",
        source=source,
        document=SourceDocument(
            path=rel,
            sha256=sha,
            title=None,
            url=address,
            publisher=publisher,
            departement=departement,
            published_on=published_on,
            published_how="listing" if published_on else None,
            rendition=Path(rel).suffix.lstrip(".").lower(),
        ),
        locator=Locator(records=records),
        technology=read.technology,
        technologies=(read.technology,),
        decision=read.decision,
        decisions=(read.decision,),
        act=ActNames(
            number=number,
            title=" ".join(title.split()),
            signed_on=_day(_value(row, SIGNED)) or read.signed_on,
        ),
        places=places,
        cameras=Cameras(total=1) if "d'une camera " in folded(title) else None,
        aircraft=read.aircraft,
        operator=read.operator,
        intervals=read.intervals,
        court=seat.tribunal if seat else None,
        evidence=evidence,
        confidence=round(min(each.confidence for each in evidence.values()), 2),
        warnings=read.warnings,
        type="lead" if read.is_lead else "finding",
    )


def _quote(
    title: str, at: tuple[int, int], records: tuple[int, ...], confidence: float
) -> Evidence:
    words = title[at[0] : min(at[1], at[0] + LONGEST_QUOTE)]
    return Evidence(quote=words.strip(), confidence=confidence, records=records)


def _places(
    title: str, departement: str | None
) -> tuple[tuple[FoundPlace, ...], tuple[int, int] | None]:
    """Return the communes that a title names, sought around the publisher's seat."""
    if departement is None:
        return (), None
    around = AROUND_PARIS if departement == "75" else (departement,)
    text = folded(title)
    found = sorted(
        (
            each
            for code in around
            for each in read_places(text, title, 0, len(title), code)
            if each.place.insee and each.place.how != "departement"
        ),
        key=lambda each: each.start,
    )
    unique: dict[str, FoundPlace] = {}
    for each in found:
        unique.setdefault(each.place.insee or "", each.place)
    return tuple(unique.values()), (found[0].start, found[0].end) if found else None


def _publisher(address: str | None) -> tuple[str | None, str | None]:
    for host, publisher in HOSTS.items():
        if address and host in address:
            return publisher
    return None, None


def _rows(suffix: str, data: bytes) -> Iterator[Mapping[str, str]]:
    text = _decoded(data).lstrip("\ufeff")
    if suffix == ".json":
        for row in _list(json.loads(text)):
            yield {str(key).lower(): str(value) for key, value in row.items() if value is not None}
        return
    first = text.split("\n", 1)[0]
    for row in csv.DictReader(io.StringIO(text), delimiter=_delimiter(first)):
        yield {
            str(key).lower().strip(): value for key, value in row.items() if isinstance(value, str)
        }


def _list(loaded: Any) -> list[dict[str, Any]]:
    """Return the records of a JSON document: a list, or the first list that an object holds."""
    if isinstance(loaded, dict):
        loaded = next((value for value in loaded.values() if isinstance(value, list)), [])
    records = loaded if isinstance(loaded, list) else []
    return [row for row in records if isinstance(row, dict)]


def _first_keys(head: str) -> list[str]:
    """Return the keys of the first object in a list, from the beginning of a JSON text."""
    start = head.find("[")
    start = head.find("{", start) if 0 <= start < 200 else -1
    if start < 0:
        return []
    try:
        row, _ = json.JSONDecoder().raw_decode(head[start:])
    except ValueError:
        return []
    return [str(key) for key in row] if isinstance(row, dict) else []


def _fits(columns: list[str]) -> bool:
    names = {folded(column).strip() for column in columns}
    return (
        any(name in names for name in TITLE)
        and any(name in names for name in PUBLISHED)
        and not names & _CONTRACT
    )


def _delimiter(first: str) -> str:
    return max(",;|\t", key=first.count)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > len(data) - 4:
            return data[: error.start].decode("utf-8")
        return data.decode("cp1252", errors="replace")


def _value(row: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    for name in names:
        if value := row.get(name, "").strip():
            return value
    return None


def _day(text: str | None) -> date | None:
    """Read 31/12/2025 or 2025-12-31, with or without an hour behind."""
    found = _DAY.match((text or "").strip())
    if not found:
        return None
    parts = [int(part) for part in re.split("[/-]", found[0])]
    year, month, day = parts if parts[0] > 31 else reversed(parts)
    try:
        return date(year, month, day)
    except ValueError:
        return None
