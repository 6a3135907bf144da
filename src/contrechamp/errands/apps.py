from __future__ import annotations

from django.apps import AppConfig


class ErrandsConfig(AppConfig):
    name = "contrechamp.errands"
    label = "errands"
