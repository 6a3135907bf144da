from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from pytest_django import Settings

from tests.mail import servers
from tests.mail.servers import Mailbox, Post

Set = Callable[..., None]


@pytest.fixture
def set_mail(settings: Settings, tmp_path: Path) -> Set:
    """Return what changes settings of the mail; the data is a folder of this test alone."""

    def change(**values: Any) -> None:
        here: dict[str, Any] = {"mail_domain": "reponses.nulle-part.fr", "data": tmp_path}
        settings.CONTRECHAMP = replace(django_settings.CONTRECHAMP, **(here | values))

    change()
    return change


@pytest.fixture
def post() -> Iterator[Post]:
    with servers.post() as taker:
        yield taker


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with servers.dovecot() as box:
        yield box
