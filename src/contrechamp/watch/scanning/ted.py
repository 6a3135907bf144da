"""Reading notices of TED: eForms in UBL, of which each file holds one.

Contacts of organisations are not read; a winner who is a natural person is said to be one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lxml import etree

from contrechamp.watch.domain.contracts.record import BadRecord, Party, Record
from contrechamp.watch.domain.contracts.values import day_of

Read = Record | BadRecord
_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_EF = "http://data.europa.eu/p27/eforms-ubl-extension"
NS = {
    "cac": f"{_UBL}CommonAggregateComponents-2",
    "cbc": f"{_UBL}CommonBasicComponents-2",
    "ext": f"{_UBL}CommonExtensionComponents-2",
    "efext": f"{_EF}s/1",
    "efac": f"{_EF}-aggregate-components/1",
    "efbc": f"{_EF}-basic-components/1",
}
ROOTS = {
    "ContractNotice": "call",
    "PriorInformationNotice": "call",
    "ContractAwardNotice": "award",
}
_LIMIT = 64 << 20


def read(path: Path) -> Iterator[Read]:
    """Yield the notice of a file and what is wrong in it. `ValueError` when it is no XML."""
    if path.stat().st_size > _LIMIT:
        raise ValueError("a notice of more than 64 MB")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.parse(str(path), parser).getroot()
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)[:120]) from error
    for message in wrong_in(root):
        yield BadRecord(position=0, code="bad_record", message=message)
    if (notice := _record(root)) is not None:
        yield notice


def wrong_in(root: Any) -> list[str]:
    """Return what makes a notice invalid, as far as the notice itself shows it.

    Empty identifiers and elements, references to organisations and tenders that are not there,
    the same text twice in one language, no buyer, no object, more lots to be won than none.
    """
    wrong = []
    if not _text(root, "cbc:ID"):
        wrong.append("no identifier of the notice")
    # A prior information notice may come before there is a procedure.
    if not _text(root, "cbc:ContractFolderID") and "PriorInformation" not in root.tag:
        wrong.append("no identifier of the procedure")
    if not _text(root, "cac:ContractingParty/cac:Party/cac:PartyIdentification/cbc:ID"):
        wrong.append("no buyer")
    if (
        root.find("cac:ProcurementProject", NS) is None
        and root.find("cac:ProcurementProjectLot", NS) is None
    ):
        wrong.append("no object")
    wrong.extend(_empty(root))
    wrong.extend(_dangling(root))
    wrong.extend(_repeated(root))
    return wrong


def _empty(root: Any) -> Iterator[str]:
    for path in ("efac:Organization", "cac:MainCommodityClassification"):
        if any(len(each) == 0 for each in root.iterfind(f".//{path}", NS)):
            yield f"an empty {path.split(':')[1]}"
    numbers = [each for each in root.iterfind(".//cbc:ID", NS) if not (each.text or "").strip()]
    if numbers:
        yield "an empty identifier"
    if any(
        (each.text or "").strip() == "0"
        for each in root.iterfind(".//cbc:MaximumLotsAwardedNumeric", NS)
    ):
        yield "no lot can be won"


def _dangling(root: Any) -> Iterator[str]:
    known = {
        _text(each, "cac:PartyIdentification/cbc:ID")
        for each in root.iterfind(".//efac:Company", NS)
    }
    known |= {
        _text(each, "cbc:ID") for each in root.iterfind(".//efac:UltimateBeneficialOwner", NS)
    }
    for each in root.iterfind(".//cbc:ID[@schemeName='organization']", NS):
        number = (each.text or "").strip()
        if number.startswith("ORG-") and number not in known:
            yield f"no organisation {number}"
            return


def _repeated(root: Any) -> Iterator[str]:
    for project in root.iterfind(".//cac:ProcurementProject", NS):
        for name in ("cbc:Name", "cbc:Description"):
            languages = [each.get("languageID") for each in project.iterfind(name, NS)]
            if len(languages) != len(set(languages)):
                yield f"{name.split(':')[1]} twice in one language"
                return


@dataclass(frozen=True, kw_only=True)
class _Result:
    """What was decided on a lot."""

    suppliers: tuple[Party, ...]
    amount: str | None
    currency: str | None
    decided: str | None


def _record(root: Any) -> Record | None:
    project = root.find("cac:ProcurementProject", NS)
    language = _text(root, "cbc:NoticeLanguageCode")
    title = _in_language(project, "cbc:Name", language)
    text = _joined(title, _in_language(project, "cbc:Description", language))
    number = _text(root, "cbc:ID")
    if not number:
        return None
    people = _organisations(root, language)
    results = _results(root, people)
    buyer = people.get(
        _text(root, "cac:ContractingParty/cac:Party/cac:PartyIdentification/cbc:ID") or ""
    )
    kind = root.find("cbc:NoticeTypeCode", NS)
    is_change = kind is not None and kind.get("listName") == "cont-modif"
    single = next(iter(results.values())) if len(results) == 1 else None
    whole = Record(
        position=0,
        id=number,
        uid=number,
        platform="TED",
        decision="amendment" if is_change else ROOTS[etree.QName(root).localname],
        object=text,
        title=title,
        cpv=_cpvs(project)[0] if _cpvs(project) else None,
        other_cpvs=tuple(_cpvs(project)[1:]),
        buyer=buyer or Party(),
        suppliers=_all_suppliers(results),
        amount=single.amount if single else _total(root),
        currency=(single.currency if single else None) or "EUR",
        duration=_duration(project),
        notified=single.decided if single else None,
        published=_text(root, "cbc:RequestedPublicationDate") or _text(root, "cbc:IssueDate"),
        group=_text(root, "cbc:ContractFolderID"),
        follows=_text(root, ".//efbc:ChangedNoticeIdentifier")
        or _text(root, ".//cac:NoticeDocumentReference/cbc:ID"),
        withheld=_withheld(root),
    )
    return replace(whole, parts=tuple(_lots(root, whole, results, language)))


def _lots(
    root: Any, whole: Record, results: dict[str, _Result], language: str | None
) -> Iterator[Record]:
    for lot in root.iterfind("cac:ProcurementProjectLot", NS):
        project = lot.find("cac:ProcurementProject", NS)
        name = _in_language(project, "cbc:Name", language)
        own = _joined(name, _in_language(project, "cbc:Description", language))
        if not own:
            continue
        cpvs = _cpvs(project)
        made = replace(
            whole,
            object=_joined(whole.title, own),
            own=own,
            lots=(name or own[:200],),
            cpv=cpvs[0] if cpvs else whole.cpv,
            other_cpvs=tuple(cpvs[1:]),
            duration=_duration(project) or whole.duration,
        )
        if result := results.get(_text(lot, "cbc:ID") or ""):
            made = replace(
                made,
                suppliers=result.suppliers,
                amount=result.amount,
                currency=result.currency or made.currency,
                notified=result.decided,
            )
        yield made


def _organisations(root: Any, language: str | None) -> dict[str, Party]:
    found = {}
    for each in root.iterfind(".//efac:Organizations/efac:Organization", NS):
        company = each.find("efac:Company", NS)
        number = _text(company, "cac:PartyIdentification/cbc:ID")
        if number:
            found[number] = Party(
                number=_text(company, "cac:PartyLegalEntity/cbc:CompanyID"),
                name=_in_language(company, "cac:PartyName/cbc:Name", language),
                postal_code=_text(company, "cac:PostalAddress/cbc:PostalZone"),
                is_person=_text(each, "efbc:NaturalPersonIndicator") == "true",
            )
    return found


def _results(root: Any, people: dict[str, Party]) -> dict[str, _Result]:
    """Return what was decided by lot: result → tender → tendering party → organisation."""
    notice = root.find(".//efac:NoticeResult", NS)
    if notice is None:
        return {}
    tenders = {_text(each, "cbc:ID"): each for each in notice.iterfind("efac:LotTender", NS)}
    parties = {_text(each, "cbc:ID"): each for each in notice.iterfind("efac:TenderingParty", NS)}
    signed = {
        _text(each, "efac:LotTender/cbc:ID"): _text(each, "cbc:IssueDate")
        or _text(each, "cbc:AwardDate")
        for each in notice.iterfind("efac:SettledContract", NS)
    }
    found = {}
    for result in notice.iterfind("efac:LotResult", NS):
        lot = _text(result, "efac:TenderLot/cbc:ID")
        code = _text(result, "cbc:TenderResultCode")
        if not lot or (code and code != "selec-w"):
            continue
        numbers = [_id(each) for each in result.iterfind("efac:LotTender/cbc:ID", NS)]
        won = [tenders[number] for number in numbers if number in tenders]
        first = (
            won[0].find("cac:LegalMonetaryTotal/cbc:PayableAmount", NS) if len(won) == 1 else None
        )
        found[lot] = _Result(
            suppliers=_winners(won, parties, people),
            amount=None if first is None else (first.text or "").strip() or None,
            currency=None if first is None else first.get("currencyID"),
            decided=next((signed[number] for number in numbers if signed.get(number)), None),
        )
    return found


def _winners(
    won: list[Any], parties: dict[str | None, Any], people: dict[str, Party]
) -> tuple[Party, ...]:
    found = []
    for tender in won:
        party = parties.get(_text(tender, "efac:TenderingParty/cbc:ID"))
        if party is None:
            continue
        members = [_id(each) for each in party.iterfind("efac:Tenderer/cbc:ID", NS)]
        found += [
            replace(people[number], role="holder" if len(members) == 1 else "member")
            for number in members
            if number in people
        ]
    return tuple(dict.fromkeys(found))


def _all_suppliers(results: dict[str, _Result]) -> tuple[Party, ...]:
    return tuple(dict.fromkeys(each for result in results.values() for each in result.suppliers))


def _withheld(root: Any) -> tuple[str, ...]:
    """Return a warning for fields that are kept back, with the day of their release."""
    days = {
        day.value.isoformat()
        for each in root.iterfind(".//efac:FieldsPrivacy/efbc:PublicationDate", NS)
        if (day := day_of((each.text or "").strip())).value
    }
    if not days and root.find(".//efac:FieldsPrivacy", NS) is None:
        return ()
    return tuple(f"withheld_until_{day}" for day in sorted(days)) or ("withheld",)


def _total(root: Any) -> str | None:
    return _text(root, ".//efac:NoticeResult/cbc:TotalAmount")


def _cpvs(project: Any) -> list[str]:
    if project is None:
        return []
    return [
        (each.text or "").strip()
        for group in ("cac:MainCommodityClassification", "cac:AdditionalCommodityClassification")
        for each in project.iterfind(f"{group}/cbc:ItemClassificationCode", NS)
        if each.get("listName") in (None, "cpv")
    ]


def _duration(project: Any) -> str | None:
    each = None if project is None else project.find("cac:PlannedPeriod/cbc:DurationMeasure", NS)
    if each is None or not (each.text or "").strip().isdigit():
        return None
    unit = each.get("unitCode")
    return (
        str(int(each.text) * 12)
        if unit == "YEAR"
        else each.text.strip()
        if unit == "MONTH"
        else None
    )


def _in_language(element: Any, path: str, language: str | None) -> str | None:
    """Return the text in French if there is one, else in the notice's language, else the first."""
    found = (
        {}
        if element is None
        else {
            each.get("languageID"): " ".join((each.text or "").split())
            for each in element.iterfind(path, NS)
        }
    )
    return found.get("FRA") or found.get(language) or next(iter(found.values()), None) or None


def _text(element: Any, path: str) -> str | None:
    found = None if element is None else element.find(path, NS)
    return ((found.text or "").strip() or None) if found is not None else None


def _id(element: Any) -> str:
    return (element.text or "").strip()


def _joined(first: str | None, second: str | None) -> str:
    if not first or not second or first.casefold() in second.casefold():
        return second or first or ""
    return f"{first} - {second}"
