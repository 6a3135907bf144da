"""Threads, what is filed under them, and what one was writing."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.text import slugify

from contrechamp.forum.domain.filenames import TOLD
from contrechamp.kernel.ids import new_id


def new_thread_id() -> str:
    return new_id("thr")


class Thread(models.Model):
    """A conversation. What it is about is named by its stable public identifier.

    `last_n`, `last_post_at` and `published_count` follow from its posts and are written in the
    transaction that changes these. A thread without published post is seen by nobody.
    """

    id = models.CharField(primary_key=True, max_length=20, default=new_thread_id)
    board = models.ForeignKey("forum.Board", models.PROTECT, related_name="threads")
    subject_kind = models.CharField(max_length=20, blank=True)
    """Code of a `SubjectKind`; empty where the thread is about nothing in particular."""
    subject_id = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=200)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()
    last_n = models.PositiveIntegerField(default=0)
    """The number of the last post that was given one."""
    last_post_at = models.DateTimeField(null=True, blank=True)
    published_count = models.PositiveIntegerField(default=0)
    pinned = models.BooleanField(default=False)
    locked = models.BooleanField(default=False)
    moved_to = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="merged", db_index=False
    )
    """The thread that it was merged into."""
    origin = models.CharField(max_length=80, blank=True)
    """Where it was imported from; with `pid`, its number there."""
    pid = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["origin", "pid"], condition=~Q(origin=""), name="forum_thread_imported_once"
            ),
        )
        indexes = (
            models.Index(fields=["board", "-last_post_at", "-id"], name="forum_thread_on_board"),
            models.Index(fields=["board"], condition=Q(pinned=True), name="forum_thread_pinned"),
            models.Index(
                fields=["subject_kind", "subject_id", "-last_post_at"], name="forum_thread_subject"
            ),
            models.Index(fields=["-last_post_at", "-id"], name="forum_thread_newest"),
            # Not of all: SQLite would take "merged into none" for the way to the newest.
            models.Index(
                fields=["moved_to"], condition=Q(moved_to__isnull=False), name="forum_thread_merged"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def slug(self) -> str:
        """What its address says beside its identifier."""
        return slugify(self.title)[:60].strip("-")

    @property
    def address(self) -> str:
        slug = self.slug
        return f"/forum/f/{self.pk}-{slug}" if slug else f"/forum/f/{self.pk}"

    @property
    def subject(self) -> str:
        """`kind:id`, or empty."""
        return f"{self.subject_kind}:{self.subject_id}" if self.subject_kind else ""


class ThreadTag(models.Model):
    """A territory or a technology that a thread is filed under."""

    class Kind(models.TextChoices):
        PLACE = "place"
        TECHNOLOGY = "technology"

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="tags")
    kind = models.CharField(max_length=12, choices=Kind)
    key = models.CharField(max_length=60)
    """`commune:06088`, or the identifier of a technology in the census."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["thread", "kind", "key"], name="forum_tag_once"),
        )
        indexes = (models.Index(fields=["kind", "key"], name="forum_tag_key"),)

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


class Draft(models.Model):
    """What somebody was writing, until it is sent: one for each place where one writes."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=160)
    """`thread:thr-…`, `new:board:<slug>`, `new:<kind>:<id>`, `edit:<post>`, `flag:…`,
    `appeal:…`."""
    source = models.TextField(blank=True)
    title = models.CharField(max_length=200, blank=True)
    reply_to = models.PositiveIntegerField(null=True, blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "key"], name="forum_draft_once"),)
        indexes = (models.Index(fields=["saved_at"], name="forum_draft_saved"),)

    def __str__(self) -> str:
        return self.key


class DraftFile(models.Model):
    """A file that was brought while somebody wrote: it goes with the draft, or with the post."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="files")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    description = models.CharField(max_length=200, blank=True)
    removed = models.JSONField(default=list, blank=True)
    """Codes of what was taken out of it when it came: shown to who brought it."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["draft", "sha256"], name="forum_draft_file_once"),
        )
        indexes = (models.Index(fields=["sha256"], name="forum_draft_file_content"),)

    def __str__(self) -> str:
        return self.name

    @property
    def told(self) -> list[str]:
        """What was taken out of it, in words."""
        return [TOLD[sort] for sort in self.removed if sort in TOLD]


class Mark(models.Model):
    """Up to which post somebody has read a thread that they watch, if they asked to be told."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="+")
    n = models.PositiveIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "thread"], name="forum_mark_once"),)

    def __str__(self) -> str:
        return f"{self.thread_id} {self.n}"
