from __future__ import annotations

from django.urls import path

from contrechamp.census.published import PATHS

from . import views

app_name = "graph"
urlpatterns = [
    path("graphe", views.graph, name="graph"),
    path("graphe.json", views.graph_json, name="json"),
    path("graphe.csv", views.graph_csv, name="csv"),
    path("graphe.gexf", views.graph_gexf, name="gexf"),
    path("graphe.svg", views.graph_svg, name="svg"),
    path("graphe.ftm.jsonl", views.graph_ftm, name="ftm"),
    path("graphe/tout.json", views.whole_json, name="whole"),
    path("graphe/communs", views.common, name="common"),
    path("graphe/communs.json", views.common_json, name="common-json"),
    path("graphe/communs.csv", views.common_csv, name="common-csv"),
    path("graphe/chemin", views.path, name="path"),
    *(
        path(f"{word}/<slug:entity>.gexf", views.record_gexf, {"kind": kind}, name=f"{kind}-gexf")
        for kind, word in PATHS.items()
    ),
    path("graphe/chemin.json", views.path_json, name="path-json"),
]
