from __future__ import annotations

from django.urls import URLPattern

app_name = "law"
urlpatterns: list[URLPattern] = []
