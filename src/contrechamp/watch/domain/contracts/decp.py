"""Rows of the register of essential data of contracts (DECP), of all its generations.

Sources: arrêté of 22 December 2022 (format v2: `marches.marche[]`, nested `titulaire` and
`modification`, no names), arrêté of 22 March 2019 (v1: `marches[]`); the tables of the regions and
of decp.info (`acheteur_id`, `titulaire_id`). XML rows come here as the same mappings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from contrechamp.watch.domain.text import folded

from .record import Amendment, Party, Record

Row = Mapping[str, Any]


def record_of(row: Row, position: int) -> Record:
    """Return a row of the JSON or XML register as a record. Raise `TypeError` when it is none."""
    if not isinstance(row, Mapping):
        raise TypeError("not a mapping")
    buyer = _mapping(row.get("acheteur") or row.get("autoriteConcedante"))
    place = _mapping(row.get("lieuExecution"))
    return Record(
        position=position,
        id=_text(row.get("id")),
        uid=_text(row.get("uid")),
        platform=_text(row.get("source")),
        nature=_text(row.get("nature")),
        object=_text(row.get("objet")) or "",
        cpv=_text(row.get("codeCPV") or row.get("CPV")),
        buyer=Party(number=_text(buyer.get("id")), name=_name(buyer.get("nom"))),
        suppliers=tuple(_suppliers(row)),
        place_code=_stated(place.get("code")),
        place_kind=_text(place.get("typeCode")),
        place_name=_name(place.get("nom")),
        amount=_first(row, "montant", "valeurGlobale", "valeurGlobaleEstimee"),
        tax="HT",
        duration=row.get("dureeMois"),
        notified=_text(_first(row, "dateNotification", "dateSignature", "dateDebutExecution")),
        published=_text(row.get("datePublicationDonnees")),
        group=_stated(row.get("idAccordCadre")),
        amendments=tuple(_amendments(row)),
    )


def _mapping(value: Any) -> Row:
    return value if isinstance(value, Mapping) else {}


def _first(row: Row, *keys: str) -> Any:
    return next((row[key] for key in keys if row.get(key) is not None), None)


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, Mapping | list):
        return None
    return str(value).strip() or None


def _stated(value: Any) -> str | None:
    text = _text(value)
    return None if text is None or text.casefold() in ("nc", "n/a", "cdl") else text


_name = _stated


def _members(value: Any, inner: str) -> Iterator[Row]:
    """Yield the members of a list that a generation nests under a name of its own or not."""
    if isinstance(value, Mapping):
        value = value.get(inner, [value] if inner not in value else None)
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, Mapping):
            nested = each.get(inner, each)
            yield from (
                m
                for m in (nested if isinstance(nested, list) else [nested])
                if isinstance(m, Mapping)
            )


def _suppliers(row: Row) -> Iterator[Party]:
    for key, inner in (("titulaires", "titulaire"), ("concessionnaires", "concessionnaire")):
        for each in _members(row.get(key), inner):
            yield Party(
                number=_text(each.get("id")),
                kind=_text(each.get("typeIdentifiant")),
                name=_name(each.get("denominationSociale") or each.get("nom")),
            )


def _amendments(row: Row) -> Iterator[Amendment]:
    for each in _members(row.get("modifications"), "modification"):
        if not each:
            continue
        yield Amendment(
            object=_text(each.get("objetModification")),
            notified=_text(
                _first(each, "dateNotificationModification", "dateSignatureModification")
            ),
            published=_text(each.get("datePublicationDonneesModification")),
            amount=_first(each, "montant", "valeurGlobale"),
            duration=each.get("dureeMois"),
        )


_COLUMNS = {
    "id": ("id", "iddumarche", "idmarche", "numeromarche", "numerodemarche"),
    "uid": ("uid",),
    "platform": ("source", "sourcedataset", "sourcefile"),
    "nature": ("nature", "type"),
    "object": ("objet", "objetmarche", "objetdumarche", "libelle", "intitule"),
    "cpv": ("codecpv", "cpv"),
    "buyer_number": ("acheteurid", "acheteursiret", "siretacheteur", "idacheteur"),
    "buyer_name": ("acheteurnom", "nomacheteur", "acheteur"),
    "supplier_number": (
        "titulairesid",
        "titulaireid",
        "titulaireid1",
        "titulairesiret",
        "sirettitulaire",
        "titulairessiret",
        "titulairesid1",
    ),
    "supplier_siren": ("sirentitualire", "sirentitulaire"),
    "supplier_name": (
        "titulairesdenominationsociale",
        "titulairenom",
        "titulairemandataire",
        "titulaire",
        "titulairesdenominationsociale1",
        "titulairedenominationsociale",
    ),
    "place_code": ("lieuexecutioncode",),
    "place_kind": ("lieuexecutiontypecode",),
    "place_name": ("lieuexecutionnom", "lieuexecution"),
    "duration": ("dureemois", "duree"),
    "notified": ("datenotification",),
    "published": ("datepublicationdonnees", "datepublicationdesdonnees"),
    "amount": ("montant", "montantinitialht", "montantht", "montantprevu"),
    "group": ("idaccordcadre",),
}


def columns_of(header: list[str]) -> dict[str, int]:
    """Return where a table's header has what; names compared without accents, signs and lost ones.

    A header counts as one of contracts when it has a CPV or object and a buyer.
    """
    plain = [_plain_name(name) for name in header]
    found = {}
    for field, names in _COLUMNS.items():
        for name in names:
            if name in plain:
                found[field] = plain.index(name)
                break
    return found


def is_register(columns: Mapping[str, int]) -> bool:
    """Answer whether these columns are those of a register of contracts."""
    return ("object" in columns or "cpv" in columns) and bool(
        {"buyer_number", "buyer_name"} & set(columns)
    )


def _plain_name(name: str) -> str:
    return "".join(
        sign for sign in folded(name.strip("\ufeff ")) if sign.isascii() and sign.isalnum()
    )


def record_of_cells(cells: list[str], columns: Mapping[str, int], position: int) -> Record:
    """Return a row of a table as a record. Raise `ValueError` when cells are missing."""
    if len(cells) <= max(columns.values()):
        raise ValueError(f"{len(cells)} cells")
    got = {field: cells[index].strip() or None for field, index in columns.items()}
    amount = got.get("amount")
    supplier = Party(
        number=got.get("supplier_number") or got.get("supplier_siren"),
        name=_stated(got.get("supplier_name")),
    )
    return Record(
        position=position,
        id=got.get("id"),
        uid=got.get("uid"),
        platform=got.get("platform"),
        nature=got.get("nature"),
        object=got.get("object") or "",
        cpv=got.get("cpv"),
        buyer=Party(number=got.get("buyer_number"), name=_stated(got.get("buyer_name"))),
        suppliers=(supplier,) if supplier.number or supplier.name else (),
        place_code=got.get("place_code"),
        place_kind=got.get("place_kind"),
        place_name=_stated(got.get("place_name")),
        amount=amount,
        tax="HT",
        duration=got.get("duration"),
        notified=got.get("notified"),
        published=got.get("published"),
        group=_stated(got.get("group")),
    )
