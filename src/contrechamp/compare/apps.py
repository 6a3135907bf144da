from __future__ import annotations

from typing import Any

from django.apps import AppConfig


class CompareConfig(AppConfig):
    name = "contrechamp.compare"
    label = "compare"

    def ready(self) -> None:
        from contrechamp.foundation.signals import public_changed

        public_changed.connect(_hear, dispatch_uid="compare")


def _hear(sender: object, **more: Any) -> None:
    from . import services

    services.note_change()
