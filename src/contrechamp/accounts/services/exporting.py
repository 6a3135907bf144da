"""All that this observatory has of a person, in one archive that opens offline."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils.translation import gettext

from contrechamp.accounts import queries
from contrechamp.accounts.domain import PersonalData
from contrechamp.accounts.models import User
from contrechamp.accounts.shown import personal
from contrechamp.foundation.plug import offered


def gather(user: User, now: datetime) -> dict[str, Any]:
    """Return all that is a person's: the account, and by name what each room has."""
    parts = {offer.key: _part(offer.label, offer.rows(user)) for offer in offered(PersonalData)}
    for column in queries.columns():
        label = column.rule.label or str(column.model._meta.verbose_name)
        part = _part(label, queries.exported(column, user))
        if part["rows"]:
            parts[column.name] = part
    return {"format": "contrechamp-personal-1", "made_at": now, "parts": parts}


def archive(user: User, now: datetime) -> bytes:
    """Return a ZIP: `data.json`, the same as a page to read (`index.html`), and one's files."""
    data = gather(user, now)
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    read = [personal.read_part(key, part) for key, part in json.loads(text)["parts"].items()]
    context = {"account": user, "parts": read, "now": now, "style": _style()}
    page = render_to_string("accounts/export.html", context)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("data.json", text)
        bundle.writestr("index.html", page)
        for name, content in _files(user):
            bundle.writestr(f"files/{name}", content)
    return packed.getvalue()


@cache
def _style() -> str:
    return files("contrechamp.accounts").joinpath("data/export.css").read_text("utf-8")


def _part(label: str, rows: Any) -> dict[str, Any]:
    return {"label": gettext(label) if label else "", "rows": list(rows)}


def _files(user: User) -> Iterator[tuple[str, bytes]]:
    for offer in offered(PersonalData):
        if offer.files:
            yield from offer.files(user)
