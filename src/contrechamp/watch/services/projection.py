"""What visitors get of a published finding: one row without a name that is not public."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import translation

from contrechamp.documents import queries as documents
from contrechamp.foundation.signals import public_changed
from contrechamp.foundation.vocabulary import terms
from contrechamp.foundation.words import written
from contrechamp.kernel.numbers import is_siret, siren_of
from contrechamp.kernel.typography import french
from contrechamp.places import queries as places
from contrechamp.watch.domain import public
from contrechamp.watch.models import Found, PublicAct, PublicActCompany, PublicActPlace

REF = "watch:act:"


def project(found: Found, *, now: datetime) -> PublicAct:
    """Write the public row of a finding that two people have read."""
    finding = public.corrected(found.data, found.edited)
    view = public.public_view(finding)
    term = terms("watched").get(finding["technology"], {})
    label = term.get("label", {"fr": finding["technology"], "en": finding["technology"]})
    act, appeal = view["act"] or {}, view["appeal"] or {}
    contract = view["contract"] or {}
    known = PublicAct.objects.filter(pk=found.pk).first()
    document = finding["document"]["sha256"]
    row = PublicAct(
        id=found.pk,
        slug=found.pk.removeprefix("wf-"),
        source=found.source,
        technology=finding["technology"],
        sort=term.get("sort", "technology"),
        decision=finding["decision"],
        departement=found.departement,
        title=french(public.title(finding, label["fr"], when=_when(finding, "fr")))[:500],
        title_en=public.title(finding, label["en"], english=True, when=_when(finding, "en"))[:500],
        act_number=(act.get("number") or "")[:60],
        order_number=(act.get("order") or "")[:60],
        signed_on=public.day(act.get("signed_on")),
        published_on=found.published_on or public.day(contract.get("published_on")),
        act_by_safe=public.day(appeal.get("act_by_safe")),
        last_day=public.day(appeal.get("last_day")),
        expires_on=public.day(view["expires_on"]),
        event_on=public.day(public.event_day(finding)),
        cameras=(view["cameras"] or {}).get("total"),
        amount=_amount(contract.get("amount")),
        duplicate_of=view["duplicate_of"] or "",
        document=document if documents.is_public(document) else "",
        page=(view["locator"] or {}).get("page"),
        project=found.project,
        data=view,
        shown_at=known.shown_at if known else now,
        changed_at=now,
    )
    row.save()
    _places(row, public.territories(finding))
    _companies(row, contract.get("suppliers") or ())
    public_changed.send(sender=PublicAct, refs=[f"{REF}{row.pk}"])
    return row


def _when(finding: Mapping[str, Any], language: str) -> str:
    """Return the days of a flight or measure as one reads them, in a language."""
    days = public.days(finding)
    if days is None:
        return ""
    with translation.override(language):
        return " – ".join(written(day, "j F Y") for day in dict.fromkeys(days))


def take_down(found_id: str, *, now: datetime, reason: str = "") -> None:
    """Empty the public row of a finding that is not published any more: a mark stays, no content.

    Who follows a feed learns by the mark that what they were told was withdrawn.
    """
    row = PublicAct.objects.filter(pk=found_id, withdrawn_at=None).first()
    if row is None:
        return
    row.places.all().delete()
    row.companies.all().delete()
    empty = PublicAct(
        id=row.pk,
        slug=row.slug,
        source=row.source,
        technology="",
        sort="",
        decision="",
        title="",
        data={},
        shown_at=row.shown_at,
        changed_at=now,
        withdrawn_at=now,
        reason=reason,
    )
    empty.save(force_update=True)
    public_changed.send(sender=PublicAct, refs=[f"{REF}{row.pk}"])


def _places(row: PublicAct, keys: Iterable[str]) -> None:
    known = places.territories(keys)
    rows = {key: PublicActPlace(act=row, territory=key, is_own=True) for key in known}
    for territory in known.values():
        for key in places.holders(territory):
            rows.setdefault(key, PublicActPlace(act=row, territory=key, is_own=False))
    row.places.all().delete()
    PublicActPlace.objects.bulk_create(rows.values())


def _companies(row: PublicAct, suppliers: Iterable[dict[str, Any]]) -> None:
    rows = {}
    for each in suppliers:
        siret = each.get("siret") or ""
        siren = siren_of(siret) if is_siret(siret) else ""
        if siren:
            rows[siren] = PublicActCompany(
                act=row, siren=siren, name=(each.get("name") or "")[:300]
            )
    row.companies.all().delete()
    PublicActCompany.objects.bulk_create(rows.values())


def _amount(value: object) -> Decimal | None:
    return Decimal(str(value)) if value is not None else None
