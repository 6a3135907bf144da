"""What the look offers to copies of the site."""

from __future__ import annotations

from contrechamp.foundation.plug import Copied

PLUG = (
    Copied(url_name="ui:language", is_live=True),
    Copied(url_name="ui:source", is_for_all=True),
    *(Copied(url_name=f"ui:{name}", is_live=True) for name in ("cite", "image", "embed", "oembed")),
)
