"""Requests, the facts known of them, what was written and what came.

State and days are columns only as a cache of the facts: `services.clock.derive` makes them anew.
Visitors read `Request.is_public` rows and `ShownMessage` alone, through `queries.visible`.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contrechamp.kernel.ids import new_id

from .domain.facts import Kind as FactKind
from .domain.facts import Proof
from .domain.states import State


def new_request_id() -> str:
    return new_id("req")


def new_requester_id() -> str:
    return new_id("rqr")


def new_fact_id() -> str:
    return new_id("fct")


def new_campaign_id() -> str:
    return new_id("cam")


def new_batch_id() -> str:
    return new_id("bat")


def new_series_id() -> str:
    return new_id("ser")


def new_paper_id() -> str:
    return new_id("pap")


STATES = [
    (State.DRAFT, _("brouillon")),
    (State.READY, _("prête à partir")),
    (State.SENT, _("partie, réception à établir")),
    (State.UNDELIVERED, _("non remise")),
    (State.AWAITING, _("en attente de réponse")),
    (State.UNVERIFIED, _("silence à vérifier")),
    (State.REFUSED_SILENT, _("refusée par silence")),
    (State.REFUSED_EXPRESS, _("refusée par écrit")),
    (State.PARTIAL, _("obtenue en partie")),
    (State.TIME_BARRED, _("délai dépassé")),
    (State.CADA_LATE_OPEN, _("délai dépassé, peut-être rattrapable")),
    (State.CADA_FILED, _("CADA saisie")),
    (State.CADA_INCOMPLETE, _("dossier CADA à compléter")),
    (State.CADA_PENDING, _("devant la CADA")),
    (State.REFUSAL_CONFIRMED, _("refus confirmé")),
    (State.LITIGATION, _("devant le tribunal")),
    (State.ENFORCE, _("gagnée, à faire exécuter")),
    (State.SATISFIED, _("documents obtenus")),
    (State.CLOSED_LOST, _("perdue")),
    (State.WITHDRAWN, _("retirée")),
]


class Requester(models.Model):
    """Who signs: an association by default, so that no member's home address travels. Private."""

    class Kind(models.TextChoices):
        ASSOCIATION = "ASSOCIATION", _("une association")
        PERSON = "PERSON", _("une personne")
        COMPANY = "COMPANY", _("une société")

    id = models.CharField(primary_key=True, max_length=20, default=new_requester_id)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.ASSOCIATION)
    label = models.CharField(max_length=120)
    """What its owner calls it."""
    identity = models.JSONField(default=dict)
    """Fields of `domain.requester`: name, first_name, address, email, rna, siren …"""
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    is_shared = models.BooleanField(default=False)
    """Every member of this observatory may sign with it."""
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.label


class Campaign(models.Model):
    """The same question to many bodies, by whoever wishes to join."""

    id = models.CharField(primary_key=True, max_length=20, default=new_campaign_id)
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=160)
    about = models.TextField(max_length=4000, blank=True)
    subject = models.CharField(max_length=200)
    """The object of its requests."""
    items = models.JSONField(default=list)
    """Its items: {code, wording, since}."""
    bodies = models.JSONField(default=list)
    """Identifiers of the bodies to ask."""
    project = models.CharField(max_length=40, blank=True)
    is_public = models.BooleanField(default=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.title


class Batch(models.Model):
    """One text sent to several bodies by one requester: from five on, a series."""

    id = models.CharField(primary_key=True, max_length=20, default=new_batch_id)
    title = models.CharField(max_length=200)
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="batches"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title


class Request(models.Model):
    """One request to one body. Private until its author publishes it."""

    class Channel(models.TextChoices):
        EMAIL = "EMAIL", _("par courriel")
        POST = "POST", _("par courrier")
        ONLINE_SERVICE = "ONLINE_SERVICE", _("par le téléservice")
        HAND = "HAND", _("remise sur place")

    id = models.CharField(primary_key=True, max_length=20, default=new_request_id)
    title = models.CharField(max_length=200)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requester = models.ForeignKey(
        Requester, models.PROTECT, null=True, blank=True, related_name="requests"
    )
    identity = models.JSONField(default=dict, blank=True)
    """The identity that signed, as it was on the day of sending. Private."""
    body = models.ForeignKey(
        "directory.Body", models.PROTECT, null=True, blank=True, related_name="+"
    )
    project = models.CharField(max_length=40, blank=True)
    """Identifier of a project of the census, where the request is about one."""
    slots = models.JSONField(default=dict, blank=True)
    """What fills the wording of items: project, supplier, since."""
    text = models.TextField(blank=True)
    """The letter as its author changed it; empty: composed from the items."""
    channel = models.CharField(max_length=16, choices=Channel, default=Channel.EMAIL)
    address = models.CharField(max_length=300, blank=True)
    """Where it was sent."""
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="requests"
    )
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, blank=True, related_name="requests")
    dossier = models.CharField(max_length=60, blank=True)
    """The dossier of a source that it is about: such a request is never public."""
    is_environmental = models.BooleanField(default=False)
    is_public = models.BooleanField(default=False)
    private_until = models.DateField(null=True, blank=True)
    private_reason = models.CharField(max_length=300, blank=True)
    """Said to everybody once it is public: why it was not before."""
    published_at = models.DateTimeField(null=True, blank=True)
    is_example = models.BooleanField(default=False)
    """Invented, to show what a followed request looks like: counted, found and exported nowhere."""
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    # The cache: every one of these follows from the facts, a day, and the mailbox.
    state = models.CharField(max_length=20, choices=STATES, default=State.DRAFT)
    rests_on_silence = models.BooleanField(default=False)
    step = models.CharField(max_length=30, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    act_from = models.DateField(null=True, blank=True)
    act_by = models.DateField(null=True, blank=True)
    """The safe day of the step that matters now."""
    last_day = models.DateField(null=True, blank=True)
    changes_on = models.DateField(null=True, blank=True)
    """The next day on which the state may be another, though no fact is added."""
    derived_on = models.DateField(null=True, blank=True)
    first_answer_on = models.DateField(null=True, blank=True)
    days_to_answer = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(dossier=""), name="foi_no_source_in_public"
            ),
        )
        indexes = (
            models.Index(
                fields=["-sent_on", "id"], name="foi_public_list", condition=Q(is_public=True)
            ),
            models.Index(fields=["state", "-sent_on", "id"], name="foi_by_state"),
            models.Index(fields=["author", "-changed_at"], name="foi_by_author"),
            models.Index(fields=["act_by", "id"], name="foi_by_day"),
            models.Index(fields=["changes_on"], name="foi_by_change"),
            models.Index(fields=["body", "-sent_on"], name="foi_by_body"),
            models.Index(fields=["campaign", "-sent_on"], name="foi_by_campaign"),
        )

    def __str__(self) -> str:
        return self.title


class Item(models.Model):
    """One document asked for, and what became of it."""

    class Outcome(models.TextChoices):
        ASKED = "ASKED", _("demandé")
        OBTAINED = "OBTAINED", _("obtenu")
        MASKED = "MASKED", _("obtenu, en partie masqué")
        REFUSED = "REFUSED", _("refusé")
        NOT_HELD = "NOT_HELD", _("n'existe pas, selon l'administration")
        ALREADY_PUBLIC = "ALREADY_PUBLIC", _("déjà public")
        DROPPED = "DROPPED", _("abandonné")

    request = models.ForeignKey(Request, models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    code = models.CharField(max_length=60, blank=True)
    """Of the catalogue `vocabulary/documents.toml`; empty: in the author's own words."""
    wording = models.TextField(max_length=2000)
    outcome = models.CharField(max_length=16, choices=Outcome, default=Outcome.ASKED)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["request", "position"], name="foi_item_once"),
        )

    def __str__(self) -> str:
        return self.wording


class FactRow(models.Model):
    """A fact of `domain.facts`. Appended, never changed; who recorded it, when and why."""

    id = models.CharField(primary_key=True, max_length=20, default=new_fact_id)
    request = models.ForeignKey(Request, models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=30, choices=[(kind, kind) for kind in FactKind])
    first = models.DateField()
    last = models.DateField()
    proof = models.CharField(
        max_length=20, choices=[(proof, proof) for proof in Proof], default=Proof.SAID
    )
    values = models.JSONField(default=dict, blank=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    message = models.CharField(max_length=20, blank=True)
    """The message of the mail room that shows it (`msg-…`, `out-…`)."""
    document = models.CharField(max_length=20, blank=True)
    """The document of the library that shows it (a scan of a letter): `doc-…`."""
    note = models.TextField(blank=True, max_length=2000)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["request", "first"], name="foi_facts_in_order"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.first}"


class Reply(models.Model):
    """A letter of the body that somebody has to read: by mail, or entered by hand."""

    class State(models.TextChoices):
        UNREAD = "UNREAD", _("à lire")
        READ = "READ", _("lue")
        SET_ASIDE = "SET_ASIDE", _("sans effet")

    request = models.ForeignKey(Request, models.CASCADE, related_name="replies")
    message = models.CharField(max_length=20, blank=True)
    """`msg-…` of the mail room; empty for a paper letter."""
    document = models.CharField(max_length=20, blank=True)
    """The scan of a paper letter: `doc-…`."""
    day = models.DateField()
    kind = models.CharField(max_length=30, blank=True)
    """What the mail room takes it for: HUMAN, ACKNOWLEDGEMENT, AUTOMATIC …"""
    text = models.TextField(blank=True)
    """Its words, with those quoted from ours left out. Private."""
    reading = models.JSONField(default=dict, blank=True)
    """What the reader of refusals proposes, with the words that it goes by."""
    state = models.CharField(max_length=10, choices=State, default=State.UNREAD)
    fact = models.ForeignKey(FactRow, models.PROTECT, null=True, blank=True, related_name="+")
    """The fact that came of it."""
    suggestion = models.CharField(max_length=30, blank=True)
    """What a visitor of the public page takes it for: the author decides."""
    made_at = models.DateTimeField()
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["request", "message"], name="foi_reply_once", condition=~Q(message="")
            ),
        )
        indexes = (models.Index(fields=["state", "day"], name="foi_replies_to_read"),)

    def __str__(self) -> str:
        return f"{self.request_id} {self.day}"


class ShownMessage(models.Model):
    """A letter as everybody may read it: names, addresses and numbers of people left out."""

    class Direction(models.TextChoices):
        OUT = "OUT", _("envoyé")
        IN = "IN", _("reçu")

    request = models.ForeignKey(Request, models.CASCADE, related_name="shown")
    message = models.CharField(max_length=20, blank=True)
    reply = models.ForeignKey(Reply, models.CASCADE, null=True, blank=True, related_name="+")
    direction = models.CharField(max_length=4, choices=Direction)
    day = models.DateField()
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    masked_count = models.PositiveIntegerField(default=0)
    is_public = models.BooleanField(default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["request", "message"], name="foi_shown_once", condition=~Q(message="")
            ),
            models.UniqueConstraint(
                fields=["reply"], name="foi_shown_reply_once", condition=Q(reply__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"{self.request_id} {self.direction} {self.day}"


class Obtained(models.Model):
    """A document that came of a request. It is in the library, private until it is published."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="obtained")
    item = models.ForeignKey(Item, models.SET_NULL, null=True, blank=True, related_name="obtained")
    document = models.CharField(max_length=20)
    """The document of the library: `doc-…`."""
    name = models.CharField(max_length=300, blank=True)
    message = models.CharField(max_length=20, blank=True)
    part = models.CharField(max_length=20, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["request", "document", "message", "part"], name="foi_obtained_once"
            ),
        )

    def __str__(self) -> str:
        return self.name or self.document


class Series(models.Model):
    """Five like requests or more: one referral for all (CRPA R343-3-1)."""

    id = models.CharField(primary_key=True, max_length=20, default=new_series_id)
    title = models.CharField(max_length=200)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, blank=True, related_name="series")
    pilot = models.ForeignKey(Request, models.PROTECT, null=True, blank=True, related_name="+")
    """The refusal that the CADA is seized of."""
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    filed_on = models.DateField(null=True, blank=True)
    registered_on = models.DateField(null=True, blank=True)
    number = models.CharField(max_length=30, blank=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title


class SeriesMember(models.Model):
    """A request in a series: told to its body, accepted by the CADA, or left out and why."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="members")
    request = models.ForeignKey(Request, models.PROTECT, related_name="memberships")
    informed_on = models.DateField(null=True, blank=True)
    notice = models.CharField(max_length=20, blank=True)
    """The message by which the body was told (`out-…`)."""
    is_accepted = models.BooleanField(null=True, default=None)
    left_out = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["series", "request"], name="foi_member_once"),
        )

    def __str__(self) -> str:
        return f"{self.series_id} {self.request_id}"


class Paper(models.Model):
    """A letter that was made: its file, and whether it is the one that left."""

    id = models.CharField(primary_key=True, max_length=20, default=new_paper_id)
    request = models.ForeignKey(
        Request, models.CASCADE, null=True, blank=True, related_name="papers"
    )
    series = models.ForeignKey(Series, models.CASCADE, null=True, blank=True, related_name="papers")
    kind = models.CharField(max_length=30)
    """request, follow_up, precision, referral, annex, notice, reasons, after_opinion, reply."""
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    file = models.CharField(max_length=64, blank=True)
    """SHA-256 of its PDF in the store."""
    message = models.CharField(max_length=20, blank=True)
    """The message that carried it (`out-…`); empty: by post, or not gone yet."""
    is_final = models.BooleanField(default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.made_at:%Y-%m-%d}"


class CalendarFeed(models.Model):
    """A private address of a calendar; only the hash of its token is kept."""

    class Scope(models.TextChoices):
        PERSON = "PERSON", _("mes demandes")
        COLLECTIVE = "COLLECTIVE", _("toutes les demandes de l'observatoire")

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    scope = models.CharField(max_length=12, choices=Scope, default=Scope.PERSON)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.owner_id} {self.scope}"


class Reminder(models.Model):
    """A reminder that was sent, or is shown: each once."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="reminders")
    key = models.CharField(max_length=120)
    """What it reminds of: step, safe day and days before."""
    day = models.DateField()
    sentence = models.TextField()
    sent_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["request", "key"], name="foi_reminder_once"),
        )

    def __str__(self) -> str:
        return f"{self.request_id} {self.key}"


class ReminderAddress(models.Model):
    """Where somebody wants to be reminded, if anywhere. Removed with one click."""

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    address = models.EmailField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    """Of the token that confirms it, or ends it."""
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.owner_id)


class PrivateWords(models.Model):
    """The runs of words of a content that somebody gave us, as numbers: `domain.secrecy`."""

    file = models.OneToOneField(
        "documents.File", models.CASCADE, primary_key=True, related_name="+"
    )
    edition = models.CharField(max_length=40)
    """A mark of the text that was read (`documents.queries.received_editions`)."""
    digests = models.BinaryField()
    """Numbers of 32 bits, in order."""

    def __str__(self) -> str:
        return self.file_id[:12]


class Publication(models.Model):
    """One decision on who may see a request: kept, so that it can be undone and explained."""

    class Verb(models.TextChoices):
        SHOWN = "SHOWN", _("rendue publique")
        PLANNED = "PLANNED", _("privée jusqu'à un jour")
        TAKEN_BACK = "TAKEN_BACK", _("retirée du public")

    request = models.ForeignKey(Request, models.CASCADE, related_name="publications")
    verb = models.CharField(max_length=12, choices=Verb)
    day = models.DateField(null=True, blank=True)
    """Of what is planned: the day on which it is public by itself."""
    reason = models.CharField(max_length=300, blank=True)
    before = models.JSONField(default=dict)
    """How it was before: is_public, private_until, private_reason, published_at."""
    undone_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["request", "-made_at"], name="foi_publications"),)

    def __str__(self) -> str:
        return f"{self.request_id} {self.verb}"


class Tally(models.Model):
    """How one body answers, or all together: counted of public requests alone, beforehand."""

    id = models.CharField(primary_key=True, max_length=20)
    """`bod-…`; `all`."""
    name = models.CharField(max_length=300, blank=True)
    departement = models.CharField(max_length=3, blank=True)
    requests = models.PositiveIntegerField()
    in_month = models.PositiveIntegerField()
    month_over = models.PositiveIntegerField()
    """Answered in the month, of those whose month is over: what ranks go by."""
    rank = models.PositiveIntegerField(null=True, blank=True)
    best = models.PositiveIntegerField(null=True, blank=True)
    worst = models.PositiveIntegerField(null=True, blank=True)
    counted = models.JSONField()
    """`domain.counting.Counted` as plain values."""
    counted_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["rank", "id"], name="foi_league"),)

    def __str__(self) -> str:
        return self.id
