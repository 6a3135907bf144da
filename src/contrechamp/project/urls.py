from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("contrechamp.web.urls")),
    path("", include("contrechamp.ui.urls")),
    path("", include("contrechamp.accounts.urls")),
    path("", include("contrechamp.documents.urls")),
    path("", include("contrechamp.forum.urls")),
    path("", include("contrechamp.census.urls")),
    path("", include("contrechamp.law.urls")),
    path("", include("contrechamp.directory.urls")),
    path("", include("contrechamp.mail.urls")),
    path("", include("contrechamp.opinions.urls")),
    path("", include("contrechamp.foi.urls")),
    path("", include("contrechamp.watch.urls")),
    path("", include("contrechamp.cases.urls")),
    path("", include("contrechamp.places.urls")),
    path("", include("contrechamp.search.urls")),
    path("", include("contrechamp.graph.urls")),
    path("", include("contrechamp.atlas.urls")),
    path("", include("contrechamp.chronicle.urls")),
    path("", include("contrechamp.compare.urls")),
    path("", include("contrechamp.cameras.urls")),
    path("", include("contrechamp.errands.urls")),
    path("", include("contrechamp.api.urls")),
    path("", include("contrechamp.opendata.urls")),
    path("", include("contrechamp.mirror.urls")),
    path("", include("contrechamp.archive.urls")),
    path("", include("contrechamp.dossiers.urls")),
]
