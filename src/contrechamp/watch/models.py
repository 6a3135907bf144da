"""Where the watch looks, what it fetched, what it found, and what was made public of it.

Visitors read `PublicAct` and its rows alone, through `watch.published`; everything else is for the
review room.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Source(models.Model):
    """A place where public records appear, and how to read it."""

    class Kind(models.TextChoices):
        PREFECTURE = "prefecture", _("site de préfecture")
        FILES = "files", _("fichiers d'un catalogue")
        FEED = "feed", _("flux")
        FOLDER = "folder", _("dossier surveillé")
        MAILBOX = "mailbox", _("boîte aux lettres")

    class State(models.TextChoices):
        OK = "OK", _("en ordre")
        FAILING = "FAILING", _("en échec")
        BLOCKED = "BLOCKED", _("refusée par le site")
        PAUSED = "PAUSED", _("en pause")

    name = models.SlugField(unique=True, max_length=80)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    address = models.CharField(max_length=2000)
    """URL, path of a folder, or `imap://host/folder`; secrets are never kept here."""
    reads = models.CharField(max_length=10, default="auto")
    """raa, decp, boamp, ted or auto: what `watch scan --source` takes."""
    departement = models.CharField(max_length=3, blank=True)
    configuration = models.JSONField(default=dict)
    """Selectors and patterns, checked by `domain.sites` when it is saved."""
    state = models.CharField(max_length=10, choices=State, default=State.OK)
    state_reason = models.TextField(blank=True)
    failures = models.PositiveIntegerField(default=0)
    """Failures in a row."""
    every_hours = models.PositiveIntegerField(default=24)
    next_run_at = models.DateTimeField(null=True, blank=True)
    last_run_at = models.DateTimeField(null=True, blank=True)
    last_success_at = models.DateTimeField(null=True, blank=True)
    run_by = models.CharField(max_length=200, blank=True)
    """The process that runs it now (`foundation.lease`)."""
    robots = models.TextField(blank=True)
    """The robots.txt that was obeyed, as it was read last."""
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Item(models.Model):
    """One file or record that a source lists: a line of the queue of what is to be fetched."""

    class State(models.TextChoices):
        WAITING = "WAITING", _("à télécharger")
        FETCHED = "FETCHED", _("téléchargé")
        FAILED = "FAILED", _("en échec")
        MISSING = "MISSING", _("introuvable une fois")
        VANISHED = "VANISHED", _("disparu")

    source = models.ForeignKey(Source, models.CASCADE, related_name="items")
    url = models.CharField(max_length=2000)
    title = models.CharField(max_length=500, blank=True)
    published_on = models.DateField(null=True, blank=True)
    published_how = models.CharField(max_length=20, blank=True)
    """listing or name; what is printed in the file is found by the scan and goes before."""
    first_seen_at = models.DateTimeField()
    """When we saw it first. Never starts a period: `published_on` alone does."""
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField(null=True, blank=True)
    etag = models.CharField(max_length=300, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    """The content that it had last."""
    missing_since = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["source", "url"], name="item_once"),)
        indexes = (models.Index(fields=["source", "state", "not_before"]),)

    def __str__(self) -> str:
        return self.title or self.url


class Fetch(models.Model):
    """One answer of a site, kept as proof. Never changed."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="fetches")
    at = models.DateTimeField()
    status = models.IntegerField()
    etag = models.CharField(max_length=300, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    headers = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    bytes = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.item_id} {self.status}"


class Event(models.Model):
    """Something that happened to a record where it is published."""

    class Kind(models.TextChoices):
        NEW = "new", _("nouveau")
        REPLACED = "replaced", _("remplacé")
        MOVED = "moved", _("déplacé")
        VANISHED = "vanished", _("disparu")
        LATE = "late", _("publié après l'événement")
        SILENT = "silent", _("silence inhabituel")

    source = models.ForeignKey(Source, models.CASCADE, related_name="events")
    item = models.ForeignKey(Item, models.CASCADE, null=True, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField()
    before = models.CharField(max_length=64, blank=True)
    after = models.CharField(max_length=64, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = (models.Index(fields=["source", "-at"]),)

    def __str__(self) -> str:
        return f"{self.kind} {self.item_id}"


class Scan(models.Model):
    """One reading of one content by one edition of the rules."""

    sha256 = models.CharField(max_length=64)
    reads = models.CharField(max_length=10)
    rules = models.CharField(max_length=20)
    """Edition of the rules (`domain.RULES`)."""
    at = models.DateTimeField()
    acts = models.PositiveIntegerField(default=0)
    findings = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)
    state = models.JSONField(default=dict)
    """Of a register: the hash of each record, to say what a later file adds or changes."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["sha256", "reads", "rules"], name="scan_once"),
        )

    def __str__(self) -> str:
        return self.sha256[:12]


class Found(models.Model):
    """A finding in the review room. The public never reads this table."""

    class State(models.TextChoices):
        WAITING = "WAITING", _("à relire")
        ACCEPTED = "ACCEPTED", _("acceptée, attend une seconde lecture")
        PUBLISHED = "PUBLISHED", _("publiée")
        REJECTED = "REJECTED", _("écartée")
        GONE = "GONE", _("plus trouvée par les règles")

    id = models.CharField(primary_key=True, max_length=24)
    """`wf-` and sixteen hexadecimal digits."""
    item = models.ForeignKey(Item, models.SET_NULL, null=True, blank=True, related_name="found")
    sha256 = models.CharField(max_length=64, db_index=True)
    position = models.PositiveIntegerField(default=0)
    source = models.CharField(max_length=10)
    data = models.JSONField()
    """The whole finding, as `watch scan --json` prints it."""
    edited = models.JSONField(default=dict)
    """What a reviewer corrected: key of the finding to new value."""
    technology = models.CharField(max_length=40)
    decision = models.CharField(max_length=20)
    departement = models.CharField(max_length=3, blank=True)
    confidence = models.FloatField()
    published_on = models.DateField(null=True, blank=True)
    act_number = models.CharField(max_length=60, blank=True)
    duplicate_of = models.CharField(max_length=24, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    project = models.CharField(max_length=20, blank=True)
    """The census record that it was merged into or that it made."""
    claims = models.JSONField(default=list)
    """Identifiers of the claims that were made of it."""
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    found_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = (
            models.Index(fields=["state", "sha256", "position"]),
            models.Index(fields=["state", "-confidence"]),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="PUBLISHED") | Q(published_by__isnull=False),
                name="found_published_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=models.F("accepted_by")),
                name="found_read_by_two",
            ),
        )

    def __str__(self) -> str:
        return self.id


class Verdict(models.Model):
    """What somebody decided of findings, with a reason: the history, and what undo reads."""

    class Verb(models.TextChoices):
        ACCEPT = "accept", _("accepter")
        MERGE = "merge", _("rattacher")
        REJECT = "reject", _("écarter")
        EDIT = "edit", _("corriger")
        PUBLISH = "publish", _("publier")
        WITHDRAW = "withdraw", _("retirer")
        UNDO = "undo", _("annuler")

    found = models.ForeignKey(Found, models.CASCADE, related_name="verdicts")
    act = models.CharField(max_length=24, db_index=True)
    """One for all findings decided in one go, so that they are undone in one go."""
    verb = models.CharField(max_length=10, choices=Verb)
    reason = models.CharField(max_length=40, blank=True)
    """not_a_decision, wrong_place, duplicate, private, other … for a rejection."""
    note = models.TextField(blank=True)
    before = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.verb} {self.found_id}"


class PublicAct(models.Model):
    """What visitors get of a finding that two people have read: no name that is not public."""

    id = models.CharField(primary_key=True, max_length=24)
    slug = models.CharField(max_length=24, db_index=True)
    source = models.CharField(max_length=10)
    technology = models.CharField(max_length=40, db_index=True)
    sort = models.CharField(max_length=10)
    """technology or measure."""
    decision = models.CharField(max_length=20)
    departement = models.CharField(max_length=3, blank=True, db_index=True)
    title = models.CharField(max_length=500)
    title_en = models.CharField(max_length=500, blank=True)
    act_number = models.CharField(max_length=60, blank=True)
    order_number = models.CharField(max_length=60, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True, db_index=True)
    act_by_safe = models.DateField(null=True, blank=True, db_index=True)
    last_day = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True, db_index=True)
    event_on = models.DateField(null=True, blank=True)
    """First day on which a measure or a flight applies."""
    cameras = models.PositiveIntegerField(null=True, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    duplicate_of = models.CharField(max_length=24, blank=True)
    document = models.CharField(max_length=64, blank=True)
    """SHA-256, when visitors may read the document."""
    page = models.PositiveIntegerField(null=True, blank=True)
    project = models.CharField(max_length=20, blank=True, db_index=True)
    """The record of the census that it is about or was merged into: a project or a contract."""
    data = models.JSONField()
    """The finding without what is not public."""
    shown_at = models.DateTimeField(db_index=True)
    changed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    """A withdrawn act keeps its identifier and says that it was withdrawn, and why; no more."""
    reason = models.CharField(max_length=40, blank=True)
    """Why it was withdrawn, one of a list that is public: never what somebody wrote."""

    class Meta:
        indexes = (models.Index(fields=["departement", "-published_on"]),)

    def __str__(self) -> str:
        return self.id


class PublicActPlace(models.Model):
    """Where a public act applies, for lists by territory: each commune and what holds it."""

    act = models.ForeignKey(PublicAct, models.CASCADE, related_name="places")
    territory = models.CharField(max_length=30, db_index=True)
    is_own = models.BooleanField(default=True)
    """False for the département or region of a commune that the act names."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=["act", "territory"], name="act_place_once"),)

    def __str__(self) -> str:
        return self.territory


class PublicActCompany(models.Model):
    """A company that a public act names: supplier of a contract."""

    act = models.ForeignKey(PublicAct, models.CASCADE, related_name="companies")
    siren = models.CharField(max_length=9, db_index=True)
    name = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.siren


class Alert(models.Model):
    """Somebody with an account wants mail when there is something new for a subject."""

    class Pace(models.TextChoices):
        DAILY = "daily", _("chaque jour")
        WEEKLY = "weekly", _("chaque semaine")

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    subject = models.CharField(max_length=20)
    """acts, open (acts still open to challenge), or what a room above offers: search."""
    key = models.CharField(max_length=300)
    """Of acts what their list is narrowed to, as in its address; else a key of that room."""
    language = models.CharField(max_length=5, default="fr", choices=settings.LANGUAGES)
    """In which its mails are written."""
    pace = models.CharField(max_length=10, choices=Pace, default=Pace.WEEKLY)
    token = models.CharField(max_length=40, unique=True)
    """For the link that ends it from a mail, without an account."""
    address = models.EmailField(blank=True)
    """Where it is told. Seen by its owner alone; gone with the alert."""
    confirmed_at = models.DateTimeField(null=True, blank=True)
    """When whoever reads that address agreed, by a link. Nothing is told before."""
    told_until = models.DateTimeField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["account", "subject", "key"], name="alert_once"),
        )

    def __str__(self) -> str:
        return f"{self.subject}:{self.key}"


class Told(models.Model):
    """An act that the mails of an alert told: when it changes, the next mail says so."""

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="told")
    act = models.CharField(max_length=24)
    at = models.DateTimeField()
    """When a mail told it last."""
    said = models.JSONField(default=dict)
    """A short mark of each value that was told (`domain.digest`); none after its withdrawal."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=["alert", "act"], name="told_once"),)

    def __str__(self) -> str:
        return self.act
