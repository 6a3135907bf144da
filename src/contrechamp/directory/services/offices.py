"""Reading the list of bodies that named a person responsible for access to documents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from contrechamp.directory.domain.identity import Gazetteer, said_of
from contrechamp.directory.domain.kinds import AddressKind, Known
from contrechamp.directory.domain.lines import Problem
from contrechamp.directory.domain.mailboxes import domain_of, is_personal
from contrechamp.directory.domain.officers import needs_officer
from contrechamp.directory.domain.offices import NO_BODY, PLACED, Office, identity_of, read_office
from contrechamp.directory.models import Address, Body, BodyName, ExternalKey
from contrechamp.kernel.names import fold, words

from .gazetteer import read_gazetteer
from .importing import NOT_A_LINE, Report, digest_of, record
from .tables import hash_of, rows_of
from .telling import tell_changed

LAYOUT = "offices"
SOURCE = "CADA, annuaire des PRADA (Licence Ouverte)"


def import_offices(
    path: Path, *, now: datetime, seen_on: date | None = None, dry_run: bool = False
) -> Report:
    """Say of each body of the list that it has an access officer; keep the mailbox if it is there.

    A hospital or school that is not there is added by its name; a commune or inter-communal body
    that is not there has become part of another: the line is refused. Nothing is said of bodies
    that the list does not have. Again: nothing changes. The officers' names are never read.
    """
    sha256 = hash_of(path)
    report = Report(layout=LAYOUT, is_dry_run=dry_run)
    rows = list(rows_of(path, LAYOUT))
    known = read_gazetteer()
    with transaction.atomic():
        for number, row in rows:
            report.lines += 1
            if row is None:
                report.tell(number, NOT_A_LINE)
            else:
                _take(row, number, known, report, now=now, seen_on=seen_on or now.date())
        tell_changed()
        if dry_run:
            transaction.set_rollback(True)
    if not dry_run:
        record(report, path.name, sha256, now)
    return report


def _take(
    row: Mapping[str, str],
    number: int,
    known: Gazetteer,
    report: Report,
    *,
    now: datetime,
    seen_on: date,
) -> None:
    office = read_office(row, number)
    for problem in office.problems:
        report.tell(number, problem)
    if office.is_refused:
        return
    digest = digest_of(row)
    key = ExternalKey.objects.filter(layout=LAYOUT, key=office.key).first()
    if key and key.digest == digest:
        report.unchanged += 1
        return
    body, is_new = _body(office, key, known, now)
    if body is None:
        values = (("name", office.name),)
        problem = Problem(code="body", sentence=NO_BODY, values=values, is_fatal=True)
        report.tell(number, problem)
        return
    Body.objects.filter(pk=body.pk).update(has_access_officer=Known.YES, changed_at=now)
    if office.mail:
        _keep_mailbox(office, body, now=now, seen_on=seen_on)
    ExternalKey.objects.update_or_create(
        layout=LAYOUT,
        key=office.key,
        defaults={"digest": digest},
        create_defaults={"digest": digest, "body": body},
    )
    report.changed += key is not None
    report.added += is_new
    report.joined += key is None and not is_new


def _body(
    office: Office, key: ExternalKey | None, known: Gazetteer, now: datetime
) -> tuple[Body | None, bool]:
    """Return the body of a line, and whether it is new; none where its place is gone."""
    if key:
        return key.body, False
    identity = identity_of(office, known)
    found = Body.objects.filter(identity=identity).first() if identity else None
    if found:
        return found, False
    if office.kind in PLACED:
        return None, False
    own = identity or f"office:{office.key}"[:300]
    body, is_new = Body.objects.get_or_create(
        identity=own,
        defaults={
            "name": office.name[:255],
            "folded": fold(office.name)[:255],
            "said": said_of(office.name),
            "kind": office.kind,
            "departement": office.departement[:3],
            "needs_access_officer": needs_officer(office.kind),
            "made_at": now,
            "changed_at": now,
        },
    )
    BodyName.objects.get_or_create(
        body=body, folded=fold(office.name)[:255], defaults={"name": office.name[:255]}
    )
    return body, is_new


def _keep_mailbox(office: Office, body: Body, *, now: datetime, seen_on: date) -> None:
    Address.objects.get_or_create(
        body=body,
        kind=AddressKind.PRADA,
        value=office.mail,
        defaults={
            "domain": domain_of(office.mail)[:255],
            "is_personal": is_personal(office.mail, frozenset(words(body.name))),
            "source": SOURCE,
            "origin": f"{LAYOUT}:{office.key}"[:300],
            "seen_on": seen_on,
            "made_at": now,
        },
    )
