from __future__ import annotations

from django.urls import path, register_converter

from .views import adding, citing, files, lists, members, reading, redaction, screening


class Hash:
    """A SHA-256, or its beginning."""

    regex = "[0-9a-f]{12,64}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class QuoteId(Hash):
    """The identifier of a quote."""

    regex = "q-[0-9a-z]{4,18}"


register_converter(Hash, "hash")
register_converter(QuoteId, "quote")
ATOM, JSON_FEED = {"form": files.ATOM}, {"form": files.JSON_FEED}

app_name = "documents"
urlpatterns = [
    path("documents/", lists.documents, name="documents"),
    path("documents.json", files.documents_json, name="documents-json"),
    path("documents.csv", files.documents_csv, name="documents-csv"),
    path("documents.atom", files.documents_feed, ATOM, name="documents-atom"),
    path("documents.jsonfeed", files.documents_feed, JSON_FEED, name="documents-jsonfeed"),
    path("documents/collections.json", files.collections_json, name="collections-json"),
    path("documents/collections.csv", files.collections_csv, name="collections-csv"),
    path("documents/collections/<slug:slug>.json", files.collection_json, name="collection-json"),
    path("documents/collections/<slug:slug>.csv", files.collection_csv, name="collection-csv"),
    path(
        "documents/collections/<slug:slug>.atom",
        files.collection_feed,
        ATOM,
        name="collection-atom",
    ),
    path(
        "documents/collections/<slug:slug>.jsonfeed",
        files.collection_feed,
        JSON_FEED,
        name="collection-jsonfeed",
    ),
    path("documents/passages/<quote:quote_id>", files.quote, name="quote"),
    path("documents/passages/<quote:quote_id>.json", files.quote_json, name="quote-json"),
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
    path("documents/fiche/<slug:document_id>/masquer", redaction.redact, name="redact"),
    path(
        "documents/fiche/<slug:document_id>/masquer/<slug:redaction_id>",
        redaction.redaction,
        name="redaction",
    ),
    path(
        "documents/fiche/<slug:document_id>/masquer/<slug:redaction_id>/<int:number>.webp",
        redaction.picture,
        name="redaction-picture",
    ),
    path("documents/<hash:key>", reading.document, name="document"),
    path("documents/<hash:key>.json", files.document_json, name="document-json"),
    path("documents/<hash:key>.csv", files.document_csv, name="document-csv"),
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
