from __future__ import annotations

from django.apps import AppConfig


class CensusConfig(AppConfig):
    name = "contrechamp.census"
    label = "census"
