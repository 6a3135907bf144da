"""Reading notices of the BOAMP: its XML, and the records of its open-data API.

Persons are not read: CORRESPONDANT, CONTACT, MEL, TEL and FAX are never looked at.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import ijson
from lxml import etree

from contrechamp.watch.domain.contracts.record import BadRecord, Party, Record

from .recoding import utf8

Read = Record | BadRecord
_DECISIONS = (
    ("ATTRIBUTION", "award"),
    ("RESULTAT", "award"),
    ("INTENTION", "award"),
    ("MODIFICATION", "amendment"),
    ("APPEL_OFFRE", "call"),
    ("PREINFORMATION", "call"),
    ("PERIODIQUE", "call"),
    ("QUALIFICATION", "call"),
    ("RECTIFICATIF", "call"),
)
_ROLE = re.compile(r"\s*\((mandataire|co-?traitant)[^)]*\)\s*$", re.IGNORECASE)


def read_xml(path: Path) -> Iterator[Read]:
    """Yield the notices of a file of one or many. `ValueError` where it breaks."""
    position = 0
    try:
        for _, element in etree.iterparse(
            str(path), events=("end",), tag="ANNONCE", resolve_entities=False, no_network=True
        ):
            yield _notice(element, position)
            position += 1
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)[:120]) from error


def _notice(element: Any, position: int) -> Read:
    number = _at(element, "GESTION/REFERENCE/IDWEB")
    data = element.find("DONNEES")
    if number is None or data is None:
        return BadRecord(
            position=position, code="bad_record", message="a notice without number or data"
        )
    purpose = data.find("OBJET")
    title = _at(purpose, "TITRE_MARCHE") or _at(element, "GESTION/INDEXATION/RESUME_OBJET")
    long = _at(purpose, "OBJET_COMPLET")
    nature = element.find("GESTION/REFERENCE/TYPE_AVIS/NATURE")
    earlier = _at(element, "GESTION/MARCHE/ANNONCE_ANTERIEUR/REFERENCE/IDWEB") or _at(
        element, "GESTION/ANNONCE_ANTERIEUR/REFERENCE/IDWEB"
    )
    decisions = list(data.iterfind(".//ATTRIBUTION/DECISION")) or list(data.iterfind(".//DECISION"))
    suppliers, amount, awarded = _decided(decisions)
    cpvs = [each.text.strip() for each in data.iterfind(".//CPV/PRINCIPAL") if each.text]
    whole = Record(
        position=position,
        id=number,
        uid=number,
        platform="BOAMP",
        decision=decision_of(*(child.tag for child in (nature if nature is not None else ()))),
        nature=None,
        object=_joined(title, _at(element, "GESTION/INDEXATION/RESUME_OBJET"), long),
        title=title,
        cpv=cpvs[0] if cpvs else None,
        other_cpvs=tuple(cpvs[1:]),
        buyer=Party(name=_at(data, "IDENTITE/DENOMINATION"), postal_code=_at(data, "IDENTITE/CP")),
        suppliers=suppliers,
        amount=amount,
        currency="EUR",
        duration=_at(purpose, ".//DUREE_MOIS") or _at(data, ".//DUREE_MOIS"),
        notified=awarded,
        published=_at(element, "GESTION/INDEXATION/DATE_PUBLICATION"),
        group=earlier or number,
        follows=earlier,
    )
    return replace(whole, parts=tuple(_lots(data, whole, decisions, title)))


def decision_of(*natures: str) -> str:
    """Return what a notice's nature decides: call, award or amendment."""
    said = " ".join(natures).upper()
    return next((decision for word, decision in _DECISIONS if word in said), "call")


def _lots(data: Any, whole: Record, decisions: list[Any], title: str | None) -> Iterator[Record]:
    lots = list(data.iterfind(".//LOTS/LOT"))
    by_number = {_at(each, "NUM_LOT"): each for each in decisions}
    for lot in lots:
        own = _joined(_at(lot, "INTITULE"), _at(lot, "DESCRIPTION"))
        if not own:
            continue
        cpvs = [each.text.strip() for each in lot.iterfind("CPV/PRINCIPAL") if each.text]
        yield _lot(whole, title, own, cpvs, by_number.get(_at(lot, "NUM")))
    if not lots and len(decisions) > 1:
        for each in decisions:
            own = _joined(_at(each, "INTITULE"), _at(each, "DESCRIPTION"))
            if own:
                yield _lot(whole, title, own, [], each)


def _lot(whole: Record, title: str | None, own: str, cpvs: list[str], decision: Any) -> Record:
    made = replace(
        whole,
        object=_joined(title, own),
        own=own,
        lots=(own[:200],),
        cpv=cpvs[0] if cpvs else whole.cpv,
        other_cpvs=tuple(cpvs[1:]),
    )
    if decision is None:
        return replace(made, amount=None) if whole.decision == "award" else made
    suppliers, amount, awarded = _decided([decision])
    return replace(made, suppliers=suppliers, amount=amount, notified=awarded)


def _decided(decisions: list[Any]) -> tuple[tuple[Party, ...], str | None, str | None]:
    """Return winners, sum and day of decisions; the sum only when there is one decision."""
    winners = []
    for each in decisions:
        for winner in each.iterfind("TITULAIRE"):
            name = _at(winner, "DENOMINATION")
            if name:
                role = _ROLE.search(name)
                winners.append(Party(name=_ROLE.sub("", name), role=_role(role)))
    sums = [text for each in decisions if (text := _at(each, "RENSEIGNEMENT/MONTANT"))]
    days = [text for each in decisions if (text := _at(each, "RENSEIGNEMENT/DATE_ATTRIBUTION"))]
    return (
        tuple(dict.fromkeys(winners)),
        sums[0] if len(decisions) == 1 and sums else None,
        days[0] if days else None,
    )


def _role(found: re.Match[str] | None) -> str:
    if found is None:
        return "holder"
    return "lead" if found[1].lower() == "mandataire" else "member"


def _at(element: Any, path: str) -> str | None:
    found = None if element is None else element.find(path)
    text = None if found is None else " ".join("".join(found.itertext()).split())
    return text or None


def _joined(*texts: str | None) -> str:
    """Return the texts one after another, without those that another holds already."""
    kept: list[str] = []
    for text in texts:
        if text and not any(text.casefold() in each.casefold() for each in kept):
            kept = [each for each in kept if each.casefold() not in text.casefold()] + [text]
    return " - ".join(kept)


def read_json(path: Path) -> Iterator[Read]:
    """Yield the notices of an answer of the open-data API. `ValueError` where it breaks."""
    with utf8(path) as raw:
        head = raw.read(4096)
    prefix = "item"
    if not re.match(rb"\s*\[", head):
        prefix = "records.item" if re.search(rb'"records"\s*:\s*\[', head) else "results.item"
    with utf8(path) as raw:
        try:
            for position, row in enumerate(
                ijson.items(raw, prefix, buf_size=1 << 18, use_float=True)
            ):
                yield _row(row, position)
        except ijson.JSONError as error:
            raise ValueError(str(error).split("\n", 1)[0][:120]) from error


def _row(row: Any, position: int) -> Read:
    if not isinstance(row, Mapping):
        return BadRecord(position=position, code="bad_record", message="not a notice")
    fields = row.get("fields") or _mapping(row.get("record")).get("fields") or row
    number = _text(fields.get("idweb") or fields.get("id"))
    title = _text(fields.get("objet"))
    if number is None or title is None:
        return BadRecord(
            position=position, code="bad_record", message="a notice without number or object"
        )
    data = _unpacked(fields.get("donnees"))
    told = _walk(data)
    earlier = _list(fields.get("annonce_lie") or fields.get("annonces_anterieures"))
    decision = decision_of(
        _text(fields.get("nature")) or "", *_list(fields.get("nature_categorise"))
    )
    whole = Record(
        position=position,
        id=number,
        uid=number,
        platform="BOAMP",
        decision=decision,
        object=_joined(title, *told["OBJET_COMPLET"][:1]),
        title=title,
        cpv=next(iter(told["CPV"]), None),
        other_cpvs=tuple(told["CPV"][1:]),
        buyer=Party(
            number=next(iter(told["SIRET"]), None),
            name=_text(fields.get("nomacheteur")),
            postal_code=next(iter(told["CP"]), None),
        ),
        suppliers=tuple(Party(name=name) for name in dict.fromkeys(_list(fields.get("titulaire")))),
        place_name=None,
        amount=told["MONTANT"][0] if decision == "award" and len(told["MONTANT"]) == 1 else None,
        published=_text(fields.get("dateparution")),
        group=(earlier[0] if earlier and decision != "call" else None) or number,
        follows=earlier[0] if earlier else None,
    )
    lots = [text for text in dict.fromkeys(told["LOT"]) if text]
    parts = tuple(
        replace(whole, object=_joined(title, own), own=own, lots=(own[:200],), amount=None)
        for own in lots
    )
    return replace(whole, parts=parts)


def _unpacked(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return json.loads(value)
        except ValueError:
            return None
    return value


_KEYS = {
    "cpv": "CPV",
    "principal": "CPV",
    "cbc:itemclassificationcode": "CPV",
    "objetprincipal": "CPV",
    "objet_complet": "OBJET_COMPLET",
    "objetcomplet": "OBJET_COMPLET",
    "code_identification_national": "SIRET",
    "codeidentificationnational": "SIRET",
    "siret": "SIRET",
    "cp": "CP",
    "montant": "MONTANT",
}


def _walk(value: Any) -> dict[str, list[str]]:
    """Collect from the nested data what is looked for, and nothing of persons."""
    found: dict[str, list[str]] = {
        key: [] for key in ("CPV", "OBJET_COMPLET", "SIRET", "CP", "MONTANT", "LOT")
    }
    stack: list[tuple[str, Any, bool]] = [("", value, False)]
    while stack:
        key, each, is_lot = stack.pop()
        if isinstance(each, Mapping):
            for name, inner in reversed(list(each.items())):
                low = str(name).lower()
                inside = is_lot or low in ("lot", "lots", "cac:procurementprojectlot")
                stack.append(
                    (key if low in ("#text", "value", "principal") and key else low, inner, inside)
                )
        elif isinstance(each, list):
            stack.extend((key, inner, is_lot) for inner in reversed(each))
        elif each is not None:
            _keep(found, key, str(each).strip(), is_lot=is_lot)
    return found


def _keep(found: dict[str, list[str]], key: str, text: str, *, is_lot: bool) -> None:
    if not text:
        return
    if is_lot and key in ("intitule", "description", "cbc:name", "cbc:description"):
        found["LOT"].append(text)
    name = _KEYS.get(key)
    if name == "CPV" and not re.match(r"\d{7,8}", text):
        return
    if name:
        found[name].append(text)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if value is None or isinstance(value, Mapping):
        return None
    return " ".join(str(value).split()) or None


def _list(value: Any) -> list[str]:
    if value is None:
        return []
    if isinstance(value, str) and value[:1] == "[":
        value = _unpacked(value) or value
    return [
        text for each in (value if isinstance(value, list) else [value]) if (text := _text(each))
    ]
