from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig


class AtlasConfig(AppConfig):
    name = "contrechamp.atlas"
    label = "atlas"

    def ready(self) -> None:
        from contrechamp.foundation.signals import public_changed

        public_changed.connect(_hear, dispatch_uid="atlas")


def _hear(sender: object, refs: Sequence[str] = (), **more: Any) -> None:
    from . import services

    if any(ref.startswith("census:") for ref in refs):
        services.note_change()
