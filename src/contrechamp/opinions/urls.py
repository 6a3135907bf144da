from __future__ import annotations

from django.urls import path, register_converter

from .views import files, lists


class NumberConverter:
    """The eight digits of an opinion's number."""

    regex = "[0-9]{8}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(NumberConverter, "cada")

app_name = "opinions"
urlpatterns = [
    path("avis-cada", lists.index, name="list"),
    path("avis-cada.csv", files.list_csv, name="list-csv"),
    path("avis-cada.json", files.list_json, name="list-json"),
    path("avis-cada.atom", files.list_atom, name="list-atom"),
    path("avis-cada.jsonfeed", files.list_jsonfeed, name="list-jsonfeed"),
    path("avis-cada/<cada:number>.json", files.opinion_json, name="opinion-json"),
    path("avis-cada/<cada:number>.csv", files.opinion_csv, name="opinion-csv"),
    path("avis-cada/<cada:number>", lists.opinion, name="opinion"),
]
