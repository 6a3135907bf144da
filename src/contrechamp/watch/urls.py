from __future__ import annotations

from django.urls import path

from .views import inbox

app_name = "watch"
urlpatterns = [
    path("veille/a-relire", inbox.page, name="inbox"),
    path("veille/a-relire/<str:found>", inbox.one, name="found"),
]
