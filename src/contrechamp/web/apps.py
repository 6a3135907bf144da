from __future__ import annotations

from typing import Any

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "contrechamp.web"
    label = "web"

    def ready(self) -> None:
        from contrechamp.foundation.signals import public_changed

        public_changed.connect(_hear, dispatch_uid="web")


def _hear(sender: object, **more: Any) -> None:
    from . import services

    services.note_edition()
