from __future__ import annotations

from django.urls import path

from .views import bodies, corrections

app_name = "directory"
urlpatterns = [
    path("annuaire", bodies.bodies, name="bodies"),
    path("annuaire.csv", bodies.bodies_csv, name="bodies-csv"),
    path("annuaire.json", bodies.bodies_json, name="bodies-json"),
    path("annuaire/corrections", corrections.corrections, name="corrections"),
    path("annuaire/corrections/<slug:pk>", corrections.decide, name="decide"),
    path("annuaire/ajouter", corrections.add, name="add"),
    path("annuaire/adresses/<int:address>/ecarter", corrections.set_aside, name="set-aside"),
    path("annuaire/adresses/<int:address>/remettre", corrections.put_back, name="put-back"),
    path("annuaire/<slug:pk>.json", bodies.body_json, name="body-json"),
    path("annuaire/<slug:pk>/corriger", corrections.correct, name="correct"),
    path("annuaire/<slug:pk>/reunir", corrections.merge, name="merge"),
    path("annuaire/<slug:pk>", bodies.body, name="body"),
]
