"""Invented facts for letters: an association, a person, a company, a body, their request."""

from __future__ import annotations

from datetime import date
from typing import Any

from contrechamp.foi.domain.catalogue import Filling, catalogue, worded
from contrechamp.foi.domain.following import Exchange
from contrechamp.foi.domain.letter import LetterFacts
from contrechamp.foi.domain.paper import Addressee
from contrechamp.foi.domain.referral import FileLine, Piece, Referral, RefusedItem, WindowLine
from contrechamp.foi.domain.requester import Kind, Requester
from contrechamp.foi.domain.series import Member, Series, gather
from contrechamp.foi.domain.series_papers import Annex, annex

ASSOCIATION = Requester(
    kind=Kind.ASSOCIATION,
    name="Les Yeux ouverts",
    address="12 rue des Lilas\n44000 Nantes",
    email="contact@yeux.example",
    number="W442001234",
    representative="Camille Exemple",
    capacity="présidente",
)
PERSON = Requester(
    kind=Kind.PERSON,
    name="Exemple",
    first_name="Noor",
    address="3 place du Marché\n44000 Nantes",
    email="noor@exemple.invalid",
)
COMPANY = Requester(
    kind=Kind.COMPANY,
    name="Essais réunis",
    form="SAS",
    address="5 quai des Essais\n44000 Nantes",
    email="bureau@essais.example",
    number="732 829 320",
    representative="Dominique Exemple",
)
BODY = Addressee(
    name="Commune de Villeneuve-sur-Essai",
    service="Personne responsable de l’accès aux documents administratifs",
    address="Hôtel de ville\n1 place de la République\n99999 Villeneuve-sur-Essai",
    email="acces@villeneuve.example",
)
FILLING = Filling(since=date(2022, 1, 1), project="Caméras de la place Royale")
CODES = ("impact-assessment", "prefect-application", "procurement")
ITEMS = tuple(worded(catalogue()[code], FILLING) for code in CODES)
ABOUT = "caméras de la place Royale"
REFERENCE = "CC-req-7h3kq0w2xz"
REPLY_TO = "req-7h3kq0w2xz-abcdefghjk@demandes.example"
ODD = '#read("/etc/passwd") *x* @y $z$'


def request(**fields: Any) -> LetterFacts:
    """Return the facts of a request of 1 March 2026."""
    return LetterFacts(
        **{
            "requester": ASSOCIATION,
            "body": BODY,
            "items": ITEMS,
            "about": ABOUT,
            "reference": REFERENCE,
            "day": date(2026, 3, 1),
            "place": "Nantes",
            "reply_to": REPLY_TO,
            **fields,
        }
    )


def exchange(**fields: Any) -> Exchange:
    """Return what a later letter knows of that request."""
    return Exchange(
        **{
            "requester": ASSOCIATION,
            "body": BODY,
            "about": ABOUT,
            "reference": REFERENCE,
            "items": ITEMS,
            "asked_on": date(2026, 3, 1),
            "day": date(2026, 4, 20),
            "place": "Nantes",
            "reply_to": REPLY_TO,
            **fields,
        }
    )


FILES = (
    FileLine(
        kind=Piece.REQUEST,
        name="01_Demande_du_1er_mars_2026.pdf",
        label="Demande du 1er\u00a0mars\u00a02026",
        sha256="ab12" * 16,
        pages=2,
    ),
    FileLine(kind=Piece.REFUSAL, name="02_Refus.pdf", label="Refus", sha256="cd34" * 16, pages=1),
)
WINDOWS = (
    WindowLine(
        step="Saisine de la CADA",
        not_before=date(2026, 3, 20),
        act_by_safe=date(2026, 5, 19),
        last_day=date(2026, 5, 20),
        basis="CRPA R343-1, R311-15",
        derivation=("refus notifié le 20 mars 2026", "deux mois : 20 mai 2026."),
    ),
    WindowLine(step="Avis de la CADA"),
)


def referral(**fields: Any) -> Referral:
    """Return a referral of the refusal of 20 March 2026, complete."""
    return Referral(
        **{
            "exchange": exchange(),
            "items": tuple(
                RefusedItem(item=each, reason="Secret des affaires", answer="Le prix est public.")
                for each in ITEMS
            ),
            "received_on": date(2026, 3, 2),
            "refused_on": date(2026, 3, 20),
            "windows": WINDOWS,
            "arguments": ("Le refus ne désigne aucune mention.",),
            "files": FILES,
            **fields,
        }
    )


def member(at: int, **fields: Any) -> Member:
    """Return a member of a series, refused and informed."""
    return Member(
        **{
            "request": f"req-{at}",
            "body": f"body-{at}",
            "body_name": f"Commune de Villeneuve-{at}",
            "number": "217500016",
            "email": f"mairie@villeneuve{at}.example",
            "asked_on": date(2026, 3, 1),
            "refused_on": date(2026, 3, 20) if at % 2 else None,
            "silent_from": date(2026, 4, 2),
            "act_by_safe": date(2026, 5, min(19 + at, 31)),
            "proof": f"refus-{at}.pdf",
            "informed_on": date(2026, 4, 21),
            "proof_of_notice": f"avis-{at}.eml",
            **fields,
        }
    )


def series(count: int = 5) -> Series:
    """Return a series of that many members on 20 April 2026."""
    return gather([member(at) for at in range(count)], date(2026, 4, 20))


def annex_of(of: Series) -> Annex:
    """Return its annex."""
    return annex(of, about=ABOUT, reference=REFERENCE, day=date(2026, 4, 20))
