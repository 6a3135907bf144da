"""Flags: what a reader may say of a post, and when a post hides until somebody looks.

Also the notice of somebody without account: Regulation (EU) 2022/2065, art. 16(2), asks for four
things, and this asks for no more than these.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from contrechamp.kernel.errors import Refused, gettext_noop

QUOTES_ERASED = "QUOTES_ERASED"
"""What no reader says but the forum itself: a post quotes somebody who erased their words."""
HIDE_AT = 5
"""So many different confirmed members hide a post until it is reviewed."""
NOTE_MOST = 2000
LEAST_EXPLANATION = 30


class Category(StrEnum):
    """What is wrong with a post, in the words of a reader."""

    PRIVATE_DATA = "PRIVATE_DATA"
    ILLEGAL = "ILLEGAL"
    HATE = "HATE"
    LEAK = "LEAK"
    SPAM = "SPAM"
    OFF_TOPIC = "OFF_TOPIC"
    UNSOURCED = "UNSOURCED"
    OTHER = "OTHER"


LABELS: dict[Category, str] = {
    Category.PRIVATE_DATA: gettext_noop("Il expose une personne privée."),
    Category.ILLEGAL: gettext_noop("Il me paraît illicite."),
    Category.HATE: gettext_noop("Il menace, harcèle ou rabaisse quelqu'un."),
    Category.LEAK: gettext_noop(
        "Il contient un document confidentiel, ou met une source en danger."
    ),
    Category.SPAM: gettext_noop("C'est de la publicité."),
    Category.OFF_TOPIC: gettext_noop("Il n'a rien à faire dans ce fil."),
    Category.UNSOURCED: gettext_noop("Il accuse quelqu'un sans source."),
    Category.OTHER: gettext_noop("Autre chose, que je dis ci-dessous."),
}
OF_THE_FORUM: dict[str, str] = {
    QUOTES_ERASED: gettext_noop(
        "Il cite une personne qui est partie en effaçant ses textes. La citation peut-elle rester ?"
    ),
}
"""What the forum asks by itself. Nobody made these, so that nobody is told of the answer."""
FIRST = frozenset({Category.PRIVATE_DATA, Category.ILLEGAL, Category.HATE, Category.LEAK})
"""What may hurt somebody while it waits: before others of the same day in the queue."""


class BadFlag(Refused):
    """A flag or notice lacks what it needs."""


def check_flag(category: str, note: str) -> Category:
    """Return the category; refuse an unknown one, and "other" without a word."""
    if category not in Category.__members__:
        raise BadFlag(gettext_noop("Dites ce qui ne va pas : choisissez une ligne."))
    found = Category(category)
    if found is Category.OTHER and not note.strip():
        raise BadFlag(gettext_noop("Dites en une phrase ce qui ne va pas."))
    if len(note) > NOTE_MOST:
        raise BadFlag(gettext_noop("Une note a au plus {most} signes."), most=NOTE_MOST)
    return found


def hides(confirmed_flaggers: int) -> bool:
    """Answer whether a post hides until it is reviewed."""
    return confirmed_flaggers >= HIDE_AT


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalNotice:
    """What somebody says who asks to remove illegal content (art. 16(2) a to d).

    `is_exempt`: the notice is about sexual abuse of children, and then needs no name (art. 16(2)c).
    """

    why: str
    address: str
    name: str
    email: str
    is_exempt: bool
    good_faith: bool


def check_notice(notice: LegalNotice) -> None:
    """Refuse a notice that lacks one of the four elements, naming the one."""
    if len(notice.why.strip()) < LEAST_EXPLANATION:
        raise BadFlag(
            gettext_noop("Expliquez en quoi ce contenu est illicite, en {least} signes au moins."),
            least=LEAST_EXPLANATION,
        )
    if len(notice.why) > NOTE_MOST * 5:
        raise BadFlag(gettext_noop("Une note a au plus {most} signes."), most=NOTE_MOST * 5)
    if not notice.address.strip():
        raise BadFlag(gettext_noop("Donnez l'adresse exacte du message."))
    if not notice.is_exempt:
        if not notice.name.strip():
            raise BadFlag(
                gettext_noop("Donnez votre nom : le règlement européen le demande (article 16).")
            )
        local, at, domain = notice.email.strip().rpartition("@")
        if not (local and at and "." in domain and " " not in notice.email.strip()):
            raise BadFlag(
                gettext_noop("Donnez votre adresse électronique : la décision y est due.")
            )
    if not notice.good_faith:
        raise BadFlag(
            gettext_noop("Dites que vous croyez de bonne foi ce que vous écrivez : cochez la case.")
        )
