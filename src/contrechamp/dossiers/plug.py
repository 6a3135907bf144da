from __future__ import annotations

from contrechamp.accounts.domain import Leaves, PersonalRows
from contrechamp.foundation.plug import Copied, MenuItem, Onward
from contrechamp.kernel.errors import gettext_noop

from .personal import PERSONAL

RECORDS = ("project", "actor", "technology", "contract")
LABEL = gettext_noop("Ajouter à un dossier")


def _with(kind: str) -> Onward:
    """Offer the way to a dossier that begins with one thing."""
    kinds = {"r": RECORDS, "f": ("fact",), "d": ("document",), "a": ("act",), "q": ("quote",)}
    return Onward(
        label=LABEL, kinds=kinds[kind], address=lambda key: f"/dossier?{kind}={key}", order=60
    )


MADE_ON_THE_SITE = (
    *("dossier", "pdf", "zip", "preparation", "keep", "kept-pdf", "kept-zip", "kept-preparation"),
)
"""What a copy of the site in files leaves to the site itself."""
PLUG = (
    *PERSONAL,
    # What somebody published stays; what they kept for themselves goes with them.
    PersonalRows(
        column="dossiers.Dossier.owner",
        label=gettext_noop("Vos dossiers"),
        leaves=Leaves.DELETED,
        keeps={"state": "PUBLISHED"},
        is_work=True,
    ),
    MenuItem(label=gettext_noop("Dossiers"), url_name="dossiers:dossiers", order=48),
    *(Copied(url_name=f"dossiers:{name}", is_live=True) for name in MADE_ON_THE_SITE),
    *(_with(kind) for kind in "rfdaq"),
)
