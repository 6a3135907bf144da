"""What the forum offers to other rooms."""

from __future__ import annotations

from .shown.notices import NOTICES

PLUG = (*NOTICES,)
