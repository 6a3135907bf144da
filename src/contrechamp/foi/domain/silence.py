"""What forbids to say that nobody answered, as far as paper goes; the mail room says the rest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from contrechamp.kernel.errors import gettext_noop
from contrechamp.mail.domain.silence import Blocker

from .facts import Fact, Kind, of_kind, since_sending


def confirmed_nothing(facts: Sequence[Fact], over: date) -> bool:
    """Answer whether the requester has said, after the period, that nothing came by post."""
    said = of_kind(since_sending(facts), Kind.NOTHING_CAME)
    return any(fact.first > over for fact in said)


def paper_blockers(
    facts: Sequence[Fact], *, over: date, by_mail: bool, has_unread_letter: bool = False
) -> tuple[Blocker, ...]:
    """Return what forbids to state a silence as far as paper goes.

    A letter that somebody entered and nobody has read may be the answer. Where no mailbox of ours
    is read, the requester's word is all that there is; with one it is asked only before a paper
    is made from the silence (`needs_word`).
    """
    found = [UNREAD_LETTER] if has_unread_letter else []
    if not by_mail and not confirmed_nothing(facts, over):
        found.append(NO_WORD)
    return tuple(found)


UNREAD_LETTER = Blocker(
    code="unread_letter",
    sentence=gettext_noop("Une lettre reçue par la poste n'a pas encore été lue par une personne."),
)
NO_WORD = Blocker(
    code="no_word",
    sentence=gettext_noop(
        "Aucune boîte aux lettres n'est lue ici : dites vous-même que rien n'est arrivé, ni par "
        "courrier ni par courriel."
    ),
)


def needs_word(facts: Sequence[Fact], over: date) -> bool:
    """Answer whether the requester has yet to say "nothing by post" before a paper rests on it."""
    return not confirmed_nothing(facts, over)
