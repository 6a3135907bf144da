"""The public words of letters tell neither who asks and where, nor who answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.foi.domain.hiding import HIDDEN, count, hide, secrets_of, tells
from contrechamp.mail.domain.masking import ADDRESS

PERSON = {
    "name": "Fauchemare",
    "first_name": "Éloïse",
    "address": "12 bis avenue du Général Bréval\n99120 Haut-Vallon",
    "email": "eloise@fauchemare.example",
}
SECRETS = secrets_of("PERSON", PERSON, ["Odile LE BIHANNEC"])
LETTER = (
    "Madame, Monsieur,\n\nJe soussignée {who}, demeurant {where}, demande le contrat.\n"
    "Mme Le Bihannec m'a écrit ; odile nous répond.\n\n{who}\n{where}\n"
)
WRITTEN = [
    "12 bis avenue du Général Bréval\n99120 Haut-Vallon",
    "12 bis, av. du Gal Bréval, 99120 HAUT-VALLON",
    "12bis avenue Général BREVAL - 99120 Haut Vallon cedex",
    "12 BIS AVENUE DU GENERAL BREVAL 99120",
]


@pytest.mark.parametrize("where", WRITTEN)
def test_an_address_is_hidden_however_it_is_written(where: str) -> None:
    shown = hide(LETTER.format(who="Éloïse Fauchemare", where=where), SECRETS)

    for word in ("Bréval", "BREVAL", "99120", "Fauchemare", "Éloïse", "Bihannec", "odile"):
        assert word not in shown
    assert "le contrat" in shown


def test_what_an_association_is_called_stays_and_who_signs_for_it_goes() -> None:
    secrets = secrets_of(
        "ASSOCIATION",
        {
            "name": "Les Yeux ouverts",
            "representative": "Camille Exemple",
            "address": "1 place du Marché\n99000 Valbrume",
        },
    )
    shown = hide(
        "Les Yeux ouverts, 1 place du Marché, 99000 Valbrume\n\nCamille Exemple, présidente\n\n"
        "à la mairie de Valbrume",
        secrets,
    )

    assert shown.startswith(f"Les Yeux ouverts, {ADDRESS}")
    assert "Camille" not in shown
    assert "mairie de Valbrume" in shown


@given(
    name=st.sampled_from(["Thaïs Zaïdane", "jean-luc d'Orval", "Guénolé Nguyên"]),
    before=st.text(max_size=40),
    where=st.sampled_from(WRITTEN),
)
def test_neither_name_nor_address_survives_any_words_around(
    name: str, before: str, where: str
) -> None:
    secrets = secrets_of("PERSON", PERSON, [name])
    shown = hide(f"{before} {name} écrit à Éloïse FAUCHEMARE, {where} {before}", secrets)

    assert not tells(shown, secrets)
    assert hide(shown, secrets) == shown


def test_words_are_hidden_by_hand_with_or_without_accents() -> None:
    from contrechamp.foi.domain.hiding import Secrets

    shown = hide("Vu par Zaïdane, ZAIDANE et zaidanes.", Secrets(), words=["Zaïdane"])

    assert shown == f"Vu par {HIDDEN}, {HIDDEN} et zaidanes."
    assert count(shown) == 2


@pytest.mark.parametrize(
    ("title", "is_told"),
    [
        ("Le contrat des caméras de la rue de la Paix", False),
        ("Ce que m'a dit Odile Le Bihannec", True),
        ("Les caméras devant le 12 bis avenue du Général Bréval", True),
        ("Écrivez à camille@example.org", True),
        ("Les arrêtés n° 2024-031 et 2024-032", False),
    ],
)
def test_a_title_that_tells_somebody_is_seen(title: str, is_told: bool) -> None:
    assert tells(title, SECRETS) is is_told
