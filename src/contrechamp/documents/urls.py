from __future__ import annotations

from django.urls import path, register_converter

from .views import adding, citing, lists, members, reading, screening


class Hash:
    """A SHA-256, or its beginning."""

    regex = "[0-9a-f]{12,64}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Hash, "hash")

app_name = "documents"
urlpatterns = [
    path("documents/", lists.documents, name="documents"),
    path("documents/ajouter", adding.add, name="add"),
    path("documents/lots/<slug:batch_id>", adding.batch, name="batch"),
    path("documents/lots/<slug:batch_id>/modifier", adding.change_batch, name="change-batch"),
    path("documents/collections/", lists.collections, name="collections"),
    path("documents/collections/<slug:slug>", lists.collection, name="collection"),
    path(
        "documents/collections/<slug:slug>/modifier",
        lists.change_collection,
        name="change-collection",
    ),
    path(
        "documents/collections/<slug:slug>/publier", lists.show_collection, name="show-collection"
    ),
    path("documents/fiche/<slug:document_id>/modifier", members.edit, name="edit"),
    path("documents/fiche/<slug:document_id>/soumettre", members.submit, name="submit"),
    path("documents/fiche/<slug:document_id>/publier", members.publish, name="publish"),
    path("documents/fiche/<slug:document_id>/rendre", members.give_back, name="give-back"),
    path("documents/fiche/<slug:document_id>/retirer", members.withdraw, name="withdraw"),
    path("documents/<hash:key>", reading.document, name="document"),
    path("documents/<hash:key>/telecharger", reading.download, name="download"),
    path("documents/<hash:key>/texte", reading.whole_text, name="text"),
    path("documents/<hash:key>/recherche", reading.search, name="search"),
    path("documents/<hash:key>/citer", citing.cite, name="cite"),
    path("documents/<hash:key>/page", reading.go, name="go"),
    path("documents/<hash:key>/page/<int:number>", reading.page, name="page"),
    path("documents/<hash:key>/page/<int:number>.webp", reading.picture, name="picture"),
    path("documents/<hash:key>/page/<int:number>.txt", reading.page_text, name="page-text"),
    path("documents/<hash:key>/page/<int:number>.json", reading.page_json, name="page-json"),
    path("documents/<hash:key>/donnees-personnelles", screening.screening, name="screening"),
    path("documents/<hash:key>/donnees-personnelles/chercher", screening.screen, name="screen"),
    path("documents/<hash:key>/donnees-personnelles/decider", screening.decide, name="decide"),
    path(
        "documents/<hash:key>/donnees-personnelles/garder",
        screening.keep_hidden,
        name="keep-hidden",
    ),
    path(
        "documents/<hash:key>/donnees-personnelles/<int:number>",
        screening.screened_page,
        name="screened-page",
    ),
    path(
        "documents/<hash:key>/donnees-personnelles/<int:number>/signaler",
        screening.point,
        name="point",
    ),
]
