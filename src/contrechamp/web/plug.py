"""What the first page and the pages of territories give to others."""

from __future__ import annotations

from functools import partial

from contrechamp.ui.domain.share import Shareable

from .queries import shares

PLUG = (
    Shareable(view_name="web:home", read=shares.read_home),
    Shareable(view_name="web:home-name", read=shares.read_home),
    *(
        Shareable(view_name=f"web:{kind}", read=partial(shares.read_territory, kind))
        for kind in ("commune", "epci", "departement", "region")
    ),
)
