"""How a paper leaves: by mail through the mail room, or otherwise as somebody tells."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from contrechamp.foi.domain import composable
from contrechamp.foi.domain.facts import Kind, Proof, of_kind, standing
from contrechamp.foi.models import Paper
from contrechamp.foi.queries.facts import facts_of
from contrechamp.foi.queries.papers import cada_address
from contrechamp.foi.queries.pieces import Enclosure, enclosures
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.mail import queries as mail
from contrechamp.mail import services as mail_services

from .recording import record
from .sending import address_of, queue_paper
from .series import file_series, series_enclosures

if TYPE_CHECKING:
    from contrechamp.accounts.models import User
    from contrechamp.mail.models import Outgoing

FACTS = {
    composable.FOLLOW_UP: Kind.FOLLOWED_UP,
    composable.PRECISION: Kind.CLARIFIED,
    composable.REFERRAL: Kind.CADA_FILED,
    composable.REASONS: Kind.MOTIVES_ASKED,
}
"""What it means that a paper has left; of the others nothing follows for the clock."""
DRAFT = "PROJET"
"""The first line of a paper that is not whole (`domain.paper`)."""
TO_PRINT = gettext_noop("Cette lettre s'imprime, ou se dépose : aucun courriel ne l'emporte.")


def is_whole(paper: Paper) -> bool:
    """Answer whether a paper may leave: it does not say that it is a draft."""
    return not paper.text.startswith(DRAFT)


def where_to(paper: Paper) -> str:
    """Return the address that a paper goes to by mail; raise `Refused` when there is none."""
    if paper.kind == composable.REFERRAL and cada_address():
        return cada_address()
    if paper.kind in {composable.HANDOVER, composable.REFERRAL} or paper.request is None:
        raise Refused(TO_PRINT)
    return address_of(paper.request)


def files_of(paper: Paper, *, now: datetime) -> list[Enclosure]:
    """Return the files that a paper lists, and that go with it."""
    if paper.kind not in {composable.REFERRAL, composable.HANDOVER}:
        return []
    if paper.series is not None:
        return list(series_enclosures(paper, now=now))
    rows = enclosures(paper.request) if paper.request else []
    return [each for each in rows if each.line.sha256 in paper.text]


def fact_of(paper: Paper) -> Kind:
    """Return what it means that a paper has left; a file completed is filed once, the first day."""
    kind = FACTS.get(paper.kind, Kind.NOTE)
    if kind is Kind.CADA_FILED and paper.request is not None:
        filed = of_kind(standing(facts_of(paper.request)), Kind.CADA_FILED)
        return Kind.NOTE if filed else kind
    return kind


@transaction.atomic
def send_paper(paper: Paper, *, actor: User, now: datetime) -> Outgoing:
    """Queue a paper as an e-mail with its files; it can be recalled for a while.

    Raise `Refused` for a paper that is not whole, has left already, or goes by no mail.
    """
    locked = _open(paper)
    to = where_to(locked)
    request = locked.request or (locked.series.pilot if locked.series else None)
    if request is None:
        raise Refused(TO_PRINT)
    last = mail.messages_of(request.pk).last()
    is_thread = locked.kind != composable.REFERRAL
    return queue_paper(
        request,
        locked,
        to=to,
        in_reply_to=last.message_id if last and is_thread else "",
        attachments=[
            mail_services.Enclosed(
                name=each.line.name, media_type=each.media_type, content=each.content
            )
            for each in files_of(locked, now=now)
        ],
        actor=actor,
        now=now,
    )


@transaction.atomic
def tell_gone(paper: Paper, *, day: date, proof: Proof, actor: User, now: datetime) -> Paper:
    """Record that a paper left otherwise: by post, by a form, by hand."""
    locked = _open(paper)
    if locked.series is not None and locked.kind == composable.REFERRAL:
        file_series(locked.series, day=day, proof=proof, actor=actor, now=now)
        locked.is_final = True
        locked.save(update_fields=["is_final"])
        return locked
    if locked.request is None or locked.kind == composable.HANDOVER:
        raise Refused(gettext_noop("Cette feuille ne part pas : elle se remet à un avocat."))
    kind = fact_of(locked)
    record(
        locked.request, kind, first=day, proof=proof if kind is not Kind.NOTE else Proof.SAID,
        note=locked.subject if kind is Kind.NOTE else "", actor=actor, now=now,
    )  # fmt: skip
    locked.is_final = True
    locked.save(update_fields=["is_final"])
    return locked


@transaction.atomic
def recall_paper(paper: Paper, *, actor: User, now: datetime) -> None:
    """Hold a paper back that waits for its departure: it may be sent again, or otherwise."""
    locked = Paper.objects.select_for_update().get(pk=paper.pk)
    mail_services.recall(locked.message, actor=actor, now=now)
    locked.message, locked.is_final = "", False
    locked.save(update_fields=["message", "is_final"])


def _open(paper: Paper) -> Paper:
    locked = (
        Paper.objects.select_for_update(of=("self",))
        .select_related("request", "series", "series__pilot")
        .get(pk=paper.pk)
    )
    if locked.is_final:
        raise Refused(gettext_noop("Cette lettre est déjà partie, ou attend son départ."))
    if not is_whole(locked):
        raise Refused(
            gettext_noop(
                "Ce n'est qu'un projet : complétez ce qui manque, puis refaites la lettre."
            )
        )
    return locked
