# ruff: noqa: E501  The lines are cut where those of an order are.
"""Orders on video protection in the shapes of many prefectures, all made up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from contrechamp.watch.domain import reading
from contrechamp.watch.domain.act import Act, Context, Draft
from contrechamp.watch.domain.finding import Beneficiary, Cameras
from contrechamp.watch.domain.premises import beneficiary
from contrechamp.watch.domain.text import Pages


def drafts(*texts: str, departement: str = "83", title: str | None = None) -> list[Draft]:
    act = Act(pages=Pages.of(texts), title=title)
    found: Iterable[tuple[Act, Draft]] = reading.read(act, Context(departement=departement))
    return [draft for _, draft in found if draft.technology == "video_protection"]


def order(
    cameras: str,
    *,
    kind: str = "autorisation",
    more: str = "",
    first: str = "M. Octave TOURNEBRIDE, gérant, est autorisé pour une durée de cinq ans renouvelable à mettre en œuvre dans la boutique située 3 rue des Essais à TOULON (83000), un système de vidéoprotection {}, conformément à la demande enregistrée sous le numéro 2025/0012.",
) -> str:
    return (
        f"ARRÊTÉ PRÉFECTORAL\nportant {kind} d'installation d'un système de Vidéoprotection\n"
        "Commune de TOULON\n(Boutique des Essais)\nLe Préfet du Var,\nVu le code de la sécurité intérieure ;\n"
        f"ARRETE\nArticle 1er : {first.format(cameras)}\nArticle 2 : Le public devra être informé.\n{more}"
        "Fait à Toulon, le 10/12/2024\n"
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("composé de 3 caméras intérieures et caméras 5 extérieures", (3, 5, 0, 0, 8)),
        ("composé de 2 (deux) caméras intérieures", (2, 0, 0, 0, 2)),
        (
            "composé de deux (2) caméras intérieures et d'une caméra extérieure",
            (2, 1, 0, 0, 3),
        ),
        ("composé de 12 caméras dont 4 extérieures", (None, 4, None, None, 12)),
        ("composé de 12 caméras (8 intérieures et 4 extérieures)", (8, 4, None, None, 12)),
        (
            "comportant 4 caméras dômes intérieures et 2 caméras fixes extérieures",
            (4, 2, 0, 0, 6),
        ),
        ("comprenant 8 caméras de voie publique", (0, 0, 8, 0, 8)),
        ("composé de 5 caméras nomades", (0, 0, 0, 5, 5)),
        (
            "composé de 5 caméras intérieures, 3 extérieures et 1 filmant la voie publique",
            (5, 3, 1, 0, 9),
        ),
        ("composé de vingt-deux caméras extérieures", (0, 22, 0, 0, 22)),
        ("comprenant 1 136 caméras intérieures", (1136, 0, 0, 0, 1136)),
    ],
)
def test_numbers_of_cameras_are_read_in_every_order_of_words(
    words: str, expected: tuple[int | None, ...]
) -> None:
    (found,) = drafts(order(words))
    assert found.cameras == Cameras(
        **dict(zip(("indoor", "outdoor", "public_road", "mobile", "total"), expected, strict=True))
    )


def test_delimited_perimeters_give_no_number_of_cameras() -> None:
    (found,) = drafts(order("délimité par 3 périmètres vidéoprotégés"))
    assert found.perimeters == 3
    assert found.cameras is None


def test_what_a_change_takes_away_is_not_added() -> None:
    first = "Mme Irène VALBERG est autorisée dans les conditions fixées par l'arrêté du 3 mars 2021 à modifier l'installation de vidéoprotection enregistrée sous les numéros 2021/0001-2025/0012."
    more = "Les modifications portent sur le retrait de 1 caméra extérieure et l'ajout de 2 caméras intérieures\nsoit un total de 6 caméras intérieures.\n"
    (found,) = drafts(
        order("", kind="modification", first=first).replace("Le public devra être informé.", more)
    )
    assert found.decision == "modification"
    assert found.cameras == Cameras(indoor=6, outdoor=0, public_road=0, mobile=0, total=6, added=2)
    assert found.file_numbers == ("2021/0001", "2025/0012")


def test_the_new_retention_is_the_second_number() -> None:
    first = "Mme Irène VALBERG est autorisée à modifier l'installation de vidéoprotection enregistrée sous le numéro 2025/0012."
    for words in (
        "le délai de conservation des images passe de 20 jours à 28 jours",
        "l'augmentation du délai de conservation des images de 20 à 28 jours",
        "la durée de conservation des images est portée de vingt à vingt-huit jours",
    ):
        text = order("", kind="modification", first=first).replace(
            "Le public devra être informé", f"Les modifications portent sur {words}"
        )
        (found,) = drafts(text)
        assert found.retention_days == 28, words
        assert found.cameras is None


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("Durée de conservation des images : 30 jours.", 30),
        ("Les enregistrements seront détruits dans un délai maximum de trente (30) jours.", 30),
        ("La durée de conservation des images est fixée à quinze jours.", 15),
        ("Les images sont conservées 1 mois.", 30),
        ("Les enregistrements sont conservés pendant 72 heures.", 3),
        (
            "Hormis le cas d'une enquête de flagrant délit, les enregistrements seront détruits dans un délai maximum de sept jours.",
            7,
        ),
    ],
)
def test_retention_in_figures_and_words(words: str, days: int) -> None:
    (found,) = drafts(order("composé de 3 caméras intérieures", more=f"Article 3 : {words}\n"))
    assert found.retention_days == days


def test_the_purposes_are_those_that_the_article_names() -> None:
    (found,) = drafts(
        order(
            "composé de 3 caméras intérieures ; finalités : prévention d'actes terroristes, secours aux personnes"
        )
    )
    assert found.purposes == ("terrorism", "rescue")


def of(printed: str, about: str = "") -> Beneficiary:
    return beneficiary(printed, about, frozenset({"tournebride", "mickael"}))


@pytest.mark.parametrize(
    "name",
    [
        *("Bar de la Mairie", "Pharmacie de la Gare", "Tabac du Lycée", "Hôtel de la Poste"),
        *("Boulangerie de l'Hôpital", "Restaurant Le Musée", "Café de la Place", "Relay Gare SNCF"),
        *(
            "Auto-école du Centre",
            "Lycée privé Sainte-Aurore",
            "S.A.S. Gymnase Club",
            "Micro-crèche Les Lutins",
        ),
        *("Clinique du Parc", "Chez Tournebride", "Snack Micka", "Ecole de danse Tournebride"),
    ],
)
def test_a_public_word_does_not_make_a_shop_public(name: str) -> None:
    found = of(
        name, "Article 1er : M. Octave TOURNEBRIDE, gérant, est autorisé à mettre en œuvre 3 rue X"
    )
    assert not found.public
    assert not found.publish
    assert "Tournebride" not in (found.printed or "")
    assert "Micka" not in (found.printed or "")


def test_a_street_does_not_make_a_shop_public() -> None:
    for street in (
        "avenue de l'Université",
        "place de la Gare",
        "12 rue du Stade",
        "4 place du Marché",
    ):
        found = of(
            "Bleu Indigo",
            f"Mme Irène VALBERG, présidente de Bleu Indigo, est autorisée à mettre en œuvre dans la bijouterie située {street} à TOULON (83000), un système",
        )
        assert (found.class_, found.publish) == ("shop", False)
        assert found.label_fr == "Locaux privés : bijouterie"


@pytest.mark.parametrize(
    ("name", "office", "class_"),
    [
        ("Parking des Essais", "Maire de la commune de TOULON", "commune"),
        ("Musée des Essais", "Maire de la commune", "commune"),
        ("Déchetterie", "Président de la Communauté de Communes du Golfe", "intercommunality"),
        ("Déchetterie", "Président de Haute Vallée Agglomération", "intercommunality"),
        ("Centre Hospitalier des Essais", "Directeur du Centre Hospitalier", "hospital"),
        ("Gares S.N.C.F. et Connexions - Gare des Essais", "Directeur des gares", "transport"),
        ("La Poste", "Directeur de la Sécurité", "public_company"),
        ("Collège Reine Aurore", "cheffe d'établissement", "school"),
        ("Métropole des Trois Rivières - Port", "Président de la Métropole", "intercommunality"),
        ("Université des Essais", "Présidente de l'Université", "school"),
    ],
)
def test_public_bodies_are_published_by_name(name: str, office: str, class_: str) -> None:
    found = of(
        name,
        f"Article 1er : M. Octave TOURNEBRIDE, {office}, est autorisé à mettre en œuvre 3 rue X",
    )
    assert (found.class_, found.public, found.publish) == (class_, True, True)
    assert found.printed == name


def test_a_person_is_never_printed() -> None:
    for name in ("M. Octave TOURNEBRIDE", "Mme VALBERG", "Octave TOURNEBRIDE"):
        found = of(name)
        assert (found.class_, found.printed) == ("person", None)


SINGLE = {
    "south": (
        "30",
        "PRÉFET DU GARD\nArrêté n° 2025/0123\nportant autorisation d'installation d'un système de vidéoprotection –\nPharmacie des Essais à Alès\n"
        "Le préfet du Gard,\nVu le code de la sécurité intérieure ;\nARRÊTE\n"
        "Article 1 - Le titulaire de l'officine est autorisé, pour une durée de cinq (5) ans renouvelable, à exploiter un système de\nvidéoprotection composé de 4 caméras intérieures, conformément au dossier n° 2025/0123.\n"
        "Article 2 - Durée de conservation des images : 30 jours.\nNîmes, le 2 avril 2025\n",
    ),
    "north": (
        "59",
        "ARRÊTÉ N° 2025-12-DS-BSI du 3 mars 2025\nportant renouvellement de l'autorisation d'un système de vidéoprotection\nà l'agence Banque des Essais située 3 rue des Essais\nsur la commune de Cambrai\n"
        "Le préfet du Nord,\nVu le code de la sécurité intérieure ;\nARRÊTE\n"
        "Article 1er : Monsieur le directeur est autorisé, pour une durée de 5 ans renouvelable, dans les conditions fixées au présent\narrêté, à mettre en œuvre, à l'adresse susindiquée, un système de vidéoprotection, conformément au dossier présenté,\nannexé à la demande enregistrée sous le numéro 2025/0123, composé de 2 (deux) caméras intérieures.\n"
        "Article 2 : Les enregistrements seront détruits dans un délai maximum de 15 jours.\nLille, le 3 mars 2025\n",
    ),
    "town": (
        "34",
        "Arrêté n° 2025.03.DS.0145\nportant modification d'un système de vidéoprotection\nVILLE DE SÈTE\n"
        "Le préfet de l'Hérault,\nVu le code de la sécurité intérieure ;\nARRÊTE :\n"
        "ARTICLE PREMIER : Le maire de Sète est autorisé à modifier, pour une durée de cinq ans renouvelable, le système de\nvidéoprotection sur le territoire de la commune, composé de 8 caméras de voie\npublique, conformément à la demande n° 2025/0200.\n"
        "ARTICLE 2 : Durée de conservation des images : 20 jours.\nFait à Montpellier, le 4 mars 2025\n",
    ),
    "provisional": (
        "75",
        "Arrêté n° 2025-00321\nportant autorisation provisoire d'installation d'un système de vidéoprotection\n"
        "Le préfet de police,\nVu le code de la sécurité intérieure ;\nArrête :\n"
        "Article 1er : La société des Essais est autorisée à installer, pour une durée de quatre mois, un système de vidéoprotection\nde 6 caméras extérieures au 3 rue des Essais à Paris (75011), dossier n° 2025/0077.\n"
        "Article 2 : Les images sont conservées pendant 15 jours.\nFait à Paris, le 5 mars 2025\n",
    ),
    "repealed": (
        "13",
        "Arrêté portant abrogation de l'autorisation d'un système de vidéoprotection\n"
        "Le Préfet de police des Bouches-du-Rhône,\nVu le code de la sécurité intérieure ;\nARRÊTE\n"
        "Article 1er : L'arrêté préfectoral du 6 avril 2021 autorisant le système de vidéoprotection de l'agence située 3 rue des Essais à\nAubagne (13400) enregistré sous le numéro 2021/0456 est abrogé.\n"
        "Fait à Marseille, le 6 mars 2025\n",
    ),
    "sub": (
        "62",
        "SOUS-PRÉFECTURE DE LENS\nARRÊTÉ\nautorisant l'installation d'un système de vidéosurveillance\n"
        "La sous-préfète de Lens,\nVu le code de la sécurité intérieure ;\nARRÊTE\n"
        "Article 1\nLe gérant du magasin des Essais, situé 3 rue des Essais à LENS (62300), est autorisé à mettre en œuvre un système de\nvidéosurveillance de trois caméras intérieures et deux caméras extérieures. Cette autorisation, valable cinq ans, porte le numéro 2025/0099.\n"
        "Article 2\nLa durée de conservation des enregistrements est fixée à quinze jours.\nFait à Lens, le 7 mars 2025\n",
    ),
}


@pytest.mark.parametrize(
    ("name", "decision", "insee", "total", "days", "files", "signed"),
    [
        ("south", "authorisation", "30007", 4, 30, ("2025/0123",), date(2025, 4, 2)),
        ("north", "renewal", "59122", 2, 15, ("2025/0123",), date(2025, 3, 3)),
        ("town", "modification", "34301", 8, 20, ("2025/0200",), date(2025, 3, 4)),
        ("provisional", "authorisation", "75056", 6, 15, ("2025/0077",), date(2025, 3, 5)),
        ("repealed", "abrogation", "13005", None, None, ("2021/0456",), date(2025, 3, 6)),
        ("sub", "authorisation", "62498", 5, 15, ("2025/0099",), date(2025, 3, 7)),
    ],
)
def test_a_single_order_of_another_prefecture_is_read(
    name: str,
    decision: str,
    insee: str,
    total: int | None,
    days: int | None,
    files: tuple[str, ...],
    signed: date,
) -> None:
    departement, text = SINGLE[name]
    (found,) = drafts(text, departement=departement)
    assert found.decision == decision
    assert [place.insee for place in found.places] == [insee]
    assert (found.cameras.total if found.cameras else None) == total
    assert found.retention_days == days
    assert found.file_numbers == files
    assert found.signed_on == signed


def test_orders_in_a_row_without_a_line_for_the_commune_are_told_apart() -> None:
    text = SINGLE["south"][1]
    other = (
        text.replace("2025/0123", "2025/0124").replace("Alès", "Nîmes").replace("4 cam", "7 cam")
    )
    found = drafts(text, other, departement="30")
    assert [draft.order for draft in found] == ["2025/0123", "2025/0124"]
    assert [draft.places[0].insee for draft in found] == ["30007", "30189"]
    assert [draft.cameras.total for draft in found if draft.cameras] == [4, 7]
    assert all(draft.beneficiary and not draft.beneficiary.publish for draft in found)
    assert [draft.beneficiary.label_fr for draft in found if draft.beneficiary] == [
        "Locaux privés : pharmacie"
    ] * 2


def test_a_provisional_authorisation_says_its_own_end() -> None:
    departement, text = SINGLE["provisional"]
    (found,) = drafts(text, departement=departement)
    assert found.duration_years is None
    assert found.expires_on == date(2025, 7, 5)
