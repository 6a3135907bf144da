"""Addresses of the census. What visitors read is in French; identifiers never change."""

from __future__ import annotations

from django.urls import URLPattern, path, register_converter

from . import feeds, published
from .views import (
    desk,
    facts,
    histories,
    imports,
    lists,
    merges,
    notices,
    projects,
    records,
    review,
    states,
    tables,
    writing,
)

SIGNS = "[0-9a-hjkmnp-tv-z]{10}"


class _Text:
    regex = ""

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class RecordId(_Text):
    """The identifier of a record."""

    regex = f"(?:prj|tec|act|plc|ctr)-{SIGNS}"


class ClaimId(_Text):
    """The identifier of a claim: a value or a relation."""

    regex = f"(?:clm|rel)-{SIGNS}"


class OtherId(_Text):
    """The identifier of a change, import or notice."""

    regex = f"(?:chg|imp|ntc)-{SIGNS}"


class Moment(_Text):
    """A moment of the public history, to the second, in UTC."""

    regex = published.MOMENT


register_converter(Moment, "moment")
register_converter(RecordId, "record")
register_converter(ClaimId, "claim")
register_converter(OtherId, "other")


def _of_record(kind: str, word: str, name: str) -> list[URLPattern]:
    of = {"kind": kind}
    past = f"{word}/<record:entity>/historique"
    return [
        path(f"{word}/<record:entity>", records.record, of, name=name),
        path(past, records.history, of, name=f"{name}-history"),
        path(f"{word}/<record:entity>.json", records.as_json, of, name=f"{name}-json"),
        path(
            f"{word}/<record:entity>/historique.json",
            histories.record,
            of,
            name=f"{name}-history-json",
        ),
        path(
            f"{word}/<record:entity>/historique/<moment:moment>",
            states.record,
            of,
            name=f"{name}-state",
        ),
        path(
            f"{word}/<record:entity>/historique/<moment:moment>.json",
            states.record_json,
            of,
            name=f"{name}-state-json",
        ),
        path(f"{word}/<record:entity>.csv", tables.record_csv, of, name=f"{name}-csv"),
        path(f"{word}/<record:entity>.geojson", tables.record_geojson, of, name=f"{name}-geojson"),
        path(f"{word}/<record:entity>.atom", feeds.record, of, name=f"{name}-atom"),
        path(f"{word}/<record:entity>.jsonfeed", feeds.record_json, of, name=f"{name}-jsonfeed"),
        path(f"{word}/<record:record>/corriger", notices.propose, name=f"{name}-propose"),
    ]


def _of_list(kind: str, word: str, name: str) -> list[URLPattern]:
    of = {"kind": kind}
    return [
        path(word, lists.listing, of, name=name),
        path(f"{word}.csv", lists.as_csv, of, name=f"{name}-csv"),
        path(f"{word}.json", lists.as_json, of, name=f"{name}-json"),
        path(f"{word}.geojson", tables.list_geojson, of, name=f"{name}-geojson"),
        path(f"{word}.atom", feeds.listing, of, name=f"{name}-atom"),
        path(f"{word}.jsonfeed", feeds.listing_json, of, name=f"{name}-jsonfeed"),
    ]


app_name = "census"
urlpatterns = [
    *_of_list("project", "projets", "projects"),
    *_of_list("actor", "acteurs", "actors"),
    *_of_list("technology", "technologies", "technologies"),
    *_of_list("contract", "contrats", "contracts"),
    *_of_record("project", "projet", "project"),
    *_of_record("actor", "acteur", "actor"),
    *_of_record("technology", "technologie", "technology"),
    *_of_record("contract", "contrat", "contract"),
    *_of_record("place", "lieu", "place"),
    path("fait/<claim:claim>", facts.fact, name="fact"),
    path("fait/<claim:claim>.json", facts.as_json, name="fact-json"),
    path("fait/<claim:claim>.csv", tables.fact_csv, name="fact-csv"),
    path("fait/<claim:claim>.atom", feeds.fact, name="fact-atom"),
    path("fait/<claim:claim>.jsonfeed", feeds.fact_json, name="fact-jsonfeed"),
    path("fait/<claim:claim>/historique.json", histories.fact, name="fact-history-json"),
    path("fait/<claim:claim>/historique/<moment:moment>", states.fact, name="fact-state"),
    path(
        "fait/<claim:claim>/historique/<moment:moment>.json",
        states.fact_json,
        name="fact-state-json",
    ),
    path("fait/<claim:claim>/historique", facts.history, name="fact-history"),
    path("fait/<claim:claim>/corriger", notices.propose_fact, name="propose-fact"),
    path("merci/<record:record>", notices.proposed, name="proposed"),
    # Members
    path("faits/nouveau", writing.claim_new, name="claim-new"),
    path("faits/suggestions.json", writing.suggest, name="suggest"),
    path("faits/brouillons", writing.drafts, name="drafts"),
    path("faits/soumettre", writing.submit, name="submit"),
    path("faits/<claim:claim>/modifier", writing.claim_edit, name="claim-edit"),
    path("faits/<claim:claim>/preuve", writing.evidence_new, name="evidence-new"),
    path("faits/<claim:claim>/retirer", writing.withdraw, name="withdraw"),
    path("projets/nouveau", projects.project_new, name="project-new"),
    path("fiches/<record:entity>", desk.desk, name="desk"),
    path("fiches/<record:entity>/historique", desk.history, name="desk-history"),
    # Editors
    path("relecture", review.inbox, name="review"),
    path("relecture/faits/<claim:claim>", review.one, name="review-one"),
    path("relecture/messages", review.notices, name="review-notices"),
    path("relecture/messages/<other:notice>", review.answer, name="notice-answer"),
    path("relecture/noms", review.people, name="review-people"),
    path("relecture/fiches", review.records, name="review-records"),
    path("relecture/documents", review.waiting_documents, name="review-documents"),
    path("modifications/<other:change>/annuler", desk.revert, name="revert"),
    path("fusions", merges.merges, name="merges"),
    path("fusions/<record:a>/<record:b>", merges.merge, name="merge"),
    path("fusions/<int:merge>/annuler", merges.undo, name="merge-undo"),
    path("imports", imports.imports, name="imports"),
    path("imports/<other:run>", imports.run, name="import"),
]
