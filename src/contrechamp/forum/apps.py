from __future__ import annotations

from django.apps import AppConfig


class ForumConfig(AppConfig):
    name = "contrechamp.forum"
    label = "forum"
