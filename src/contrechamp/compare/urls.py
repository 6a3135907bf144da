from __future__ import annotations

from django.urls import path

from .views import comparisons, ranks

app_name = "compare"
urlpatterns = [
    path("comparer", comparisons.comparison, name="compare"),
    path("comparer.json", comparisons.comparison_json, name="json"),
    path("comparer.csv", comparisons.comparison_csv, name="csv"),
    path("classements.json", ranks.index_json, name="rankings-json"),
    path("classements.csv", ranks.index_csv, name="rankings-csv"),
    path("classements", ranks.index, name="rankings"),
    path("classements/<slug:slug>.json", ranks.as_json, name="ranking-json"),
    path("classements/<slug:slug>.csv", ranks.as_csv, name="ranking-csv"),
    path("classements/<slug:slug>", ranks.one, name="ranking"),
]
