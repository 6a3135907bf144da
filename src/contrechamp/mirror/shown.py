"""The pages that only a copy has: search from files, the directory, what the copy is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from urllib.parse import urlsplit

from django.contrib.auth.models import AnonymousUser
from django.core.handlers.wsgi import WSGIRequest
from django.template.loader import render_to_string

from contrechamp.foundation.copying import Copy
from contrechamp.foundation.signing import find_public_key, fingerprint

from .domain.directory import Section


def own_pages(copy: Copy, host: str, sections: Sequence[Section]) -> Iterator[tuple[str, str]]:
    """Yield the address and the HTML of each page, in the language that is active."""
    key = find_public_key()
    about = {"copy": copy, "key": key, "fingerprint": fingerprint(key) if key else ""}
    yield _page("/copie", "mirror/copy.html", host, about)
    yield _page("/recherche", "mirror/search.html", host, {"sections": sections})
    yield _page("/repertoire", "mirror/directory.html", host, {"sections": sections})
    for section in sections:
        for leaf in section.leaves:
            context = {"section": section, "leaf": leaf}
            yield _page(leaf.address, "mirror/leaf.html", host, context)


def _page(address: str, template: str, host: str, context: dict[str, object]) -> tuple[str, str]:
    where = urlsplit(host)
    request = WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": address,
            "SERVER_NAME": where.hostname or "",
            "SERVER_PORT": "443",
            "HTTP_HOST": where.netloc,
            "wsgi.url_scheme": where.scheme,
            "wsgi.input": BytesIO(),
        }
    )
    request.user = AnonymousUser()
    return address, render_to_string(template, context, request)
