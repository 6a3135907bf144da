from __future__ import annotations

from contrechamp.foundation.plug import MenuItem, Onward
from contrechamp.kernel.errors import gettext_noop

RECORDS = ("project", "actor", "technology", "contract")
LABEL = gettext_noop("Ajouter à un dossier")


def _with(kind: str) -> Onward:
    """Offer the way to a dossier that begins with one thing."""
    kinds = {"r": RECORDS, "f": ("fact",), "d": ("document",), "a": ("act",), "q": ("quote",)}
    return Onward(
        label=LABEL, kinds=kinds[kind], address=lambda key: f"/dossier?{kind}={key}", order=60
    )


PLUG = (
    MenuItem(label=gettext_noop("Dossiers"), url_name="dossiers:dossiers", order=48),
    *(_with(kind) for kind in "rfdaq"),
)
