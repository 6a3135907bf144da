"""The first command on an empty folder sets it up, so that nobody must know of `init`."""

from __future__ import annotations

import sys
from contextlib import redirect_stdout

import click
from django.conf import settings
from django.db import connection

from .commands import init


def ensure_ready() -> None:
    """Make the tables when there are none; what is said of it goes beside the answer."""
    settings.CONTRECHAMP.data.mkdir(parents=True, exist_ok=True)
    if "documents_file" in connection.introspection.table_names():
        return
    with redirect_stdout(sys.stderr):
        click.get_current_context().invoke(init.command)
