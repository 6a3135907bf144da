from __future__ import annotations

from django.urls import path

from .views import communes, files

app_name = "cameras"
urlpatterns = [
    path("cameras", communes.index, name="index"),
    path("cameras.csv", files.index_csv, name="index-csv"),
    path("cameras.json", files.index_json, name="index-json"),
    path("cameras/<slug:slug>.geojson", files.as_geojson, name="commune-geojson"),
    path("cameras/<slug:slug>.json", files.as_json, name="commune-json"),
    path("cameras/<slug:slug>.csv", files.as_csv, name="commune-csv"),
    path("cameras/<slug:slug>", communes.commune, name="commune"),
]
