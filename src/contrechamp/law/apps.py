from __future__ import annotations

from django.apps import AppConfig

from .domain.french import french


class LawConfig(AppConfig):
    name = "contrechamp.law"
    label = "law"

    def ready(self) -> None:
        """Refuse to start with rules of law that are not whole."""
        french()
