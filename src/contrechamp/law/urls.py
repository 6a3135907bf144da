from __future__ import annotations

from django.urls import path

from . import views

app_name = "law"
urlpatterns = [
    path("delais", views.calculator, name="calculator"),
    path("delais/incertitudes", views.questions, name="questions"),
    path("delais/regles", views.rules, name="rules"),
]
