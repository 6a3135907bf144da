"""What the observatory told of things, whether anybody talks of them or not."""

from __future__ import annotations

from django.db import models


class Event(models.Model):
    """One event, told once. Its post is there where a thread was open when it happened.

    Without one it waits beside the thing: who watches the dossier was told, and a discussion that
    opens later shows it above its first post.
    """

    key = models.CharField(max_length=160, unique=True)
    origin = models.CharField(max_length=80, blank=True)
    """What it is read from (`foi:request:req-…`): when that is public no more, it is taken back."""
    subject_kind = models.CharField(max_length=20)
    subject_id = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    params = models.JSONField(default=dict, blank=True)
    source_url = models.CharField(max_length=500, blank=True)
    day = models.DateField()
    told_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    has_post = models.BooleanField(default=False)
    """There is a post with this key."""

    class Meta:
        indexes = (
            models.Index(fields=["origin"], name="forum_event_origin"),
            models.Index(fields=["subject_kind", "subject_id", "day"], name="forum_event_subject"),
        )

    def __str__(self) -> str:
        return self.key

    @property
    def subject(self) -> str:
        """`kind:id`."""
        return f"{self.subject_kind}:{self.subject_id}"
