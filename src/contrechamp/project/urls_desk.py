"""The desk's addresses: its own site, which knows no page of the house."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("contrechamp.desk.urls"))]
