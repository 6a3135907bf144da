from __future__ import annotations

from django.urls import path

from .views import changes, timelines

app_name = "chronicle"
urlpatterns = [
    path("chronologie", timelines.timeline, name="timeline"),
    path("chronologie.csv", timelines.timeline_csv, name="csv"),
    path("chronologie.json", timelines.timeline_json, name="json"),
    path("chronologie.ics", timelines.timeline_ics, name="ics"),
    path("depuis", changes.door, name="door"),
    path("depuis/<str:first>.json", changes.as_json, name="since-json"),
    path("depuis/<str:first>.atom", changes.feed, name="since-atom"),
    path("depuis/<str:first>/jusqu/<str:last>.json", changes.as_json, name="since-json-until"),
    path("depuis/<str:first>/jusqu/<str:last>.atom", changes.feed, name="since-atom-until"),
    path("depuis/<str:first>/jusqu/<str:last>", changes.page, name="since-until"),
    path("depuis/<str:first>", changes.page, name="since"),
]
