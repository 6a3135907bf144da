"""What forbids to say that nobody answered, as far as mail can tell (notes, `foi` §5)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from contrechamp.kernel.errors import gettext_noop

FRESH = timedelta(hours=48)
"""A reading of the mailbox older than this says nothing of today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """One reason why a silence is not verified."""

    code: str
    sentence: str
    """French, with its values apart, as in an error."""
    values: Mapping[str, object] = field(default_factory=dict)
    refs: tuple[str, ...] = ()
    """Messages (`msg-…`) or letters (`out-…`) that it speaks of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """The last letter of a thread, as far as silence depends on it."""

    id: str
    state: str
    is_live: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message that nobody has read, or that nothing could read."""

    id: str
    is_unreadable: bool
    is_here: bool
    """It is in the thread itself; otherwise it waits in the tray."""
    from_address: str = ""
    from_domain: str = ""
    has_token: bool = False
    is_junk: bool = False


def of_checks(
    last_complete: datetime | None, *, day_is_over: datetime, now: datetime, error: str = ""
) -> list[Blocker]:
    """Return what the readings of the mailbox forbid.

    `last_complete` is when the last complete one ended, `day_is_over` the end in Paris of the
    last day on which an answer still was in time.
    """
    if last_complete is None:
        return [
            Blocker(
                code="never_checked",
                sentence=gettext_noop("La boîte aux lettres n'a jamais été lue en entier."),
                values={"error": error},
            )
        ]
    if now - last_complete >= FRESH:
        return [
            Blocker(
                code="stale_check",
                sentence=gettext_noop(
                    "La dernière lecture complète de la boîte aux lettres date du {at} : plus "
                    "de 48 heures."
                ),
                values={"at": last_complete, "error": error},
            )
        ]
    if last_complete < day_is_over:
        return [
            Blocker(
                code="checked_too_early",
                sentence=gettext_noop(
                    "La boîte aux lettres n'a pas encore été lue en entier depuis la fin du délai."
                ),
                values={"at": last_complete},
            )
        ]
    return []


def of_sending(last: Sending | None) -> list[Blocker]:
    """Return what the last letter forbids; nothing when none went by mail."""
    if last is None:
        return []
    if last.state == "SENT" and last.is_live:
        return []
    sentences = {
        "BOUNCED": gettext_noop("Le dernier envoi n'a pas été remis."),
        "FAILED": gettext_noop("Le dernier envoi n'est pas parti."),
        "MAYBE": gettext_noop("Le dernier envoi est peut-être parti : une personne doit trancher."),
        "SENT": gettext_noop("Le dernier envoi a été écrit dans un dossier : il n'est pas parti."),
    }
    waiting = gettext_noop("Le dernier envoi attend encore.")
    code = "not_live" if last.state == "SENT" else f"sending_{last.state.lower()}"
    return [Blocker(code=code, sentence=sentences.get(last.state, waiting), refs=(last.id,))]


def of_messages(
    messages: Sequence[Message], *, addresses: Collection[str], domains: Collection[str]
) -> list[Blocker]:
    """Return what unread messages forbid.

    A message of the tray may be the answer when its sender or its telling domain is the
    body's, or when it names none of our addresses. One that nothing can read always may. Junk
    of strangers may not.
    """
    known, telling = {each.lower() for each in addresses}, {each.lower() for each in domains}

    def may_be_ours(each: Message) -> bool:
        if each.is_here:
            return True
        if each.from_address in known or each.from_domain in telling:
            return True
        return not each.is_junk and (each.is_unreadable or not each.has_token)

    found = [each for each in messages if may_be_ours(each)]
    groups = (
        (
            "unread",
            gettext_noop("Un message de ce dossier n'a pas encore été lu par une personne."),
            [each for each in found if each.is_here and not each.is_unreadable],
        ),
        (
            "unreadable",
            gettext_noop("Un message n'a pas pu être lu par la machine."),
            [each for each in found if each.is_unreadable],
        ),
        (
            "tray",
            gettext_noop("Un message à classer est peut-être la réponse."),
            [each for each in found if not each.is_here and not each.is_unreadable],
        ),
    )
    return [
        Blocker(code=code, sentence=sentence, refs=tuple(each.id for each in group))
        for code, sentence, group in groups
        if group
    ]


def end_of(day: date) -> date:
    """Return the day at whose first moment in Paris the given day is over."""
    return day + timedelta(days=1)
