"""What moderation offers: the account's pages, what of it is personal, what a copy leaves out."""

from __future__ import annotations

from contrechamp.accounts.domain import Leaves, PersonalRows
from contrechamp.foundation.plug import AccountPage, Copied
from contrechamp.kernel.errors import gettext_noop

from .queries.old_names import origins

DELETED, KEPT = Leaves.DELETED, Leaves.KEPT
SEEN_BY_NOBODY_ELSE = (
    ("Flag.by", gettext_noop("Messages que vous avez signalés"), KEPT),
    ("Flag.assignee", gettext_noop("Signalements dont vous vous occupez"), KEPT),
    ("Flag.resolved_by", gettext_noop("Signalements que vous avez traités"), KEPT),
    ("Action.user", gettext_noop("Décisions de la modération à votre sujet"), KEPT),
    ("Action.by", gettext_noop("Décisions que vous avez prises"), KEPT),
    ("Action.undone_by", gettext_noop("Décisions que vous avez annulées"), KEPT),
    ("Appeal.by", gettext_noop("Décisions que vous avez contestées"), KEPT),
    ("Appeal.decided_by", gettext_noop("Appels que vous avez décidés"), KEPT),
    ("QueueNote.by", gettext_noop("Vos notes entre modérateurs"), KEPT),
    ("Assignment.user", gettext_noop("Messages que vous relisez"), DELETED),
    ("Emergency.by", gettext_noop("Modes d'urgence que vous avez allumés"), KEPT),
    ("BanProposal.user", gettext_noop("Silences sans fin proposés à votre sujet"), KEPT),
    ("BanProposal.by", gettext_noop("Silences sans fin que vous avez proposés"), KEPT),
    ("BanProposal.decided_by", gettext_noop("Silences sans fin que vous avez décidés"), KEPT),
    ("LabelClaim.user", gettext_noop("Noms d'un ancien forum que vous avez demandés"), DELETED),
    ("LabelClaim.decided_by", gettext_noop("Noms d'un ancien forum que vous avez rendus"), KEPT),
)
ABOUT = ("Action.user", "BanProposal.user")
PRIVATE = {"Flag.by": ("receipt", "assignee", "resolved_by"), "Action.user": ("by", "undone_by")}

OFFERS = (
    AccountPage(
        label=gettext_noop("Décisions de la modération"),
        about=gettext_noop("Ce qui a été décidé de vos messages, pourquoi, et le contester."),
        url_name="forum:decisions",
        order=60,
    ),
    AccountPage(
        label=gettext_noop("Mes noms d'un ancien forum"),
        about=gettext_noop("Des messages repris d'un ancien forum étaient de vous : le dire."),
        url_name="forum:old-names",
        order=61,
        is_here=lambda: bool(origins()),
    ),
    *(
        PersonalRows(
            column=f"forum.{column}",
            label=label,
            leaves=leaves,
            but=PRIVATE.get(column, ()),
            # What was decided of somebody is nothing that somebody did.
            is_work=False if column in ABOUT else None,
        )
        for column, label, leaves in SEEN_BY_NOBODY_ELSE
    ),
    *(
        Copied(url_name=f"forum:{name}", is_live=True)
        for name in (
            "flag",
            "receipt",
            "flags",
            "decisions",
            "decision",
            "old-names",
            "old-name",
            "moderation",
            "moderation-post",
            "moderation-appeals",
            "moderation-accounts",
            "moderation-emergency",
        )
    ),
    Copied(url_name="forum:journal", questions=(("page",),)),
)
