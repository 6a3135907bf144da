from __future__ import annotations

from django.urls import path

from . import views

app_name = "search"
urlpatterns = [
    path("recherche", views.search, name="search"),
    path("recherche.json", views.search_json, name="json"),
    path("recherche.csv", views.search_csv, name="csv"),
    path("recherche.atom", views.search_atom, name="atom"),
]
