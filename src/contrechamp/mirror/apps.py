from __future__ import annotations

from django.apps import AppConfig


class MirrorConfig(AppConfig):
    name = "contrechamp.mirror"
    label = "mirror"
    default_auto_field = "django.db.models.BigAutoField"
