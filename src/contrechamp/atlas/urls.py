from __future__ import annotations

from django.urls import path

from .views import basemap, files
from .views import map as view

app_name = "atlas"
urlpatterns = [
    path("carte", view.page, name="map"),
    path("carte.csv", files.as_csv, name="csv"),
    path("carte.geojson", files.as_geojson, name="geojson"),
    path("carte.json", files.as_json, name="json"),
    path("carte/zones.geojson", files.zones, name="areas"),
    path("carte/points.geojson", files.spots, name="points"),
    path("carte/fond.pmtiles", basemap.pieces, name="basemap"),
]
