from __future__ import annotations

from django.apps import AppConfig


class AtlasConfig(AppConfig):
    name = "contrechamp.atlas"
    label = "atlas"
