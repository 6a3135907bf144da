from __future__ import annotations

from django.urls import path, register_converter

from . import views
from .views import (
    batches,
    calendars,
    campaign_files,
    campaigns,
    drafting,
    evidence,
    files,
    numbers,
    papers,
    publishing,
    recording,
    replying,
    reviewing,
    sending,
    series,
    signing,
)


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


register_converter(PaperKey, "paper")
register_converter(SeriesKey, "series")


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
    # Before the papers, whose slug would take it.
    path("demandes/<request:key>/lettres/preparer", publishing.prepare, name="prepare-letters"),
    path("demandes/<request:key>/lettres/<slug:kind>", papers.compose, name="compose"),
    path("demandes/papiers/<paper:key>", papers.paper, name="paper"),
    path("demandes/papiers/<paper:key>.<slug:form>", papers.paper_file, name="paper-file"),
    path("demandes/<request:key>/serie", series.start, name="start-series"),
    path("demandes/series/<series:key>", series.series, name="series"),
    path("demandes/series/<series:key>.<slug:form>", series.annex, name="series-annex"),
    # Publication and numbers.
    path("demandes/<request:key>/publier", publishing.publish, name="publish"),
    path(
        "demandes/<request:key>/publier/retirer",
        publishing.withdraw,
        name="withdraw-publication",
    ),
    path("demandes/<request:key>/publier/annuler", publishing.undo, name="undo-publication"),
    path("demandes/<request:key>/lettres", publishing.letters, name="letters"),
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
    # Evidence.
    path("demandes/<request:key>/preuves.zip", evidence.full, name="evidence"),
    path("demandes/<request:key>/preuves-publiques.zip", evidence.public, name="public-evidence"),
]
