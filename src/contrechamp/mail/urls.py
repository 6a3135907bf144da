from __future__ import annotations

from django.urls import path

from . import views

app_name = "mail"
urlpatterns = [
    path("courrier", views.tray, name="tray"),
    path("courrier/message/<str:id>", views.message, name="message"),
    path("courrier/message/<str:id>/brut.eml", views.raw, name="raw"),
    path("courrier/message/<str:id>/decider", views.decide, name="decide"),
    path("courrier/boite", views.mailbox, name="mailbox"),
    path("courrier/envois", views.outbox, name="outbox"),
    path("courrier/envois/arreter", views.stop, name="stop"),
    path("courrier/envois/<str:id>", views.letter, name="letter"),
    path("courrier/envois/<str:id>/brut.eml", views.letter_raw, name="letter-raw"),
    path("courrier/envois/<str:id>/decider", views.settle, name="settle"),
]
