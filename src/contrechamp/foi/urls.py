from __future__ import annotations

from django.urls import path, register_converter

from . import views
from .views import calendars, papers, recording, replying, series


class RequestKey:
    """The identifier of a request in an address."""

    regex = "req-[0-9a-z]{10}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class PaperKey(RequestKey):
    """The identifier of a paper in an address."""

    regex = "pap-[0-9a-z]{10}"


class SeriesKey(RequestKey):
    """The identifier of a series in an address."""

    regex = "ser-[0-9a-z]{10}"


register_converter(RequestKey, "request")
register_converter(PaperKey, "paper")
register_converter(SeriesKey, "series")

app_name = "foi"
urlpatterns = [
    # Reading.
    path("demandes", views.index, name="index"),
    path("demandes/les-miennes", views.mine, name="mine"),
    path("demandes/<request:key>", views.request, name="request"),
    # Drafting.
    # Following.
    path("demandes/<request:key>/noter", recording.note, name="note"),
    path("demandes/<request:key>/faits/<str:fact>/corriger", recording.correct, name="correct"),
    path("demandes/<request:key>/faits/<str:fact>/annuler", recording.take_back, name="take-back"),
    path("demandes/<request:key>/faits/<str:fact>/remettre", recording.put_back, name="put-back"),
    path("demandes/<request:key>/courrier", replying.enter, name="enter-letter"),
    path("demandes/<request:key>/pieces", replying.attach, name="attach"),
    path("demandes/<request:key>/reponses/<int:number>", replying.reply, name="reply"),
    path(
        "demandes/<request:key>/reponses/<int:number>/pieces",
        replying.keep_parts,
        name="keep-parts",
    ),
    path(
        "demandes/<request:key>/reponses/<int:number>/pieces/<str:part>",
        replying.part,
        name="reply-part",
    ),
    path("demandes/<request:key>/echanges/<int:number>", replying.suggest, name="suggest"),
    path("demandes/<request:key>/lettres/<slug:kind>", papers.compose, name="compose"),
    path("demandes/papiers/<paper:key>", papers.paper, name="paper"),
    path("demandes/papiers/<paper:key>.<slug:form>", papers.paper_file, name="paper-file"),
    path("demandes/<request:key>/serie", series.start, name="start-series"),
    path("demandes/series/<series:key>", series.series, name="series"),
    path("demandes/series/<series:key>.<slug:form>", series.annex, name="series-annex"),
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
]
