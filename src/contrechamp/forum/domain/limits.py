"""What one account may do in a time: the table of limits (`forum.md` §8, ladder, step 3).

Limits are of accounts, never of addresses: all who come over Tor share one. A limit refuses with
a sentence that says until when, and the page shows the text again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from contrechamp.kernel.errors import Refused, gettext_noop

TITLE_LEAST, TITLE_MOST = 8, 200
POST_MOST = 20_000
GRACE = timedelta(minutes=5)
"""Within it an edit leaves no revision."""
IN_A_ROW = 3
"""After so many posts of one's own one is asked to edit the last."""
ASLEEP = timedelta(days=180)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class OverLimit(Refused):
    """An account has done enough for now, or a post holds too much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one sort of member may do."""

    posts_per_hour: int
    threads_per_day: int
    seconds_between: int
    links: int
    mentions: int
    attachments: int
    edit_window: timedelta
    flags_per_day: int
    previews_per_day: int


NEW = Limits(
    posts_per_hour=5,
    threads_per_day=3,
    seconds_between=30,
    links=2,
    mentions=2,
    attachments=0,
    edit_window=timedelta(hours=24),
    flags_per_day=5,
    previews_per_day=60,
)
CONFIRMED = Limits(
    posts_per_hour=40,
    threads_per_day=20,
    seconds_between=5,
    links=20,
    mentions=10,
    attachments=5,
    edit_window=timedelta(days=30),
    flags_per_day=20,
    previews_per_day=300,
)


def limits_of(*, is_confirmed: bool) -> Limits:
    """Return the limits of a member."""
    return CONFIRMED if is_confirmed else NEW


@dataclass(frozen=True, slots=True, kw_only=True)
class Recent:
    """What an account did lately."""

    posts_in_hour: int = 0
    threads_in_day: int = 0
    last_post_at: datetime | None = None
    oldest_in_hour_at: datetime | None = None


def check_pace(limits: Limits, recent: Recent, *, now: datetime, starts_thread: bool) -> None:
    """Refuse a post that comes too soon, or one too many."""
    if recent.last_post_at is not None:
        waits = recent.last_post_at + timedelta(seconds=limits.seconds_between) - now
        if waits > timedelta():
            raise OverLimit(
                gettext_noop(
                    "Deux messages du même compte sont séparés d'au moins {seconds} secondes : "
                    "envoyez à nouveau dans un instant. Votre texte est gardé."
                ),
                seconds=limits.seconds_between,
            )
    if recent.posts_in_hour >= limits.posts_per_hour:
        raise OverLimit(
            gettext_noop(
                "Un compte comme le vôtre envoie au plus {most} messages par heure. "
                "Votre texte est gardé : envoyez-le plus tard."
            ),
            most=limits.posts_per_hour,
        )
    if starts_thread and recent.threads_in_day >= limits.threads_per_day:
        raise OverLimit(
            gettext_noop(
                "Un compte comme le vôtre ouvre au plus {most} fils par jour. "
                "Votre texte est gardé : envoyez-le demain, ou répondez dans un fil ouvert."
            ),
            most=limits.threads_per_day,
        )


def check_content(
    limits: Limits, *, text: str, links: int = 0, mentions: int = 0, attachments: int = 0
) -> None:
    """Refuse a post that is empty, too long, or holds more than an account like this may put."""
    if not text.strip():
        raise OverLimit(gettext_noop("Écrivez quelque chose."))
    if len(text) > POST_MOST:
        raise OverLimit(
            gettext_noop(
                "Un message a au plus {most} signes, le vôtre en a {found} : "
                "coupez-le en deux, ou mettez le document dans l'observatoire."
            ),
            most=POST_MOST,
            found=len(text),
        )
    for found, most, sentence in (
        (links, limits.links, gettext_noop("Un message de votre compte a au plus {most} liens.")),
        (
            mentions,
            limits.mentions,
            gettext_noop("Un message de votre compte nomme au plus {most} personnes."),
        ),
        (
            attachments,
            limits.attachments,
            gettext_noop("Un message de votre compte a au plus {most} pièces jointes."),
        ),
    ):
        if found > most:
            raise OverLimit(sentence, most=most)


NO_FILES_YET = gettext_noop(
    "Vous pourrez joindre des fichiers quand deux de vos messages auront été approuvés."
)


def check_attachments(limits: Limits, found: int) -> None:
    """Refuse one file too many with a post."""
    if not limits.attachments:
        raise OverLimit(NO_FILES_YET)
    if found > limits.attachments:
        raise OverLimit(
            gettext_noop("Un message de votre compte a au plus {most} pièces jointes."),
            most=limits.attachments,
        )


def check_title(title: str) -> None:
    """Refuse a title that says too little or too much."""
    if not TITLE_LEAST <= len(title.strip()) <= TITLE_MOST:
        raise OverLimit(
            gettext_noop("Un titre a de {least} à {most} signes."),
            least=TITLE_LEAST,
            most=TITLE_MOST,
        )


def check_flags(limits: Limits, flags_in_day: int) -> None:
    """Refuse one flag too many in a day."""
    if flags_in_day >= limits.flags_per_day:
        raise OverLimit(
            gettext_noop("Un compte comme le vôtre signale au plus {most} messages par jour."),
            most=limits.flags_per_day,
        )


def check_previews(limits: Limits, previews_in_day: int) -> None:
    """Refuse one preview too many in a day: to show a text costs as much as to post it."""
    if previews_in_day >= limits.previews_per_day:
        raise OverLimit(
            gettext_noop(
                "Un compte comme le vôtre demande au plus {most} aperçus par jour. "
                "Votre texte est gardé : vous pouvez l'envoyer."
            ),
            most=limits.previews_per_day,
        )


def can_edit(limits: Limits, *, created: datetime, now: datetime) -> bool:
    """Answer whether the author may still edit a post."""
    return now - created <= limits.edit_window


def leaves_revision(*, published_at: datetime | None, now: datetime) -> bool:
    """Answer whether an edit is shown as one: not in the first minutes, not before publication."""
    return published_at is not None and now - published_at > GRACE


def asks_to_edit(own_posts_in_a_row: int) -> bool:
    """Answer whether one is asked to edit the last post instead of adding one more."""
    return own_posts_in_a_row >= IN_A_ROW


def wakes(last_post_at: datetime | None, now: datetime) -> bool:
    """Answer whether a reply wakes a thread that slept for half a year: the form says so."""
    return last_post_at is not None and now - last_post_at > ASLEEP
