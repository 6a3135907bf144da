"""Addresses of actions and of the law."""

from __future__ import annotations

from django.urls import path, register_converter

from .views import (
    arguing,
    bundles,
    correcting,
    draft_files,
    draft_parts,
    drafts,
    exhibits,
    feeds,
    following,
    grounds,
    lists,
    mandates,
    opening,
    picking,
    project_law,
    protecting,
    reading,
    team,
    windows,
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
    path("actions/<action:key>/pieces/choisir", picking.choose, name="choose"),
    path("actions/<action:key>/pieces/ordre", exhibits.order, name="exhibit-order"),
    path("actions/<action:key>/pieces/source", protecting.propose, name="source-document"),
    path(
        "actions/<action:key>/pieces/source/<slug:decision>",
        protecting.decide,
        name="decide-source",
    ),
    path("actions/<action:key>/pieces/<slug:exhibit>", exhibits.piece, name="exhibit"),
    path(
        "actions/<action:key>/pieces/<slug:exhibit>/fichier",
        exhibits.exhibit_file,
        name="exhibit-file",
    ),
    path(
        "actions/<action:key>/pieces/<slug:exhibit>/remettre",
        exhibits.restore,
        name="restore-exhibit",
    ),
    path("actions/<action:key>/moyens", arguing.arguments, name="arguments"),
    path("actions/<action:key>/moyens/<slug:argument>", arguing.argument, name="argument"),
    path("actions/<action:key>/dossier", bundles.bundles, name="bundles"),
    path("actions/<action:key>/dossier/<slug:bundle>", bundles.bundle, name="bundle"),
    path(
        "actions/<action:key>/dossier/<slug:bundle>/<slug:form>",
        bundles.bundle_file,
        name="bundle-file",
    ),
    # The library of arguments.
    path("droit", grounds.index, name="grounds"),
    path("droit.json", grounds.as_json, name="grounds-json"),
    path("droit.csv", grounds.as_csv, name="grounds-csv"),
    path("droit/textes", grounds.texts, name="sources"),
    path("droit/textes.csv", grounds.texts_csv, name="sources-csv"),
    path("droit/<slug:code>", grounds.ground, name="ground"),
    path("projet/<record:entity>/droit", project_law.page, name="project-law"),
    path("projet/<record:entity>/droit.json", project_law.as_json, name="project-law-json"),
    # Papers that are being written.
    path("actions/<action:key>/ecrits", drafts.index, name="drafts"),
    path("actions/<action:key>/ecrits/<slug:paper>", drafts.paper, name="draft"),
    path(
        "actions/<action:key>/ecrits/<slug:paper>.<slug:form>", draft_files.file, name="draft-file"
    ),
    path("actions/<action:key>/ecrits/<slug:paper>/choix", drafts.choices, name="draft-choices"),
    path("actions/<action:key>/ecrits/<slug:paper>/demandes", drafts.asked, name="draft-asked"),
    path("actions/<action:key>/ecrits/<slug:paper>/histoire", drafts.history, name="draft-history"),
    path("actions/<action:key>/ecrits/<slug:paper>/jeter", drafts.throw_away, name="draft-throw"),
    path(
        "actions/<action:key>/ecrits/<slug:paper>/partie/<slug:section>",
        draft_parts.section,
        name="draft-section",
    ),
    path(
        "actions/<action:key>/ecrits/<slug:paper>/partie/<slug:section>/reprendre",
        draft_parts.restore,
        name="draft-restore",
    ),
    path("actions/<action:key>/ecrits/<slug:paper>/moyen", draft_parts.mean, name="draft-mean"),
    path("actions/<action:key>/ecrits/<slug:paper>/final", draft_parts.final, name="draft-final"),
    path(
        "actions/<action:key>/ecrits/<slug:paper>/joindre", draft_parts.attach, name="draft-attach"
    ),
    # Windows of a territory.
    path("actions/delais", windows.index, name="windows"),
    path("actions/delais.json", windows.as_json, name="windows-json"),
    path("actions/delais.csv", windows.as_csv, name="windows-csv"),
    path("actions/delais.atom", windows.as_atom, name="windows-atom"),
    path("actions/delais.jsonfeed", windows.as_jsonfeed, name="windows-jsonfeed"),
    path("actions/delais.ics", windows.as_ics, name="windows-ics"),
    path("actions/delais/calendrier", windows.month, name="windows-month"),
    # The address that the design note gives to the feed of open acts.
    path("actes-contestables.atom", windows.as_atom, name="windows-note-atom"),
    path("projet/<record:entity>/delais.atom", windows.project_atom, name="project-windows-atom"),
    path("projet/<record:entity>/delais.ics", windows.project_ics, name="project-windows-ics"),
    # Following public actions.
    path("actions.atom", feeds.index_atom, name="index-atom"),
    path("actions.jsonfeed", feeds.index_jsonfeed, name="index-jsonfeed"),
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
