from __future__ import annotations

from django.template.loader import render_to_string

from contrechamp.foundation.plug import MenuItem, Panel
from contrechamp.kernel.errors import gettext_noop

from . import queries


def mark(evidence: str) -> str:
    """Return what is said beside the link of an outside source: when it was kept, if it is gone."""
    copy = queries.find_kept(evidence)
    return render_to_string("archive/mark.html", {"copy": copy}) if copy else ""


PLUG = (
    MenuItem(
        label=gettext_noop("Sources extérieures"),
        url_name="archive:sources",
        audience="members",
        order=64,
    ),
    Panel(kinds=("source",), draw=mark),
)
