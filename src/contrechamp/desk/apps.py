from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Started by `contrechamp.project.settings_desk` alone: the house has no table of it."""

    name = "contrechamp.desk"
    label = "desk"
