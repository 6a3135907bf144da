"""The page that names the door for sources: the same bytes for everybody; nothing else loads.

It knows the door's address from a setting and nothing more (design note `intake.md`, 1).
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from contrechamp.ui.domain.qr import qr_path

ONION = re.compile(r"[a-z2-7]{56}\.onion\Z")
LONGEST = 8192
STYLE = "templates/web/alert.css"


@require_safe
def alert(request: HttpRequest) -> HttpResponse:
    """Show the door's address as text and QR code, in both languages, without a request more."""
    onion = door()
    context = {
        "onion": onion,
        "drawing": qr_path(f"http://{onion}/") if onion else None,
        "statement": statement(),
        "style": style(),
    }
    response = HttpResponse(render_to_string("web/alert.html", context))
    response["Cache-Control"] = "no-cache"
    response["Referrer-Policy"] = "no-referrer"
    vars(response)["_csp_replace"] = {
        "style-src": [f"'sha256-{_digest(style())}'"],
        "script-src": ["'none'"],
        "img-src": ["'none'"],
        "font-src": ["'none'"],
        "connect-src": ["'none'"],
        "form-action": ["'none'"],
    }
    return response


def door() -> str:
    """Return the onion name of the door, or nothing where there is none or it cannot be one."""
    name: str = settings.CONTRECHAMP.door.strip().lower()
    return name if ONION.match(name) else ""


def statement() -> str:
    """Return the readers' signed statement, or nothing."""
    named: str = settings.CONTRECHAMP.door_statement
    if not named:
        return ""
    try:
        with Path(named).open(encoding="utf-8") as file:
            return file.read(LONGEST)
    except (OSError, UnicodeDecodeError):
        return ""


@cache
def style() -> str:
    """Return the page's own style."""
    return (files("contrechamp.web") / STYLE).read_text("utf-8")


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()
