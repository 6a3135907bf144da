from __future__ import annotations

from contrechamp.foundation.plug import Copied, MenuItem, Onward
from contrechamp.kernel.errors import gettext_noop


def _law(key: str) -> str:
    return f"/projet/{key}/droit"


PLUG: tuple[object, ...] = (
    MenuItem(
        label=gettext_noop("Arguments de droit"), url_name="cases:grounds", order=16, is_low=True
    ),
    Onward(label=gettext_noop("Ce que dit le droit"), kinds=("project",), address=_law, order=6),
    Copied(url_name="cases:grounds"),
    Copied(url_name="cases:ground"),
    Copied(url_name="cases:sources"),
    Copied(url_name="cases:project-law"),
)
