"""Series: one referral for like requests, told to each body, accepted member by member."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import override

from contrechamp.foi import printing
from contrechamp.foi.domain import referral, series_papers
from contrechamp.foi.domain.facts import Kind, Proof, of_kind, standing
from contrechamp.foi.domain.referral import FileLine, Piece
from contrechamp.foi.domain.series import SMALLEST
from contrechamp.foi.models import FactRow, Paper, Request, Series, SeriesMember
from contrechamp.foi.queries import letters
from contrechamp.foi.queries.facts import facts_of
from contrechamp.foi.queries.pieces import Enclosure, enclosures
from contrechamp.foi.queries.series import Standing, annex_of, like, proof_name, standing_of
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.mail import queries as mail

from .composing import Said, known_of, referral_of
from .papers import keep_letter
from .recording import record, take_back
from .sending import address_of, queue_paper
from .sending import on_sent as on_request_sent

if TYPE_CHECKING:
    from contrechamp.accounts.models import User
    from contrechamp.mail.models import Outgoing

ABSENT = gettext_noop("Absente du récépissé de la CADA : à saisir à part.")


@transaction.atomic
def start_series(
    request: Request, chosen: Collection[str], *, title: str, actor: User, now: datetime
) -> Series:
    """Begin a series with like requests. Raise `Refused` for fewer than five, or unlike ones."""
    rows = [row for row in like(request, actor) if row.pk in set(chosen)]
    if len(rows) < SMALLEST or len(rows) != len(set(chosen)):
        raise Refused(
            gettext_noop(
                "Une série compte au moins {smallest} demandes des mêmes documents, par le même "
                "demandeur, à des administrations différentes."
            ),
            smallest=SMALLEST,
        )
    series = Series.objects.create(
        title=title.strip() or request.title,
        batch=request.batch,
        author=actor,
        made_at=now,
    )
    SeriesMember.objects.bulk_create(SeriesMember(series=series, request=row) for row in rows)
    return series


@transaction.atomic
def choose_pilot(series: Series, request: str, *, now: datetime) -> Series:
    """Say whose refusal the CADA is seized of: one of those that have refused."""
    locked = _open(series)
    found = standing_of(locked, now=now)
    row = next((row for row in found.rows if row.member.request == request), None)
    if row is None:
        raise Refused(gettext_noop("Choisissez une demande qui est refusée, et dans son délai."))
    locked.pilot = row.kept.request
    locked.save(update_fields=["pilot"])
    return locked


def send_notices(series: Series, *, actor: User, now: datetime) -> list[tuple[str, str]]:
    """Queue the notice to each body that is not informed yet; return those that mail cannot reach.

    Of each: the request and why. A notice counts once it has left.
    """
    found = _with_pilot(series, now)
    failed: list[tuple[str, str]] = []
    for row in found.waiting:
        request = row.kept.request
        if Paper.objects.filter(
            series=series, request=request, kind="notice", is_final=True
        ).exists():
            continue
        try:
            with transaction.atomic():
                paper = make_notice(found, request.pk, actor=actor, now=now)
                to = address_of(request)
                queue_paper(request, paper, to=to, actor=actor, now=now)
        except Refused as no:
            failed.append((request.pk, say(no)))
    return failed


def make_notice(found: Standing, request: str, *, actor: User, now: datetime) -> Paper:
    """Make the notice to one body and keep it."""
    row = next(row for row in found.rows if row.member.request == request)
    pilot = found.pilot
    letter = series_papers.notice(
        letters.exchange_of(row.kept.request, day=localdate(now)),
        row.member,
        pilot=pilot.body.name if pilot and pilot.body else "",
        bodies=len(found.rows),
        filed_on=found.series.filed_on,
    )
    return keep_letter(
        letter, request=row.kept.request, series=found.series, kind="notice", actor=actor, now=now
    )


@transaction.atomic
def tell_informed(
    series: Series, request: str, *, day: date, proof: str, actor: User, now: datetime
) -> SeriesMember:
    """Record that a body was told by post or by hand, with the proof in a word or two."""
    if day > localdate(now):
        raise Refused(gettext_noop("Le {day} n'est pas encore venu."), day=day)
    if not proof.strip():
        raise Refused(gettext_noop("Dites quelle preuve vous en gardez."))
    member = series.members.select_for_update().filter(request=request).first()
    if member is None:
        raise Refused(gettext_noop("Cette demande n'est pas de la série."))
    member.informed_on, member.notice = day, proof.strip()[:20]
    member.save(update_fields=["informed_on", "notice"])
    return member


def make_referral(series: Series, said: Said, *, actor: User, now: datetime) -> Paper:
    """Make the referral of the series: a draft until each body is informed and nothing lacks."""
    found = _with_pilot(series, now)
    letter = referral.referral_letter(series_referral(found, said, now=now))
    return keep_letter(letter, series=series, kind="referral", actor=actor, now=now)


def series_referral(found: Standing, said: Said, *, now: datetime) -> referral.Referral:
    """Return the pilot's referral with what makes it that of a series."""
    pilot = found.pilot
    if pilot is None:
        raise Refused(NO_PILOT)
    annex = annex_of(found, now=now)
    with override("fr"):
        one = referral_of(known_of(pilot, now=now), said)
    files = tuple(each.line for each in series_files(found, now=now))
    exchange = replace(one.exchange, is_draft=annex.is_draft, reference=found.series.pk)
    block = referral.SeriesBlock(bodies=len(found.rows), annex=_annex_name(found, "csv"))
    return replace(one, exchange=exchange, files=files, series=block)


NO_PILOT = gettext_noop("Choisissez d'abord la demande dont le refus est porté devant la CADA.")


def series_files(found: Standing, *, now: datetime) -> list[Enclosure]:
    """Return what goes with the referral: the annex, the pilot's papers, each notice sent."""
    annex = annex_of(found, now=now)
    files = [
        _file(Piece.ANNEX, "Liste des organismes", _annex_name(found, "csv"), "text/csv",
              printing.annex_csv(annex).encode()),
        _file(Piece.ANNEX, "Liste des organismes", _annex_name(found, "pdf"), "application/pdf",
              printing.annex_pdf(annex).body),
    ]  # fmt: skip
    pilot = found.pilot
    for each in enclosures(pilot) if pilot else ():
        name = proof_name(each, pilot) if pilot else ""
        files.append(replace(each, line=replace(each.line, name=name)))
    for row in found.rows:
        letter = mail.find_outgoing(row.kept.notice)
        if letter is not None:
            name = f"information-{row.member.request}.eml"
            raw = mail.raw_of(letter.sha256)
            files.append(_file(Piece.NOTICE, "Information envoyée", name, "message/rfc822", raw))
    return files


def _annex_name(found: Standing, ending: str) -> str:
    return f"serie-{found.series.pk}.{ending}"


def _file(kind: Piece, label: str, name: str, media_type: str, content: bytes) -> Enclosure:
    sha256 = hashlib.sha256(content).hexdigest()
    line = FileLine(kind=kind, name=name, label=label, sha256=sha256)
    return Enclosure(line=line, media_type=media_type, content=content)


@transaction.atomic
def file_series(
    series: Series, *, day: date, proof: Proof, actor: User, now: datetime, message: str = ""
) -> Series:
    """Record that the CADA is seized of the series: for each member that the referral covers.

    Those that it does not cover on that day stay outside, with the reason.
    """
    locked = _open(series)
    if locked.filed_on is not None:
        raise Refused(gettext_noop("La saisine de cette série est déjà notée."))
    found = _with_pilot(locked, now)
    uninformed = [row for row in found.rows if not row.kept.informed_on]
    for out in found.out:
        SeriesMember.objects.filter(pk=out.row.kept.pk).update(left_out=out.code)
    for row in uninformed:
        SeriesMember.objects.filter(pk=row.kept.pk).update(left_out="not_informed")
    rows = [row for row in found.rows if row.kept.informed_on]
    if locked.pilot_id not in {row.member.request for row in rows}:
        raise Refused(gettext_noop("Informez d'abord l'administration de la demande pilote."))
    for row in rows:
        record(
            row.kept.request, Kind.CADA_FILED, first=day, proof=proof, message=message,
            values={"series": locked.pk}, actor=actor, now=now,
        )  # fmt: skip
    locked.filed_on = day
    locked.save(update_fields=["filed_on"])
    return locked


@transaction.atomic
def register_series(
    series: Series,
    accepted: Collection[str],
    *,
    day: date,
    number: str,
    actor: User,
    now: datetime,
) -> Series:
    """Record the CADA's receipt: registered for those that it lists.

    For the others the referral counts not: it is taken back, and they are referred apart in time.
    """
    locked = _open(series)
    if locked.filed_on is None:
        raise Refused(gettext_noop("Notez d'abord le jour de la saisine."))
    for kept in locked.members.filter(left_out="").select_related("request"):
        kept.is_accepted = kept.request_id in accepted
        kept.save(update_fields=["is_accepted"])
        if kept.is_accepted:
            record(
                kept.request, Kind.CADA_REGISTERED, first=day, proof=Proof.RECEIPT,
                values={"series": locked.pk, "number": number}, actor=actor, now=now,
            )  # fmt: skip
        else:
            _not_accepted(kept, actor=actor, now=now)
    locked.registered_on, locked.number = day, number
    locked.save(update_fields=["registered_on", "number"])
    return locked


def _not_accepted(kept: SeriesMember, *, actor: User, now: datetime) -> None:
    filed = FactRow.objects.filter(
        request=kept.request, kind=Kind.CADA_FILED, values__series=kept.series_id
    )
    for fact in filed.exclude(pk__in=FactRow.objects.exclude(corrects=None).values("corrects")):
        take_back(fact.pk, note=ABSENT, actor=actor, now=now)


def on_sent(outgoing: Outgoing, *, actor: User, now: datetime) -> None:
    """Record what follows from a letter that left, of a request or of a series; once."""
    paper = Paper.objects.select_related("series").filter(message=outgoing.pk).first()
    day = outgoing.paris_day or localdate(now)
    if paper is None or paper.series is None:
        if paper is None or not _completes(paper):
            on_request_sent(outgoing, actor=actor, now=now)
        elif paper.request is not None:
            record(
                paper.request, Kind.NOTE, first=day, message=outgoing.pk, note=paper.subject,
                actor=actor, now=now,
            )  # fmt: skip
        return
    if paper.kind == "notice" and paper.request is not None:
        paper.series.members.filter(request=paper.request, informed_on=None).update(
            informed_on=day, notice=outgoing.pk
        )
        record(
            paper.request, Kind.NOTE, first=day, message=outgoing.pk, note=paper.subject,
            actor=actor, now=now,
        )  # fmt: skip
    elif paper.kind == "referral" and paper.series.filed_on is None:
        file_series(
            paper.series, day=day, proof=Proof.SAID, message=outgoing.pk, actor=actor, now=now
        )


def _completes(paper: Paper) -> bool:
    """Answer whether a referral only completes one that is filed already."""
    if paper.kind != "referral" or paper.request is None:
        return False
    return bool(of_kind(standing(facts_of(paper.request)), Kind.CADA_FILED))


def _open(series: Series) -> Series:
    locked = Series.objects.select_for_update().get(pk=series.pk)
    if locked.registered_on is not None:
        raise Refused(gettext_noop("La CADA a enregistré cette série : elle ne change plus."))
    return locked


def _with_pilot(series: Series, now: datetime) -> Standing:
    found = standing_of(series, now=now)
    if found.pilot is None:
        raise Refused(NO_PILOT)
    return found


def series_enclosures(paper: Paper, *, now: datetime) -> Sequence[Enclosure]:
    """Return the files that the paper of a series lists."""
    if paper.series is None or paper.kind != "referral":
        return ()
    found = standing_of(paper.series, now=now)
    return [each for each in series_files(found, now=now) if each.line.sha256 in paper.text]
