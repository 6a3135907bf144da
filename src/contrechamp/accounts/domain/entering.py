"""How somebody opens an account alone: a proposed passphrase, a form that machines betray
themselves on, and what happens when very many come at once. Nobody is turned away.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from contrechamp.kernel.errors import Refused, gettext_noop

WORDS_PROPOSED = 6
"""Of a list of 7,776: 77 bits."""
FASTEST, LONGEST = timedelta(seconds=3), timedelta(hours=24)
CEILING = 60
"""Sign-ups in an hour. Above it accounts begin with a free answer that somebody reads."""
ANSWER_LEAST = 20


class AnswerMissing(Refused):
    """Very many come at once, and a newcomer has not said what for."""


class AskAgain(Refused):
    """The form comes back with all that was typed: nobody is turned away."""


def propose(words: Sequence[str], choose: Callable[[Sequence[str]], str]) -> str:
    """Return a passphrase of six words."""
    return " ".join(choose(words) for _ in range(WORDS_PROPOSED))


def check_pace(started: datetime | None, trap: str, now: datetime) -> None:
    """Raise `AskAgain` when a form was sent like a machine does, or lay open for a day."""
    if trap:
        raise AskAgain(
            gettext_noop(
                "Un champ qui doit rester vide était rempli, peut-être par votre navigateur. "
                "Rien n'est perdu : vérifiez, puis envoyez encore une fois."
            )
        )
    if started is None or now - started > LONGEST:
        raise AskAgain(
            gettext_noop(
                "Cette page était ouverte depuis longtemps. Rien n'est perdu : envoyez encore "
                "une fois."
            )
        )
    if now - started < FASTEST:
        raise AskAgain(
            gettext_noop(
                "C'était très rapide, comme le fait une machine. Rien n'est perdu : attendez "
                "trois secondes, puis envoyez encore une fois."
            )
        )


def is_crowded(signed_up_within_the_hour: int) -> bool:
    """Answer whether newcomers are asked for a free answer."""
    return signed_up_within_the_hour >= CEILING


def check_answer(answer: str) -> None:
    """Raise `AnswerMissing` unless a free answer says something."""
    if len(answer.strip()) < ANSWER_LEAST:
        raise AnswerMissing(
            gettext_noop(
                "Beaucoup de comptes s'ouvrent en ce moment. Dites en une ou deux phrases ce qui "
                "vous amène : une personne les lira. Tout le reste est gardé."
            )
        )
