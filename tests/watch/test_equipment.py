"""Body cameras, plate readers, software on images, jamming; and leads."""

from __future__ import annotations

import pytest

from contrechamp.watch.domain.act import Context
from contrechamp.watch.domain.equipment import read
from tests.shared import shared
from tests.watch.acts import acts_of, order

VAR = Context(departement="83")


def test_body_cameras_of_a_municipal_police_are_authorised() -> None:
    source = order(
        "portant autorisation d'enregistrement audiovisuel des interventions des agents de\n"
        "police municipale de la commune de La Crau",
        "Article 1 : L'enregistrement audiovisuel des interventions des agents de police\n"
        "municipale de la commune de La Crau est autorisé au moyen de six caméras individuelles.\n"
        "Article 2 : Les enregistrements sont conservés pendant une durée d'un mois.\n"
        "Article 3 : L'autorisation est délivrée pour une durée de cinq ans.",
        "ses articles L. 241-2 et R. 241-8 à R. 241-15",
    )
    [draft] = read(source, VAR)
    assert (draft.technology, draft.decision) == ("body_camera", "authorisation")
    assert draft.cameras is not None
    assert draft.cameras.total == 6
    assert draft.retention_days == 30
    assert draft.duration_years == 5
    assert [place.insee for place in draft.places] == ["83047"]
    assert draft.beneficiary is not None
    assert draft.beneficiary.class_ == "commune"
    assert draft.operator is not None
    assert draft.operator.class_ == "municipal_police"
    assert not draft.is_lead


@pytest.mark.parametrize(
    ("heading", "article", "basis", "technology"),
    [
        (
            "autorisant l'emploi d'un traitement algorithmique des images",
            "L'emploi d'un traitement algorithmique est autorisé du 3 mai 2025 au 5 mai 2025.",
            "la loi n° 2023-380 du 19 mai 2023, article 10",
            "algorithmic_video",
        ),
        (
            "autorisant le brouillage",
            "L'emploi de moyens de brouillage contre les drones est autorisé.",
            "son article L. 213-2",
            "counter_drone",
        ),
        (
            "autorisant un dispositif mobile de contrôle automatisé",
            "Le dispositif mobile de contrôle automatisé des données signalétiques des véhicules\n"
            "est autorisé sur la commune de Toulon le 3 mai 2025.",
            "ses articles L. 233-1 et L. 233-2",
            "plate_reader",
        ),
        (
            "autorisant des caméras embarquées",
            "Les véhicules de la gendarmerie sont équipés de caméras embarquées.",
            "son article L. 243-1",
            "embedded_camera",
        ),
    ],
)
def test_each_means_is_found_by_what_is_decided(
    heading: str, article: str, basis: str, technology: str
) -> None:
    [draft] = read(order(heading, f"Article 1 : {article}", basis), VAR)
    assert draft.technology == technology
    assert draft.decision == "authorisation"
    assert draft.legal_basis


FRIENDS = {
    "delegation": order(
        "portant délégation de signature",
        "Article 1 : Délégation est donnée pour autoriser les caméras individuelles.",
        "son article L. 241-2",
    ),
    "social security": order(
        "portant récépissé de déclaration",
        "Article 1 : Exonération de l'article L. 241-10 du code de la sécurité sociale.",
        "le code de la sécurité sociale, article L. 241-10",
    ),
    "a name": order(
        "portant agrément", "Article 1 : LAPIERRE Lapios est agréé pour les lapins.", "rien"
    ),
    "commission": order(
        "portant composition de la commission de vidéoprotection",
        "Article 1 : La commission visionne les caméras.",
        "son article L. 251-4",
    ),
    "prison staff": order(
        "portant habilitation à la vidéoprotection",
        "Article 1 : Les agents sont habilités à visionner les images de vidéoprotection.",
        "le code pénitentiaire",
    ),
    "sewers": order(
        "autorisant des travaux d'assainissement",
        "Article 1 : Une inspection caméra des canalisations est réalisée avant les travaux.",
        "le code de l'environnement",
    ),
    "animals": order(
        "autorisant le suivi de la faune",
        "Article 1 : Les pièges et caméras installés pour la faune sont autorisés.",
        "le code de l'environnement",
    ),
}


@pytest.mark.parametrize("name", FRIENDS)
def test_a_false_friend_is_neither_finding_nor_lead(name: str) -> None:
    assert list(read(FRIENDS[name], VAR)) == []


def test_an_order_about_something_else_that_states_cameras_is_a_lead() -> None:
    source = order(
        "autorisant la mise en service d'un tunnel",
        "Article 1 : La mise en service est autorisée. Le tunnel est équipé de caméras reliées\n"
        "au poste de surveillance.",
        "le code de la voirie routière",
    )
    [lead] = read(source, VAR)
    assert lead.is_lead
    assert lead.technology == "video_protection"


def test_no_act_of_the_var_decides_about_other_means() -> None:
    found = [draft for _, act in acts_of(shared("raa_var")) for draft in read(act, VAR)]
    assert [draft.technology for draft in found if not draft.is_lead] == []
