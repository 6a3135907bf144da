"""Addresses of the legal lever."""

from __future__ import annotations

from django.urls import path

from .views import grounds, project_law

app_name = "cases"
urlpatterns = [
    # The library of arguments.
    path("droit", grounds.index, name="grounds"),
    path("droit.json", grounds.as_json, name="grounds-json"),
    path("droit.csv", grounds.as_csv, name="grounds-csv"),
    path("droit/textes", grounds.texts, name="sources"),
    path("droit/textes.csv", grounds.texts_csv, name="sources-csv"),
    path("droit/<slug:code>", grounds.ground, name="ground"),
    path("projet/<record:entity>/droit", project_law.page, name="project-law"),
    path("projet/<record:entity>/droit.json", project_law.as_json, name="project-law-json"),
]
