from __future__ import annotations

from django.urls import path

from .views import acts, alerts, files, inbox, lessons, lists, statistics, tables

app_name = "watch"
urlpatterns = [
    path("veille/a-relire", inbox.page, name="inbox"),
    path("veille/a-relire/<str:found>", inbox.one, name="found"),
    path("veille/lecons", lessons.page, name="lessons"),
    path("actes", lists.week, name="week"),
    path("actes.json", tables.week_json, name="week-json"),
    path("actes.csv", tables.week_csv, name="week-csv"),
    path("actes.geojson", tables.week_geojson, name="week-geojson"),
    path("actes.atom", files.atom_feed, name="week-atom"),
    path("actes.jsonfeed", files.json_feed, name="week-jsonfeed"),
    path("actes/flux.atom", files.atom_feed, name="atom"),
    path("actes/flux.json", files.json_feed, name="json"),
    path("actes/a-contester", lists.still_open, name="open"),
    path("actes/a-contester.atom", files.open_atom, name="open-atom"),
    path("actes/a-contester.json", files.open_json, name="open-json"),
    path("actes/a-contester.ics", files.open_ics, name="open-ics"),
    path("actes/a-contester.csv", files.open_csv, name="open-csv"),
    path("actes/renouvellements", lists.renewals, name="renewals"),
    path("actes/renouvellements.atom", files.renewals_atom, name="renewals-atom"),
    path("actes/renouvellements.json", files.renewals_json, name="renewals-json"),
    path("actes/renouvellements.ics", files.renewals_ics, name="renewals-ics"),
    path("actes/renouvellements.csv", files.renewals_csv, name="renewals-csv"),
    path("actes/statistiques", statistics.page, name="statistics"),
    path("actes/statistiques.json", tables.statistics_json, name="statistics-all-json"),
    path("actes/statistiques.csv", tables.statistics_csv, name="statistics-all-csv"),
    path("actes/statistiques/<slug:slug>", tables.one_plot, name="plot"),
    path("actes/statistiques/<slug:slug>.csv", statistics.as_csv, name="statistics-csv"),
    path("actes/alertes", alerts.mine, name="alerts"),
    path("actes/alertes/ajouter", alerts.add, name="alert-add"),
    path("actes/alertes/<int:key>/changer", alerts.change, name="alert-change"),
    path("actes/alertes/confirmer/<slug:token>", alerts.confirm, name="alert-confirm"),
    path("actes/alertes/fin/<slug:token>", alerts.end, name="alert-end"),
    path("actes/fiche/<slug:key>", acts.of_record, name="of-record"),
    path("actes/<slug:slug>.json", tables.act_json, name="act-json"),
    path("actes/<slug:slug>.csv", tables.act_csv, name="act-csv"),
    path("actes/<slug:slug>.geojson", tables.act_geojson, name="act-geojson"),
    path("actes/<slug:slug>.ics", tables.act_ics, name="act-ics"),
    path("actes/<slug:slug>", acts.act, name="act"),
]
