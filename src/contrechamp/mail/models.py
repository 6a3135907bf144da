"""What was sent, what came, and when the mailbox was read. Visitors see none of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Outgoing(models.Model):
    """One letter by e-mail, with the exact bytes that were sent (a file in the store)."""

    class State(models.TextChoices):
        QUEUED = "QUEUED", _("en attente")
        SENDING = "SENDING", _("en train de partir")
        SENT = "SENT", _("parti")
        MAYBE = "MAYBE", _("peut-être parti")
        RECALLED = "RECALLED", _("retenu")
        FAILED = "FAILED", _("non parti")
        BOUNCED = "BOUNCED", _("non remis")

    id = models.CharField(primary_key=True, max_length=20)
    """`out-…`."""
    thread = models.CharField(max_length=40, db_index=True)
    """A key of a room above: `req-7h3kq0w2xz`."""
    to_address = models.CharField(max_length=320)
    from_address = models.CharField(max_length=320)
    """The thread's own address: From, Reply-To and envelope sender."""
    subject = models.CharField(max_length=500)
    message_id = models.CharField(max_length=250, unique=True)
    in_reply_to = models.CharField(max_length=998, blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    why = models.TextField(blank=True)
    """The server's or our own reason for the state, as it was said."""
    queued_at = models.DateTimeField()
    send_after = models.DateTimeField()
    """End of the period in which it can be recalled."""
    next_try_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    soft_bounces = models.PositiveSmallIntegerField(default=0)
    sending_at = models.DateTimeField(null=True, blank=True)
    held_by = models.CharField(max_length=120, blank=True)
    """The process that is sending it (`foundation.lease`)."""
    sent_at = models.DateTimeField(null=True, blank=True)
    paris_day = models.DateField(null=True, blank=True)
    """The day in Paris on which a server accepted it: the law counts in these."""
    is_live = models.BooleanField(default=False)
    """Whether a server accepted it; otherwise it is a file in the outbox folder."""
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["state", "next_try_at"]),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="SENT") | Q(sent_at__isnull=False), name="mail_sent_has_its_time"
            ),
        )

    def __str__(self) -> str:
        return self.id


class Attempt(models.Model):
    """One try to hand a letter over: what was said between us and the server."""

    outgoing = models.ForeignKey(Outgoing, models.CASCADE, related_name="attempts")
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    server = models.CharField(max_length=260)
    is_accepted = models.BooleanField()
    code = models.PositiveSmallIntegerField(default=0)
    """Of the final reply; 0 where there was none."""
    reply = models.TextField(blank=True)
    queue_id = models.CharField(max_length=120, blank=True)
    tls = models.CharField(max_length=60, blank=True)
    """Version and cipher; empty: in clear."""
    dialogue = models.JSONField(default=list)
    """Lines, each `[seconds since the start, ">" or "<", text]`; passwords are not among them."""

    def __str__(self) -> str:
        return f"{self.outgoing_id} {self.begun_at:%Y-%m-%d %H:%M}"


class Incoming(models.Model):
    """One message that came, known by the hash of its bytes."""

    class State(models.TextChoices):
        NEW = "NEW", _("pas encore lu")
        FILED = "FILED", _("classé")
        TRAY = "TRAY", _("à classer")
        UNREADABLE = "UNREADABLE", _("illisible")
        SPAM = "SPAM", _("indésirable")
        SET_ASIDE = "SET_ASIDE", _("mis de côté")
        TAKEN = "TAKEN", _("réponse d'un membre, publiée et effacée d'ici")

    id = models.CharField(primary_key=True, max_length=20)
    """`msg-…`."""
    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveIntegerField()
    taken_at = models.DateTimeField()
    received_at = models.DateTimeField(db_index=True)
    """When our server had it; when we took it where no server says."""
    folder = models.CharField(max_length=250, blank=True)
    is_junk = models.BooleanField(default=False)
    """The server put it among junk."""
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    kind = models.CharField(max_length=30, blank=True)
    """Code of `mail.domain.kinds`."""
    message_id = models.CharField(max_length=998, blank=True, db_index=True)
    from_address = models.CharField(max_length=320, blank=True, db_index=True)
    from_domain = models.CharField(max_length=255, blank=True, db_index=True)
    from_name = models.CharField(max_length=320, blank=True)
    subject = models.CharField(max_length=998, blank=True)
    has_token = models.BooleanField(default=False)
    """It names one of our addresses, known or not."""
    authenticity = models.JSONField(default=dict)
    parsed = models.JSONField(default=dict)
    """A summary for lists and pages; the raw message is what counts."""
    problems = models.JSONField(default=list)
    """Of each: its sentence in French and its values apart, as in an error."""
    tries = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True, blank=True)
    """When it is read again by itself; none: a person decides."""
    about = models.ForeignKey(
        Outgoing, models.SET_NULL, null=True, blank=True, related_name="reports"
    )
    """The letter that a bounce or a receipt speaks of."""
    seen_at = models.DateTimeField(null=True, blank=True)
    """When a person read it and said what it is."""
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = (
            models.Index(fields=["state", "received_at"]),
            models.Index(fields=["state", "retry_at"]),
        )

    def __str__(self) -> str:
        return self.id


class Place(models.Model):
    """Where on a server a message was: a hint that spares fetching it again."""

    mailbox = models.CharField(max_length=64)
    folder = models.CharField(max_length=250)
    validity = models.CharField(max_length=40, blank=True)
    uid = models.CharField(max_length=250)
    incoming = models.ForeignKey(Incoming, models.CASCADE, related_name="places")
    is_marked = models.BooleanField(default=False)
    """The server was told that we have it."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["mailbox", "folder", "validity", "uid"], name="mail_place_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.folder} {self.uid}"


class Folder(models.Model):
    """How far a folder of a mailbox has been read."""

    mailbox = models.CharField(max_length=64)
    name = models.CharField(max_length=250)
    validity = models.CharField(max_length=40, blank=True)
    last_uid = models.PositiveBigIntegerField(default=0)
    read_at = models.DateTimeField(null=True, blank=True)
    """Begin of the last check that read it to its end."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["mailbox", "name"], name="mail_folder_once"),
        )

    def __str__(self) -> str:
        return self.name


class Filing(models.Model):
    """One message in one thread. What is undone stays, with who did it."""

    incoming = models.ForeignKey(Incoming, models.CASCADE, related_name="filings")
    thread = models.CharField(max_length=40, db_index=True)
    by = models.CharField(max_length=30)
    """What it was recognised by (`mail.domain.matching`), or `person`."""
    at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["incoming", "thread"],
                condition=Q(undone_at__isnull=True),
                name="mail_filed_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.incoming_id} {self.thread}"


class MailboxCheck(models.Model):
    """One reading of the mailbox. Complete only when `ok`: silence rests on it."""

    mailbox = models.CharField(max_length=64)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True, blank=True, db_index=True)
    """None: it is running, or its process died."""
    ok = models.BooleanField(default=False)
    error = models.TextField(blank=True)
    folders = models.JSONField(default=list)
    """Of each: name, how many it holds, how many were new, and what went wrong."""
    new_count = models.PositiveIntegerField(default=0)
    held_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["mailbox"], condition=Q(to_at__isnull=True), name="mail_one_check_at_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.from_at:%Y-%m-%d %H:%M}"
