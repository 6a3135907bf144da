"""A small observatory: a town, a document, a project with its proof, all made by the house's verbs.

What visitors get of it is the same in every test, so that a test can say what else must not
change it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.text import slugify

from contrechamp.accounts.models import User
from contrechamp.census import services as census
from contrechamp.census.models import Claim, Entity
from contrechamp.documents import services as documents
from contrechamp.documents.models import Document, Quote
from contrechamp.kernel.names import fold
from contrechamp.places.models import PostalCode, Territory
from tests.documents import made

NOW = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
PAGES = [
    (
        "VILLE DE NICE",
        "Le conseil municipal autorise le maire à signer le marché",
        "de vidéosurveillance algorithmique avec la société Exemple Optique.",
        "Le montant est de 120 000 euros hors taxes.",
    ),
    (
        "Article 2. Les caméras sont au nombre de quarante-deux.",
        "Les images sont conservées trente jours.",
    ),
]
SENTENCE = "Les images sont conservées trente jours."


@dataclass(frozen=True, slots=True, kw_only=True)
class Observatory:
    """What there is, and who made it."""

    author: User
    editor: User
    document: Document
    sha256: str
    town: Entity
    project: Entity
    city: Entity
    company: Entity
    technology: Entity
    contract: Entity
    quote: Quote
    kept: Claim
    claims: list[Claim]


def territories() -> None:
    """Put a town and what holds it into the gazetteer, and its neighbour."""
    for key, name, population, more in (
        ("country:FR", "France", 68_000_000, {}),
        ("region:93", "Provence-Alpes-Côte d'Azur", 5_160_000, {}),
        ("departement:06", "Alpes-Maritimes", 1_110_000, {"region": "93"}),
        ("epci:200030195", "Métropole Nice Côte d'Azur", 550_000, {"departement": "06"}),
        ("commune:06088", "Nice", 348_085, {"siren": "210600888", "epci": "200030195"}),
        ("commune:06029", "Cannes", 73_255, {"siren": "210600292"}),
    ):
        kind, _, code = key.partition(":")
        held = {"departement": "06", "region": "93"} if kind == "commune" else {}
        Territory.objects.get_or_create(
            key=key,
            defaults={
                "kind": kind,
                "code": code,
                "name": name,
                "slug": f"{code}-{slugify(name)}",
                "folded": fold(name),
                "population": population,
                "lon": 7.25,
                "lat": 43.7,
                "postal_codes": ["06000"] if code == "06088" else [],
                **held,
                **more,
            },
        )
    PostalCode.objects.get_or_create(code="06000", territory_id="commune:06088")


def observatory(*, author: User, editor: User, now: datetime = NOW) -> Observatory:
    """Make it. The author writes, the editor publishes."""
    territories()
    by: dict[str, Any] = {"actor": author, "now": now}
    document = made.document(
        texts=PAGES,
        by=author,
        title="Délibération du conseil municipal de Nice",
        place_codes=["commune:06088"],
        state=Document.State.IN_REVIEW,
        access=Document.Access.TEAM,
        published_at=None,
    )
    documents.publish_document(document, reviewer=editor, now=now)
    sha256 = made.key(document)
    quote = documents.cite(sha256, page=2, exact=SENTENCE, **by)

    town = census.ensure_place("commune:06088", **by)
    technology = census.ensure_technology("video_analytics", **by)
    project = census.add_entity(
        kind="project", type="deployment", name="Vidéosurveillance algorithmique à Nice", **by
    )
    city = census.add_entity(
        kind="actor",
        type="authority",
        name="Ville de Nice",
        identifiers=[("siren", "210600888")],
        territory="commune:06088",
        **by,
    )
    company = census.add_entity(kind="actor", type="company", name="Exemple Optique", **by)
    contract = census.add_entity(
        kind="contract", type="contract", name="Analyse vidéo de la voie publique", **by
    )
    said: list[tuple[Entity, str, dict[str, Any]]] = [
        (project, "retention_days", {"value": 30}),
        (project, "cameras_count", {"value": 42, "from_text": "2023-11"}),
        (project, "uses_technology", {"target": technology, "from_text": "2023"}),
        (project, "located_in", {"target": town}),
        (city, "participates_in", {"target": project, "attributes": {"role": "commissioner"}}),
        (company, "participates_in", {"target": project, "attributes": {"role": "supplier"}}),
        (company, "supplies", {"target": city, "from_text": "2023-11-03"}),
        (city, "buyer_of", {"target": contract}),
        (contract, "awarded_to", {"target": company}),
    ]
    claims = [
        census.add_claim(subject=subject, property=term, **values, **by)
        for subject, term, values in said
    ]
    for claim in claims:
        census.add_evidence(claim, **proof(sha256, quote), **by)
    census.submit([claim.pk for claim in claims], **by)
    report = census.publish([claim.pk for claim in claims], reviewer=editor, now=now)
    assert report.refused == []
    for row in (*claims, project, city, company, contract, town, technology, document, quote):
        row.refresh_from_db()
    return Observatory(
        author=author,
        editor=editor,
        document=document,
        sha256=sha256,
        town=town,
        project=project,
        city=city,
        company=company,
        technology=technology,
        contract=contract,
        quote=quote,
        kept=claims[0],
        claims=claims,
    )


def proof(sha256: str, quote: Quote) -> dict[str, Any]:
    """Return the evidence that a passage is."""
    return {
        "kind": "document",
        "document": sha256,
        "page": quote.page_from,
        "quote": quote.pk,
        "quote_text": quote.exact,
    }
