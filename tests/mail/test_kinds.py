"""A receipt says what receipts say and nothing else; whatever else is said, a person reads."""

from __future__ import annotations

from datetime import date

import pytest

from contrechamp.mail.domain.message import Kind, read

RECEIPT = (
    "Madame, Monsieur,\nNous accusons bonne réception de votre courriel en date du 2 mars 2026, "
    "reçu le 3 mars 2026, et enregistré sous le numéro C-2026-55.\nLe silence gardé par "
    "l'administration pendant un mois à compter de la réception, soit le 3 avril 2026, vaut "
    "décision de refus. Vous pourrez saisir la commission d'accès aux documents administratifs "
    "dans les deux mois."
)


def _read(subject: str, body: str, headers: str = "", sender: str = "a@ville.example") -> Kind:
    raw = (
        f"From: {sender}\r\nSubject: {subject}\r\n{headers}"
        f"Content-Type: text/plain; charset=utf-8\r\n\r\n{body}"
    )
    return read(raw.encode(), cada_domains=["cada.example"]).kind


def test_a_full_receipt_gives_all_its_facts() -> None:
    raw = "From: a@ville.example\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + RECEIPT
    found = read(raw.encode()).receipt
    assert found is not None
    assert (found.received_on, found.implied_on) == (date(2026, 3, 3), date(2026, 4, 3))
    assert (found.number, found.names_remedies) == ("C-2026-55", True)


@pytest.mark.parametrize(
    "body",
    [
        RECEIPT,
        "Bonjour, votre mail a bien été pris en compte et transmis au service urbanisme. Cdt",
    ],
)
def test_a_receipt_is_one(body: str) -> None:
    assert _read("Re", body) is Kind.ACKNOWLEDGEMENT


@pytest.mark.parametrize(
    "body",
    [
        "Nous avons bien reçu votre demande. Nous ne pouvons y donner une suite favorable.",
        "Nous accusons réception de votre demande et vous informons qu'elle est confidentielle.",
        "Nous accusons réception de votre demande. Quelle est votre adresse postale ?",
        "J'accuse réception de votre demande. Ces pièces sont couvertes par la loi.",
        "J'accuse réception de votre demande. Le maire en a parlé hier au conseil.",
        "M. Durand est absent jusqu'au 12 mars, je prends le relais et vous l'envoie demain.",
        "Le lien vers notre site : https://ville.example/doc.pdf",
        "La CADA a été saisie, son avis est attendu.",
    ],
)
def test_what_says_more_is_a_persons(body: str) -> None:
    assert _read("Re", body) is Kind.HUMAN


@pytest.mark.parametrize(
    "headers", ["X-Autoreply: yes\r\n", "Precedence: auto_reply\r\n", "X-Autorespond: x\r\n"]
)
def test_what_only_robots_write_is_automatic(headers: str) -> None:
    assert _read("Re", "Merci de votre message.", headers) is Kind.AUTOMATIC
    assert _read("Re", "Message automatique.", "Precedence: bulk\r\n") is Kind.AUTOMATIC


def test_the_cada_is_known_by_its_domain_and_below() -> None:
    assert _read("Clôture", "Dossier classé.", sender="x@cada.example") is Kind.CADA
    assert _read("Clôture", "Dossier classé.", sender="x@m.cada.example") is Kind.CADA
    assert _read("Clôture", "Dossier classé.", sender="x@faux-cada.example") is Kind.HUMAN
