from __future__ import annotations

from django.apps import AppConfig


class OpinionsConfig(AppConfig):
    name = "contrechamp.opinions"
    label = "opinions"
