"""Where a contract is for: the buyer's commune by its SIREN, else the place of execution."""

from __future__ import annotations

from contrechamp.kernel.names import fold
from contrechamp.places.domain.packaged import Commune
from contrechamp.watch.domain.finding import FoundPlace
from contrechamp.watch.domain.text import folded

from .damage import cleaned
from .record import Record
from .repairing import repaired
from .values import commune_of_insee, commune_of_siren, communes_of_postal_code, siren_in


def place_of(record: Record) -> tuple[FoundPlace | None, tuple[str, ...]]:
    """Return the place and warnings.

    A code that is typed as a commune's but is a postal code ("83136" beside another name) is read
    as a postal code, and gives a commune only when the name agrees or it has one alone.
    """
    if commune := commune_of_siren(siren_in(record.buyer.number)):
        printed = _shown(record.buyer.name) or commune.name
        return FoundPlace(printed=printed, name=commune.name, insee=commune.insee, how="buyer"), ()
    return _executed(record)


def _executed(record: Record) -> tuple[FoundPlace | None, tuple[str, ...]]:
    name, code = _shown(record.place_name), (record.place_code or "").strip()
    kind = folded(record.place_kind or "")
    printed = name or code
    if not printed:
        return _postal_of_buyer(record)
    if "departement" in kind:
        return FoundPlace(printed=printed, how="departement"), ()
    found, warnings = _commune(code, name, kind)
    if found:
        return FoundPlace(
            printed=printed, name=found.name, insee=found.insee, how="exact"
        ), warnings
    return FoundPlace(printed=printed), warnings


def _commune(code: str, name: str | None, kind: str) -> tuple[Commune | None, tuple[str, ...]]:
    if len(code) != 5:
        return None, ()
    by_post = communes_of_postal_code(code)
    if "postal" in kind:
        return _among(by_post, name), ()
    if "commune" not in kind and "insee" not in kind:
        return None, ()
    by_code = commune_of_insee(code)
    if by_code and (not name or _agrees(by_code, name)):
        return by_code, ()
    named = _among(by_post, name)
    if named and (by_code is None or (name and _agrees(named, name))):
        return named, ("place_code_is_postal",)
    return (by_code if by_code and not by_post else None), ()


def _among(communes: tuple[Commune, ...], name: str | None) -> Commune | None:
    if len(communes) == 1:
        return communes[0]
    named = [each for each in communes if name and _agrees(each, name)]
    return named[0] if len(named) == 1 else None


def _agrees(commune: Commune, name: str) -> bool:
    return fold(commune.name) == fold(name) or fold(commune.name) in fold(name)


def _postal_of_buyer(record: Record) -> tuple[FoundPlace | None, tuple[str, ...]]:
    """A notice without SIRET: its name and post code only suggest; both together name one."""
    code, name = record.buyer.postal_code or "", _shown(record.buyer.name)
    if not code or not name:
        return (FoundPlace(printed=name), ()) if name else (None, ())
    words = fold(name)
    named = [each for each in communes_of_postal_code(code) if fold(each.name) in words]
    best = max(named, key=lambda each: len(each.name), default=None)
    if best is None:
        return FoundPlace(printed=name), ()
    return FoundPlace(printed=name, name=best.name, insee=best.insee, how="exact"), ()


def _shown(name: str | None) -> str | None:
    return repaired(cleaned(name))[0] or None if name else None
