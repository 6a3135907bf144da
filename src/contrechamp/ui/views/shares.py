"""Citations as files, pictures of links, pages in frames, and oEmbed: of what is public alone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import astuple
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as Xml

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from contrechamp.foundation.kept import Kept
from contrechamp.kernel.citation import Work, bibtex, csl_json, in_english, in_french, ris
from contrechamp.ui.domain.cards import HEIGHT, WIDTH, Card, draw
from contrechamp.ui.domain.share import Elsewhere, Gone, Share, Shareable
from contrechamp.ui.sharing import FRAME_H, FRAME_W, alt_of, card_of, share_at, site_card, work_of

LEAST_W, LEAST_H = 240, 160
PICTURES: Kept[bytes] = Kept(128)
"""Drawn pictures by their words: the same words are drawn once."""


def _both(work: Work) -> str:
    return f"{in_french(work)}\n\n{in_english(work)}\n"


FILES: dict[str, tuple[str, Callable[[Work], str]]] = {
    "txt": ("text/plain", _both),
    "bib": ("application/x-bibtex", bibtex),
    "csl": ("application/vnd.citationstyles.csl+json", csl_json),
    "ris": ("application/x-research-info-systems", ris),
}
ENDINGS = {"csl": "csl.json"}


def _shared(page: str) -> tuple[Shareable, Share] | HttpResponse | Elsewhere:
    """Return what is shared of a page; where it is now; or that it is gone (410) or nowhere."""
    offer, share = share_at(f"/{page}")
    if isinstance(share, Elsewhere):
        return share
    if isinstance(share, Gone):
        return HttpResponse(status=410, content_type="text/plain; charset=utf-8")
    if offer is None or share is None:
        raise Http404
    return offer, share


@require_safe
def cite(request: HttpRequest, form: str, page: str) -> HttpResponse:
    """Give a citation as a file."""
    if form not in FILES:
        raise Http404
    found = _shared(page)
    if isinstance(found, Elsewhere):
        return HttpResponsePermanentRedirect(f"/citer/{form}{found.url}")
    if isinstance(found, HttpResponse):
        return found
    _, share = found
    kind, write = FILES[form]
    response = _tagged(request, write(work_of(share, request)).encode(), kind)
    name = f"contrechamp-{share.id}.{ENDINGS.get(form, form)}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def image(request: HttpRequest, page: str) -> HttpResponse:
    """Draw the picture that a link to a page is shown with."""
    if page == "site":
        return _picture(request, site_card())
    found = _shared(page)
    if isinstance(found, Elsewhere):
        return HttpResponsePermanentRedirect(f"/image{found.url}.png")
    if isinstance(found, HttpResponse):
        return found
    return _picture(request, card_of(found[1]))


def _picture(request: HttpRequest, card: Card) -> HttpResponse:
    word = hashlib.sha256(repr(astuple(card)).encode()).hexdigest()[:32]
    body = PICTURES.get(word, word, lambda: draw(card))
    response = _tagged(request, body, "image/png", word)
    # Other sites show it: let them keep it for an hour, and ask again whether it is still so.
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


def _tagged(request: HttpRequest, body: bytes, kind: str, word: str = "") -> HttpResponse:
    etag = f'"{word or hashlib.sha256(body).hexdigest()[:32]}"'
    kind = kind if kind.startswith("image/") else f"{kind}; charset=utf-8"
    response = HttpResponse(body, content_type=kind, headers={"ETag": etag})
    made = get_conditional_response(request, etag, None, response)
    return made if isinstance(made, HttpResponse) else response


@require_safe
def embed(request: HttpRequest, page: str) -> HttpResponse:
    """Show a page in short, for a frame on another site: live, without scripts."""
    found = _shared(page)
    if isinstance(found, Elsewhere):
        return HttpResponsePermanentRedirect(f"/integrer{found.url}")
    if isinstance(found, HttpResponse):
        return _framed(render(request, "ui/embed_gone.html", status=410))
    offer, share = found
    if not offer.is_embeddable:
        raise Http404
    return _framed(render(request, "ui/embed.html", {"share": share}))


def _framed(response: HttpResponse) -> HttpResponse:
    """Allow other sites to frame this answer, as they may no other (see `csp_replace`)."""
    vars(response)["_csp_replace"] = {"frame-ancestors": ["*"]}
    return response


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """Answer a site that asks how to show one of our pages (https://oembed.com, version 1.0)."""
    form = request.GET.get("format", "json")
    if form not in {"json", "xml"}:
        return HttpResponse(status=501, content_type="text/plain; charset=utf-8")
    share = _asked(request)
    if isinstance(share, Elsewhere):
        share = share_at(share.url)[1]
    if not isinstance(share, Share):
        raise Http404
    said = _oembed(request, share)
    if form == "json":
        return JsonResponse(said, json_dumps_params={"ensure_ascii": False})
    top = Xml.Element("oembed")
    for name, value in said.items():
        Xml.SubElement(top, name).text = str(value)
    body = Xml.tostring(top, encoding="utf-8", xml_declaration=True)
    return HttpResponse(body, content_type="text/xml; charset=utf-8")


def _asked(request: HttpRequest) -> object:
    """Return what is shared at the address that is asked for, if it is one of ours."""
    try:
        asked = urlsplit(request.GET.get("url", "")[:2000])
    except ValueError:
        return None
    if asked.scheme not in {"http", "https"} or asked.netloc != request.get_host():
        return None
    path = unquote(asked.path)
    if asked.fragment.startswith("q-"):  # A quote: the address of its page, and its place there.
        path = f"/documents/passages/{asked.fragment}"
    offer, share = share_at(path)
    return share if offer and offer.is_embeddable else None


def _oembed(request: HttpRequest, share: Share) -> dict[str, Any]:
    width = _within(request.GET.get("maxwidth", ""), LEAST_W, FRAME_W)
    height = _within(request.GET.get("maxheight", ""), LEAST_H, FRAME_H)
    site = request.build_absolute_uri("/")
    frame = {"share": share, "width": width, "height": height, "site": site[:-1]}
    return {
        "version": "1.0",
        "type": "rich",
        "title": share.title,
        "author_name": share.author or "Contrechamp",
        "provider_name": "Contrechamp",
        "provider_url": site,
        "cache_age": 3600,
        "width": width,
        "height": height,
        "html": render_to_string("ui/frame.html", frame).strip(),
        "thumbnail_url": request.build_absolute_uri(f"/image{share.url}.png"),
        "thumbnail_width": WIDTH,
        "thumbnail_height": HEIGHT,
        "description": alt_of(share),
        "language": (get_language() or "fr")[:2],
    }


def _within(text: str, least: int, most: int) -> int:
    return max(min(int(text[:6]), most), least) if text.isascii() and text.isdecimal() else most
