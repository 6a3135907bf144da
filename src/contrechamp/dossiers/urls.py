from __future__ import annotations

from django.urls import path

from .views import files, kept, opened

app_name = "dossiers"
urlpatterns = [
    path("dossier", opened.dossier, name="dossier"),
    path("dossier.pdf", files.as_pdf, name="pdf"),
    path("dossier.zip", files.as_zip, name="zip"),
    path("dossier/preparation", files.preparation, name="preparation"),
    path("dossiers", kept.dossiers, name="dossiers"),
    path("dossiers/garder", kept.keep, name="keep"),
    path("dossiers/<slug:key>", kept.kept, name="kept"),
    path("dossiers/<slug:key>/modifier", kept.change, name="change"),
    path("dossiers/<slug:key>/etat", kept.change_state, name="state"),
    path("dossiers/<slug:key>/dossier.pdf", files.kept_as_pdf, name="kept-pdf"),
    path("dossiers/<slug:key>/dossier.zip", files.kept_as_zip, name="kept-zip"),
    path("dossiers/<slug:key>/preparation", files.kept_preparation, name="kept-preparation"),
]
