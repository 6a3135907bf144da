"""What is looked at before a request is sent: each finding says what to do.

Three severities: what stops the request, what warns, what is only told. Source: design/foi.md §1
(D2, D3), §2 (series) and §6 (guards).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from contrechamp.kernel.dates import add_months
from contrechamp.kernel.errors import gettext_noop
from contrechamp.kernel.names import fold

from .catalogue import Document, Filling, Holder, Step, worded
from .requester import Channel, Requester, lacks
from .secrecy import WORDS, shared_runs
from .series import IN_FORCE_FROM, SMALLEST

MOST_ITEMS = 12
MOST_REQUESTS = 3
"""Requests to one body within `DAYS` days beyond which one is told of abuse (L311-2)."""
DAYS = 30


class Severity(StrEnum):
    """What a finding does."""

    STOPS = "STOPS"
    WARNS = "WARNS"
    TELLS = "TELLS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something found in a draft, with a sentence that says what to do; `values` fill it."""

    code: str
    severity: Severity
    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)
    item: int | None = None
    """The number of the item it is about, from 1."""

    def __str__(self) -> str:
        return self.sentence.format(**self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftItem:
    """A document that is asked for. `code` and `holders` are those of the catalogue, if any."""

    text: str
    code: str = ""
    holders: tuple[Holder, ...] = ()
    is_environmental: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyFacts:
    """What the directory knows of a body."""

    key: str
    name: str
    kind: Holder | None = None
    is_subject_to_access: bool | None = True
    """`None`: not known, which is told and does not stop."""
    online_service: str = ""
    """The address of the service that it opened for such requests (CRPA R112-9-2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A request of the same requester, sent before."""

    request: str
    body: str
    object_key: str
    asked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A request as it would be sent on a day."""

    requester: Requester
    body: BodyFacts
    items: tuple[DraftItem, ...]
    about: str
    object_key: str
    """What `series.object_key` returns for the items."""
    channel: Channel = Channel.EMAIL
    earlier: tuple[Earlier, ...] = ()
    like_bodies: int = 1
    """Bodies asked for the same by this requester, this one and the batch's included."""


_NO_ITEM = gettext_noop(
    "Aucun document n'est demandé : cochez-en un dans le catalogue, ou désignez-le par son type, "
    "son objet et sa période."
)
_TOO_MANY = gettext_noop(
    "{count} documents sont demandés, {most} au plus : faites deux demandes, la plus importante "
    "d'abord."
)
_TWICE = gettext_noop("Ce document est demandé deux fois : retirez l'une des lignes.")
_QUESTION = gettext_noop(
    "Ceci est une question : nommez le document qui y répondrait (rapport, contrat, décision, "
    "liste…), son objet et sa période."
)
_ELSEWHERE = gettext_noop(
    "En principe, {body} ne détient pas ce document : demandez-le à qui le détient, dans une "
    "demande à part. S'il est transmis, la date de cette demande reste acquise (CRPA L114-2)."
)
_HOLDERS = gettext_noop(
    "Ces documents n'ont pas de détenteur commun : faites une demande par détenteur."
)
_NOT_SUBJECT = gettext_noop(
    "{body} n'est pas soumis au droit d'accès (CRPA L300-2) : adressez la demande à "
    "l'administration qui lui a confié une mission ou un marché."
)
_PERHAPS_SUBJECT = gettext_noop(
    "On ne sait pas si {body} est soumis au droit d'accès : vérifiez que cet organisme exerce une "
    "mission de service public (CRPA L300-2)."
)
_ONLINE = gettext_noop(
    "{body} a ouvert un téléservice pour ces demandes : un courriel ne le saisit pas valablement. "
    "Déposez la demande sur {address} ou envoyez-la par la poste (CRPA L112-8, L112-9)."
)
_DUPLICATE = gettext_noop(
    "La même demande a été adressée à {body} le {asked_on} : suivez celle-là ({request}), ou "
    "changez d'objet ou de période. Une demande répétée peut être tenue pour abusive (CRPA L311-2)."
)
_OFTEN = gettext_noop(
    "C'est la {count}e demande à {body} en {days} jours : espacez-les ou groupez-les. Le nombre "
    "et la répétition peuvent rendre une demande abusive (CRPA L311-2)."
)
_MOTIVE = gettext_noop(
    "« {words} » annonce un motif ou un usage : retirez-le. Le droit d'accès n'en demande aucun, "
    "et il pourrait servir à refuser."
)
_SERIES = gettext_noop(
    "Avec celle-ci, {count} organismes reçoivent la même demande : c'est une série. En cas de "
    "refus, la CADA est saisie une seule fois, avec la liste des organismes et la preuve que "
    "chacun a été informé (CRPA L342-1, R343-3-1)."
)
_ENVIRONMENT = gettext_noop(
    "Ce document peut contenir des informations relatives à l'environnement : le droit d'accès y "
    "est plus large, et la CADA est compétente (CRPA L342-2)."
)
_BETRAYS = gettext_noop(
    "« {words} » reprend {count} mots de suite d'un document qui vous a été remis : reformulez, "
    "pour ne pas révéler qui vous l'a remis."
)

_MOTIVES = re.compile(
    r"\b(?:afin\s+(?:de|d['’]|que)|dans\s+le\s+but\s+(?:de|d['’])|(?:en|dans\s+la)\s+perspective\s+d"
    r"|en\s+vue\s+(?:de\s+(?!laquelle|lesquels)|d['’]un[e]?\b)"
    r"|(?:pour|dans\s+le\s+cadre\s+d(?:e\s+|['’]))\s*(?:un|une|mon|ma|mes|notre|nos|des)\s+"
    r"(?:articles?|enquêtes?|mémoires?|thèses?|recherches?|reportages?|travaux|travail|recours|"
    r"plaintes?|procès|association|journal|livre|étude\s+universitaire|publication)"
    r"|(?:je\s+suis|en\s+tant\s+que|en\s+ma\s+qualité\s+de|nous\s+sommes)\s+\w+"
    r"|parce\s+que|car\s+(?:je|nous|j['’])|ces\s+documents\s+(?:me|nous)\s+(?:servir|permettr)\w+"
    r"|(?:pour|et)\s+(?:pouvoir|les\s+publier|comprendre|vérifier|dénoncer|contester|prouver))",
    re.IGNORECASE,
)
_ENVIRONMENTAL = re.compile(
    r"\b(?:bruits?|sonores?|acoustiques?|nuisances|qualité\s+de\s+l['’]air|pollutions?|polluants?|"
    r"environnementa(?:le?s?|ux)|émissions?\s+(?:dans|atmosph))\b",
    re.IGNORECASE,
)


def drafted(document: Document, filling: Filling, step: Step = Step.WHOLE) -> DraftItem:
    """Return an item of the catalogue, worded, as a draft holds it; raise `NoPeriod`."""
    return DraftItem(
        text=worded(document, filling, step),
        code=document.code,
        holders=document.holders,
        is_environmental=document.is_environmental,
    )


def findings(draft: Draft, today: date) -> tuple[Finding, ...]:
    """Return what is found in a draft, the gravest first."""
    found = [
        *_of_identity(draft),
        *_of_body(draft),
        *_of_items(draft),
        *_of_repetition(draft, today),
    ]
    order = list(Severity)
    return tuple(sorted(found, key=lambda each: order.index(each.severity)))


def may_be_sent(found: Iterable[Finding]) -> bool:
    """Answer whether nothing that was found stops the request."""
    return all(each.severity is not Severity.STOPS for each in found)


def _of_identity(draft: Draft) -> Iterator[Finding]:
    for lack in lacks(draft.requester, draft.channel):
        yield Finding(
            code="identity",
            severity=Severity.STOPS,
            sentence=lack.sentence,
            values={"field": lack.field},
        )


def _of_body(draft: Draft) -> Iterator[Finding]:
    body = draft.body
    named = {"body": body.name}
    if body.is_subject_to_access is False:
        yield Finding(
            code="not_subject", severity=Severity.STOPS, sentence=_NOT_SUBJECT, values=named
        )
    if body.is_subject_to_access is None:
        yield Finding(
            code="perhaps_subject", severity=Severity.WARNS, sentence=_PERHAPS_SUBJECT, values=named
        )
    if body.online_service and draft.channel is Channel.EMAIL:
        yield Finding(
            code="online_service",
            severity=Severity.STOPS,
            sentence=_ONLINE,
            values={**named, "address": body.online_service},
        )


def _of_items(draft: Draft) -> Iterator[Finding]:
    items = [(at, each) for at, each in enumerate(draft.items, 1) if fold(each.text)]
    if not items:
        yield Finding(code="no_item", severity=Severity.STOPS, sentence=_NO_ITEM)
    if len(items) > MOST_ITEMS:
        yield Finding(
            code="too_many",
            severity=Severity.STOPS,
            sentence=_TOO_MANY,
            values={"count": len(items), "most": MOST_ITEMS},
        )
    yield from _of_holders(draft.body, items)
    seen: set[str] = set()
    for at, item in items:
        if fold(item.text) in seen:
            yield Finding(code="twice", severity=Severity.WARNS, sentence=_TWICE, item=at)
        seen.add(fold(item.text))
        if "?" in item.text or "\uff1f" in item.text:
            yield Finding(code="question", severity=Severity.WARNS, sentence=_QUESTION, item=at)
        yield from _of_motive(item.text, at)
        if item.is_environmental or _ENVIRONMENTAL.search(item.text):
            yield Finding(
                code="environment", severity=Severity.TELLS, sentence=_ENVIRONMENT, item=at
            )
    yield from _of_motive(draft.about, None)


def _of_holders(body: BodyFacts, items: list[tuple[int, DraftItem]]) -> Iterator[Finding]:
    known = [(at, set(each.holders)) for at, each in items if each.holders]
    if body.kind is not None:
        for at, holders in known:
            if body.kind not in holders:
                yield Finding(
                    code="held_elsewhere",
                    severity=Severity.WARNS,
                    sentence=_ELSEWHERE,
                    values={"body": body.name},
                    item=at,
                )
    elif known and not set.intersection(*(holders for _, holders in known)):
        yield Finding(code="many_holders", severity=Severity.WARNS, sentence=_HOLDERS)


def _of_motive(text: str, item: int | None) -> Iterator[Finding]:
    for match in _MOTIVES.finditer(text):
        yield Finding(
            code="motive",
            severity=Severity.WARNS,
            sentence=_MOTIVE,
            values={"words": " ".join(match.group().split())},
            item=item,
        )


def _of_repetition(draft: Draft, today: date) -> Iterator[Finding]:
    here = [each for each in draft.earlier if each.body == draft.body.key]
    named = {"body": draft.body.name}
    same = [
        each
        for each in here
        if each.object_key == draft.object_key and today <= add_months(each.asked_on, 12)
    ]
    if same:
        last = max(same, key=lambda each: (each.asked_on, each.request))
        yield Finding(
            code="duplicate",
            severity=Severity.STOPS,
            sentence=_DUPLICATE,
            values={**named, "asked_on": last.asked_on, "request": last.request},
        )
    count = 1 + sum(0 <= (today - each.asked_on).days <= DAYS for each in here)
    if count > MOST_REQUESTS:
        yield Finding(
            code="often",
            severity=Severity.WARNS,
            sentence=_OFTEN,
            values={**named, "count": count, "days": DAYS},
        )
    if draft.like_bodies >= SMALLEST and today >= IN_FORCE_FROM:
        yield Finding(
            code="series",
            severity=Severity.TELLS,
            sentence=_SERIES,
            values={"count": draft.like_bodies},
        )


def source_findings(
    draft: Draft, private_texts: Iterable[str], *, ours: Iterable[str] = ()
) -> tuple[Finding, ...]:
    """Return where a draft repeats a private text: each stops the request until it is reworded.

    `ours` are the sentences that are the same for everybody (`boilerplate`).
    """
    ours, privates = tuple(ours), tuple(private_texts)
    texts = [(None, draft.about), *((at, each.text) for at, each in enumerate(draft.items, 1))]
    return tuple(
        Finding(
            code="source",
            severity=Severity.STOPS,
            sentence=_BETRAYS,
            values={"words": run.words, "count": run.count},
            item=at,
        )
        for private in privates
        # Read once against the whole draft: nearly always there is nothing to look for.
        if shared_runs("\n".join(text for _, text in texts), private, WORDS, ours=ours)
        for at, text in texts
        for run in shared_runs(text, private, WORDS, ours=ours)
    )
