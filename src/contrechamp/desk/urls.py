"""The desk's own addresses, served by `contrechamp.project.settings_desk` alone."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "desk"
urlpatterns = [
    path("", views.listing.index, name="index"),
    path("entrer", views.session.sign_in, name="sign-in"),
    path("sortir", views.session.sign_out, name="sign-out"),
    path("dossier/<str:file>", views.sheet.show, name="sheet"),
    path("dossier/<str:file>/scelle", views.sheet.download, name="download"),
    path("dossier/<str:file>/etat", views.sheet.say_state, name="state"),
    path("dossier/<str:file>/marques", views.sheet.mark, name="mark"),
    path("dossier/<str:file>/prendre", views.sheet.take, name="take"),
    path("dossier/<str:file>/notes", views.sheet.add_note, name="notes"),
    path("dossier/<str:file>/notes/<int:number>", views.sheet.note, name="note"),
    path("dossier/<str:file>/proposer/<str:act>", views.sheet.propose, name="propose"),
    path("a-deux/<int:pk>/confirmer", views.sheet.confirm, name="confirm"),
    path("a-deux/<int:pk>/arreter", views.sheet.stop, name="stop"),
    path("repondre", views.listing.reply, name="reply"),
    path("journal", views.listing.journal, name="journal"),
    path("declaration", views.listing.canary, name="canary"),
]
