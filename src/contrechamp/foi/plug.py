from __future__ import annotations

from collections.abc import Sequence

from contrechamp.foundation.plug import AccountPage, Copied, MenuItem
from contrechamp.kernel.errors import gettext_noop
from contrechamp.mail.domain.threads import Letter, Suggestion, Thread, Threads


def _find(keys: Sequence[str]) -> Sequence[Thread]:
    from .queries import threads

    return threads.find(keys)


def _suggest(letter: Letter) -> Sequence[Suggestion]:
    from .queries import threads

    return threads.suggest(letter)


PLUG = (
    MenuItem(label=gettext_noop("Demandes"), url_name="foi:index", order=36, key="g q"),
    Copied(url_name="foi:index", questions=(("page",),)),
    Copied(url_name="foi:mine", is_live=True),
    Copied(url_name="foi:due", is_live=True),
    Copied(url_name="foi:reminders", is_live=True),
    Threads(prefix="req", find=_find, suggest=_suggest),
    AccountPage(
        label=gettext_noop("Mes demandes"),
        about=gettext_noop("Ce que vous avez demandé, et ce qui est à faire."),
        url_name="foi:mine",
        order=20,
    ),
)
