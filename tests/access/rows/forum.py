"""The forum seen by each person: boards, threads, forms; what waits is its author's alone."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from PIL import Image

from contrechamp.forum.domain.states import State
from contrechamp.forum.domain.subjects import KeptFile
from contrechamp.forum.models import Draft, DraftFile, Post
from contrechamp.forum.queries.files import store
from contrechamp.forum.services import attaching, posting
from tests.access.rows import DONE, EVERYBODY, GONE, MEMBERS, OK, REFUSED, SIGN_IN, Row, World
from tests.forum import talking

NEVER = ["thr-0000000000"]
NOBODY = (GONE,) * 5
FORMS = ("atom", "jsonfeed")


def boards(world: World) -> Sequence[object]:
    """A thread on the first board, of marianne."""
    talking.thread(world.marianne)
    return ()


def board(world: World) -> Sequence[object]:
    boards(world)
    return ["general"]


def thread(world: World) -> Sequence[object]:
    made = talking.thread(world.marianne)
    return [made.pk, made.slug]


def bare(world: World) -> Sequence[object]:
    return [talking.thread(world.marianne).pk]


def post(world: World) -> Sequence[object]:
    return [*bare(world), 1]


def edited(world: World) -> Sequence[object]:
    """A post that marianne has changed."""
    made = talking.thread(world.marianne).posts.get()
    posting.edit(made, actor=world.marianne, source="Onze caméras.", now=talking.later())
    return [made.thread_id, 1]


def own(world: World) -> Sequence[object]:
    """The number of a post of marianne."""
    return [talking.thread(world.marianne).posts.get().pk]


def attached(world: World) -> Sequence[object]:
    """A file of a post of marianne that all may read."""
    made = talking.thread(world.marianne).posts.get()
    attaching.attach(made, [picture()])
    return [made.thread_id, 1, 0]


def waiting_file(world: World) -> Sequence[object]:
    """A file of a post of marianne that waits."""
    made = talking.thread(world.marianne).posts.get()
    attaching.attach(made, [picture()])
    Post.objects.filter(pk=made.pk).update(state=State.PENDING)
    return [made.attachments.get().pk]


def brought(world: World) -> Sequence[object]:
    """A file that marianne has not sent yet."""
    draft = Draft.objects.create(user=world.marianne, key="new:general", saved_at=talking.NOW)
    kept = picture()
    made = DraftFile.objects.create(
        draft=draft, sha256=kept.sha256, name="a.png", media_type=kept.media_type, size=kept.size
    )
    return [made.pk]


def picture() -> KeptFile:
    """Keep a picture; return it as a post takes it."""
    out = BytesIO()
    Image.new("RGB", (2, 2)).save(out, "PNG")
    kept = store()
    assert kept is not None
    return kept.bring(out.getvalue())


def waiting(world: World) -> Sequence[object]:
    """A thread of somebody new, whose first post waits."""
    made = talking.thread(talking.member("neuf", confirmed=False))
    assert Post.objects.filter(thread=made, n=None).exists()
    return [made.pk]


def hidden_board(world: World) -> Sequence[object]:
    """A board of members alone."""
    made = talking.board()
    made.members_only = True
    made.save()
    talking.thread(world.marianne)
    return ["general"]


ROWS = [
    Row("forum:index", EVERYBODY),
    Row("forum:index", EVERYBODY, boards, about="with threads"),
    *(Row(f"forum:index-{form}", EVERYBODY, boards) for form in FORMS),
    Row("forum:board", EVERYBODY, board),
    Row("forum:board", (GONE, "200", "200", "200", "200"), hidden_board, about="of members",
        never=["jamais"]),
    *(Row(f"forum:board-{form}", EVERYBODY, board) for form in FORMS),
    Row("forum:thread", EVERYBODY, thread),
    Row("forum:thread-bare", (DONE,) * 5, bare),
    Row("forum:thread-bare", NOBODY, waiting, about="waiting", never=NEVER),
    *(Row(f"forum:thread-{form}", EVERYBODY, thread) for form in FORMS),
    Row("forum:post", (DONE,) * 5, post),
    Row("forum:revisions", EVERYBODY, edited),
    Row("forum:revisions", NOBODY, post, about="never changed", never=[*NEVER, 1]),
    Row("forum:file", NOBODY, lambda world: [*post(world), 0], never=[*NEVER, 1, 0]),
    Row("forum:file", EVERYBODY, attached, about="of a post", never=[*NEVER, 1, 0]),
    Row("forum:preview", NOBODY, lambda world: [*post(world), 0], never=[*NEVER, 1, 0]),
    Row("forum:preview", EVERYBODY, attached, about="of a post", never=[*NEVER, 1, 0]),
    Row("forum:waiting-preview", (SIGN_IN, GONE, OK, GONE, OK), waiting_file, never=[0]),
    Row("forum:draft-preview", (SIGN_IN, GONE, OK, GONE, GONE), brought, never=[0]),
    Row("forum:waiting-file", (SIGN_IN, GONE, OK, GONE, OK), waiting_file, never=[0]),
    Row("forum:about", NOBODY, about="of nothing", never=[]),
    Row("forum:new", EVERYBODY, boards),
    Row("forum:begin", ("200", DONE, DONE, DONE, DONE), method="POST", fields={"text": "Mots"}),
    Row("forum:resume", (DONE,) * 5),
    Row("forum:reply", EVERYBODY, bare),
    Row("forum:edit", ("200", GONE, "200", GONE, GONE), own),
    Row("forum:drafts", MEMBERS),
    # Nobody here has asked that it be remembered what they read.
    Row("forum:read", (SIGN_IN, *(REFUSED,) * 4), post, method="POST", never=[*NEVER, 1]),
    Row("forum:all-read", (SIGN_IN, DONE, DONE, DONE, DONE), method="POST"),
    Row("forum:take-back", (SIGN_IN, GONE, DONE, GONE, GONE), own, method="POST"),
    Row("forum:arrange", (SIGN_IN, GONE, GONE, GONE, "200"), bare),
    Row("forum:arrange", (SIGN_IN, GONE, GONE, GONE, REFUSED), bare, method="POST"),
]  # fmt: skip
