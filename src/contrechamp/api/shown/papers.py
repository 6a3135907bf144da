"""Documents, their pages and quotes, and acts of the watch as plain values."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import get_language

from .census import moment

if TYPE_CHECKING:
    from contrechamp.documents.models import Page, Quote, Version
    from contrechamp.places.models import Territory
    from contrechamp.watch.published import Act


def day(when: date | None) -> str | None:
    """Return a day as ISO, or None."""
    return when.isoformat() if when else None


def document(version: Version) -> dict[str, Any]:
    """Return a document with what is known of its newest content. Who added it is not public."""
    about, file = version.document, version.file
    return {
        "sha256": version.file_id,
        "url": reverse("documents:document", args=[version.file_id]),
        "title": about.title,
        "type": about.doc_type,
        "dated": about.dated_text or None,
        "author": about.author_text or None,
        "language": about.language or None,
        "origin": about.origin.lower(),
        "source_url": about.source_url or None,
        "obtained_on": day(about.obtained_on),
        "territories": list(about.place_codes),
        "published_at": moment(about.published_at) if about.published_at else None,
        "mime": file.mime,
        "bytes": file.bytes,
        "pages": file.pages_count,
        "file": reverse("documents:download", args=[version.file_id]),
    }


def page(sha256: str, one: Page, text: str) -> dict[str, Any]:
    """Return a page with its text."""
    return {
        "number": one.number,
        "url": reverse("documents:page", args=[sha256, one.number]),
        "width_pt": one.width_pt,
        "height_pt": one.height_pt,
        "text": text,
    }


def quote(one: Quote) -> dict[str, Any]:
    """Return a passage. Who cited it is not public."""
    address = reverse("documents:page", args=[one.file_id, one.page_from])
    return {
        "id": one.id,
        "url": f"{address}#{one.id}",
        "page": one.page_from,
        "last_page": one.page_to,
        "exact": one.exact,
        "prefix": one.prefix,
        "suffix": one.suffix,
        "rects": one.rects,
        "anchored": one.anchored,
    }


def act(one: Act) -> dict[str, Any]:
    """Return an act of the watch."""
    is_english = (get_language() or "fr")[:2] == "en"
    return {
        "id": one.id,
        "url": one.url,
        "source": one.source,
        "technology": one.technology,
        "sort": one.sort,
        "decision": one.decision,
        "title": (is_english and one.title_en) or one.title,
        "departement": one.filed_under or None,
        "territories": list(one.territories),
        "companies": [{"siren": siren, "name": name} for siren, name in one.companies],
        "act_number": one.act_number or None,
        "order_number": one.order_number or None,
        "signed_on": day(one.signed_on),
        "published_on": day(one.published_on),
        "act_by_safe": day(one.act_by_safe),
        "last_day": day(one.last_day),
        "expires_on": day(one.expires_on),
        "event_on": day(one.event_on),
        "cameras": one.cameras,
        "amount": None if one.amount is None else str(one.amount),
        "duplicate_of": one.duplicate_of or None,
        "project": one.project or None,
        "finding": one.data,
        "published_here_at": moment(one.shown_at),
        "changed_at": moment(one.changed_at),
    }


def territory(one: Territory) -> dict[str, Any]:
    """Return a territory of the gazetteer."""
    names = ("siren", "departement", "region", "epci", "parent", "successor")
    return {
        "key": one.key,
        "kind": one.kind,
        "code": one.code,
        "name": one.name,
        "url": one.get_absolute_url(),
        "postal_codes": list(one.postal_codes),
        "population": one.population,
        **{name: getattr(one, name) or None for name in names},
        "lon": one.lon,
        "lat": one.lat,
    }
