"""Registers of contracts as files: each format, and what is wrong in them."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from contrechamp.watch.domain.finding import Finding, as_json
from contrechamp.watch.scanning import contracts
from tests.watch.deals import found_in, row, scanned, siret, write_rows

BUYER = siret("73282932")


def test_a_row_of_2019_becomes_a_finding(tmp_path: Path) -> None:
    found = found_in(tmp_path / "a.json", row(id="zero", objet="Espaces verts", codeCPV=""), row())
    assert len(found) == 1
    finding, terms = found[0], found[0].contract
    assert terms is not None
    assert finding.locator.records == (1,)
    assert (finding.technology, finding.decision) == ("video_protection", "award")
    assert (terms.kind, terms.cpv, terms.cpv_label) == (
        "works",
        "32323500",
        "Système de surveillance vidéo",
    )
    assert terms.amount == Decimal(1000)
    assert terms.notified_on == date(2019, 3, 1)
    assert terms.suppliers[0].name == "Vue SAS"
    assert finding.document.publisher == "made_up"
    assert finding.evidence["technology"].quote == "vidéoprotection"
    assert as_json(finding)["contract"]["buyer"]["siret"] == BUYER


def test_rows_of_2022_are_nested_and_nameless(tmp_path: Path) -> None:
    made = row(
        acheteur={"id": BUYER},
        titulaires=[{"titulaire": {"typeIdentifiant": "SIRET", "id": siret("55210055")}}],
        dureeMois="NC",
        montant="NC",
        modifications=[
            {
                "modification": {
                    "id": 1,
                    "montant": 1500.5,
                    "dateNotificationModification": "2020-01-02",
                    "objetModification": "Avenant",
                }
            }
        ],
    )
    concession = {
        "id": "c",
        "autoriteConcedante": {"id": BUYER},
        "objet": "Concession de vidéosurveillance",
        "concessionnaires": [{"concessionnaire": {"id": siret("55210055")}}],
        "valeurGlobale": 9.5e4,
    }
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"marches": {"marche": [made], "contrat-concession": [concession]}}))
    found, problems = scanned(path)
    assert problems == []
    award, amendment, conceded = found
    assert award.contract is not None
    assert award.contract.amount is None
    assert award.contract.duration_months is None
    assert amendment.decision == "amendment"
    assert amendment.contract is not None
    assert amendment.contract.amount == Decimal("1500.50")
    assert amendment.contract.group == award.id
    assert conceded.locator.records == (1,)


def test_an_xml_register_is_read_as_the_json_one(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(
        f"""<?xml version="1.0" encoding="UTF-8"?><marches><marche><id>X1</id>
        <acheteur><id>{BUYER}</id></acheteur><nature>Marché</nature>
        <objet>Maintenance des caméras-piétons</objet><codeCPV>50343000-1</codeCPV>
        <montant>1200.5</montant><dateNotification>2024-05-02</dateNotification>
        <titulaires><titulaire><id>{siret("55210055")}</id><typeIdentifiant>SIRET</typeIdentifiant>
        </titulaire><titulaire><id>{siret("44306184")}</id></titulaire></titulaires>
        <modifications><modification><montant>1300</montant>
        <dateNotificationModification>2024-09-01</dateNotificationModification></modification>
        </modifications></marche><marche><id>X2</id><objet>Peinture</objet></marche></marches>"""
    )
    found, problems = scanned(path)
    assert problems == []
    assert [each.decision for each in found] == ["award", "amendment"]
    assert found[0].technology == "body_camera"
    assert found[0].contract is not None
    assert len(found[0].contract.suppliers) == 2
    assert found[0].document.rendition == "xml"


def test_tables_are_read_whatever_their_separator_and_encoding(tmp_path: Path) -> None:
    latin = tmp_path / "latin.csv"
    latin.write_bytes(
        "Année;Id du marché ;Nom acheteur;SIRET acheteur;Objet marché;Code CPV;Durée mois;"
        "Date notification;Montant initial (Ht);Titulaire/Mandataire;Siret_Titulaire\n"
        f"2019;7;Région;{BUYER};Vidéosurveillance du siège;32323500-8;6;30/01/2019;40 000,00;"
        f"VUE SAS;{siret('55210055')}\n".encode("latin-1")
    )
    found, problems = scanned(latin)
    assert problems == []
    assert found[0].contract is not None
    assert found[0].contract.amount == Decimal(40000)
    assert found[0].contract.notified_on == date(2019, 1, 30)
    piped = tmp_path / "piped.csv"
    piped.write_text(
        f"id|acheteur_id|acheteur_nom|objet|codeCPV\n1|{BUYER}|X|Caméras-piétons|\n2|\n"
    )
    found, problems = scanned(piped)
    assert found[0].technology == "body_camera"
    assert [each.code for each in problems] == ["bad_record"]
    bare = tmp_path / "bare.csv"
    bare.write_text(
        f"uid,id,type,codeCPV,acheteur_id,acheteur_nom\nu,1,Travaux,35125300,{BUYER},X\n"
    )
    found, _ = scanned(bare)
    assert found[0].warnings == ("cpv_only",)
    assert found[0].contract is not None
    assert found[0].contract.object is None


NOTICE = """<?xml version="1.0" encoding="UTF-8"?><ANNONCE><GESTION><REFERENCE>
<IDWEB>{number}</IDWEB>
<TYPE_AVIS><NATURE><{nature}/></NATURE></TYPE_AVIS></REFERENCE>{earlier}<INDEXATION>
<DATE_PUBLICATION>2017-01-13</DATE_PUBLICATION><RESUME_OBJET>{title}</RESUME_OBJET></INDEXATION>
</GESTION>
<DONNEES><IDENTITE><DENOMINATION>Ville de Garéoult</DENOMINATION>
<CORRESPONDANT>Mme Qui</CORRESPONDANT>
<CP>83136</CP><MEL>qui@example.org</MEL></IDENTITE><OBJET><TITRE_MARCHE>{title}</TITRE_MARCHE>
<CPV><PRINCIPAL>45000000</PRINCIPAL></CPV>{lots}</OBJET>{decisions}</DONNEES></ANNONCE>"""
LOTS = """<LOTS><LOT><NUM>1</NUM><INTITULE>Peinture</INTITULE></LOT><LOT><NUM>2</NUM>
<INTITULE>Vidéoprotection</INTITULE><CPV><PRINCIPAL>32323500</PRINCIPAL></CPV></LOT></LOTS>"""
DECISION = """<ATTRIBUTION><DECISION><NUM_LOT>2</NUM_LOT><INTITULE>Vidéoprotection</INTITULE>
<TITULAIRE>
<DENOMINATION>VUE SAS (Mandataire)</DENOMINATION><TEL>0100000000</TEL></TITULAIRE><RENSEIGNEMENT>
<DATE_ATTRIBUTION>2016-12-26</DATE_ATTRIBUTION><MONTANT DEVISE="EUR">348852</MONTANT>
</RENSEIGNEMENT>
</DECISION></ATTRIBUTION>"""
EARLIER = """<MARCHE><ANNONCE_ANTERIEUR><REFERENCE><IDWEB>16-1</IDWEB></REFERENCE>
</ANNONCE_ANTERIEUR>
</MARCHE>"""


def test_a_notice_and_its_award_are_joined_by_number_and_found_by_lot(tmp_path: Path) -> None:
    call, award = tmp_path / "call.xml", tmp_path / "award.xml"
    call.write_text(
        NOTICE.format(
            number="16-1", nature="APPEL_OFFRE", title="École", lots=LOTS, earlier="", decisions=""
        )
    )
    award.write_text(
        NOTICE.format(
            number="16-9",
            nature="ATTRIBUTION",
            title="École",
            lots=LOTS,
            earlier=EARLIER,
            decisions=DECISION,
        )
    )
    (called,), (awarded,) = scanned(call)[0], scanned(award)[0]
    assert (called.decision, awarded.decision) == ("call", "award")
    assert called.contract is not None
    assert awarded.contract is not None
    assert called.contract.group == awarded.contract.group == "16-1"
    assert awarded.contract.lots == ("Vidéoprotection",)
    assert awarded.contract.amount == Decimal(348852)
    assert [(each.name, each.role) for each in awarded.contract.suppliers] == [("VUE SAS", "lead")]
    assert awarded.places[0].insee == "83064"
    assert awarded.document.published_on == date(2017, 1, 13)
    text = json.dumps([as_json(each) for each in (called, awarded)], ensure_ascii=False)
    assert "Qui" not in text
    assert "@" not in text


def test_a_notice_without_lots_is_found_by_its_title(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(
        NOTICE.format(
            number="16-2",
            nature="APPEL_OFFRE",
            title="Vidéoprotection",
            lots="",
            earlier="",
            decisions="",
        )
    )
    (found,), _ = scanned(path)
    assert found.contract is not None
    assert found.contract.id == "16-2"


@pytest.mark.parametrize("wrapped", [False, True], ids=["second", "first"])
def test_records_of_the_open_data_api_are_read(tmp_path: Path, *, wrapped: bool) -> None:
    fields = {
        "idweb": "24-7",
        "objet": "Acquisition de caméras-piétons",
        "nature": "ATTRIBUTION",
        "dateparution": "2024-02-03",
        "nomacheteur": "Mairie de Nulle-Part",
        "titulaire": ["VUE SAS"],
        "annonce_lie": ["23-9"],
        "donnees": json.dumps({"OBJET": {"CPV": {"PRINCIPAL": "35125300"}}}),
    }
    path = tmp_path / "a.json"
    rows = [{"fields": fields}] if wrapped else [fields]
    path.write_text(
        json.dumps({"nhits": 1, "records" if wrapped else "results": [*rows, {"idweb": None}]})
    )
    assert contracts.recognises(path) == "boamp"
    (found,), problems = scanned(path)
    assert [each.code for each in problems] == ["bad_record"]
    assert found.technology == "body_camera"
    assert found.contract is not None
    assert (found.contract.group, found.contract.cpv) == ("23-9", "35125300")


EFORM = """<?xml version="1.0" encoding="UTF-8"?><ContractAwardNotice
 xmlns="urn:oasis:names:specification:ubl:schema:xsd:ContractAwardNotice-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
 xmlns:ext="urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2"
 xmlns:efext="http://data.europa.eu/p27/eforms-ubl-extensions/1"
 xmlns:efac="http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1"
 xmlns:efbc="http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1">
<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>
<efac:NoticeResult>
<efac:LotResult><cbc:TenderResultCode>selec-w</cbc:TenderResultCode><efac:LotTender>
<cbc:ID>TEN-1</cbc:ID>
</efac:LotTender><efac:TenderLot><cbc:ID>LOT-0001</cbc:ID></efac:TenderLot></efac:LotResult>
<efac:LotTender><cbc:ID>TEN-1</cbc:ID><cac:LegalMonetaryTotal>
<cbc:PayableAmount currencyID="EUR">500</cbc:PayableAmount>
</cac:LegalMonetaryTotal><efac:TenderingParty><cbc:ID>TPA-1</cbc:ID></efac:TenderingParty>
</efac:LotTender>
<efac:SettledContract><cbc:ID>CON-1</cbc:ID><cbc:IssueDate>2024-04-25+02:00</cbc:IssueDate>
<efac:LotTender>
<cbc:ID>TEN-1</cbc:ID></efac:LotTender></efac:SettledContract>
<efac:TenderingParty><cbc:ID>TPA-1</cbc:ID><efac:Tenderer>
<cbc:ID schemeName="organization">ORG-0002</cbc:ID>
</efac:Tenderer></efac:TenderingParty></efac:NoticeResult><efac:Organizations>
<efac:Organization><efac:Company><cac:PartyIdentification>
<cbc:ID schemeName="organization">ORG-0001</cbc:ID>
</cac:PartyIdentification><cac:PartyName><cbc:Name languageID="FRA">Ville</cbc:Name></cac:PartyName>
<cac:PartyLegalEntity><cbc:CompanyID>{buyer}</cbc:CompanyID></cac:PartyLegalEntity><cac:Contact>
<cbc:Name>Mme Qui</cbc:Name></cac:Contact></efac:Company></efac:Organization>
<efac:Organization>{person}<efac:Company><cac:PartyIdentification>
<cbc:ID schemeName="organization">ORG-0002</cbc:ID>
</cac:PartyIdentification><cac:PartyName><cbc:Name languageID="FRA">Vue SAS</cbc:Name>
</cac:PartyName>
</efac:Company></efac:Organization></efac:Organizations></efext:EformsExtension>
</ext:ExtensionContent>
</ext:UBLExtension></ext:UBLExtensions><cbc:ID>n-1</cbc:ID>
<cbc:ContractFolderID>f-1</cbc:ContractFolderID>
<cbc:IssueDate>2024-05-01Z</cbc:IssueDate>
<cbc:NoticeTypeCode listName="{kind}">can-standard</cbc:NoticeTypeCode>
<cbc:NoticeLanguageCode>FRA</cbc:NoticeLanguageCode><cac:ContractingParty><cac:Party>
<cac:PartyIdentification>
<cbc:ID schemeName="organization">ORG-0001</cbc:ID></cac:PartyIdentification></cac:Party>
</cac:ContractingParty>
<cac:ProcurementProject><cbc:Name languageID="FRA">{title}</cbc:Name>
<cac:MainCommodityClassification>
<cbc:ItemClassificationCode listName="cpv">35125300</cbc:ItemClassificationCode>
</cac:MainCommodityClassification>
</cac:ProcurementProject><cac:ProcurementProjectLot><cbc:ID>LOT-0001</cbc:ID>
<cac:ProcurementProject>
<cbc:Name languageID="FRA">Caméras de vidéoprotection</cbc:Name></cac:ProcurementProject>
</cac:ProcurementProjectLot></ContractAwardNotice>"""


def _eform(path: Path, **given: str) -> Path:
    values = {
        "buyer": f"{BUYER[:9]} {BUYER[9:]}",
        "kind": "result",
        "title": "Sûreté",
        "person": "",
    }
    path.write_text(EFORM.format(**values | given))
    return path


def test_an_eform_leads_from_lot_to_winner(tmp_path: Path) -> None:
    (found,), problems = scanned(_eform(tmp_path / "a.xml"))
    terms = found.contract
    assert problems == []
    assert terms is not None
    assert terms.buyer is not None
    assert terms.buyer.siret == BUYER
    assert [each.name for each in terms.suppliers] == ["Vue SAS"]
    assert (terms.amount, terms.notified_on, terms.group) == (
        Decimal(500),
        date(2024, 4, 25),
        "f-1",
    )
    assert "Qui" not in json.dumps(as_json(found))


def test_a_changed_contract_is_an_amendment_and_a_person_is_not_named(tmp_path: Path) -> None:
    person = "<efbc:NaturalPersonIndicator>true</efbc:NaturalPersonIndicator>"
    (found,), _ = scanned(_eform(tmp_path / "a.xml", kind="cont-modif", person=person))
    assert found.decision == "amendment"
    assert found.contract is not None
    assert found.contract.suppliers[0].name is None
    assert "supplier_name_withheld" in found.warnings


def test_an_invalid_eform_is_a_problem_that_says_what(tmp_path: Path) -> None:
    path = _eform(tmp_path / "a.xml")
    path.write_text(
        path.read_text().replace("<cbc:ContractFolderID>f-1</cbc:ContractFolderID>", "")
    )
    found, problems = scanned(path)
    assert len(found) == 1
    assert "procedure" in problems[0].message


def test_a_register_that_breaks_off_keeps_what_was_read(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "a.json", row(), row(id="2"))
    path.write_text(path.read_text()[:-40])
    found, problems = scanned(path)
    assert len(found) == 1
    assert [each.code for each in problems] == ["broken"]
    whole = tmp_path / "a.xml"
    whole.write_text("<marches><marche><id>1</id><objet>Vidéoprotection</objet></marche><marche>")
    found, problems = scanned(whole)
    assert (len(found), [each.code for each in problems]) == (1, ["broken"])


def test_other_files_are_no_register(tmp_path: Path) -> None:
    for name, text in {
        "a.json": '{"features": []}',
        "schema.json": '{"$schema": "x", "marches": {}}',
        "a.xml": "<html><body/></html>",
        "a.csv": "a,b,c,d\n1,2,3,4\n",
        "empty.json": "",
        "b.json": "[1]",
        "raa.txt": "RECUEIL DES ACTES ADMINISTRATIFS; n° 12; Var; 2025; marché\n",
    }.items():
        path = tmp_path / name
        path.write_text(text)
        assert contracts.recognises(path) is None, name
    assert contracts.recognises(tmp_path / "absent.json") is None
    (line,) = contracts.scan(tmp_path / "a.json", "a.json", "decp")
    assert not isinstance(line, Finding)
    assert line.code == "unknown_format"


def test_a_register_in_another_encoding_or_with_nan_is_read(tmp_path: Path) -> None:
    text = json.dumps({"marches": [row(montant=None)]}, ensure_ascii=False).replace("null", "NaN")
    for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
        path = tmp_path / f"{encoding}.json"
        path.write_bytes(text.encode(encoding))
        found, problems = scanned(path)
        assert problems == [], encoding
        assert found[0].contract is not None
        assert found[0].contract.object == "Extension de la vidéoprotection"


def test_an_xml_bomb_is_harmless(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(
        '<!DOCTYPE m [<!ENTITY a "x"><!ENTITY f SYSTEM "file:///etc/passwd">]><marches><marche>'
        "<id>1</id><objet>Vidéoprotection &f;</objet></marche></marches>"
    )
    found, _ = scanned(path)
    assert all("root" not in json.dumps(as_json(each)) for each in found)


def test_a_row_that_is_no_contract_is_said_and_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"marches": [7, row()]}))
    found, problems = scanned(path)
    assert found[0].locator.records == (1,)
    assert [each.code for each in problems] == ["bad_record"]


def test_many_problems_of_a_kind_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"marches": [7] * (contracts.MOST_ALIKE + 5)}))
    _, problems = scanned(path)
    assert len(problems) == contracts.MOST_ALIKE + 1
    assert problems[-1].message == "and 5 more like this"
