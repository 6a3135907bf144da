"""Which objects of contracts are about surveillance, and which only sound like it."""

from __future__ import annotations

import pytest

from contrechamp.foundation.vocabulary import terms
from contrechamp.watch.domain.contracts.damage import cleaned, comparable, pattern
from contrechamp.watch.domain.contracts.kinds import kind_of
from contrechamp.watch.domain.contracts.repairing import repaired
from contrechamp.watch.domain.contracts.signs import LOW, ORDER
from contrechamp.watch.domain.contracts.weighing import may_concern, weigh

FOUND = {
    "video_protection": """
        Fourniture et pose de caméras de vidéoprotection
        VIDEO-SURVEILLANCE DES BATIMENTS
        EXTENSION RESEAU VIDEPROTECTION
        Extension du réseau video protection tranche 3
        Prestation de télésurveillance vidéo des bâtiments
        Maintenance de la vidéo-protéction urbaine
        Mise en place de la vidéoprotecion
        Vidéo-tranquillité de la ville
        Surveillance par caméras du parking
        Remplacement des caméras de la ville et du stockeur vidéo
        Caméras nomades de lutte contre les dépôts sauvages
        Fourniture et installation de caméras
        Mise en place de caméras aux entrées de ville
        Vidéoprotection et inspection vidéo des réseaux d'assainissement
        Marché de vidéosurveillance embarquée dans les autobus
        AMO pour le déploiement de la vidéoprotection
        Vidéosurveillance du lycée agricole
        EXTENSION VIDEO PROT
        Surveillance cameras for the public space
        CCTV""",
    "algorithmic_video": """
        Logiciel d'analyse vidéo intelligente
        Vidéosurveillance algorithmique
        Caméras augmentées
        Comptage de piétons par caméras""",
    "body_camera": """
        Caméras-piétons
        Caméras piéton pour la PM
        Achat de cameras individuelles
        Acquisition de caméras mobiles pour les policiers municipaux""",
    "aerial_camera": """
        Acquisition de drones pour la police municipale
        Drones de surveillance pour la gendarmerie nationale
        Caméras installées sur des aéronefs""",
    "embedded_camera": "Caméras embarquées dans les véhicules de la gendarmerie",
    "plate_reader": """
        Système LAPI embarqué pour le contrôle du stationnement
        Lecture automatisée de plaques d'immatriculation""",
    "video_ticketing": "Mise en œuvre de la vidéo-verbalisation",
    "facial_recognition": "Solution de reconnaissance faciale",
    "biometric_access": "Fourniture de terminaux biométriques de contrôle d'accès",
    "acoustic_sensor": """
        Capteurs sonores pour détection d'évènements anormaux
        Radar sonore""",
    "predictive_software": "Logiciel de police prédictive",
    "data_platform": "Plateforme de données pour la tranquillité publique",
    "hypervision": """
        Création d'un centre de supervision urbain
        Solution d'hypervision urbaine pour la police municipale
        Aménagement du CSU - lot 2 : cloisons""",
    "counter_drone": "Détection et neutralisation de drones",
    "access_control": """
        Interphonie et contrôle d'accès
        Contrôle d'accès aux déchèteries""",
    "remote_alarm": """
        Télésurveillance des alarmes
        Maintenance des alarmes anti-intrusion""",
}
FRIENDS = """
    Inspection vidéo des réseaux d'assainissement
    Hydrocurage et passage caméra des canalisations
    Curage et inspections télévisées des collecteurs
    Acquisition d'une caméra thermique pour les déperditions des bâtiments
    Fourniture de vidéoprojecteurs pour les écoles
    Visioconférence et caméras de salle
    Gardiennage et surveillance humaine des bâtiments
    Surveillance de la qualité de l'air
    Surveillance de la baignade et des bassins
    Télésurveillance du barrage
    Télésurveillance des stations d'épuration
    Réalisation de vidéos promotionnelles
    Relevés topographiques par drone
    Fourniture de drones pédagogiques
    Spectacle de drones lumineux
    Suivi de chantier timelapse et prises de vues en drone
    Maintenance des installations de télévision
    Licences d'hyperviseur VMware
    Supervision du réseau informatique
    Supervision des équipes sociales
    Fourniture de plaques de rue
    Plaques de plâtre
    Reconnaissance des sols
    Bornes de recharge de véhicules électriques
    Gamma-caméra pour le service de médecine nucléaire
    Suivi biométrique foliaire des herbiers
    Provision et révision des prix
    Achat de documents vidéo et partitions pour la médiathèque
    Captation vidéo des séances du conseil
    Surveillance du trait de côte par drone
    Travaux d'école, hors vidéosurveillance
    Caméra de recul pour bennes
    Radars de météorologie
    Téléalarme pour les personnes âgées
    LAPIERRE travaux
    Vêtements de la police municipale
    Vidéomapping
    Contrôle caméra des branchements d'eaux usées
    Vidéo-surveillance d'une passe à poissons
    Impression de plaquettes"""


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


CASES = [(technology, line) for technology, text in FOUND.items() for line in _lines(text)]


@pytest.mark.parametrize(("technology", "text"), CASES)
def test_an_object_is_known_by_its_words(technology: str, text: str) -> None:
    weighed = weigh(text, None)
    assert weighed is not None
    assert weighed.technology == technology


@pytest.mark.parametrize("text", _lines(FRIENDS))
def test_a_false_friend_is_none(text: str) -> None:
    assert weigh(text, None) is None


@pytest.mark.parametrize(("technology", "text"), CASES)
@pytest.mark.parametrize(
    "lost", ["\ufffd", "\ufffd\ufffd", "?", ""], ids=["one", "two", "mark", "none"]
)
def test_lost_accents_change_nothing(technology: str, text: str, lost: str) -> None:
    damaged = "".join(letter if letter.isascii() else lost for letter in text)
    weighed = weigh(cleaned(damaged), None)
    assert weighed is not None
    assert weighed.technology == technology


@pytest.mark.parametrize("text", _lines(FRIENDS))
def test_lost_accents_make_no_false_friend_true(text: str) -> None:
    damaged = "".join(letter if letter.isascii() else "\ufffd" for letter in text)
    assert weigh(cleaned(damaged), None) is None


@pytest.mark.parametrize(
    "typed",
    [
        "vidéo<br />protection",
        "vid&eacute;oprotection",
        "vidÃ©oprotection de la commune",
        "vide\u0301oprotection",
        "vid�oprotection",
        "v�deoprotection",
        "vidéo\u00adprotection",
        "VIDÉO  PROTECTION",
    ],
)
def test_tags_entities_and_encodings_hide_nothing(typed: str) -> None:
    assert may_concern(typed, None)
    weighed = weigh(cleaned(typed), None)
    assert weighed is not None
    assert weighed.technology == "video_protection"


def test_the_net_lets_through_whatever_is_found() -> None:
    for _, text in CASES:
        for lost in ("\ufffd", ""):
            assert may_concern("".join(c if c.isascii() else lost for c in text), None), text


def test_one_object_may_speak_of_several_technologies_the_more_telling_leads() -> None:
    weighed = weigh("Vidéosurveillance, alarme intrusion et contrôle d'accès", None)
    assert weighed is not None
    assert weighed.technologies == ("video_protection", "access_control", "remote_alarm")


def test_the_cpv_of_cameras_is_enough_for_a_neutral_object_only() -> None:
    neutral = weigh("Fourniture de matériel", "32323500")
    assert neutral is not None
    assert neutral.is_by_cpv
    assert weigh("Sonorisation de la salle des fêtes", "32323500") is None
    assert weigh("Fourniture de matériel", "35120000") is None


def test_cpv_and_supplier_raise_and_never_decide() -> None:
    alone = weigh("Caméras pour la voirie et la police", None)
    raised = weigh("Caméras pour la voirie et la police", "32323500", suppliers="Eryma")
    assert alone is not None
    assert raised is not None
    assert raised.confidence > alone.confidence
    assert weigh("Fourniture de matériel", None, suppliers="Eryma") is None


def test_the_buyer_says_what_a_drone_is_for() -> None:
    assert weigh("Acquisition de drones", None, buyer="SGAMI Sud") is not None
    assert weigh("Acquisition de drones", None, buyer="Rectorat") is None


def test_the_order_of_technologies_is_that_of_the_vocabulary() -> None:
    watched = terms("watched")
    assert tuple(code for code in watched if code in ORDER) == ORDER
    assert {code for code, term in watched.items() if term.get("weight") == "low"} == LOW


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Maîtrise d'œuvre pour l'extension de la vidéoprotection", "study"),
        ("Ma�trise d'uvre pour l'extension de la vidéoprotection", "study"),
        ("Génie civil pour caméras", "civil_works"),
        ("CSU - lot 1 gros œuvre", "civil_works"),
        ("Maintenance et extension du parc", "maintenance"),
        ("Refonte et extension d'un dispositif", "works"),
        ("Fourniture, pose et maintenance", "supply"),
        ("Logiciel d'analyse", "software"),
        ("Mat�riels et am�lioration", None),
    ],
)
def test_the_kind_is_what_is_bought(text: str, kind: str | None) -> None:
    assert kind_of(comparable(text)) == kind


def test_where_the_object_does_not_say_cpv_and_nature_name_the_kind() -> None:
    assert kind_of("videoprotection", cpv="50343000") == "maintenance"
    assert kind_of("videoprotection", cpv="45310000") == "works"
    assert kind_of("videoprotection", nature="Accord-cadre") == "framework"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Extension du syst�me de vid�oprotection", "Extension du système de vidéoprotection"),
        ("MAINTENANCE DU R�SEAU", "MAINTENANCE DU RÉSEAU"),
        ("T�l�surveillance", "Télésurveillance"),
        ("cam?ras", "caméras"),
        ("l�exploitation", "l'exploitation"),
        ("Vend�e", "Vend�e"),
        ("mise en uvre", "mise en uvre"),
    ],
)
def test_a_lost_letter_is_put_back_when_one_word_fits(typed: str, shown: str) -> None:
    assert repaired(typed) == (shown, shown != typed)


def test_patterns_stay_linear_on_long_rubbish() -> None:
    for text in ("vidéo " * 3000, "\ufffd" * 8000, "caméra de la " * 2000, "hors " * 3000):
        weigh(text, "32323500")


def test_a_pattern_knows_short_words_by_all_their_letters() -> None:
    assert pattern("amo").startswith("amo")
