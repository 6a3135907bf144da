"""Addresses of actions and of the law."""

from __future__ import annotations

from django.urls import path, register_converter

from .views import (
    correcting,
    exhibits,
    following,
    grounds,
    lists,
    mandates,
    opening,
    project_law,
    reading,
    team,
)


class ActionKey:
    """The identifier of an action in an address."""

    regex = "cse-[0-9a-z]{10}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ActionKey, "action")

app_name = "cases"
urlpatterns = [
    path("actions", lists.index, name="index"),
    path("actions.json", lists.index_json, name="index-json"),
    path("actions.csv", lists.index_csv, name="index-csv"),
    path("actions/les-miennes", lists.mine, name="mine"),
    path("actions/les-miennes/<slug:key>/ranger", lists.put_away, name="put-away"),
    path("actions/ce-qui-marche", lists.worked, name="worked"),
    path("actions/ce-qui-marche.json", lists.worked_json, name="worked-json"),
    path("actions/ce-qui-marche.csv", lists.worked_csv, name="worked-csv"),
    path("actions/nouvelle", opening.new, name="new"),
    path("actions/<action:key>", reading.action, name="action"),
    path("actions/<action:key>.json", reading.action_json, name="action-json"),
    path("actions/<action:key>.ics", reading.action_ics, name="action-ics"),
    path("actions/<action:key>/suivre", following.follow, name="follow"),
    path("actions/<action:key>/fait/<slug:fact>", following.take_back, name="take-back"),
    path("actions/<action:key>/instance", following.instance, name="instance"),
    path("actions/<action:key>/partie", following.party, name="party"),
    path(
        "actions/<action:key>/partie/<int:number>/retirer",
        following.remove_party,
        name="remove-party",
    ),
    path("actions/<action:key>/argent", following.cost, name="cost"),
    path("actions/<action:key>/reglages", following.settings, name="settings"),
    path("actions/<action:key>/equipe", following.seat, name="seat"),
    path("actions/<action:key>/equipe/<int:number>/retirer", following.unseat, name="unseat"),
    path("actions/<action:key>/publier", following.publish, name="publish"),
    # Exhibits and what is bound of them.
    path("actions/<action:key>/pieces", exhibits.pieces, name="exhibits"),
    path("actions/<action:key>/pieces/<slug:exhibit>", exhibits.piece, name="exhibit"),
    path("actions/<action:key>/dossier/<slug:form>", exhibits.bundle, name="bundle"),
    # The library of arguments.
    path("droit", grounds.index, name="grounds"),
    path("droit.json", grounds.as_json, name="grounds-json"),
    path("droit.csv", grounds.as_csv, name="grounds-csv"),
    path("droit/textes", grounds.texts, name="sources"),
    path("droit/textes.csv", grounds.texts_csv, name="sources-csv"),
    path("droit/<slug:code>", grounds.ground, name="ground"),
    path("projet/<record:entity>/droit", project_law.page, name="project-law"),
    path("projet/<record:entity>/droit.json", project_law.as_json, name="project-law-json"),
    # Following: corrections, mandates, reminders, sequels.
    path("actions/<action:key>/fait/<slug:fact>/corriger", correcting.fact, name="correct-fact"),
    path(
        "actions/<action:key>/instance/<int:number>",
        correcting.instance,
        name="correct-instance",
    ),
    path("actions/<action:key>/argent/<int:number>", correcting.cost, name="correct-cost"),
    path("actions/<action:key>/audience", team.hearing, name="hearing"),
    path("actions/<action:key>/couts", team.costs, name="costs"),
    path("actions/<action:key>/mandats", mandates.mandates, name="mandates"),
    path("actions/<action:key>/mandats/ajouter", mandates.add, name="add-mandate"),
    path("actions/<action:key>/mandats/liste", mandates.take_list, name="import-mandates"),
    path("actions/<action:key>/mandats/nombre", mandates.show_number, name="show-mandates"),
    path("actions/<action:key>/mandats/<int:number>", mandates.change, name="change-mandate"),
    path("actions/rappels", team.reminders, name="reminders"),
    path("actions/rappels/<int:number>", team.see, name="see-reminder"),
    path("actions/suites", team.sequels, name="sequels"),
    path("actions/suites/<slug:source>/<slug:record>", team.sequel, name="sequel"),
]
