from __future__ import annotations

from django.urls import path, register_converter

from . import views
from .views import (
    batches,
    calendars,
    campaign_files,
    campaigns,
    drafting,
    reviewing,
    sending,
    signing,
)


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
    path("demandes/nouvelle", drafting.new, name="new"),
    path("demandes/<request:key>/administration", drafting.body, name="draft-body"),
    path("demandes/<request:key>/documents", drafting.documents, name="draft-documents"),
    path("demandes/<request:key>/formulation", drafting.items, name="draft-items"),
    path("demandes/<request:key>/signataire", drafting.requester, name="draft-requester"),
    path("demandes/<request:key>/relecture", reviewing.review, name="draft-review"),
    path("demandes/<request:key>/texte", reviewing.text, name="draft-text"),
    path("demandes/<request:key>/envoi", sending.send, name="draft-send"),
    path("demandes/<request:key>/jeter", drafting.throw_away, name="draft-throw"),
    path("demandes/<request:key>/lettre.pdf", reviewing.letter_pdf, name="letter-pdf"),
    path("demandes/<request:key>/lettre.odt", reviewing.letter_odt, name="letter-odt"),
    path("demandes/<request:key>/lettre.txt", reviewing.letter_txt, name="letter-txt"),
    path("demandes/<request:key>/lot", batches.new, name="batch-new"),
    path("demandes/signataires", signing.index, name="requesters"),
    path("demandes/signataires/nouveau", signing.new, name="requester-new"),
    path("demandes/signataires/<slug:pk>", signing.edit, name="requester"),
    path("demandes/signataires/<slug:pk>/clore", signing.close, name="requester-close"),
    path("demandes/lots", batches.index, name="batches"),
    path("demandes/lots/<slug:pk>", batches.batch, name="batch"),
    path("demandes/campagnes", campaigns.index, name="campaigns"),
    path("demandes/campagnes/nouvelle", campaigns.new, name="campaign-new"),
    path("demandes/campagnes/<slug:slug>", campaigns.campaign, name="campaign"),
    path("demandes/campagnes/<slug:slug>.csv", campaign_files.as_csv, name="campaign-csv"),
    path("demandes/campagnes/<slug:slug>.json", campaign_files.as_json, name="campaign-json"),
    path("demandes/campagnes/<slug:slug>/modifier", campaigns.edit, name="campaign-edit"),
    path("demandes/campagnes/<slug:slug>/rejoindre", campaigns.join, name="campaign-join"),
    path("demandes/campagnes/<slug:slug>/clore", campaigns.close, name="campaign-close"),
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
]
