"""What the room of copies offers to copies: the acts of administrators stay on the site."""

from __future__ import annotations

from contrechamp.foundation.plug import Copied

PLUG = (
    Copied(url_name="mirror:add", is_live=True),
    Copied(url_name="mirror:remove", is_live=True),
    Copied(url_name="mirror:key", is_for_all=True),
)
