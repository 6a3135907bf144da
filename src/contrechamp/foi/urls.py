from __future__ import annotations

from django.urls import path, register_converter

from . import views
from .views import calendars, evidence


class RequestKey:
    """The identifier of a request in an address."""

    regex = "req-[0-9a-z]{10}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(RequestKey, "request")

app_name = "foi"
urlpatterns = [
    # Reading.
    path("demandes", views.index, name="index"),
    path("demandes/les-miennes", views.mine, name="mine"),
    path("demandes/<request:key>", views.request, name="request"),
    # Drafting.
    # Following.
    # Publication and numbers.
    # Calendar.
    path("demandes/echeances", calendars.due, name="due"),
    path("demandes/echeances.ics", calendars.of_public, name="public-ics"),
    path("demandes/rappels", calendars.reminders, name="reminders"),
    path("demandes/rappels/agenda", calendars.open_feed, name="open-feed"),
    path("demandes/rappels/agenda/fermer", calendars.close_feed, name="close-feed"),
    path("demandes/rappels/arreter", calendars.end_reminders, name="end-reminders"),
    path("demandes/rappels/<int:number>/vu", calendars.see, name="see"),
    path("demandes/rappels/<str:token>/confirmer", calendars.confirm, name="confirm-reminders"),
    path("demandes/agenda/<str:token>.ics", calendars.of_feed, name="feed"),
    path("demandes/<request:key>.ics", calendars.of_request, name="request-ics"),
    # Evidence.
    path("demandes/<request:key>/preuves.zip", evidence.full, name="evidence"),
    path("demandes/<request:key>/preuves-publiques.zip", evidence.public, name="public-evidence"),
]
