"""Invented cases on the real shape of acts: cameras authorised, algorithmic video, refusal, file.

No commune, association, number or person of these exists.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from contrechamp.cases.domain.exhibits import Exhibit, Group, numbered
from contrechamp.cases.domain.exhibits import Role as ExhibitRole
from contrechamp.cases.domain.grounds import library
from contrechamp.cases.domain.papers import (
    Attacked,
    AttackedKind,
    CensusFact,
    Claim,
    Court,
    Dated,
    Material,
    Means,
    Party,
    Relief,
    Scope,
    Standing,
    means_of,
)
from contrechamp.law.domain.clock import derive
from contrechamp.law.domain.facts import Event

TODAY = date(2026, 2, 20)
ORDER, COLLECTION, RULES, POWER = (
    "exh-0000000ord",
    "exh-0000000col",
    "exh-0000000sta",
    "exh-0000000pou",
)
MINUTES, CLAIM, ASKED, REGISTER = (
    "exh-0000000pvx",
    "exh-0000000req",
    "exh-0000000dem",
    "exh-0000000reg",
)
ASSOCIATION = Party(
    name="Association Regards de l'Aubette",
    form="association de la loi de 1901",
    number="RNA W000000001",
    address="4 rue des Tilleuls\n99100 Aubette-sur-Lierre",
    email="contact@regards-aubette.example",
    represented_by="sa présidente",
)
RESIDENT = Party(is_person=True)
TOWN = Party(
    name="Commune d'Aubette-sur-Lierre",
    form="commune",
    number="SIREN 000 000 002",
    address="1 place de la Mairie\n99100 Aubette-sur-Lierre",
    service="Monsieur ou Madame le maire",
)
PREFECT = Party(
    name="Préfet de la Lierre",
    address="2 cours de la Préfecture\n99000 Lierreville",
    service="Direction de la citoyenneté et de la légalité",
)
MINISTER = Party(
    name="Ministre de l’intérieur",
    service="Direction des libertés publiques",
    address="Place Imaginaire\n75000 Paris",
)
FILED = Claim(filed_on=date(2026, 2, 16), number="2600123", exhibit=CLAIM)
STANDING = Standing(
    interest="Ses statuts lui donnent pour objet de défendre les libertés des habitants de "
    "l'Aubette face à la surveillance (article 2)",
    statutes=RULES,
    power=POWER,
)


def exhibit(
    key: str, label: str, *, group: Group = Group.FACTS, at: int = 0, **more: object
) -> Exhibit:
    """Return an exhibit without its number."""
    return Exhibit(key=key, label=label, group=group, position=at, **more)  # type: ignore[arg-type]


def ground(code: str, day: date = TODAY) -> Means:
    """Return a ground of the library as a means."""
    return means_of(library().grounds[code], library(), day=day)


def given(*exhibits: Exhibit) -> tuple[Exhibit, ...]:
    """Return exhibits with numbers."""
    return numbered(exhibits, filed={})


ORDER_EXHIBIT = exhibit(
    ORDER,
    "Arrêté n° 2026-0042 du 12 janvier 2026",
    group=Group.DECISION,
    role=ExhibitRole.ATTACKED,
    dated="12 janvier 2026",
    author="Préfet de la Lierre",
)
CASE_EXHIBITS = (
    exhibit(
        COLLECTION,
        "Recueil des actes administratifs n° 2026-007",
        group=Group.DECISION,
        at=1,
        dated="15 janvier 2026",
        author="Préfecture de la Lierre",
    ),
    exhibit(
        MINUTES, "Procès-verbal du conseil municipal du 3 décembre 2025", dated="3 décembre 2025"
    ),
    exhibit(RULES, "Statuts de l'association", at=1),
    exhibit(POWER, "Délibération du bureau donnant pouvoir d'agir", at=2),
)


def cameras() -> Material:
    """Return the case of an order that authorises cameras: annulment, suspension, report."""
    published = date(2026, 1, 15)
    return Material(
        today=TODAY,
        reference="cse-00000000aa",
        place="Aubette-sur-Lierre",
        applicant=ASSOCIATION,
        court=Court(name="Tribunal administratif de Lierreville", address="1 rue du Tribunal"),
        attacked=Attacked(
            kind=AttackedKind.ACT,
            title="Arrêté n° 2026-0042 du 12 janvier 2026 autorisant un système de vidéoprotection "
            "à Aubette-sur-Lierre",
            author=PREFECT,
            day=date(2026, 1, 12),
            number="2026-0042",
            exhibit=ORDER,
            dates=(
                Dated(
                    what="Publication au recueil des actes administratifs",
                    day=published,
                    article="CSI R252-16",
                    proof="recueil n° 2026-007",
                    exhibit=COLLECTION,
                ),
            ),
            place="Aubette-sur-Lierre",
        ),
        facts=(
            CensusFact(
                key="clm-0000000001",
                text="Le conseil municipal a voté l'achat de quarante caméras.",
                day=date(2025, 12, 3),
                quote="quarante caméras, dont douze aux abords des écoles",
                page="4",
                exhibit=MINUTES,
                grounds=("necessite",),
            ),
            CensusFact(
                key="clm-0000000002",
                text="L'arrêté permet de garder les images quarante-cinq jours.",
                day=date(2026, 1, 12),
                quote="Les enregistrements sont détruits dans un délai de 45 jours.",
                page="2",
                exhibit=ORDER,
                grounds=("conservation",),
            ),
        ),
        means=(ground("necessite"), ground("conservation"), ground("competence")),
        items=derive([Event("published", published)], today=TODAY),
        standing=STANDING,
        relief=Relief(
            enjoin="de faire cesser l'enregistrement des images",
            within_days=15,
            penalty=200,
            costs=1500,
        ),
        exhibits=given(ORDER_EXHIBIT, *CASE_EXHIBITS),
    )


def proved(material: Material) -> Material:
    """Return a case whose every means has a fact with its exhibit."""
    return replace(
        material,
        means=tuple(one for one in material.means if one.code != "competence"),
    )


def urgent() -> Material:
    """Return the case of cameras with its claim filed, and what is urgent."""
    base = proved(cameras())
    return replace(
        base,
        claim=FILED,
        urgency=(
            CensusFact(
                key="clm-0000000003",
                text="La mise en service est annoncée pour le 1er mars 2026",
                day=date(2026, 2, 10),
                exhibit=MINUTES,
                page="6",
            ),
        ),
        exhibits=given(
            ORDER_EXHIBIT,
            *CASE_EXHIBITS,
            exhibit(CLAIM, "Requête en annulation n° 2600123", group=Group.DECISION, at=2),
        ),
    )


def algorithms() -> Material:
    """Return the case of a deliberation that buys algorithmic video, attacked by its resident."""
    published = date(2026, 2, 2)
    return Material(
        today=TODAY,
        reference="cse-00000000bb",
        place="Aubette-sur-Lierre",
        applicant=RESIDENT,
        addressee=None,
        court=Court(name="Tribunal administratif de Lierreville"),
        attacked=Attacked(
            kind=AttackedKind.ACT,
            title="Délibération n° 12 du 28 janvier 2026 approuvant l'acquisition d'un logiciel "
            "d'analyse automatique des images",
            author=TOWN,
            day=date(2026, 1, 28),
            number="12",
            exhibit=ORDER,
            dates=(
                Dated(
                    what="Mise en ligne sur le site de la commune",
                    day=published,
                    article="CGCT L2131-1",
                    proof="horodatage du site",
                    exhibit=COLLECTION,
                ),
            ),
            is_local=True,
            is_rule=True,
        ),
        facts=(
            CensusFact(
                key="clm-0000000004",
                text="Le logiciel analyse les images en direct.",
                day=date(2026, 1, 28),
                quote="détection en temps réel de comportements anormaux",
                page="3",
                exhibit=ORDER,
                grounds=("video-algorithmique", "base-legale"),
            ),
        ),
        means=(ground("video-algorithmique"), ground("base-legale")),
        items=derive(
            [Event("published", published), Event("act_enforceable", published)],
            today=TODAY,
            in_full=True,
        ),
        exhibits=given(
            replace(ORDER_EXHIBIT, label="Délibération n° 12 du 28 janvier 2026", author="Commune"),
            exhibit(COLLECTION, "Capture de la page du site", group=Group.DECISION, at=1),
        ),
    )


def refused() -> Material:
    """Return the case of a refused access: the silence of the town, the CADA's opinion given."""
    return Material(
        today=TODAY,
        reference="cse-00000000cc",
        applicant=ASSOCIATION,
        court=Court(name="Tribunal administratif de Lierreville"),
        attacked=Attacked(
            kind=AttackedKind.REFUSAL,
            title="la décision implicite par laquelle la commune d'Aubette-sur-Lierre a refusé de "
            "communiquer l'analyse d'impact de sa vidéoprotection",
            author=TOWN,
            exhibit=ASKED,
            dates=(
                Dated(
                    what="Réception de la demande",
                    day=date(2025, 11, 3),
                    article="CRPA R*311-12",
                    proof="accusé de réception",
                    exhibit=ASKED,
                ),
            ),
            is_silent=True,
            is_access=True,
        ),
        facts=(
            CensusFact(
                key="clm-0000000005",
                text="La demande a été reçue par la commune, qui n'a pas répondu.",
                day=date(2025, 11, 3),
                exhibit=ASKED,
                grounds=("acces",),
            ),
        ),
        means=(
            Means(
                code="acces",
                title="Le document est communicable",
                argument="L'analyse d'impact est un document administratif.",
            ),
        ),
        items=derive([Event("implied_decision", date(2026, 1, 10))], today=TODAY, in_full=True),
        standing=STANDING,
        exhibits=given(
            exhibit(
                ASKED, "Demande du 3 novembre 2025", group=Group.DECISION, role=ExhibitRole.REQUEST
            ),
            exhibit(RULES, "Statuts"),
            exhibit(POWER, "Pouvoir", at=1),
        ),
    )


def processing() -> Material:
    """Return the case of a processing without impact assessment: complaints and their mandate."""
    return Material(
        today=TODAY,
        reference="cse-00000000dd",
        applicant=ASSOCIATION,
        attacked=Attacked(
            kind=AttackedKind.PROCESSING,
            title="Lecture automatisée des plaques d'immatriculation par la police municipale",
            author=TOWN,
            exhibit=REGISTER,
            processing="Douze caméras lisent les plaques aux entrées de la ville et gardent les "
            "passages vingt-cinq jours.",
            place="Aubette-sur-Lierre",
        ),
        facts=(
            CensusFact(
                key="clm-0000000006",
                text="La commune a répondu qu'aucune analyse d'impact n'avait été faite.",
                day=date(2026, 1, 5),
                quote="ce document n'existe pas",
                page="1",
                exhibit=REGISTER,
                grounds=("analyse-d-impact",),
            ),
            CensusFact(
                key="clm-0000000007",
                text="Les caméras ont été installées à l'automne 2025",
                source="Bulletin municipal",
                url="https://aubette.example/bulletin",
            ),
        ),
        means=(ground("analyse-d-impact"), ground("plaques")),
        contacts=(
            Dated(
                what="Demande d'information au responsable",
                day=date(2025, 12, 1),
                article="RGPD 12(3)",
                proof="courriel",
                exhibit=REGISTER,
            ),
        ),
        items=derive([Event("right_exercised", date(2025, 12, 1))], today=TODAY, in_full=True),
        standing=replace(STANDING, mandates=37),
        scope=Scope(until=date(2028, 12, 31)),
        relief=Relief(enjoin="de cesser la lecture des plaques"),
        exhibits=given(
            exhibit(REGISTER, "Réponse de la commune du 5 janvier 2026", dated="5 janvier 2026"),
            exhibit(RULES, "Statuts", at=1),
            exhibit(POWER, "Pouvoir", at=2),
        ),
    )
