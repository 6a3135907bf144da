"""What an account may be called: a pseudonym that can be said, typed and put in an address."""

from __future__ import annotations

import re
import unicodedata

from contrechamp.kernel.errors import Refused, gettext_noop

NAME = re.compile(r"[^\W_](?:[\w.-]{0,38}[^\W_])?")
SHORTEST = 3
"""Of a name that somebody chooses alone; who administers may open a shorter one."""
FOLDED = 200
SITES = re.compile(r"\.(?:com|fr|org|net|info|eu|io|be|ch|onion)$")
RESERVED = (
    *("admin", "administrateur", "administratrice", "administration", "moderateur"),
    *("moderatrice", "moderation", "contrechamp", "equipe", "systeme", "system", "anonyme"),
    *("anonymous", "root", "support", "securite", "security", "webmaster", "supprime"),
    *("compte-supprime", "redaction", "officiel", "police", "mairie", "prefecture"),
)
"""Names that would speak for the site or for an authority."""
LOOK_ALIKE = str.maketrans(
    {
        # Cyrillic and Greek letters that are drawn like Latin ones (Unicode TR 39, in part).
        **dict(zip("авсеԁԍһіјкӏмнорԛгѕтуѵԝхьъ", "abcedghijklmhopqrstyvwxbb", strict=True)),
        **dict(zip("αβγεζηικνορτυχωϲμ", "abyeznlkvoptuxwcu", strict=True)),
        # Signs that one takes for one another in many typefaces.
        "0": "o",
        "1": "l",
        "i": "l",
        "ı": "l",
        "|": "l",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "œ": "oe",
        "æ": "ae",
    }
)
ALIKE = {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "COPTIC", "CHEROKEE"}
TOGETHER = (("rn", "m"), ("vv", "w"))


class NameTaken(Refused):
    """Somebody has that name, or one that is read like it."""


def check_name(name: str) -> None:
    """Raise `Refused` unless the name is 1 to 40 letters, digits, dots, hyphens, underscores."""
    if not NAME.fullmatch(name):
        raise Refused(
            gettext_noop(
                "« {name} » ne peut pas être un nom de compte : choisissez 1 à 40 lettres ou "
                "chiffres, avec au besoin des points, tirets ou soulignés à l'intérieur."
            ),
            name=name[:60],
        )


def check_pseudonym(name: str) -> None:
    """Raise `Refused` unless somebody may choose that name alone: see `check_name`, and more.

    A name of mail or of a site would say who one is or advertise; a name that mixes alphabets is
    made to be mistaken; one that is reserved would speak for the site.
    """
    if "@" in name or SITES.search(name.casefold()):
        raise Refused(
            gettext_noop(
                "Un pseudonyme n'est ni une adresse e-mail ni un site : il est public, et ne doit "
                "pas dire qui vous êtes."
            )
        )
    check_name(name)
    if len(name) < SHORTEST:
        raise Refused(gettext_noop("Un pseudonyme a au moins {least} signes."), least=SHORTEST)
    if len(_alphabets(name)) > 1:
        raise Refused(
            gettext_noop(
                "Ce pseudonyme mêle des alphabets : on le prendrait pour un autre. N'en gardez "
                "qu'un."
            )
        )
    if fold(name) in _RESERVED_FOLDED:
        raise Refused(
            gettext_noop("« {name} » parlerait au nom du site. Choisissez un autre nom."),
            name=name,
        )


def fold(name: str) -> str:
    """Return what two names have in common that are read as one another.

    Case, accents, separators and look-alike letters count for nothing.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    folded = letters.translate(LOOK_ALIKE)
    folded = "".join(sign for sign in folded if sign.isalnum())
    for drawn, read in TOGETHER:
        folded = folded.replace(drawn, read)
    return folded[:FOLDED]


def _alphabets(name: str) -> set[str]:
    """Return the alphabets of a name, of those whose letters are drawn alike."""
    return {unicodedata.name(sign, "?").split()[0] for sign in name} & ALIKE


_RESERVED_FOLDED = {fold(name) for name in RESERVED}
