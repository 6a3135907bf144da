"""What accounts offer to other rooms."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from contrechamp.accounts import queries
from contrechamp.accounts.domain import Leaves, PersonalData, PersonalRows
from contrechamp.accounts.domain.notices import NoticeKind, Scope, Watchable
from contrechamp.accounts.queries import meeting_cards
from contrechamp.accounts.services.groups import MEETING
from contrechamp.foundation.plug import AccountPage, Copied, MenuItem


def _nothing(*_: object) -> None:
    """Do nothing: the account itself is emptied last (`services.leaving`)."""


NOTICES = (
    AccountPage(
        label=gettext_noop("Mes avis"),
        about=gettext_noop(
            "Ce qui est nouveau dans ce que vous suivez, et comment vous l'apprenez."
        ),
        url_name="accounts:notices",
        order=5,
    ),
    PersonalRows(
        column="accounts.NoticeSettings.user",
        label=gettext_noop("Réglages des avis"),
        leaves=Leaves.DELETED,
        but=("feed_digest",),
    ),
    PersonalRows(
        column="accounts.Subscription.user",
        label=gettext_noop("Mes suivis"),
        leaves=Leaves.DELETED,
    ),
    PersonalRows(column="accounts.Notice.user", label=gettext_noop("Avis"), leaves=Leaves.DELETED),
    PersonalRows(
        column="accounts.Outbox.user",
        label=gettext_noop("Courriels d'avis"),
        leaves=Leaves.DELETED,
        but=("held_by",),
    ),
    PersonalRows(
        column="accounts.AnswerKey.user",
        label=gettext_noop("Adresses pour répondre par courriel"),
        leaves=Leaves.DELETED,
        but=("key",),
    ),
    *(
        Copied(url_name=f"accounts:{name}", is_live=True)
        for name in ("notices", "notice-settings", "watching", "watch", "stop-mail")
    ),
)
PLUG = (
    PersonalData(
        key="accounts",
        label=gettext_noop("Le compte"),
        rows=queries.own_rows,
        erase=_nothing,
    ),
    *NOTICES,
    NoticeKind(
        kind=MEETING,
        label=gettext_noop("Une rencontre d'un de mes groupes"),
        render=meeting_cards.cards,
    ),
    Watchable(scope=Scope.GROUP, label=gettext_noop("Groupe local"), titles=queries.group_titles),
    MenuItem(
        label=gettext_noop("Comptes"),
        url_name="accounts:people",
        audience="administrators",
        order=95,
    ),
    *(
        Copied(url_name=f"accounts:{name}", is_live=True)
        for name in ("sign-in", "sign-up", "recover", "recover-by-mail", "welcome", "profile")
    ),
    MenuItem(
        label=gettext_noop("Groupes locaux"), url_name="accounts:groups", is_low=True, order=60
    ),
)
