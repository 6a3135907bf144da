"""What we write back to who answered a mail of ours, where the answer could not be taken."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

MOST = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A mail in words."""

    subject: str
    body: str


def unknown(root: str) -> Words:
    """Say that an address is not ours, or not any more."""
    return _not_taken(
        gettext(
            "L'adresse à laquelle vous avez écrit n'est pas, ou n'est plus, une adresse de réponse"
            " de ce site : elle est gardée quatre-vingt-dix jours. Votre message n'a pas paru et"
            " n'est pas gardé."
        ),
        root,
    )


def elsewhere(root: str) -> Words:
    """Say that an answer came from an address that is not the account's."""
    return _not_taken(
        gettext(
            "Une réponse est arrivée au nom de votre compte, mais d'une autre adresse que la vôtre"
            " ou sans preuve de son expéditeur. Elle n'a pas paru. Si elle est de vous, répondez"
            " depuis l'adresse de votre compte. Sinon, quelqu'un a lu un de nos courriels :"
            " changez l'adresse de votre compte."
        ),
        root,
    )


def about_many(root: str) -> Words:
    """Say that a mail about several things cannot be answered."""
    return _not_taken(
        gettext(
            "Le courriel auquel vous avez répondu ne parle pas d'une seule discussion : nous ne"
            " savons pas où publier votre réponse. Elle n'a pas paru et n'est pas gardée."
        ),
        root,
    )


def empty(root: str) -> Words:
    """Say that nothing was left once quotations and signature were cut."""
    return _not_taken(
        gettext(
            "Sans ce que vous citez et sans votre signature, votre réponse est vide : rien n'a"
            " paru. Écrivez au-dessus du texte cité."
        ),
        root,
    )


def refused(root: str, why: str, text: str) -> Words:
    """Say why the site did not take an answer, and give its text back."""
    given = gettext("Voici votre texte, pour qu'il ne soit pas perdu :")
    words = _not_taken(why, root)
    return Words(subject=words.subject, body=f"{words.body}\n\n{given}\n\n{text[:MOST]}")


def without_files(url: str) -> Words:
    """Say that an answer is there, and its files are not."""
    return Words(
        subject=gettext("Votre réponse, sans ses fichiers"),
        body=gettext(
            "Votre réponse est publiée, ou attend d'être relue. Les fichiers joints n'ont pas été"
            " pris : un fichier dit souvent qui l'a fait. Ajoutez-les sur le site, qui les nettoie"
            " d'abord."
        )
        + f"\n\n{url}",
    )


def _not_taken(why: str, root: str) -> Words:
    there = gettext("Répondre sur le site :")
    return Words(
        subject=gettext("Votre réponse n'a pas paru"),
        body=f"{why}\n\n{there}\n{root}{reverse('accounts:notices')}",
    )
