from __future__ import annotations

from django.urls import path

from . import views

app_name = "opendata"
urlpatterns = [
    path("donnees", views.page, name="page"),
    path("donnees/<str:day>/<str:name>", views.file, name="file"),
]
