"""What the cameras offer: a part of the page of a commune, and the way there."""

from __future__ import annotations

from contrechamp.cameras.shown.communes import panel
from contrechamp.cameras.shown.to_see import TO_SEE
from contrechamp.foundation.plug import Panel

PLUG = (
    TO_SEE,
    Panel(kinds=("commune",), draw=panel, order=40),
)
