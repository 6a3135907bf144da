"""Addresses of moderation: put before those of boards, which take any word."""

from __future__ import annotations

from django.urls import path

from .views import (
    decisions,
    federation,
    flagging,
    journal,
    moderation,
    moderators,
    old_names,
    redirects,
)

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
    path("forum/anciens-noms", old_names.mine, name="old-names"),
]
urlpatterns += [
    path("topic/<int:tid>", redirects.nodebb_topic, name="nodebb-topic"),
    path("topic/<int:tid>/<path:rest>", redirects.nodebb_topic, name="nodebb-topic-slug"),
    path("post/<int:pid>", redirects.nodebb_post, name="nodebb-post"),
    path("category/<int:cid>", redirects.nodebb_category, name="nodebb-category"),
    path("category/<int:cid>/<path:rest>", redirects.nodebb_category, name="nodebb-category-slug"),
    path("t/<int:tid>", redirects.discourse_topic, name="discourse-topic"),
    path("t/<slug:slug>/<int:tid>", redirects.discourse_topic, name="discourse-topic-slug"),
    path("t/<slug:slug>/<int:tid>/<int:n>", redirects.discourse_topic, name="discourse-topic-post"),
    path("c/<path:slug>/<int:cid>", redirects.discourse_category, name="discourse-category"),
]
urlpatterns += [
    path(".well-known/webfinger", federation.webfinger, name="webfinger"),
    path("federation/<str:name>", federation.actor, name="actor"),
    path("federation/<str:name>/inbox", federation.inbox, name="inbox"),
    path("federation/<str:name>/outbox", federation.outbox, name="outbox"),
    path("federation/<str:name>/followers", federation.followers, name="followers"),
    path("federation/<str:name>/notes/<str:key>", federation.note, name="note"),
]
