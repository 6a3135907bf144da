"""Acts whose facts the census holds already, as findings: the acts of the starter census.

They were read by us and put down by hand in tables of facts: act, day, place, number. A value is
proved by our own survey, where it says so, else by the act's number and official address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from .assembling import appeal_of
from .finding import (
    ActNames,
    Aircraft,
    Beneficiary,
    Cameras,
    Company,
    ContractTerms,
    Evidence,
    Finding,
    FoundPlace,
    Interval,
    Locator,
    SourceDocument,
    as_json,
)
from .places import departements
from .text import digest

Row = Mapping[str, str]
DECISIONS = {
    "authorising_act": "authorisation",
    "modifying_act": "modification",
    "refusing_act": "refusal",
}
BY_HAND = "read_by_hand"
POLICE = ("Préfecture de police", "75")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAct:
    """A finding, as JSON, and the record of the census that holds its facts."""

    finding: dict[str, Any]
    dataset: str
    record: str
    kind: str = "project"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactTable:
    """A table of facts: its path and SHA-256, its rows, and the data set of the census it made."""

    path: str
    sha256: str
    dataset: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """Our own document that says what acts decide, quoted by page; whose acts they are."""

    sha256: str
    departement: str
    publisher: str


def systems(table: FactTable, survey: Survey) -> Iterator[KnownAct]:
    """Yield the decisions on video protection of public bodies, one row each.

    Columns: id, name, insee, town, holder, decision_property, signed, number, cameras, public_way,
    days, act, page, bulletin, url, survey_page, survey_quote, published, years, expires.
    """
    seat = departements().get(survey.departement)
    for row in table.rows:
        published = _day(row["published"])
        finding = Finding(
            id="wf-" + digest("raa", row["url"], row["act"], row["id"]),
            source="raa",
            document=SourceDocument(
                path=table.path,
                sha256=table.sha256,
                title=row["bulletin"],
                url=row["url"],
                publisher=survey.publisher,
                departement=survey.departement,
                published_on=published,
                published_how="printed" if published else None,
            ),
            locator=Locator(page=_int(row["page"])),
            technology="video_protection",
            technologies=("video_protection",),
            decision=DECISIONS[row["decision_property"]],
            decisions=(DECISIONS[row["decision_property"]],),
            act=ActNames(number=row["act"], signed_on=_day(row["signed"])),
            places=(FoundPlace(printed=row["town"], name=row["town"], insee=row["insee"]),),
            beneficiary=_public(row["holder"], _site(row["name"])),
            cameras=_cameras(_int(row["cameras"]), _int(row["public_way"])),
            retention_days=_int(row["days"]),
            file_numbers=(row["number"],) if row["number"] else (),
            duration_years=_int(row["years"]),
            expires_on=_day(row["expires"]),
            court=seat.tribunal if seat else None,
            appeal=appeal_of(published),
            evidence=_proofs(row["survey_quote"], _int(row["survey_page"]), row["town"]),
            confidence=1.0,
            warnings=(BY_HAND,),
        )
        plain = as_json(finding)
        for proof in plain["evidence"].values():
            proof["document"] = survey.sha256
        yield KnownAct(finding=plain, dataset=table.dataset, record=f"sys-{row['id']}")


def flights(table: FactTable) -> Iterator[KnownAct]:
    """Yield the acts by which the Paris police prefect lets cameras fly: number, days, address."""
    for row in table.rows:
        craft = Aircraft(manned=True) if row["craft"] == "helicopter" else Aircraft()
        plain = _of_police(table, row, "aerial_camera", craft)
        yield KnownAct(finding=plain, dataset=table.dataset, record=f"vols-{row['craft']}")


def algorithms(table: FactTable) -> Iterator[KnownAct]:
    """Yield the acts by which the Paris police prefect lets algorithms watch."""
    for row in table.rows:
        plain = _of_police(table, row, "algorithmic_video", None)
        yield KnownAct(finding=plain, dataset=table.dataset, record=f"algo-{row['operator']}")


def contracts(table: FactTable) -> Iterator[KnownAct]:
    """Yield contracts from open procurement data: parties by SIRET, object in our own words."""
    for row in table.rows:
        finding = Finding(
            id="wf-" + digest("decp", row["id"], row["buyer_siret"]),
            source="decp",
            document=SourceDocument(path=table.path, sha256=table.sha256, publisher="data.gouv.fr"),
            locator=Locator(),
            technology="video_protection",
            technologies=("video_protection",),
            decision="award",
            decisions=("award",),
            places=(FoundPlace(printed=row["buyer"], insee=row["insee"], how="buyer"),),
            beneficiary=_public(row["buyer"]),
            contract=ContractTerms(
                id=row["id"],
                object=row["object"],
                cpv=row["cpv"] or None,
                buyer=Company(siret=row["buyer_siret"], name=row["buyer"], insee=row["insee"]),
                suppliers=(
                    Company(siret=row["supplier_siret"], name=row["supplier"], role="holder"),
                ),
                amount=Decimal(row["amount"]) if row["amount"] else None,
                amount_kind="awarded",
                tax="HT",
                currency="EUR",
                notified_on=_day(row["date"]),
            ),
            confidence=1.0,
            warnings=(BY_HAND,),
        )
        record = f"marche-{row['id']}"
        yield KnownAct(
            finding=as_json(finding), dataset=table.dataset, record=record, kind="contract"
        )


def _of_police(
    table: FactTable, row: Row, technology: str, craft: Aircraft | None
) -> dict[str, Any]:
    publisher, departement = POLICE
    published = _day(row["published"])
    seat = departements().get(departement)
    end = row["to"] or row["from"]
    finding = Finding(
        id="wf-" + digest("raa", row["url"], row["number"], technology),
        source="raa",
        document=SourceDocument(
            path=table.path,
            sha256=table.sha256,
            url=row["url"],
            publisher=publisher,
            departement=departement,
            published_on=published,
            published_how="listing" if published else None,
        ),
        locator=Locator(),
        technology=technology,
        technologies=(technology,),
        decision="authorisation",
        decisions=("authorisation",),
        act=ActNames(number=row["number"]),
        aircraft=craft,
        intervals=(Interval(start=row["from"], end=end),) if row["from"] else (),
        court=seat.tribunal if seat else None,
        confidence=1.0,
        warnings=(BY_HAND,),
    )
    return as_json(finding)


def _public(holder: str, site: str = "") -> Beneficiary:
    kind = "commune" if re.match(r"(?:Commune|Ville) d", holder) else "public_body"
    name = f"{holder}, {site}" if site and site.casefold() not in holder.casefold() else holder
    return Beneficiary(
        printed=name, class_=kind, public=True, publish=True, label_fr=name, label_en=name
    )


def _site(name: str) -> str:
    """Return what is watched, of a record's name "Vidéoprotection : Déchetterie — Pignans"."""
    said = re.match(r"[^:]*: (.+) — [^—]*\Z", name)
    return said[1] if said else ""


def _cameras(total: int | None, public_way: int | None) -> Cameras | None:
    if total is None and public_way is None:
        return None
    return Cameras(total=total, public_road=public_way)


_SAID = {
    "cameras": re.compile(r"\d+ caméras? autorisées?(?:, dont \d+ sur la voie publique)?"),
    "retention_days": re.compile(r"images gardées \d+ jours"),
    "file_numbers": re.compile(r"dossier n° [\d/]+"),
    "order": re.compile(r"acte [\d-]+, page \d+ du recueil"),
}
"""How our survey says each value."""


def _proofs(quote: str, page: int | None, town: str) -> dict[str, Evidence]:
    """Cut the sentence of our survey into the words that prove each value."""
    if not quote or page is None:
        return {}
    spans = {name: said.span() for name, how in _SAID.items() if (said := how.search(quote))}
    if (at := quote.find(town)) >= 0:
        spans["places"] = (at, at + len(town))
    return {
        name: Evidence(
            page=page,
            quote=quote[start:end],
            prefix=quote[max(0, start - 40) : start],
            suffix=quote[end : end + 40],
            confidence=1.0,
        )
        for name, (start, end) in sorted(spans.items())
    }


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _int(text: str) -> int | None:
    return int(text) if text else None
