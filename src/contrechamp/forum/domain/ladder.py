"""The ladder against abuse: no third party, no captcha, no address (`forum.md` §8).

Nothing here refuses in silence: a form that came too fast is shown again with its text, a score
only says who is looked at first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.kernel.names import words

FASTEST, OLDEST = timedelta(seconds=3), timedelta(hours=24)
APPROVED_TO_CONFIRM = 2
PANIC_MOST = timedelta(hours=72)
SILENCE_LEAST, SILENCE_MOST = timedelta(hours=1), timedelta(days=30)
BAN_PEOPLE = 2
RETENTION = {
    "rejected": timedelta(days=30),
    "drafts": timedelta(days=180),
    "closed": timedelta(days=365),
}
"""How long are kept: rejected posts; drafts; flags and appeals after they were closed."""

_LINK = re.compile(r"https?://[^\s<>()\[\]\"']+", re.IGNORECASE)
_SHINGLE = 3
NEAR = 0.6
"""From this share of common word triples on, two posts say nearly the same."""


class OutOfTime(Refused):
    """A form was sent faster than one types, or is a day old."""


class OutOfRange(Refused):
    """A silence or a panic of a length that the rules do not know."""


def check_form_time(shown_at: datetime | None, now: datetime, *, trap: str = "") -> None:
    """Ask again where a form came back too fast or too late, or its hidden field is full."""
    if trap:
        raise OutOfTime(
            gettext_noop("Un champ caché a été rempli : laissez-le vide et envoyez à nouveau.")
        )
    if shown_at is None or now - shown_at > OLDEST:
        raise OutOfTime(
            gettext_noop(
                "Ce formulaire a plus d'un jour : relisez votre texte et envoyez à nouveau."
            )
        )
    if now - shown_at < FASTEST:
        raise OutOfTime(gettext_noop("C'était très rapide : relisez et envoyez à nouveau."))


def is_confirmed_by(approved_posts: int, *, is_invited: bool) -> bool:
    """Answer whether a member is confirmed: two approved posts, or somebody vouches."""
    return is_invited or approved_posts >= APPROVED_TO_CONFIRM


def waits(*, is_confirmed: bool, everybody_waits: bool, is_moderator: bool = False) -> bool:
    """Answer whether a post goes to the queue first."""
    return not is_moderator and (everybody_waits or not is_confirmed)


def check_silence(length: timedelta) -> timedelta:
    """Refuse a silence shorter than an hour or longer than thirty days."""
    if not SILENCE_LEAST <= length <= SILENCE_MOST:
        raise OutOfRange(gettext_noop("Un compte est mis en silence d'une heure à trente jours."))
    return length


def check_panic(length: timedelta) -> timedelta:
    """Refuse an emergency of more than 72 hours: it would become the usual state."""
    if not timedelta() < length <= PANIC_MOST:
        raise OutOfRange(gettext_noop("Le mode d'urgence dure de 1 à 72 heures."))
    return length


def links_of(text: str) -> list[str]:
    """Return the links of a text, as typed."""
    return _LINK.findall(text)


def _triples(text: str) -> set[tuple[str, ...]]:
    said = words(_LINK.sub(" ", text))
    return {tuple(said[i : i + _SHINGLE]) for i in range(max(len(said) - _SHINGLE + 1, 1))}


def likeness(one: str, other: str) -> float:
    """Return how alike two texts are: the share of word triples in common (Jaccard)."""
    left, right = _triples(one), _triples(other)
    both = left | right
    return len(left & right) / len(both) if both else 0.0


def score(
    text: str,
    *,
    others: Iterable[str] = (),
    known_hosts: Collection[str] = (),
    flags: Collection[str] = (),
    first_flags: Collection[str] = (),
) -> int:
    """Return how soon a waiting post should be looked at, beside others of the same day.

    Repeated links and near copies of other waiting posts, links to hosts that nobody has named
    here, and flags of what may hurt. It sorts; it never refuses.
    """
    found = 0
    links = links_of(text)
    hosts = [urlsplit(link).hostname or "" for link in links]
    found += sum(count - 1 for count in Counter(links).values())
    found += sum(1 for host in set(hosts) if host and host not in known_hosts)
    for other in others:
        if likeness(text, other) >= NEAR:
            found += 3
        found += len(set(links) & set(links_of(other)))
    found += 2 * len(flags) + 5 * sum(1 for flag in flags if flag in first_flags)
    return found
