"""French names of places after "de": Mairie de Nice, du Havre, d'Ambérieu, des Ulis."""

from __future__ import annotations

import re

from contrechamp.kernel.names import fold

_VOWELS = "aeiouy"


def of_place(name: str) -> str:
    """Return a place's name with its "de": `du Havre`, `des Ulis`, `d'Oyonnax`, `de La Ciotat`."""
    if name.startswith("Le "):
        return f"du {name[3:]}"
    if name.startswith("Les "):
        return f"des {name[4:]}"
    if re.match(r"(?i)[a-zà-ÿœæ]", name) and fold(name[:1])[:1] in _VOWELS:
        return f"d'{name}"
    return f"de {name}"


def town_hall(name: str) -> str:
    """Return what the body of a commune is called: `Mairie du Havre`."""
    return f"Mairie {of_place(name)}"
