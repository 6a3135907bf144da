from __future__ import annotations

from django.urls import path, register_converter

from . import views
from .moderation_urls import urlpatterns as moderation
from .views import feeds, old_names


class ThreadKey:
    """The identifier of a thread in an address."""

    regex = "thr-[0-9a-z]{10}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class BoardKey(ThreadKey):
    """The name of a board in an address."""

    regex = "[a-z0-9]+(?:-[a-z0-9]+)*"


register_converter(ThreadKey, "thread")
register_converter(BoardKey, "board")

app_name = "forum"
urlpatterns = [
    path("forum", views.index, name="index"),
    path("forum.atom", feeds.everything, {"form": "atom"}, name="index-atom"),
    path("forum.jsonfeed", feeds.everything, {"form": "jsonfeed"}, name="index-jsonfeed"),
    path("forum/a-propos", views.about, name="about"),
    path("forum/nouveau", views.new, name="new"),
    path("forum/commencer", views.begin, name="begin"),
    path("forum/reprendre", views.resume, name="resume"),
    path("forum/lu", views.all_read, name="all-read"),
    path("forum/lu/<thread:key>/<int:n>", views.read, name="read"),
    path("forum/brouillons", views.drafts, name="drafts"),
    path("forum/f/<thread:key>", views.thread, name="thread-bare"),
    path("forum/f/<thread:key>-<slug:slug>", views.thread, name="thread"),
    *(
        path(
            f"forum/f/<thread:key>-<slug:slug>.{form}",
            feeds.of_thread,
            {"form": form},
            name=f"thread-{form}",
        )
        for form in ("atom", "jsonfeed")
    ),
    path("forum/m/<thread:key>/<int:n>", views.permalink, name="post"),
    path("forum/m/<thread:key>/<int:n>/versions", views.revisions, name="revisions"),
    path("forum/m/<thread:key>/<int:n>/piece/<int:position>", views.file, name="file"),
    path("forum/m/<thread:key>/<int:n>/piece/<int:position>.webp", views.preview, name="preview"),
    path("forum/piece/<int:pk>", views.waiting_file, name="waiting-file"),
    path("forum/piece/<int:pk>.webp", views.waiting_preview, name="waiting-preview"),
    path("forum/brouillons/piece/<int:pk>.webp", views.draft_preview, name="draft-preview"),
    path("forum/repondre/<thread:key>", views.reply, name="reply"),
    path("forum/changer/<int:pk>", views.edit, name="edit"),
    path("forum/reprendre/<int:pk>", views.take_back, name="take-back"),
    path("forum/anciens-noms/<thread:key>/<int:n>", old_names.name, name="old-name"),
    path("forum/ranger/<thread:key>", views.arrange, name="arrange"),
    *moderation,
    # The last: a board has any name but those above.
    *(
        path(f"forum/<board:slug>.{form}", feeds.of_board, {"form": form}, name=f"board-{form}")
        for form in ("atom", "jsonfeed")
    ),
    path("forum/<board:slug>", views.board, name="board"),
]
