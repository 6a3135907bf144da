"""Towns with something to show, made through the house's own verbs. Numbers are invented."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from contrechamp.accounts.models import User
from contrechamp.census import services
from contrechamp.census.models import Claim, Entity

NOW = datetime(2025, 3, 1, 12, tzinfo=UTC)


class Scene:
    """An author who writes facts and an editor who publishes them."""

    def __init__(self, author: User, reviewer: User, now: datetime = NOW) -> None:
        self.author, self.reviewer, self.now = author, reviewer, now
        self._waiting: list[str] = []

    def appears(self) -> None:
        """What was said since is read and published by the second person."""
        services.submit(self._waiting, actor=self.author, now=self.now)
        report = services.publish(self._waiting, reviewer=self.reviewer, now=self.now)
        assert not report.refused, report.refused
        self._waiting = []

    def project(self, name: str, place: str, **facts: Any) -> Entity:
        """A project somewhere, published, with values by property."""
        project = self.entity("project", "deployment", name)
        self.says(project, "located_in", target=self.place(place))
        for name_, value in facts.items():
            self.says(project, name_, value)
        return project

    def uses(self, project: Entity, technology: str) -> Claim:
        """The project uses a technology of the vocabulary."""
        target = services.ensure_technology(technology, actor=self.author, now=self.now)
        return self.says(project, "uses_technology", target=target)

    def authority(self, name: str, place: str, siren: str = "") -> Entity:
        """Who administers a place."""
        numbers = [("siren", siren)] if siren else []
        actor = self.entity("actor", "authority", name, identifiers=numbers)
        self.says(actor, "administers", target=self.place(place))
        return actor

    def contract(self, name: str, buyer: Entity, winner: str, amount: str, day: str) -> Entity:
        """A contract with its buyer, its winner and what it costs."""
        contract = self.entity("contract", "contract", name)
        company = self.entity("actor", "company", winner)
        self.says(buyer, "buyer_of", target=contract)
        self.says(contract, "notified_on", day)
        self.says(
            contract,
            "awarded_to",
            target=company,
            amount=amount,
            currency="EUR",
            tax="excl",
            amount_kind="awarded",
            from_text=day,
        )
        return contract

    def place(self, key: str) -> Entity:
        """The record of a territory."""
        return services.ensure_place(key, actor=self.author, now=self.now)

    def entity(self, kind: str, type_: str, name: str, **more: Any) -> Entity:
        """A record, still a draft."""
        return services.add_entity(
            kind=kind, type=type_, name=name, actor=self.author, now=self.now, **more
        )

    def says(self, subject: Entity, property_: str, value: object = None, **more: Any) -> Claim:
        """A claim with an act as its source, to be published by `appears`."""
        claim = self.drafts(subject, property_, value, **more)
        self._waiting.append(claim.pk)
        return claim

    def drafts(self, subject: Entity, property_: str, value: object = None, **more: Any) -> Claim:
        """The same claim, that nobody has reviewed."""
        claim = services.add_claim(
            subject=subject,
            property=property_,
            value=value,
            actor=self.author,
            now=self.now,
            **more,
        )
        services.add_evidence(
            claim,
            kind="register",
            register="raa",
            record_id="83-2025-01-30-00013",
            url="https://www.var.gouv.fr/",
            actor=self.author,
            now=self.now,
        )
        return claim


def toulon(author: User, reviewer: User) -> Scene:
    """Toulon with its cameras, its contracts and its neighbours; something above it."""
    scene = Scene(author, reviewer)
    town = scene.authority("Ville de Toulon", "commune:83137", "218301372")
    project = scene.project(
        "Vidéoprotection de la voie publique — Toulon",
        "commune:83137",
        summary="La ville filme ses rues et ses places depuis un centre de supervision.",
        stage="running",
    )
    scene.says(project, "cameras_authorised", 320, from_text="2023-06-01")
    scene.says(project, "cameras_authorised", 411, from_text="2025-01-30")
    scene.says(project, "authorising_act", "83-2025-01-30-00013", from_text="2025-01-30")
    scene.says(town, "participates_in", target=project, attributes={"role": "commissioner"})
    scene.uses(project, "video_surveillance")
    scene.uses(project, "video_centre")
    for year, amount in (("2021", "310000"), ("2023-05", "845000.50"), ("2025", "120000")):
        scene.contract(f"Caméras et maintenance {year}", town, f"Société {year}", amount, year)
    for code, name, cameras in (
        ("83069", "Hyères", 148),
        ("83126", "La Seyne-sur-Mer", 164),
        ("83061", "Fréjus", 205),
        ("06088", "Nice", 4500),
        ("13001", "Aix-en-Provence", 600),
        ("31555", "Toulouse", 400),
        ("42218", "Saint-Étienne", 350),
    ):
        other = scene.project(f"Vidéoprotection — {name}", f"commune:{code}")
        scene.says(other, "cameras_authorised", cameras, from_text="2024")
        scene.uses(other, "video_surveillance")
    drones = scene.project("Drones de la police nationale — Var", "departement:83")
    scene.uses(drones, "drones")
    scene.project("Fichier national", "country:FR")
    scene.says(scene.place("commune:83137"), "systems_authorised", 12, from_text="2025-02-11")
    scene.appears()
    return scene
