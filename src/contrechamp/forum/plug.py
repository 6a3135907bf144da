"""What the forum offers to other rooms."""

from __future__ import annotations

from .moderation_plug import OFFERS as MODERATION
from .shown.notices import NOTICES

PLUG = (*MODERATION, *NOTICES)
