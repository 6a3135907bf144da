"""Official numbers, and how to know that one was mistyped.

Sources: SIREN and SIRET end in a Luhn check digit (INSEE, "Identifiant SIREN / SIRET",
https://www.insee.fr/fr/metadonnees/definition/c2047; ISO/IEC 7812-1 annex B). The
establishments of La Poste (SIREN 356000000) are the exception: but for its head office, the
sum of the fourteen digits is divisible by five. LEI: ISO 17442, check digits by ISO 7064
MOD 97-10. RNA: `W` and nine digits (répertoire national des associations). INSEE: code
officiel géographique. HATVP: the register of lobbyists gives a body without SIREN `H` and
nine digits.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from .errors import Refused, gettext_noop

LA_POSTE = "356000000"
_SEPARATORS = re.compile(r"[\s\u00a0\u202f.\-]+")


def compact(text: str) -> str:
    """Return a number without the spaces, dots and hyphens that people put into it."""
    return _SEPARATORS.sub("", text).upper()


def _luhn(digits: str) -> bool:
    total = 0
    for index, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + index % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _digits(text: str, length: int) -> bool:
    return re.fullmatch(f"[0-9]{{{length}}}", text) is not None


def is_siren(text: str) -> bool:
    """Answer whether it is nine digits, the last of which checks the others (Luhn)."""
    return _digits(text, 9) and text != "000000000" and _luhn(text)


def is_siret(text: str) -> bool:
    """Answer whether it is fourteen digits that check, and begin with a SIREN that checks."""
    if not _digits(text, 14) or not is_siren(text[:9]):
        return False
    if text[:9] == LA_POSTE:
        return sum(map(int, text)) % 5 == 0 or _luhn(text)
    return _luhn(text)


def siren_of(siret: str) -> str:
    """Return the SIREN of a SIRET: its first nine digits."""
    return check_siret(siret)[:9]


def is_insee(text: str) -> bool:
    """Answer whether it has the form of a commune's code: `06088`, `2A004`, `97411`."""
    return re.fullmatch(r"(?:[0-9]{2}|2[AB])[0-9]{3}", text) is not None


def is_rna(text: str) -> bool:
    """Answer whether it has the form of an association's number: `W` and nine digits."""
    return re.fullmatch(r"W[0-9]{9}", text) is not None


def is_lei(text: str) -> bool:
    """Answer whether it is a legal entity identifier whose check digits hold."""
    if re.fullmatch(r"[0-9A-Z]{18}[0-9]{2}", text) is None:
        return False
    return int("".join(str(int(sign, 36)) for sign in text)) % 97 == 1


def is_hatvp(text: str) -> bool:
    """Answer whether it has the form of the register of lobbyists: a SIREN, or `H` and nine."""
    return is_siren(text) or re.fullmatch(r"H[0-9]{9}", text) is not None


def is_wikidata(text: str) -> bool:
    """Answer whether it has the form of a Wikidata item: `Q` and a number."""
    return re.fullmatch(r"Q[1-9][0-9]{0,11}", text) is not None


def _checked(text: str, is_right: Callable[[str], bool], sentence: str) -> str:
    value = compact(text)
    if not is_right(value):
        raise Refused(sentence, number=text.strip()[:80])
    return value


def check_siren(text: str) -> str:
    """Return the number without spaces, or raise `Refused`."""
    return _checked(
        text,
        is_siren,
        gettext_noop(
            "« {number} » n'est pas un SIREN : il faut neuf chiffres dont le dernier est la clé "
            "de contrôle. Vérifiez-le sur annuaire-entreprises.data.gouv.fr."
        ),
    )


def check_siret(text: str) -> str:
    """Return the number without spaces, or raise `Refused`."""
    return _checked(
        text,
        is_siret,
        gettext_noop(
            "« {number} » n'est pas un SIRET : il faut quatorze chiffres, les neuf premiers sont "
            "le SIREN et le dernier la clé de contrôle."
        ),
    )


def check_insee(text: str) -> str:
    """Return the code without spaces, or raise `Refused`. Whether it exists, places knows."""
    return _checked(
        text,
        is_insee,
        gettext_noop(
            "« {number} » n'est pas un code INSEE de commune : il a cinq signes, comme 06088 ou "
            "2A004. Ce n'est pas le code postal."
        ),
    )


def check_rna(text: str) -> str:
    """Return the number without spaces, or raise `Refused`."""
    return _checked(
        text,
        is_rna,
        gettext_noop("« {number} » n'est pas un numéro RNA : W suivi de neuf chiffres."),
    )


def check_lei(text: str) -> str:
    """Return the code without spaces, or raise `Refused`."""
    return _checked(
        text,
        is_lei,
        gettext_noop("« {number} » n'est pas un LEI : vingt signes, les deux derniers vérifient."),
    )


def check_hatvp(text: str) -> str:
    """Return the code without spaces, or raise `Refused`."""
    return _checked(
        text,
        is_hatvp,
        gettext_noop(
            "« {number} » n'est pas un code du répertoire HATVP : un SIREN, ou H suivi de neuf "
            "chiffres."
        ),
    )


def check_wikidata(text: str) -> str:
    """Return the item without spaces, or raise `Refused`."""
    return _checked(
        text,
        is_wikidata,
        gettext_noop("« {number} » n'est pas un élément Wikidata : Q suivi d'un nombre."),
    )
