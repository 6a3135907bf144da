from __future__ import annotations

from django.apps import AppConfig


class ForumConfig(AppConfig):
    name = "contrechamp.forum"
    label = "forum"

    def ready(self) -> None:
        """Tell people of what is new, let notices follow posts, and look at what waits."""
        from contrechamp.accounts.signals import reading_forgotten
        from contrechamp.foundation import jobs
        from contrechamp.foundation.signals import public_changed

        from . import signals, tasks
        from .services import following, marking, noticing

        signals.post_published.connect(noticing.on_published)
        signals.post_hidden.connect(noticing.on_hidden)
        signals.post_restored.connect(noticing.on_restored)
        signals.post_moved.connect(noticing.on_moved)
        reading_forgotten.connect(marking.on_forgotten)
        public_changed.connect(following.on_public_changed, dispatch_uid="forum")
        jobs.every_minute(tasks.look)
