from __future__ import annotations

from django.urls import path, register_converter

from . import views
from .moderation_urls import urlpatterns as moderation
from .views import feeds


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


class FeedForm(ThreadKey):
    """Which form of a feed."""

    regex = "atom|jsonfeed"


register_converter(ThreadKey, "thread")
register_converter(FeedForm, "feed")
register_converter(BoardKey, "board")

app_name = "forum"
urlpatterns = [
    path("forum", views.index, name="index"),
    path("forum/flux.<feed:form>", feeds.everything, name="feed"),
    path("forum/a-propos", views.about, name="about"),
    path("forum/nouveau", views.new, name="new"),
    path("forum/commencer", views.begin, name="begin"),
    path("forum/reprendre", views.resume, name="resume"),
    path("forum/brouillons", views.drafts, name="drafts"),
    path("forum/f/<thread:key>", views.thread, name="thread-bare"),
    path("forum/f/<thread:key>-<slug:slug>", views.thread, name="thread"),
    path("forum/f/<thread:key>.<feed:form>", feeds.of_thread, name="thread-feed"),
    path("forum/m/<thread:key>/<int:n>", views.permalink, name="post"),
    path("forum/m/<thread:key>/<int:n>/versions", views.revisions, name="revisions"),
    path("forum/m/<thread:key>/<int:n>/piece/<int:position>", views.file, name="file"),
    path("forum/repondre/<thread:key>", views.reply, name="reply"),
    path("forum/changer/<int:pk>", views.edit, name="edit"),
    path("forum/reprendre/<int:pk>", views.take_back, name="take-back"),
    path("forum/ranger/<thread:key>", views.arrange, name="arrange"),
    *moderation,
    # The last: a board has any name but those above.
    path("forum/<board:slug>.<feed:form>", feeds.of_board, name="board-feed"),
    path("forum/<board:slug>", views.board, name="board"),
]
