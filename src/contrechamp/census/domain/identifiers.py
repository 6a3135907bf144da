"""Official numbers as identity: which schemes there are, and how each is checked."""

from __future__ import annotations

import re
from collections.abc import Callable

from contrechamp.kernel import numbers
from contrechamp.kernel.errors import Refused, gettext_noop

CHECKS: dict[str, Callable[[str], str]] = {
    "siren": numbers.check_siren,
    "siret": numbers.check_siret,
    "insee": numbers.check_insee,
    "rna": numbers.check_rna,
    "lei": numbers.check_lei,
    "hatvp": numbers.check_hatvp,
    "wikidata": numbers.check_wikidata,
}
FREE = {"ted", "boamp", "decp", "vocabulary", "opencorporates"}
"""Schemes of registers whose numbers have no form that could be checked."""
SINGLE = {"siren", "rna", "lei", "insee"}
"""One record has one of these: two that differ are two bodies."""
_FOREIGN = re.compile(r"register:[a-z]{2}")


def check_identifier(scheme: str, value: str) -> str:
    """Return the number as it is kept, or raise `Refused`.

    A foreign register is `register:be` and so on; its number is kept as written.
    """
    if check := CHECKS.get(scheme):
        return check(value)
    if scheme in FREE or _FOREIGN.fullmatch(scheme):
        kept = " ".join(value.split())[:80]
        if kept:
            return kept
        raise Refused(gettext_noop("Le numéro est vide."))
    raise Refused(
        gettext_noop("« {scheme} » n'est pas une sorte de numéro connue : {known}."),
        scheme=scheme,
        known=", ".join([*CHECKS, *sorted(FREE), "register:be"]),
    )
