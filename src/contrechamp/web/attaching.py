"""Files of posts: `documents` cleans and keeps them, `forum` says what they go with."""

from __future__ import annotations

from contrechamp.documents.services import attaching
from contrechamp.forum.domain.filenames import clean_name
from contrechamp.forum.domain.subjects import AttachmentStore, KeptFile


def _keep(name: str, content: bytes) -> KeptFile:
    key, mime, size, removed = attaching.keep_clean(content)
    return KeptFile(
        sha256=key, name=clean_name(name, mime), media_type=mime, size=size, removed=removed
    )


def _bring(content: bytes) -> KeptFile:
    key, mime, size = attaching.keep_as_is(content)
    return KeptFile(sha256=key, name=clean_name("", mime), media_type=mime, size=size)


STORE = AttachmentStore(
    keep=_keep,
    bring=_bring,
    read=attaching.read,
    preview=attaching.preview,
    forget=attaching.forget,
    old=attaching.old,
    sweep=attaching.sweep,
    alone=attaching.alone,
)
