from __future__ import annotations

PLUG: tuple[object, ...] = ()
