from __future__ import annotations

from django.urls import path

from . import views

app_name = "mirror"
urlpatterns = [
    path("miroirs", views.page, name="mirrors"),
    path("miroirs/cle.pem", views.public_key, name="key"),
    path("miroirs/ajouter", views.add, name="add"),
    path("miroirs/<int:key>/retirer", views.remove, name="remove"),
]
