"""Each detector, with what it must find and what it must leave alone. All persons are invented."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.documents.domain.personal import Kind, screen
from contrechamp.documents.domain.personal.names import key_of
from contrechamp.documents.domain.personal.numbers import is_card, is_iban, is_social_security


def found(text: str, kind: str) -> list[str]:
    return [text[each.start : each.end] for each in screen(text) if each.kind == kind]


def nir(body: int) -> str:
    return f"{body:013d}{97 - body % 97:02d}"


@pytest.mark.parametrize(
    ("kind", "text", "passage"),
    [
        (Kind.SOCIAL_SECURITY, "N° 2 55 08 14 168 025 38.", "2 55 08 14 168 025 38"),
        (Kind.SOCIAL_SECURITY, "N° 155082A16802538", None),
        (Kind.SOCIAL_SECURITY, "N° 2 55 08 14 168 025 39.", None),
        (Kind.SOCIAL_SECURITY, "SIRET 210 601 234 00017", None),
        (
            Kind.IBAN,
            "IBAN FR14 2004 1010 0505 0001 3M02 606 BIC",
            "FR14 2004 1010 0505 0001 3M02 606",
        ),
        (Kind.IBAN, "FR1420041010050500013M02606", "FR1420041010050500013M02606"),
        (Kind.IBAN, "FR15 2004 1010 0505 0001 3M02 606", None),
        (Kind.IBAN, "DE89 3704 0044 0532 0130 00", "DE89 3704 0044 0532 0130 00"),
        (Kind.BANK_CARD, "carte 4111 1111 1111 1111", "4111 1111 1111 1111"),
        (Kind.BANK_CARD, "carte 4111 1111 1111 1112", None),
        (Kind.BANK_CARD, "SIRET 732 829 320 00074", None),
        (Kind.TELEPHONE, "Appelez le 06 12 34 56 78 le soir.", "06 12 34 56 78"),
        (Kind.TELEPHONE, "Joindre au +33 6 12 34 56 78", "+33 6 12 34 56 78"),
        (Kind.TELEPHONE, "chez lui 04.93.12.34.56", "04.93.12.34.56"),
        (Kind.TELEPHONE, "Mairie, standard : 04 93 12 34 56", None),
        (Kind.TELEPHONE, "Numéro unique 0 806 00 12 34, 0806001234", None),
        (Kind.TELEPHONE, "marché n° 2023-0612345678-01", None),
        (Kind.EMAIL, "écrire à jules.inventeur@gmail.com vite", "jules.inventeur@gmail.com"),
        (Kind.EMAIL, "jules.inventeur@exemple.gouv.fr", "jules.inventeur@exemple.gouv.fr"),
        (Kind.EMAIL, "mairie@villeneuve.fr, contact@exemple.org", None),
        (Kind.EMAIL, "ddtm-accueil@var.gouv.fr", None),
        (Kind.BIRTH, "né le 12 mars 1980 à Villeneuve,", "né le 12 mars 1980 à Villeneuve"),
        (Kind.BIRTH, "née à Bourg-Exemple", "née à Bourg-Exemple"),
        (Kind.BIRTH, "la déclaration née le lendemain", None),
        (
            Kind.ADDRESS,
            "demeurant 12 bis rue des Lilas, 06999 Villeneuve",
            "12 bis rue des Lilas, 06999 Villeneuve",
        ),
        (
            Kind.ADDRESS,
            "Reçu de Jules, 3 impasse du Puits 06999 Villeneuve.",
            "3 impasse du Puits 06999 Villeneuve",
        ),
        (Kind.ADDRESS, "Préfecture, 1 place Exemple, 06999 VILLENEUVE CEDEX", None),
        (Kind.ADDRESS, "des caméras au 12 rue des Lilas", None),
        (Kind.PLATE, "le véhicule AB-123-CD", "AB-123-CD"),
        (Kind.PLATE, "immatriculé 123 ABC 06", "123 ABC 06"),
        (Kind.PLATE, "la norme IO-123-UI, l'article AB-123", None),
        (Kind.RIO, "agent RIO 1234567", "1234567"),
        (Kind.RIO, "1234567 euros", None),
        (Kind.PERSON, "Vu la demande de Monsieur Jules INVENTEUR ;", "Jules INVENTEUR"),
        (Kind.PERSON, "présentée par Mme EXEMPLE Zéphirine,", "EXEMPLE Zéphirine"),
        (Kind.PERSON, "M. Jean-\nPierre EXEMPLE est autorisé", "Jean-\nPierre EXEMPLE"),
        (Kind.PERSON, "Camille Exemple a signé", "Camille Exemple"),
        (Kind.PERSON, "EXEMPLE Camille demande", "EXEMPLE Camille"),
        (Kind.PERSON, "gérant : Zorglub EXEMPLE", "Zorglub EXEMPLE"),
        (Kind.PERSON, "Monsieur le préfet, Madame la Directrice", None),
        (Kind.PERSON, "M. Jules INVENTEUR, préfet du Var", None),
        (Kind.PERSON, "Pour le préfet et par délégation,\nle directeur\n\nJules INVENTEUR", None),
        (Kind.PERSON, "au lycée Jean Moulin, rue Victor Hugo", None),
        (Kind.PERSON, "LUC EN PROVENCE et Pierre", None),
    ],
)
def test_a_detector_finds_what_it_must_and_nothing_else(
    kind: str, text: str, passage: str | None
) -> None:
    assert found(text, kind) == ([passage] if passage else [])


def test_a_known_number_of_corsica_has_its_key() -> None:
    body = "155082A168025"
    key = 97 - int(body.replace("2A", "19")) % 97
    assert is_social_security(f"{body}{key:02d}")
    assert not is_social_security(f"{body}{key % 97 + 1:02d}")


@given(st.integers(1_00_01_01_000_000, 2_99_12_95_999_999))
def test_a_social_security_number_has_one_key(body: int) -> None:
    assert [key for key in range(1, 98) if is_social_security(f"{body:013d}{key:02d}")] == [
        int(nir(body)[-2:])
    ]


@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=23, max_size=23))
def test_an_iban_has_one_key(account: str) -> None:
    keys = [key for key in range(2, 99) if is_iban(f"FR{key:02d}{account}")]
    assert len(keys) == 1


@given(st.integers(4_000_000_000_000_00, 4_999_999_999_999_99), st.integers(1, 9))
def test_a_changed_digit_makes_a_card_false(start: int, more: int) -> None:
    body = str(start)
    for last in range(10):
        if is_card(f"{body}{last}"):
            assert not is_card(f"{body}{(last + more) % 10}")


@given(st.text())
def test_any_text_gives_passages_in_order_that_do_not_overlap(text: str) -> None:
    passages = screen(text)
    assert all(0 <= each.start < each.end <= len(text) for each in passages)
    assert all(one.end <= other.start for one, other in pairwise(passages))


def test_people_in_public_office_are_left_alone_whatever_the_order_of_their_names() -> None:
    text = "Mme EXEMPLE Camille a présidé la séance."
    assert screen(text, [key_of("Camille Exemple")]) == []
    assert len(screen(text, [key_of("Camille Autre")])) == 1
