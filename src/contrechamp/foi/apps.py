from __future__ import annotations

from django.apps import AppConfig


class FoiConfig(AppConfig):
    name = "contrechamp.foi"
    label = "foi"
