"""Django as the door uses it: a parser of forms and a writer of pages, mute."""

from __future__ import annotations

import io
import logging

import django
from django.conf import settings

from airlock import codename
from airlock.container import MAX_PIECES

from . import forms
from .config import Config
from .protocol import Body, Request


def mute(_: object) -> None:
    """No log of any kind: Django, its server and its parsers would write of requests."""
    logging.disable(logging.CRITICAL)


def configure(config: Config) -> None:
    """Once in a process, before the first form or page."""
    settings.configure(
        DEBUG=False,
        SECRET_KEY=config.boot_key.hex(),
        ALLOWED_HOSTS=[config.host],
        INSTALLED_APPS=[],
        DATABASES={},
        ADMINS=[],
        MANAGERS=[],
        USE_TZ=True,
        USE_I18N=False,
        LANGUAGE_CODE="fr",
        LOGGING={"version": 1},
        LOGGING_CONFIG="intake.settings.mute",
        FILE_UPLOAD_HANDLERS=[],
        FILE_UPLOAD_TEMP_DIR="/nonexistent",
        DATA_UPLOAD_MAX_MEMORY_SIZE=config.limits.message_chars * 4 + 8192,
        DATA_UPLOAD_MAX_NUMBER_FIELDS=forms.MOST_FIELDS,
        DATA_UPLOAD_MAX_NUMBER_FILES=MAX_PIECES,
    )
    django.setup()


def warm() -> None:
    """Read what every request reads, so that children share those pages of memory."""
    codename.encode(bytes(codename.ENTROPY_BYTES))  # The list of words, which is public.
    raw = b'--B\r\nContent-Disposition: form-data; name="message"\r\n\r\nx\r\n--B--\r\n'
    fields = {"content-type": "multipart/form-data; boundary=B"}
    body = Body(io.BufferedReader(io.BytesIO(raw)), len(raw))
    forms.read_multipart(Request("POST", "/", body, fields), _Nowhere(), 10)


class _Nowhere:
    def begin_piece(self, name: str, declared_type: str) -> None:
        raise AssertionError

    def write(self, chunk: bytes) -> None:
        raise AssertionError

    def end_piece(self) -> None:
        raise AssertionError
