"""Every question passes here: who asks, what it costs, and how the answer is sent."""

from __future__ import annotations

import gzip
import hashlib
import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from datetime import datetime
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, parse_http_date_safe
from django.utils.translation import gettext
from ninja.errors import HttpError
from ninja.security import HttpBearer

from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

from . import queries, services
from .buckets import take
from .domain import Scope, Spent, write_cursor
from .models import Token
from .problems import (
    BAD_KEY,
    BAD_METHOD,
    BAD_TOKEN,
    LACKS_SCOPE,
    TOO_MANY,
    UNKNOWN_PARAMETER,
    problem,
)

View = Callable[..., HttpResponse]
COSTS = {"search": 5, "neighbours": 5, "paths": 10, "add-document": 20}
WRITE_COST = 5
PER_ROWS = 100
PACKED_FROM = 1_000
LONGEST_KEY = 200
KEY = re.compile(f"[!-~]{{0,{LONGEST_KEY}}}")


# Who asks


class Holder(HttpBearer):
    """Asks for a token with a right."""

    def __init__(self, scope: Scope | None = None) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        """Return the token that `guarded` has found; refuse one that lacks the right."""
        held = held_token(request)
        if held is not None and self.scope is not None and self.scope not in held.scopes:
            raise HttpError(403, gettext(LACKS_SCOPE).format(scope=self.scope))
        return held


def held_token(request: HttpRequest) -> Token | None:
    """Return the token that the request showed, if it opens the door."""
    found: Token | None = getattr(request, "api_token", None)
    return found


def holder_of(request: HttpRequest) -> Token:
    """Return the token of a request that needs one; `Holder` has seen to it."""
    token = held_token(request)
    assert token is not None  # noqa: S101  it tells the type
    return token


def _shown(request: HttpRequest) -> str:
    """Return the secret of the Authorization header, empty without one."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else scheme


# The guard


def guarded(view: View, name: str, known: Callable[[str], Mapping[str, frozenset[str]]]) -> View:
    """Put the door before a view: tokens, costs, unknown parameters, and the form of errors."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if (secret := _shown(request)) and not _admit(request, secret):
            return problem(401, gettext(BAD_TOKEN), WWW_Authenticate="Bearer")
        spent, policy = _charge(request, name)
        if not spent.is_allowed:
            return _too_many(request, spent, policy)
        is_head, request.method = request.method == "HEAD", _as_get(request.method)
        try:
            wrong = _unknown(request, known(name)) or _bad_key(request)
            response = wrong or view(request, *args, **kwargs)
        finally:
            request.method = "HEAD" if is_head else request.method
        if response.status_code == 405:
            allowed = response.headers.get("Allow", "")
            said = gettext(BAD_METHOD).format(methods=allowed)
            response = problem(405, said, Allow=allowed)
        _tell_limits(request, response, spent, policy)
        return _sent(request, response)

    return answered


def _as_get(method: str | None) -> str:
    return "GET" if method in {"HEAD", None} else str(method)


def _admit(request: HttpRequest, secret: str) -> bool:
    now = timezone.now()
    token = queries.find_token(secret, now)
    if token is None:
        return False
    services.note_use(token, today=timezone.localdate(), now=now)
    vars(request)["api_token"] = token
    return True


def _unknown(request: HttpRequest, known: Mapping[str, frozenset[str]]) -> HttpResponse | None:
    """Refuse a parameter that nobody reads: a filter with a slip would return everything."""
    names = known.get(request.method or "")
    if names is None:
        return None
    for name in request.GET:
        if name not in names:
            listed = ", ".join(sorted(names)) or "—"
            return problem(422, gettext(UNKNOWN_PARAMETER).format(name=name[:60], known=listed))
    return None


def _bad_key(request: HttpRequest) -> HttpResponse | None:
    key = request.headers.get("Idempotency-Key", "").strip()
    if request.method == "GET" or KEY.fullmatch(key):
        return None
    return problem(422, gettext(BAD_KEY).format(most=LONGEST_KEY))


# What it costs


def cost_of(request: HttpRequest, name: str) -> int:
    """Return the units of a question: more for more rows, for a search, for a way, for a write."""
    if name in COSTS and (request.method == "POST") == (name == "add-document"):
        return COSTS[name]
    if request.method not in {"GET", "HEAD"}:
        return WRITE_COST
    limit = request.GET.get("limit", "")
    rows = int(limit) if limit.isdecimal() and len(limit) < 4 else 0
    return 1 + math.ceil(min(rows, 500) / PER_ROWS)


def _charge(request: HttpRequest, name: str) -> tuple[Spent, str]:
    token, env = held_token(request), settings.CONTRECHAMP
    cost = cost_of(request, name)
    if token is None:
        size = env.api_visitor_rate
        return take("visitors", cost, size=size, is_shared=True), f'"visitors";q={size};w=60'
    size = env.api_token_rate
    return take(f"token-{token.pk}", cost, size=size, is_shared=False), f'"token";q={size};w=60'


def _too_many(request: HttpRequest, spent: Spent, policy: str) -> HttpResponse:
    said = gettext(TOO_MANY).format(seconds=spent.wait_s)
    response = problem(429, said, Retry_After=str(spent.wait_s))
    _tell_limits(request, response, spent, policy)
    return response


def _tell_limits(request: HttpRequest, response: HttpResponse, spent: Spent, policy: str) -> None:
    """Tell the limits; what is left of the shared bucket is nobody's to know."""
    response.headers["RateLimit-Policy"] = policy
    if held_token(request):
        response.headers["RateLimit"] = f'"token";r={spent.left};t={spent.wait_s}'


# How it is sent


def answer(
    data: object, *, changed: datetime | None = None, next_url: str = "", status: int = 200
) -> HttpResponse:
    """Return plain data as JSON, with what a cache needs to ask whether it is still so."""
    response = HttpResponse(written(data), status=status)
    response.headers["Content-Type"] = "application/json; charset=utf-8"
    if changed:
        response.headers["Last-Modified"] = http_date(int(changed.timestamp()))
    if next_url:
        response.headers["Link"] = f'<{next_url}>; rel="next"'
    return response


def written(data: object) -> str:
    """Return data as JSON, French signs as they are."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def paged(
    request: HttpRequest,
    question: Mapping[str, object],
    found: Sequence[tuple[Sequence[str], Any]],
    *,
    limit: int,
    changed: datetime | None = None,
    **more: Any,
) -> HttpResponse:
    """Return a part of a list: `found` holds one row more than asked for when there is more."""
    rows = found[:limit]
    next_url = ""
    if len(found) > limit:
        next_url = address_with(request, write_cursor(rows[-1][0], question))
    data = {"items": [row for _, row in rows], "next": next_url or None, **more}
    return answer(data, changed=changed, next_url=next_url)


def address_with(request: HttpRequest, cursor: str) -> str:
    """Return the address of the request, going on at a cursor."""
    kept = [(name, value) for name, value in request.GET.items() if name != "cursor"]
    return f"{request.path}?{urlencode([*kept, ('cursor', cursor)])}"


def _sent(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    is_read = request.method in {"GET", "HEAD"}
    patch_vary_headers(response, ["Accept-Language", "Accept-Encoding"])
    if not is_read or response.status_code != 200:
        response.headers.setdefault("Cache-Control", "no-store")
        return response
    # All of it is public: a page of another site may read it too, without any cookie of ours.
    response.headers.setdefault("Access-Control-Allow-Origin", "*")
    response.headers.setdefault("Cache-Control", "no-cache")
    tag = f'W/"{hashlib.sha256(response.content).hexdigest()[:24]}"'
    response.headers["ETag"] = tag
    known = get_conditional_response(request, tag, _moment(response), response) or response
    return _packed(request, known)


def _moment(response: HttpResponse) -> int | None:
    return parse_http_date_safe(response.headers.get("Last-Modified", ""))


def _packed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Pack what is long. Nothing secret is in it that its length could tell."""
    if len(response.content) < PACKED_FROM or "gzip" not in request.headers.get(
        "Accept-Encoding", ""
    ):
        return response
    response.content = gzip.compress(response.content, 1, mtime=0)
    response.headers["Content-Encoding"] = "gzip"
    return response


# Writes, once


def once(
    request: HttpRequest,
    do: Callable[[], tuple[dict[str, Any], str]],
    *,
    status: int = 201,
    is_long: bool = False,
) -> HttpResponse:
    """Do a write and answer; under an `Idempotency-Key` that was used, answer as before.

    `do` returns the answer and the address of what was made, in one transaction with the memory
    of it: neither is there without the other. A long write, as reading a file, must not hold the
    database: it is remembered once it is done, and is itself one that can be done twice.
    """
    key = request.headers.get("Idempotency-Key", "").strip()
    token, now = holder_of(request), timezone.now()
    with nullcontext() if is_long else transaction.atomic():
        asked = _digest(request) if key else ""
        if key and (known := services.known_answer(token, key, asked)):
            return _made(known.body, known.status, known.location, is_replayed=True)
        data, location = do()
        body = written(data)
        if key:
            services.keep_answer(
                token, key, asked, status=status, body=body, location=location, now=now
            )
    return _made(body, status, location)


def _made(body: str, status: int, location: str, *, is_replayed: bool = False) -> HttpResponse:
    response = HttpResponse(body, status=status)
    response.headers["Content-Type"] = "application/json; charset=utf-8"
    if location:
        response.headers["Location"] = location
    if is_replayed:
        response.headers["Idempotency-Replayed"] = "true"
    return response


def _digest(request: HttpRequest) -> str:
    said = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    files = sorted(request.FILES.items())
    if files or request.POST:
        for name, value in sorted(request.POST.items()):
            said.update(f"{name}={value}\n".encode())
        for name, file in files:
            said.update(f"{name}={getattr(file, 'name', '')}\n".encode())
            for block in file.chunks():  # type: ignore[union-attr]
                said.update(block)
            file.seek(0)  # type: ignore[union-attr]
    else:
        said.update(request.body)
    return said.hexdigest()


def refusal(error: Refused) -> HttpResponse:
    """Return the sentence of a rule that said no."""
    return problem(error.status, say(error))
