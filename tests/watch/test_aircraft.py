"""Orders that allow images from the air, and what only looks like them."""

from __future__ import annotations

from collections import Counter

import pytest

from contrechamp.watch.domain.act import Context, Draft
from contrechamp.watch.domain.aircraft import model_key, read
from tests.shared import shared
from tests.watch.acts import act, acts_of, flight, order

VAR = Context(departement="83")
ARTICLES = """Article 1er - La captation, l'enregistrement et la transmission d'images par {who},
est autorisée au titre de la prévention des atteintes à la sécurité des personnes et des biens
sur la commune de Hyères le {when}.
Article 2 - Le nombre maximal de caméras pouvant procéder simultanément aux traitements
mentionnés à l'article 1er est fixé à {how_many}.
Article 3 - La présente autorisation est limitée au périmètre figurant en annexe."""
POLICE = "la direction interdépartementale de la Police Nationale du Var"


def _articles(
    who: str = POLICE,
    when: str = "jeudi 15 mai 2025 de 14h00 à 20h00",
    how_many: str = "une, installée sur un drone DJI Mavic 3 T",
) -> str:
    return ARTICLES.format(who=who, when=when, how_many=how_many)


def _one(found: object) -> Draft:
    [draft] = list(found)  # type: ignore[call-overload]
    assert isinstance(draft, Draft)
    return draft


def test_a_flight_says_who_where_when_with_what() -> None:
    draft = _one(read(flight(_articles()), VAR))
    assert (draft.technology, draft.decision) == ("aerial_camera", "authorisation")
    assert draft.operator is not None
    assert draft.operator.class_ == "national_police"
    assert draft.operator.printed == POLICE.removeprefix("la ")
    assert [place.insee for place in draft.places] == ["83069"]
    assert [(each.start, each.end) for each in draft.intervals] == [
        ("2025-05-15T14:00", "2025-05-15T20:00")
    ]
    assert draft.cameras is not None
    assert draft.cameras.total == 1
    assert draft.aircraft is not None
    assert (draft.aircraft.count, draft.aircraft.model) == (1, "DJI Mavic 3 T")
    assert draft.aircraft.manned is False
    assert draft.court == "Tribunal administratif de Toulon"
    assert draft.order == "2025-AB-12"
    assert str(draft.signed_on) == "2025-05-12"
    assert "CSI L242-1" in draft.legal_basis
    assert draft.public_information_waived is False
    assert not draft.warnings


def test_every_value_has_a_span_inside_the_act_and_is_never_certain() -> None:
    source = flight(_articles())
    for span in _one(read(source, VAR)).spans.values():
        assert 0 <= span.start < span.end <= len(source.pages.text)
        assert 0 < span.confidence < 1


@pytest.mark.parametrize(
    ("how_many", "cameras", "aircraft", "model"),
    [
        ("deux, installées sur deux drones DJI Mavic 3 T", 2, 2, "DJI Mavic 3 T"),
        ("une caméra sur un drone de type DJI Mavic 2 Entreprise\nAdvanced", 1, 1, None),
        ("3 caméras installées sur 3 drones de marque PARROT ANAFI USA", 3, 3, "PARROT ANAFI USA"),
        ("trois", 3, None, None),
    ],
)
def test_numbers_are_read_in_words_and_digits(
    how_many: str, cameras: int, aircraft: int | None, model: str | None
) -> None:
    draft = _one(read(flight(_articles(how_many=how_many)), VAR))
    assert draft.cameras is not None
    assert draft.cameras.total == cameras
    assert draft.aircraft is not None
    assert draft.aircraft.count == aircraft
    if model:
        assert draft.aircraft.model == model


def test_a_helicopter_is_manned() -> None:
    how_many = "une, installée sur un hélicoptère EC 135 immatriculé F-MABC"
    draft = _one(read(flight(_articles("la gendarmerie nationale", how_many=how_many)), VAR))
    assert draft.aircraft is not None
    assert draft.aircraft.manned is True
    assert draft.aircraft.registration == "F-MABC"
    assert draft.operator is not None
    assert draft.operator.class_ == "gendarmerie"


def test_models_compare_folded() -> None:
    assert model_key("DJI MAV IC 3 T") == model_key("DJI Mavic 3T")


def test_the_article_says_who_flies_not_the_one_who_asked() -> None:
    source = flight(_articles("le groupement de gendarmerie du Var"), asker="le commissariat")
    draft = _one(read(source, VAR))
    assert draft.operator is not None
    assert draft.operator.class_ == "gendarmerie"
    assert draft.operator.printed == "groupement de gendarmerie du Var"


def test_customs_fly_too_but_municipal_police_never() -> None:
    customs = "la direction régionale des douanes et droits indirects de Provence"
    draft = _one(read(flight(_articles(customs)), VAR))
    assert draft.operator is not None
    assert draft.operator.class_ == "customs"
    draft = _one(read(flight(_articles("la police municipale")), VAR))
    assert draft.operator is None or draft.operator.class_ != "municipal_police"


def test_several_communes_and_a_footer_within_a_sentence() -> None:
    number = "83-2025-05-12-00003"
    articles = _articles() + (
        "\nArticle 4 - Elle couvre les communes de Solliès-Ville, Solliès-Pont, La Crau\n"
        f"Préfecture du VAR - {number} - Arrêté autorisant la captation 12\n"
        "et La Farlède."
    )
    draft = _one(read(flight(articles), VAR))
    assert [place.name for place in draft.places] == [
        *("Hyères", "Solliès-Ville", "Solliès-Pont", "La Crau", "La Farlède")
    ]


def test_information_that_is_waived_is_flagged() -> None:
    recital = "Considérant qu'il y a lieu de déroger au principe\nd'information du public ;"
    assert _one(read(flight(_articles(), recital=recital), VAR)).public_information_waived is True


def test_a_wrong_year_in_the_order_is_said() -> None:
    draft = _one(read(flight(_articles(), order="2024-BSP-OP-05"), VAR))
    assert draft.order == "2024-BSP-OP-05"
    assert draft.warnings == ("order_year_differs",)


def test_a_lost_first_page_is_said_and_the_articles_decide() -> None:
    text = "Considérant l'article R. 242-13 du code de la sécurité intérieure ;\n"
    draft = _one(read(act(text + "ARRÊTE\n" + _articles() + "\nToulon, le 12 mai 2025\n"), VAR))
    assert "first_page_lost" in draft.warnings


def test_blanks_of_a_scan_inside_words_do_not_matter() -> None:
    articles = (
        _articles().replace("captation", "cap tation").replace("transmission", "tra nsmission")
    )
    assert _one(read(flight(articles), VAR)).technology == "aerial_camera"


@pytest.mark.parametrize(
    ("title", "decision"),
    [("modifiant l'arrêté du 2 mai 2025 autorisant", "modification"), ("prorogeant", "extension")],
)
def test_a_change_is_not_a_new_permission(title: str, decision: str) -> None:
    source = flight(_articles())
    text = source.pages.text.replace("autorisant la captation", f"{title} la captation", 1)
    assert _one(read(act(text), VAR)).decision == decision


FRIENDS = {
    "delegation": order(
        "portant délégation de signature",
        "Article 1 : Délégation est donnée pour autoriser la captation d'images par aéronef\n"
        "télé-piloté (drone).",
        "ses articles L. 242-1",
    ),
    "ban on flying": order(
        "portant interdiction temporaire d'évolution d'aéronefs sans équipage à bord (drones)",
        "Article 1 : L'exploitation et l'évolution d'aéronefs (drones) est interdite, sauf\n"
        "pour la police nationale dont les vols sont autorisés.",
        "ses articles L. 211-1",
    ),
    "light show": order(
        "autorisant un spectacle aérien public d'aéronefs sans équipage à bord",
        "Article 1 : Le spectacle de drones lumineux est autorisé le 14 juillet 2025.",
    ),
    "helipad": order(
        "portant création d'une hélisurface",
        "Article 1 : L'usage des hélicoptères est autorisé sur l'hélisurface.",
    ),
    "aerodrome": order(
        "portant approbation des dispositions ORSEC de l'aérodrome",
        "Article 1 : Le plan de secours des aéronefs est approuvé.",
    ),
    "nature": order(
        "autorisant le suivi d'espèces protégées",
        "Article 1 : Le survol par drone et la capture d'images de la faune est autorisée.",
        "le code de l'environnement",
    ),
    "object forbidden at a stadium": order(
        "instaurant un périmètre de protection",
        "Article 1 : Il est instauré un périmètre de protection à Toulon.\nAnnexe : objets\n"
        "interdits : couteau, bouteille, drone.",
    ),
    "jamming": order(
        "autorisant le brouillage",
        "Article 1 : La mise en oeuvre de moyens de protection contre les menaces résultant\n"
        "d'aéronefs circulant sans personne à bord (brouillage) est autorisée.",
        "ses articles L. 213-2",
    ),
}


@pytest.mark.parametrize("name", FRIENDS)
def test_a_false_friend_is_no_flight(name: str) -> None:
    assert list(read(FRIENDS[name], VAR)) == []


def test_the_eighteen_flights_of_the_var_and_no_other() -> None:
    drafts = [draft for _, each in acts_of(shared("raa_var")) for draft in read(each, VAR)]
    assert len(drafts) == 18
    assert Counter(draft.operator.class_ for draft in drafts if draft.operator) == {
        "national_police": 14,
        "gendarmerie": 4,
    }
    assert Counter(draft.cameras.total for draft in drafts if draft.cameras) == {1: 15, 2: 3}
    assert sum(bool(draft.public_information_waived) for draft in drafts) == 14
    assert all(draft.intervals and draft.places and draft.court for draft in drafts)
    assert {model_key(d.aircraft.model or "") for d in drafts if d.aircraft} == {
        "djimavic3t",
        "djimavic2entrepriseadvanced",
    }
    assert sum("first_page_lost" in draft.warnings for draft in drafts) == 3
