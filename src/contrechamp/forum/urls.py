from __future__ import annotations

from .moderation_urls import urlpatterns as moderation

app_name = "forum"
urlpatterns = [*moderation]
