"""What the forum offers: its line of the menu, posts to search, talk on the pages of things."""

from __future__ import annotations

from functools import partial

from contrechamp.foundation.plug import AccountPage, Copied, MenuItem, Panel
from contrechamp.kernel.errors import gettext_noop

from .findable import FINDABLE
from .moderation_plug import OFFERS as MODERATION
from .personal import OFFERS as PERSONAL
from .shown.notices import NOTICES
from .shown.panel import panel
from .shown.said import PART
from .tables import TABLES

TERRITORIES = ("commune", "arrondissement", "epci", "departement", "region")
TALKED_OF = (
    ("project", "project"),
    ("actor", "actor"),
    ("contract", "contract"),
    ("technology", "technology"),
    ("fact", "claim"),
    ("act", "act"),
    ("request", "request"),
    ("case", "case"),
    ("document", "document"),
    ("experiment", "experiment"),
)
"""Kinds of pages, and of subjects."""

PLUG: tuple[object, ...] = (
    *MODERATION,
    *NOTICES,
    *PERSONAL,
    MenuItem(label=gettext_noop("Forum"), url_name="forum:index", order=44, key="g f"),
    AccountPage(
        label=gettext_noop("Mes brouillons"),
        about=gettext_noop("Ce que vous écriviez au forum, et ce qui attend d'être relu."),
        url_name="forum:drafts",
        order=12,
    ),
    FINDABLE,
    *TABLES,
    PART,
    *(Panel(kinds=(page,), draw=partial(panel, kind), order=90) for page, kind in TALKED_OF),
    Panel(kinds=TERRITORIES, draw=partial(panel, "place"), order=90),
    Copied(url_name="forum:index", questions=(("avant",), ("lieu",), ("technique",))),
    Copied(url_name="forum:board", questions=(("avant",),)),
    Copied(url_name="forum:thread", questions=(("page",),)),
    *(
        Copied(url_name=f"forum:{name}", is_live=True)
        for name in (
            *("new", "reply", "edit", "begin", "resume", "drafts", "take-back", "arrange"),
            *("about", "file", "waiting-file", "read", "all-read"),
            *("waiting-preview", "draft-preview"),
        )
    ),
)
