"""Protection perimeters and bans, and what only looks like them."""

from __future__ import annotations

from collections import Counter

import pytest

from contrechamp.watch.domain.act import Context
from contrechamp.watch.domain.measures import read
from tests.shared import shared
from tests.watch.acts import acts_of, order

VAR = Context(departement="83")


def test_a_perimeter_is_instituted_under_its_article_with_hours_and_place() -> None:
    source = order(
        "instaurant un périmètre de protection à Toulon aux abords du stade",
        "Article 1 : En vue du match du 22 mars 2025, il est instauré aux abords du stade un\n"
        "périmètre de protection du 22 mars 2025 à 18h05 au 23 mars 2025 à 01h05.\n"
        "Article 2 : Les objets suivants sont interdits : couteau, drone.",
    )
    [draft] = read(source, VAR)
    assert (draft.technology, draft.legal_basis) == ("protection_perimeter", ("CSI L226-1",))
    assert [place.insee for place in draft.places] == ["83137"]
    assert [(each.start, each.end) for each in draft.intervals] == [
        ("2025-03-22T18:05", "2025-03-23T01:05")
    ]


def test_a_perimeter_that_replaces_another_stays_one_and_repeals() -> None:
    source = order(
        "instaurant un périmètre de protection à Toulon",
        "Article 1 : le présent arrêté abroge l'arrêté n° 2025/PP/005 du 07 avril 2025 ;\n"
        "Article 2 : il est instauré un périmètre de protection le 19 avril 2025 de 10h à 12h.",
    )
    [draft] = read(source, VAR)
    assert draft.decision == "authorisation"
    assert [str(day) for day in draft.repeals] == ["2025-04-07"]
    assert [each.start for each in draft.intervals] == ["2025-04-19T10:00"]


def test_a_ban_on_festive_gatherings_holds_for_the_whole_departement() -> None:
    source = order(
        "portant interdiction de rassemblements festifs à caractère musical",
        "Article 1 : La tenue des rassemblements festifs à caractère musical est interdite sur\n"
        "l'ensemble du territoire du département du Var du vendredi 25 avril 2025 à 19h00\n"
        "jusqu'au lundi 28 avril 2025 à 09h00.",
        "ses articles L. 211-5 et R. 211-2",
    )
    [draft] = read(source, VAR)
    assert draft.technology == "gathering_ban"
    assert [(place.name, place.how) for place in draft.places] == [("Var", "departement")]
    assert [(each.start, each.end) for each in draft.intervals] == [
        ("2025-04-25T19:00", "2025-04-28T09:00")
    ]


def test_a_ban_on_a_demonstration_is_one() -> None:
    source = order(
        "portant interdiction de manifester sur la commune de Toulon",
        "Article 1 : Toute manifestation est interdite sur la commune de Toulon le samedi\n"
        "17 mai 2025 de 8h00 à 20h00.",
        "ses articles L. 211-1 à L. 211-4",
    )
    source_named = order(
        "portant interdiction d'une manifestation sur la commune de Toulon",
        "Article 1 : La manifestation est interdite le samedi 17 mai 2025 de 8h00 à 20h00.",
        "son article L. 211-4",
    )
    for each in (source, source_named):
        [draft] = read(each, VAR)
        assert draft.technology == "demonstration_ban"
        assert [place.insee for place in draft.places] == ["83137"]


FRIENDS = {
    "spring": order(
        "instaurant un périmètre de protection rapprochée du captage",
        "Article 1 : Il est institué un périmètre de protection rapprochée autour du forage.",
        "le code de la santé publique, article L. 1321-2",
    ),
    "monument": order(
        "créant un périmètre de protection d'un monument historique",
        "Article 1 : Il est créé un périmètre de protection des abords du monument.",
        "le code du patrimoine, article L. 621-30",
    ),
    "delegation": order(
        "portant délégation de signature",
        "Article 1 : Délégation est donnée pour instaurer un périmètre de protection (L. 226-1).",
    ),
    "sports event": order(
        "portant interdiction de circulation lors d'une manifestation sportive",
        "Article 1 : La circulation est interdite lors de la manifestation sportive.",
        "ses articles L. 211-1",
    ),
    "video refusal that cites searches": order(
        "portant refus d'installation d'un système de vidéoprotection",
        "Article 1 : La demande est refusée ; recours sous 2 mois, article L226-1.",
    ),
}


@pytest.mark.parametrize("name", FRIENDS)
def test_a_false_friend_is_no_measure(name: str) -> None:
    assert list(read(FRIENDS[name], VAR)) == []


def test_the_seven_perimeters_of_the_var() -> None:
    found = Counter(
        draft.technology for _, act in acts_of(shared("raa_var")) for draft in read(act, VAR)
    )
    assert found == {"protection_perimeter": 7, "gathering_ban": 6}
