from __future__ import annotations

from typing import Any

from django.apps import AppConfig


class ChronicleConfig(AppConfig):
    name = "contrechamp.chronicle"
    label = "chronicle"

    def ready(self) -> None:
        from contrechamp.foundation.signals import public_changed

        public_changed.connect(_hear, dispatch_uid="chronicle")


def _hear(sender: object, **more: Any) -> None:
    from . import services

    services.note_change()
