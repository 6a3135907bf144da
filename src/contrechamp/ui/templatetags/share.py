"""What each page says of itself to other sites and programs, from the address it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.urls import ResolverMatch
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from contrechamp.kernel.citation import bibtex, in_english, in_french
from contrechamp.ui.domain.share import Share
from contrechamp.ui.sharing import (
    FRAME_H,
    FRAME_W,
    SITE_IMAGE,
    Format,
    alt_of,
    base_of,
    formats_of,
    share_of,
    shareable,
    site_card,
    work_of,
)

register = template.Library()


@dataclass(frozen=True, slots=True)
class File:
    """One form of the data of this page, with its address."""

    format: Format
    url: str

    @property
    def does(self) -> str:
        """Say for whom it is, in the reader's language."""
        return gettext(self.format.does)


@dataclass(frozen=True, slots=True)
class Here:
    """The page that is being shown."""

    request: HttpRequest
    match: ResolverMatch
    share: Share | None
    files: tuple[File, ...]


def _here(context: Context) -> Here | None:
    """Return this page; nothing on one that says that there is none, which tells no address."""
    request = context.get("request")
    if not isinstance(request, HttpRequest) or "request_path" in context:
        return None
    match = request.resolver_match
    if match is None or request.method not in {"GET", "HEAD"}:
        return None
    known = context.get("here_shared")
    if isinstance(known, Here):
        return known
    share = context["share"] if "share" in context else share_of(match)[1]
    query = _query(context)
    files = tuple(
        File(each, f"{base_of(request.path)}.{each.ending}{query}")
        for each in (formats_of(match, request.path) if query is not None else ())
    )
    made = Here(request, match, share if isinstance(share, Share) else None, files)
    context.dicts[0]["here_shared"] = made
    return made


def _query(context: Context) -> str | None:
    """Return the query that gives the data of this very page; None where nothing was asked yet.

    Only what the page understood of its address: what it does not know changes no byte.
    """
    if "data_query" in context:
        return context["data_query"]  # type: ignore[no-any-return]
    encoded = context.get("encoded")
    return f"?{encoded}" if encoded else ""


@register.inclusion_tag("ui/social.html", takes_context=True)
def social(context: Context) -> dict[str, Any]:
    """Say what other sites show of a link to this page, and where its data are."""
    here = _here(context)
    if here is None:
        return {}
    share, request = here.share, here.request
    offer = shareable(here.match.view_name)
    image = f"/image{share.url}.png" if share else SITE_IMAGE
    return {
        "title": share.title if share else _block(context, "title"),
        "description": _block(context, "description"),
        "address": request.build_absolute_uri(request.path),
        "image": request.build_absolute_uri(image),
        "alt": alt_of(share) if share else site_card().title,
        "locale": "en_GB" if (get_language() or "fr")[:2] == "en" else "fr_FR",
        "sort": "article" if share and share.sort != "dataset" else "website",
        "files": here.files,
        "oembed": request.build_absolute_uri(request.path)
        if share and offer and offer.is_embeddable
        else "",
    }


def _block(context: Context, name: str) -> SafeString:
    """Return the words of a block of this page on one line."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    words = " ".join(block.render(context).split()) if block else ""
    return SafeString(words.replace('"', "&quot;"))  # Escaped already where it was written.


@register.inclusion_tag("ui/page_tools.html", takes_context=True)
def page_tools(context: Context) -> dict[str, Any]:
    """Draw how to cite this page, to put it on another site, and to take its data away."""
    here = _here(context)
    if here is None or not (here.files or here.share):
        return {}
    share = here.share
    said: dict[str, Any] = {"files": here.files, "share": share}
    if share:
        offer = shareable(here.match.view_name)
        said |= cite_box(context, share)
        said["may_embed"] = bool(offer and offer.is_embeddable)
        said |= {"width": FRAME_W, "height": FRAME_H}
        said["site"] = here.request.build_absolute_uri("/")[:-1]
    return said


@register.inclusion_tag("ui/cite.html", takes_context=True)
def cite_box(context: Context, share: Share) -> dict[str, Any]:
    """Draw how to cite something, in words and as files."""
    work = work_of(share, context["request"])
    return {
        "share": share,
        "french": in_french(work),
        "english": in_english(work),
        "bibtex": bibtex(work),
        "key": escape(share.id),
    }


@register.simple_tag(takes_context=True)
def cited_words(context: Context, share: Share) -> str:
    """Return how one cites something, in French: where there is room for no more."""
    return in_french(work_of(share, context["request"]))
