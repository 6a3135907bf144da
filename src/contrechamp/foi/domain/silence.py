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


def paper_blockers(facts: Sequence[Fact], *, over: date, by_mail: bool) -> tuple[Blocker, ...]:
    """Return what forbids to state a silence where no mailbox of ours is read.

    With a mailbox, the requester's word is asked only before a paper is made from the silence
    (`needs_word`); without one it is all that there is.
    """
    if by_mail or confirmed_nothing(facts, over):
        return ()
    return (
        Blocker(
            code="no_word",
            sentence=gettext_noop(
                "Aucune boîte aux lettres n'est lue ici : dites vous-même que rien n'est arrivé, "
                "ni par courrier ni par courriel."
            ),
        ),
    )


def needs_word(facts: Sequence[Fact], over: date) -> bool:
    """Answer whether the requester has yet to say "nothing by post" before a paper rests on it."""
    return not confirmed_nothing(facts, over)
