"""Findings made up for tests, in the shape that `watch scan --json` prints."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from contrechamp.watch.domain.finding import (
    ActNames,
    Appeal,
    Beneficiary,
    Bundle,
    Cameras,
    Company,
    ContractTerms,
    Evidence,
    Finding,
    FoundPlace,
    Interval,
    Locator,
    Operator,
    SourceDocument,
    as_json,
)

SHA = "ab" * 32
BULLETIN = SourceDocument(
    path="recueil.txt",
    sha256=SHA,
    title="Recueil n° 12 du 3 mars 2025",
    url="https://www.var.gouv.fr/recueil-12.pdf",
    publisher="Préfecture du Var",
    departement="83",
    published_on=date(2025, 3, 3),
    published_how="printed",
    first_seen_on=date(2025, 7, 1),
    pages=120,
    rendition="text",
)
LA_CRAU = FoundPlace(printed="La Crau", name="La Crau", insee="83047", how="exact")


def video(number: int = 1, **more: Any) -> dict[str, Any]:
    """A system of a public body in Toulon."""
    fields: dict[str, Any] = {
        "id": f"wf-{number:016x}",
        "source": "raa",
        "document": BULLETIN,
        "locator": Locator(
            page=10 + number, last_page=12 + number, bundle=Bundle(index=number, count=9)
        ),
        "technology": "video_protection",
        "technologies": ("video_protection",),
        "decision": "authorisation",
        "decisions": ("authorisation",),
        "act": ActNames(
            number="83-2025-03-01-00007",
            title="Arrêtés de vidéoprotection",
            signed_on=date(2025, 3, 1),
            authority="préfet du Var",
        ),
        "places": (FoundPlace(printed="TOULON", name="Toulon", insee="83137", how="exact"),),
        "beneficiary": Beneficiary(
            printed="Collège des Platanes", class_="school", public=True, publish=True
        ),
        "cameras": Cameras(indoor=3, outdoor=1, total=4),
        "retention_days": 30,
        "duration_years": 5,
        "expires_on": date(2030, 3, 1),
        "court": "Tribunal administratif de Toulon",
        "appeal": Appeal(
            months=2,
            from_=date(2025, 3, 3),
            act_by_safe=date(2025, 5, 3),
            last_day=date(2025, 5, 5),
        ),
        "evidence": {
            "cameras": Evidence(
                page=11 + number,
                quote="composé de 3 caméras intérieures et de 1 caméra extérieure",
                prefix="un système ",
                suffix=" est autorisé",
                confidence=0.98,
            ),
            "beneficiary": Evidence(
                page=10 + number, quote="(Collège des Platanes)", confidence=0.97
            ),
        },
        "confidence": 0.97,
    }
    return as_json(Finding(**{**fields, **more}))


def shop(number: int = 2, name: str = "Boulangerie Tournebride") -> dict[str, Any]:
    """A system of a small shop, whose name is for nobody outside the review room."""
    return video(
        number,
        beneficiary=Beneficiary(
            printed=name,
            class_="shop",
            label_fr="Locaux privés : boulangerie",
            label_en="Private premises: bakery",
        ),
        evidence={
            "cameras": Evidence(
                page=12,
                quote="composé de 3 caméras intérieures",
                prefix=f"{name} est ",
                suffix="",
                confidence=0.98,
            ),
            "beneficiary": Evidence(page=12, quote=f"({name})", confidence=0.9),
            "retention_days": Evidence(page=13, quote="30 jours", confidence=0.97),
        },
    )


def flight(number: int = 3, **more: Any) -> dict[str, Any]:
    """An order that allows a drone over two communes."""
    return video(
        number,
        **{
            "technology": "aerial_camera",
            "technologies": ("aerial_camera",),
            "beneficiary": None,
            "cameras": Cameras(total=1),
            "retention_days": None,
            "operator": Operator(printed="groupement de gendarmerie", class_="gendarmerie"),
            "intervals": (Interval(start="2025-03-04T07:00", end="2025-03-04T13:00"),),
            "places": (
                FoundPlace(printed="Toulon", name="Toulon", insee="83137", how="exact"),
                FoundPlace(printed="La Crau", name="La Crau", insee="83047", how="exact"),
            ),
            "expires_on": None,
            **more,
        },
    )


def deal(what: str) -> ContractTerms:
    """Terms of a contract about something."""
    return ContractTerms(
        id="2025A12",
        kind="supply",
        object=what,
        cpv="32323500",
        buyer=Company(siret="21830137800017", name="Commune de Toulon", insee="83137"),
        suppliers=(Company(siret="55208131766522", name="Lumière et Câbles SA", role="holder"),),
        amount=Decimal("120000.50"),
        amount_kind="awarded",
        currency="EUR",
        notified_on=date(2025, 2, 20),
        published_on=date(2025, 3, 2),
    )


def contract(number: int = 4, **more: Any) -> dict[str, Any]:
    """A contract of a register."""
    return video(
        number,
        **{
            "source": "decp",
            "document": SourceDocument(
                path="marches.json", sha256="cd" * 32, title="marches.json", rendition="json"
            ),
            "locator": Locator(records=(7,)),
            "decision": "award",
            "decisions": ("award",),
            "act": None,
            "beneficiary": None,
            "cameras": None,
            "retention_days": None,
            "expires_on": None,
            "appeal": None,
            "court": None,
            "contract": deal("Extension de la vidéoprotection"),
            "evidence": {
                "technology": Evidence(
                    records=(7,), quote="Extension de la vidéoprotection", confidence=0.98
                )
            },
            **more,
        },
    )
