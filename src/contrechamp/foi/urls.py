from __future__ import annotations

from django.urls import path, register_converter

from . import views
from .views import calendars, files, numbers, publishing


class RequestKey:
    """The identifier of a request in an address."""

    regex = "req-[0-9a-z]{10}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class BodyKey:
    """The identifier of a body in an address."""

    regex = "bod-[0-9a-z]{10}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class LetterAct:
    """What is done with a letter of a request."""

    regex = "montrer|retirer|recommencer"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(RequestKey, "request")
register_converter(BodyKey, "foi-body")
register_converter(LetterAct, "letter-act")

app_name = "foi"
urlpatterns = [
    # Reading.
    path("demandes", views.index, name="index"),
    path("demandes/les-miennes", views.mine, name="mine"),
    path("demandes/<request:key>", views.request, name="request"),
    # Drafting.
    # Following.
    # Publication and numbers.
    path("demandes/<request:key>/publier", publishing.publish, name="publish"),
    path(
        "demandes/<request:key>/publier/retirer",
        publishing.withdraw,
        name="withdraw-publication",
    ),
    path("demandes/<request:key>/publier/annuler", publishing.undo, name="undo-publication"),
    path("demandes/<request:key>/lettres", publishing.letters, name="letters"),
    path("demandes/<request:key>/lettres/preparer", publishing.prepare, name="prepare-letters"),
    path(
        "demandes/<request:key>/lettres/<int:number>/masquer",
        publishing.hide,
        name="hide-words",
    ),
    path(
        "demandes/<request:key>/lettres/<int:number>/<letter-act:act>",
        publishing.letter_act,
        name="letter-act",
    ),
    path("demandes/chiffres", numbers.numbers, name="numbers"),
    path("demandes/chiffres.json", numbers.numbers_json, name="numbers-json"),
    path("demandes/chiffres.csv", numbers.numbers_csv, name="numbers-csv"),
    path("demandes/chiffres/<foi-body:key>", numbers.of_body, name="numbers-body"),
    path("demandes/chiffres/<foi-body:key>.json", numbers.of_body_json, name="numbers-body-json"),
    path("demandes/chiffres/<foi-body:key>.csv", numbers.of_body_csv, name="numbers-body-csv"),
    path("demandes/classement", numbers.league, name="league"),
    path("demandes/classement.json", numbers.league_json, name="league-json"),
    path("demandes/classement.csv", numbers.league_csv, name="league-csv"),
    path("demandes.csv", files.index_csv, name="index-csv"),
    path("demandes.json", files.index_json, name="index-json"),
    path("demandes.atom", files.index_atom, name="index-atom"),
    path("demandes.jsonfeed", files.index_jsonfeed, name="index-jsonfeed"),
    path("demandes/<request:key>.json", files.request_json, name="request-json"),
    path("demandes/<request:key>.csv", files.request_csv, name="request-csv"),
    path("demandes/<request:key>.atom", files.request_atom, name="request-atom"),
    path("demandes/<request:key>.jsonfeed", files.request_jsonfeed, name="request-jsonfeed"),
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
]
