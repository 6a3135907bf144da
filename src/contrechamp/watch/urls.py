from __future__ import annotations

from django.urls import path

from .views import inbox, lessons

app_name = "watch"
urlpatterns = [
    path("veille/a-relire", inbox.page, name="inbox"),
    path("veille/a-relire/<str:found>", inbox.one, name="found"),
    path("veille/lecons", lessons.page, name="lessons"),
]
