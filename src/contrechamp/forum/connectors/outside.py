"""Requests to other servers: allowed hosts, public addresses, small answers, no redirections.

The name is looked up here, every address of it is looked at, and the connection goes to one that
was: a name that changes its address in between changes nothing.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx
from django.conf import settings

from contrechamp.forum.domain import outside
from contrechamp.forum.domain.activitypub import TYPE
from contrechamp.foundation import site
from contrechamp.kernel.errors import Unavailable, gettext_noop


class Unreached(Unavailable):
    """Another server does not answer, or not as it should."""


def get_json(url: str, headers: Mapping[str, str]) -> Any:
    """Return the JSON at an address, signed for; it is small or it is refused."""
    status, body = _ask("GET", url, {"Accept": TYPE, **headers}, None)
    if status != httpx.codes.OK:
        raise Unreached(gettext_noop("{url} répond {status}."), url=url, status=status)
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise Unreached(gettext_noop("{url} ne répond pas en JSON."), url=url) from None


def post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Deliver a message; return the status that the other server answers with."""
    status, _ = _ask("POST", url, {"Content-Type": TYPE, **headers}, body)
    return status


def check(url: str) -> tuple[str, int]:
    """Return host and port of an address that we may speak to, or refuse it."""
    env = settings.CONTRECHAMP
    is_test = settings.FEDERATION_STAYS_HERE
    return outside.check_url(url, rules=env.federation_allow, is_test=is_test)


def _ask(
    method: str, url: str, headers: Mapping[str, str], body: bytes | None
) -> tuple[int, bytes]:
    is_test = settings.FEDERATION_STAYS_HERE
    host, port = check(url)
    address = _address(host, port, is_test=is_test)
    parts = urlsplit(url)
    shown = f"[{address}]" if ":" in address else address
    there = urlunsplit((parts.scheme, f"{shown}:{port}", parts.path or "/", parts.query, ""))
    sent = {**headers, "Host": parts.netloc, "User-Agent": _agent()}
    try:
        with (
            httpx.Client(timeout=outside.TIME_S, follow_redirects=False, trust_env=False) as client,
            client.stream(
                method, there, headers=sent, content=body, extensions={"sni_hostname": host}
            ) as answer,
        ):
            return answer.status_code, _small(answer)
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise Unreached(
            gettext_noop("{url} ne répond pas : {why}."), url=url, why=type(error).__name__
        ) from error


def _small(answer: httpx.Response) -> bytes:
    found = b""
    for part in answer.iter_bytes():
        found += part
        if len(found) > outside.BODY_MOST:
            raise Unreached(gettext_noop("La réponse est trop longue."))
    return found


def _address(host: str, port: int, *, is_test: bool) -> str:
    try:
        known = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise Unreached(gettext_noop("{host} est introuvable."), host=host) from error
    found = [str(row[4][0]) for row in known]
    # One that is private among several is a trap, not a mistake.
    checked = [outside.check_address(each, is_test=is_test) for each in found]
    return checked[0]


def _agent() -> str:
    return f"Contrechamp/{version('contrechamp')} (+{site.root()})"
