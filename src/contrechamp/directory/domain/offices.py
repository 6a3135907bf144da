"""The list of bodies that named a person for access to documents: which body a line means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from contrechamp.kernel.errors import gettext_noop
from contrechamp.kernel.names import fold

from .identity import Gazetteer, bare, find_epci, find_region
from .kinds import BodyKind
from .lines import NO_NAME, Problem, clean
from .mailboxes import Fault, fault_of
from .tags import kind_of

NO_BODY = gettext_noop(
    "« {name} » n'a pas été reconnu dans l'annuaire : peut-être a-t-il été réuni à un autre"
)
PLACED = (BodyKind.COMMUNE, BodyKind.EPCI, BodyKind.DEPARTEMENT, BodyKind.REGION)
"""Bodies that a list of places has all of: one that it has not is gone, and is not added."""
BAD_FLAG = gettext_noop("la colonne has_email dit « {value} » au lieu de yes ou no")


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """One line: a body that has an access officer. The officer's name is never read."""

    number: int
    key: str
    name: str
    kind: BodyKind
    departement: str
    mail: str = ""
    """Only a list with the column `email` gives it."""
    has_mail: bool = False
    problems: tuple[Problem, ...] = ()

    @property
    def is_refused(self) -> bool:
        return any(problem.is_fatal for problem in self.problems)


def read_office(row: Mapping[str, str], number: int) -> Office:
    """Read one line of the layout `offices`."""
    name = clean(row.get("administration") or "")
    departement = clean(row.get("departement") or "").upper().zfill(2)
    flag = (row.get("has_email") or "").strip().lower()
    problems = []
    if not fold(name):
        problems.append(Problem(code="name", sentence=NO_NAME, is_fatal=True))
    if flag not in ("yes", "no"):
        values = (("value", flag[:20]),)
        problems.append(Problem(code="flag", sentence=BAD_FLAG, values=values, is_fatal=True))
    mail = (row.get("email") or "").strip().lower()
    return Office(
        number=number,
        key=f"{departement}:{fold(name)}"[:255],
        name=name,
        kind=kind_of("", name) or BodyKind.OTHER,
        departement=departement,
        mail=mail if mail and fault_of(mail) != Fault.MALFORMED else "",
        has_mail=flag == "yes",
        problems=tuple(problems),
    )


def identity_of(office: Office, known: Gazetteer) -> str:
    """Return the identity that the body of a line has if it is known, or empty."""
    match office.kind:
        case BodyKind.COMMUNE:
            own = re.sub(
                r"(?i)^(?:mairie|ville)\s+(?:de la |de l'|de |d'|des |du )", "", office.name
            )
            for spelled in (own, f"Le {own}", f"Les {own}", f"La {own}", f"L'{own}"):
                if place := known.towns.get((office.departement, fold(spelled))):
                    return place.key.replace("arrondissement:", "commune:")
        case BodyKind.EPCI:
            if place := find_epci(office.name, office.departement, known):
                return place.key
            return f"epci:{office.departement}:{bare(office.name)}"
        case BodyKind.DEPARTEMENT:
            return f"departement:{office.departement}"
        case BodyKind.PREFECTURE if re.match(
            r"(?i)préfecture (?!de police|de région)", office.name
        ):
            return f"prefecture:{office.departement}"
        case BodyKind.REGION:
            if place := find_region(office.name, known):
                return place.key
    return ""
