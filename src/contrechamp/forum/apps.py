from __future__ import annotations

from django.apps import AppConfig


class ForumConfig(AppConfig):
    name = "contrechamp.forum"
    label = "forum"

    def ready(self) -> None:
        """Tell people of what is new, let notices follow posts, and look at what waits."""
        from django.db.models.signals import post_delete

        from contrechamp.accounts.signals import reading_forgotten, watched_no_more
        from contrechamp.foundation import jobs
        from contrechamp.foundation.later import later
        from contrechamp.foundation.signals import public_changed

        from . import signals
        from .models import DraftFile, PostAttachment
        from .services import attaching, following, marking, noticing

        signals.post_published.connect(noticing.on_published)
        signals.post_hidden.connect(noticing.on_hidden)
        signals.post_restored.connect(noticing.on_restored)
        signals.post_moved.connect(noticing.on_moved)
        reading_forgotten.connect(marking.on_forgotten)
        watched_no_more.connect(marking.on_watched_no_more)
        public_changed.connect(following.on_public_changed, dispatch_uid="forum")
        for table in (DraftFile, PostAttachment):
            post_delete.connect(attaching.on_gone, sender=table)
        public_changed.connect(later("contrechamp.forum.tasks.hear"), dispatch_uid="forum events")
        jobs.every_minute(later("contrechamp.forum.tasks.look"))
