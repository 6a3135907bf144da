"""Addresses of moderation: put before those of boards, which take any word."""

from __future__ import annotations

from django.urls import path

from .views import decisions, flagging, journal, moderation, moderators

urlpatterns = [
    path("forum/moderation", moderation.queue, name="moderation"),
    path("forum/moderation/<int:post>", moderation.item, name="moderation-post"),
    path("forum/moderation/appels", moderators.appeals, name="moderation-appeals"),
    path("forum/moderation/comptes", moderators.people, name="moderation-accounts"),
    path("forum/moderation/urgence", moderators.switch, name="moderation-emergency"),
    path("forum/journal", journal.page, name="journal"),
    path("forum/journal.json", journal.as_json, name="journal-json"),
    path("forum/journal.csv", journal.as_csv, name="journal-csv"),
    path("forum/journal.atom", journal.atom, name="journal-atom"),
    path("forum/journal.jsonfeed", journal.jsonfeed, name="journal-jsonfeed"),
    path("forum/regles", journal.rules, name="rules"),
    path("forum/signaler/<str:thread>/<int:n>", flagging.flag, name="flag"),
    path("forum/signalement/<str:code>", flagging.receipt, name="receipt"),
    path("forum/signalements", flagging.mine, name="flags"),
    path("forum/decisions", decisions.mine, name="decisions"),
    path("forum/decisions/<int:number>", decisions.one, name="decision"),
]
