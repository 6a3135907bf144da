"""What names a person is refused: a table is about a machine, never about somebody.

A column is known by its name, or by what it holds: names, birth dates, numbers of cases, addresses.
The rule may refuse a column that is harmless; it says which and what to do. It is no proof that a
table without such a column names nobody (`docs/decisions`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from contrechamp.lab.model import Text

from .sheet import Sheet, Unreadable
from .values import day

NAMES = Text("des noms de personnes", "names of people")
BIRTHS = Text("des dates de naissance", "birth dates")
CASES = Text(
    "des numéros de dossier ou de personne, un par ligne",
    "numbers of cases or people, one a row",
)
CONTACTS = Text("des coordonnées de personnes", "addresses or numbers of people")

WORDS: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (
        NAMES,
        (
            *("nom", "noms", "prenom", "prenoms", "patronyme", "identite", "surname", "fullname"),
            *("firstname", "lastname", "forename", "nom_prenom", "full_name", "first_name"),
            *("last_name", "nom_famille", "nom_de_famille", "nom_usage", "name", "nickname"),
            *("first", "last", "middle", "alias", "person_name", "defendant_name"),
        ),
    ),
    (
        BIRTHS,
        (
            *("naissance", "date_naissance", "date_de_naissance", "ne_le", "nee_le", "dob"),
            *("birth", "birthdate", "birthday", "birth_date", "date_of_birth", "ddn"),
        ),
    ),
    (
        CASES,
        (
            *("id", "uid", "uuid", "identifiant", "person_id", "personid", "id_personne"),
            *("individu_id", "id_individu", "case_number", "case_no", "casenumber", "docket"),
            *("numero_dossier", "num_dossier", "no_dossier", "n_dossier", "dossier", "matricule"),
            *("num_allocataire", "numero_allocataire", "allocataire", "numero_fiscal", "fiscal_id"),
            *("nir", "insee_nir", "num_secu", "numero_secu", "secu", "ssn", "nss", "ine"),
            *("passport", "passeport", "plaque", "immatriculation", "license_plate", "plate"),
            *("compas_person_id", "arrest_id", "booking_number", "numero_ecrou", "ecrou"),
        ),
    ),
    (
        CONTACTS,
        (
            *("email", "e_mail", "mail", "courriel", "telephone", "tel", "phone", "mobile"),
            *("adresse", "address", "rue", "street", "adresse_postale", "home_address", "ip"),
            *("ip_address", "adresse_ip", "iban", "rib"),
        ),
    ),
)
PARTS = (
    (NAMES, re.compile(r"(?:^|_)(?:prenom|surname|firstname|lastname|patronyme)s?(?:_|$)")),
    (BIRTHS, re.compile(r"(?:^|_)(?:naissance|birth|dob|birthdate)(?:_|$)")),
    (CASES, re.compile(r"(?:^|_)(?:case_number|case_no|person_id|numero_dossier|nir|ssn)(?:_|$)")),
    (CONTACTS, re.compile(r"(?:^|_)(?:email|courriel|telephone|phone)(?:_|$)")),
)
FEWEST = 20
"""Values below which what a column holds says nothing."""
MOST = 0.8
ALL_OWN = 0.98
LIFETIME_DAYS = 30 * 365
EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[a-zA-Z]{2,}")
PHONE = re.compile(r"(?:\+33|0)[1-9](?:[ .-]?\d{2}){4}")
NIR = re.compile(r"[12] ?\d{2} ?\d{2} ?\d[\dAB] ?\d{3} ?\d{3}(?: ?\d{2})?")
PERSON = re.compile(r"[^\W\d_][\w'’-]+(?:,? [^\W\d_][\w'’.-]*){1,3}")
CASE = re.compile(r"(?=.*\d)(?=(?:.*\d){4})[A-Za-z0-9/._-]{5,30}")
PLAIN_INTEGER = re.compile(r"\d{5,}")


@dataclass(frozen=True, slots=True)
class Suspect:
    """A column that seems to hold what identifies people."""

    name: str
    holds: Text


def check_no_identity(sheet: Sheet) -> None:
    """Raise `Unreadable` when a column seems to name people, with all of them and what to do."""
    found = suspects(sheet)
    if not found:
        return
    french = ", ".join(f"« {each.name} » ({each.holds.fr})" for each in found)
    english = ", ".join(f"“{each.name}” ({each.holds.en})" for each in found)
    raise Unreadable(
        Text(
            "Ce tableau semble désigner des personnes. Rien n'a été gardé ni calculé. Retirez ces "
            f"colonnes dans votre tableur, puis recommencez : {french}.",
            "This table seems to name people. Nothing was kept or computed. Remove these columns "
            f"in your spreadsheet, then try again: {english}.",
        )
    )


def suspects(sheet: Sheet) -> list[Suspect]:
    """Return the columns that seem to name people, in their order."""
    found = []
    for name in sheet.names:
        holds = by_name(name) or by_values(sheet.column(name))
        if holds:
            found.append(Suspect(name, holds))
    return found


def by_name(name: str) -> Text | None:
    """Return what a column of that name holds of a person, or None."""
    slug = slug_of(name)
    for holds, words in WORDS:
        if slug in words:
            return holds
    return next((holds for holds, part in PARTS if part.search(slug)), None)


def slug_of(name: str) -> str:
    """Return the name of a column as words of plain letters joined by `_`."""
    plain = unicodedata.normalize("NFKD", name).lower()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def by_values(cells: Sequence[str]) -> Text | None:
    """Return what these cells hold of people, or None: by what most of them look like."""
    full = [cell for cell in cells if cell]
    if len(full) < FEWEST:
        return _contact(full) if full else None
    return _contact(full) or _birth(full) or _own(full)


def _share(cells: Sequence[str], form: re.Pattern[str]) -> float:
    return sum(form.fullmatch(cell) is not None for cell in cells) / len(cells)


def _contact(cells: Sequence[str]) -> Text | None:
    if max(_share(cells, EMAIL), _share(cells, PHONE)) > MOST / 2:
        return CONTACTS
    return CASES if _share(cells, NIR) > MOST / 2 else None


def _birth(cells: Sequence[str]) -> Text | None:
    """Dates that span a life are no days of patrols."""
    if not all(len(cell) >= 8 and not cell.isdigit() for cell in cells[:FEWEST]):
        return None
    days = [found for cell in cells if (found := day(cell)) is not None]
    if len(days) < MOST * len(cells):
        return None
    return BIRTHS if max(days) - min(days) > LIFETIME_DAYS else None


def _own(cells: Sequence[str]) -> Text | None:
    """Values that no two rows share: names, or numbers of cases."""
    distinct = len(set(cells)) / len(cells)
    if distinct > MOST and _share(cells, PERSON) > MOST:
        return NAMES
    if distinct < ALL_OWN:
        return None
    is_case = _share(cells, CASE) > MOST and not any("." in cell for cell in cells)
    dates = sum(day(cell) is not None and not cell.isdigit() for cell in cells)
    if dates > MOST * len(cells):
        return None
    return CASES if is_case or _share(cells, PLAIN_INTEGER) > MOST else None
