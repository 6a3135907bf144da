from __future__ import annotations

from django.urls import path

from . import views

app_name = "errands"
urlpatterns = [
    path("contribuer", views.door, name="door"),
    path("contribuer/tache", views.task, name="task"),
    path("contribuer/tache/<int:turn>/reprendre", views.undo, name="undo"),
    path("contribuer/resultats", views.results, name="results"),
    path("contribuer/resultats/<int:errand>/clore", views.close, name="close"),
]
