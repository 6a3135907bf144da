"""The house's settings over PostgreSQL, for measuring alone: the house does not offer this.

What keeps it from it is one room: `opinions` searches with tables of SQLite's FTS5, that its second
migration makes; here that migration does nothing, and searching in opinions does not work.
"""

from __future__ import annotations

import os

from contrechamp.project.settings import *  # noqa: F403

_given = dict(part.split("=", 1) for part in os.environ["BENCH_POSTGRESQL"].split())
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _given["dbname"],
        "USER": _given["user"],
        "HOST": _given["host"],
        "PORT": _given["port"],
        "CONN_MAX_AGE": 60,
    }
}
MIGRATION_MODULES = {"opinions": None}
