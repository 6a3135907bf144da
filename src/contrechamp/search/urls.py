from __future__ import annotations

from django.urls import path

from . import views

app_name = "search"
urlpatterns = [
    path("recherche", views.search, name="search"),
    path("recherche.json", views.search_json, name="json"),
    path("recherche.csv", views.search_csv, name="csv"),
    path("recherche.atom", views.search_atom, name="atom"),
    path("recherche.jsonfeed", views.search_jsonfeed, name="jsonfeed"),
    path("recherche/suggestions.json", views.suggestions, name="suggestions"),
    path("recherche/liste", views.batch, name="batch"),
    path("recherche/liste.csv", views.batch_csv, name="batch-csv"),
    path("recherches", views.saved, name="saved"),
    path("recherches/enregistrer", views.save, name="save"),
    path("recherches/<str:key>", views.saved_search, name="saved-search"),
    path("recherches/<str:key>/renommer", views.rename, name="rename"),
    path("recherches/<str:key>/vu", views.seen, name="seen"),
    path("recherches/<str:key>/supprimer", views.remove, name="remove"),
    path("recherches/<str:key>/reprendre", views.restore, name="restore"),
]
