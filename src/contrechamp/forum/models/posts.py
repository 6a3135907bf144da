"""Posts, what they said before, and the files that go with them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contrechamp.forum.domain.states import NUMBERED, State

STATES = [
    (State.DRAFT, _("brouillon")),
    (State.PENDING, _("en attente de relecture")),
    (State.PUBLISHED, _("publié")),
    (State.HIDDEN, _("masqué")),
    (State.REMOVED, _("retiré")),
    (State.WITHDRAWN, _("retiré par son auteur")),
    (State.ERASED, _("effacé")),
    (State.MOVED, _("déplacé")),
    (State.REJECTED, _("refusé")),
]


class Post(models.Model):
    """One message. It gets its number when it is published and keeps it, whatever follows."""

    class Kind(models.TextChoices):
        MEMBER = "MEMBER", _("membre")
        SYSTEM = "SYSTEM", _("observatoire")

    class Format(models.TextChoices):
        MARKDOWN = "MARKDOWN"
        HTML = "HTML"
        """Of an imported forum."""

    thread = models.ForeignKey("forum.Thread", models.CASCADE, related_name="posts")
    n = models.PositiveIntegerField(null=True, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    author_label = models.CharField(max_length=80, blank=True)
    """Who wrote it where no account did: an author of an imported forum, a deleted account."""
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.MEMBER)
    state = models.CharField(max_length=9, choices=STATES, default=State.PENDING)
    format = models.CharField(max_length=8, choices=Format, default=Format.MARKDOWN)
    source = models.TextField(blank=True)
    html = models.TextField(blank=True)
    """Made from `source` when it is kept, by the renderer of that version."""
    html_version = models.PositiveSmallIntegerField(default=0)
    reply_to = models.PositiveIntegerField(null=True, blank=True)
    """Number of the post of the same thread that it answers."""
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()
    """When its text or state last changed: what feeds call `updated`."""
    queue_reason = models.CharField(max_length=40, blank=True)
    """Why it waits: first posts, links, pre-moderation."""
    why = models.CharField(max_length=40, blank=True)
    """Why its place is empty: code of a reason, shown to all."""
    token = models.CharField(max_length=64, null=True, blank=True)  # noqa: DJ001
    """Of the form that sent it: the same form sent twice makes one post."""
    event_kind = models.CharField(max_length=40, blank=True)
    event_params = models.JSONField(default=dict, blank=True)
    event_key = models.CharField(max_length=160, null=True, blank=True, unique=True)
    source_url = models.CharField(max_length=500, blank=True)
    moved_to = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="moved_from"
    )
    claim = models.CharField(max_length=40, blank=True)
    """The last fact of the census that was proposed from it (`clm-…`), public or not."""
    origin = models.CharField(max_length=80, blank=True)
    pid = models.CharField(max_length=40, blank=True)
    """Its number in the forum that it was imported from."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["thread", "n"], name="forum_post_number_once"),
            models.UniqueConstraint(fields=["author", "token"], name="forum_post_sent_once"),
            models.UniqueConstraint(
                fields=["origin", "pid"], condition=~Q(origin=""), name="forum_post_imported_once"
            ),
            models.CheckConstraint(
                condition=Q(n__isnull=False) | ~Q(state__in=sorted(NUMBERED)),
                name="forum_post_has_a_place",
            ),
        )
        indexes = (
            # Of what can be read, not "by state": SQLite would take that for the way to the posts
            # of a thread too, and read all others on it.
            models.Index(
                fields=["-published_at", "-id"],
                condition=Q(state="PUBLISHED"),
                name="forum_post_newest",
            ),
            models.Index(fields=["author", "-created_at"], name="forum_post_author"),
            models.Index(
                fields=["created_at"], condition=Q(state="PENDING"), name="forum_post_waiting"
            ),
        )

    def __str__(self) -> str:
        return f"{self.thread_id}/{self.n}"

    @property
    def ref(self) -> str:
        """What search calls it."""
        return f"forum:post:{self.thread_id}/{self.n}"

    @property
    def address(self) -> str:
        return f"/forum/m/{self.thread_id}/{self.n}"

    @property
    def is_published(self) -> bool:
        return self.state == State.PUBLISHED


class PostClaim(models.Model):
    """A fact of the census that was proposed from a post."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="claims")
    claim = models.CharField(max_length=40, unique=True)

    def __str__(self) -> str:
        return f"{self.post} {self.claim}"


class Revision(models.Model):
    """What a post said before an edit: public, with the reason that was given."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="revisions")
    source = models.TextField()
    reason = models.CharField(max_length=200, blank=True)
    """Why it was changed then."""
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.post} {self.at:%Y-%m-%d %H:%M}"


class PostAttachment(models.Model):
    """A file that goes with a post. The room `documents` keeps it, under its hash."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="attachments")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    position = models.PositiveSmallIntegerField(default=0)
    description = models.CharField(max_length=200, blank=True)
    """What a picture shows, for who does not see it."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["post", "sha256"], name="forum_attachment_once"),
        )
        indexes = (models.Index(fields=["sha256"], name="forum_attachment_content"),)

    def __str__(self) -> str:
        return self.name
