from __future__ import annotations

from django.urls import path

from . import views

app_name = "archive"
urlpatterns = [
    path("sources-exterieures", views.sources, name="sources"),
    path("sources-exterieures/<slug:evidence>", views.source, name="source"),
]
