"""What people are told of, and the mails that tell them. No row holds a text."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contrechamp.accounts.domain import notices as rules

from .users import User


class Frequency(models.TextChoices):
    """How often a mail may leave."""

    NOW = rules.Frequency.NOW, _("tout de suite")
    DAY = rules.Frequency.DAY, _("une fois par jour, le matin")
    WEEK = rules.Frequency.WEEK, _("une fois par semaine, le lundi matin")
    NEVER = rules.Frequency.NEVER, _("jamais")


class NoticeSettings(models.Model):
    """What one person wants of notices; who never said has no row, and the defaults."""

    class Detail(models.TextChoices):
        NOTHING = rules.Detail.NOTHING, _("rien : « du nouveau dans deux dossiers suivis »")
        TITLE = rules.Detail.TITLE, _("les titres")
        FULL = rules.Detail.FULL, _("les messages entiers")

    user = models.OneToOneField(
        User, models.CASCADE, primary_key=True, related_name="notice_settings"
    )
    detail = models.CharField(max_length=8, choices=Detail, default=Detail.NOTHING)
    frequency = models.CharField(max_length=5, choices=Frequency, default=Frequency.DAY)
    watches_own = models.BooleanField(default=True)
    """To write in a thread is to watch it."""
    refused_on = models.DateField(null=True)
    """A mail came back: nothing is sent to this address until its owner has looked."""
    refused_why = models.CharField(max_length=300, blank=True)
    feed_digest = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001
    """Of the address of one's private feed; the address itself is shown once."""

    def __str__(self) -> str:
        return self.user.username


class Subscription(models.Model):
    """Somebody watches or mutes something: a thread, a dossier, a town."""

    class Scope(models.TextChoices):
        THREAD = rules.Scope.THREAD, _("discussion")
        SUBJECT = rules.Scope.SUBJECT, _("dossier")
        BOARD = rules.Scope.BOARD, _("salon")
        PLACE = rules.Scope.PLACE, _("territoire")
        TECHNOLOGY = rules.Scope.TECHNOLOGY, _("technologie")
        MENTION = rules.Scope.MENTION, _("quand on me nomme ou me répond")
        GROUP = rules.Scope.GROUP, _("groupe local")

    class Level(models.TextChoices):
        WATCH = rules.Level.WATCH, _("suivi")
        MUTE = rules.Level.MUTE, _("muet")

    user = models.ForeignKey(User, models.CASCADE, related_name="subscriptions")
    scope = models.CharField(max_length=10, choices=Scope)
    key = models.CharField(max_length=120, blank=True)
    """A thread's public id, `project:prj-…`, a board's slug, `commune:06088`; empty: a mention."""
    level = models.CharField(max_length=5, choices=Level)
    frequency = models.CharField(max_length=5, choices=Frequency, blank=True)
    """Of mails about it; empty: what the person wants of all mails."""
    since = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "scope", "key"], name="one_wish_of_one_thing"),
        )
        indexes = (models.Index(fields=["scope", "key"], name="accounts_watchers"),)

    def __str__(self) -> str:
        return f"{self.user_id} {self.level} {self.scope}:{self.key}"


class Outbox(models.Model):
    """One mail of notices that waits, left, or did not."""

    class State(models.TextChoices):
        WAITING = "WAITING", _("en attente")
        RETRYING = "RETRYING", _("sera réessayé")
        SENDING = "SENDING", _("en train de partir")
        SENT = "SENT", _("parti")
        MAYBE = "MAYBE", _("peut-être parti")
        FAILED = "FAILED", _("non parti")

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    frequency = models.CharField(max_length=5, choices=Frequency)
    about = models.CharField(max_length=100, blank=True)
    """The one thing that it is about; empty: all that is new."""
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    made_at = models.DateTimeField()
    not_before = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    held_by = models.CharField(max_length=120, blank=True)
    """The process that is sending it (`foundation.lease`)."""
    sending_at = models.DateTimeField(null=True)
    handed_at = models.DateTimeField(null=True)
    """Written down just before the server gets it: later nobody can know by themselves."""
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user", "frequency", "about"],
                condition=Q(state="WAITING"),
                name="one_mail_waits_for_all_that_is_new",
            ),
        )
        indexes = (models.Index(fields=["state", "not_before"], name="accounts_mails_due"),)

    def __str__(self) -> str:
        return f"{self.user_id} {self.frequency} {self.state}"

    @property
    def shown_error(self) -> str:
        """What the server said, without addresses: they are their owners' alone."""
        return rules.without_addresses(self.last_error)


class Notice(models.Model):
    """Somebody is told of something. What it says is asked when it is shown."""

    user = models.ForeignKey(User, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20)
    object_kind = models.CharField(max_length=20)
    object_id = models.CharField(max_length=60)
    about = models.CharField(max_length=100)
    """The thing that it belongs to, `forum:thread:ab12`: they are shown together."""
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    is_held = models.BooleanField(default=False)
    """What it tells of is hidden at present: it is neither shown nor counted."""
    mail = models.CharField(max_length=5, blank=True)
    """How often its person wants mail about it; empty: no mail, or it has left."""
    outbox = models.ForeignKey(Outbox, models.SET_NULL, null=True, related_name="notices")
    """The mail that tells it, once that is being sent."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user", "object_kind", "object_id"], name="told_once_of_one_thing"
            ),
        )
        indexes = (
            models.Index(
                fields=["user", "id"],
                condition=Q(read_at__isnull=True, is_held=False),
                name="accounts_unread",
            ),
            models.Index(fields=["user", "id"], name="accounts_told"),
            models.Index(fields=["object_kind", "object_id"], name="accounts_told_of"),
            models.Index(
                fields=["user", "mail"],
                condition=Q(outbox__isnull=True) & ~Q(mail=""),
                name="accounts_to_mail",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.object_id}"


class AnswerKey(models.Model):
    """An address that one person can answer one thing at, and that failures come back to."""

    key = models.CharField(primary_key=True, max_length=20)
    """`avi-…`."""
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    about = models.CharField(max_length=100, blank=True)
    """Empty: mails about several things; who answers is told what to do."""
    until = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "about"], name="one_address_for_one_thing"),
        )

    def __str__(self) -> str:
        return self.key
