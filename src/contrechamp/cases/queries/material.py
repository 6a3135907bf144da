"""The material of a paper: what is attacked, by whom, before whom, with which facts and means.

Only what its reader may read: published acts and facts, the team's own action and exhibits, and of
a refused request what is public or the reader's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.timezone import localdate

from contrechamp.cases.domain.drafting import Choices
from contrechamp.cases.domain.exhibits import Exhibit, Role
from contrechamp.cases.domain.facts import Fact, Kind, first_of, last_of, of_kind, standing
from contrechamp.cases.domain.grounds import library
from contrechamp.cases.domain.kinds import TargetKind
from contrechamp.cases.domain.papers import (
    Attacked,
    AttackedKind,
    CensusFact,
    Claim,
    Court,
    Dated,
    Material,
    Means,
    PaperKind,
    Party,
    Relief,
    Scope,
    Side,
    Standing,
    means_of,
)
from contrechamp.cases.models import Action
from contrechamp.cases.models import Party as PartyRow
from contrechamp.census import published as census
from contrechamp.foi.domain.wording import in_full, say
from contrechamp.foi.queries import access as requests
from contrechamp.watch import published as watch

from .candidates import Candidates, candidates_of
from .exhibits import numbered_of
from .facts import facts_of, status_of

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

CNIL = frozenset({PaperKind.COMPLAINT, PaperKind.COLLECTIVE, PaperKind.MANDATE})
DATES = {
    Kind.PUBLISHED: ("Publication", "CJA R421-1"),
    Kind.NOTIFIED: ("Notification", "CJA R421-1"),
    Kind.SILENTLY_REFUSED: ("Décision née du silence", "CJA R421-2"),
    Kind.ENFORCEABLE: ("Caractère exécutoire", "CGCT L2131-1"),
    Kind.TRANSMITTED: ("Transmission au préfet", "CGCT L2131-1"),
    Kind.CONTRACT_PUBLICISED: ("Publicité de la conclusion du contrat", ""),
    Kind.REPEAL_ASKED: ("Demande d'abrogation reçue", "CRPA L243-2"),
    Kind.REPEAL_REFUSED: ("Refus d'abroger notifié", "CJA R421-1"),
}
"""Days of what is attacked: what each is called, and its article."""
CONTACTS = {
    Kind.GRACIEUX_RECEIVED: ("Recours gracieux reçu par l'auteur de l'acte", "CRPA L411-2"),
    Kind.GRACIEUX_REJECTED: ("Rejet du recours gracieux", "CRPA L411-7"),
    Kind.HIERARCHICAL_RECEIVED: ("Recours hiérarchique reçu", "CRPA L411-2"),
    Kind.HIERARCHICAL_REJECTED: ("Rejet du recours hiérarchique", "CRPA L411-7"),
    Kind.PREFECT_ASKED: ("Préfet saisi d'une demande de déféré", "CGCT L2131-8"),
    Kind.RIGHT_EXERCISED: ("Droits exercés auprès du responsable du fichier", "RGPD 12"),
}
PROOFS = {
    "COLLECTION": "date et numéro du recueil",
    "SITE": "date du site de l'autorité",
    "CERTIFICATE": "certificat d'affichage",
    "RECEIPT": "accusé d'enregistrement",
    "REGISTERED_LETTER": "lettre recommandée",
    "STAMP": "tampon",
    "LETTER": "lettre",
    "JUDGMENT": "jugement",
}
"""In French always: the paper is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The material of a paper, and whether this reader may read all of it."""

    material: Material
    candidates: Candidates
    is_whole: bool
    """False: what is attacked is another's private request; its words are left out."""


def gather(
    action: Action,
    kind: PaperKind,
    choices: Choices,
    *,
    user: User,
    now: datetime,
    site: str,
) -> Gathered:
    """Return what a paper is composed from, in the order in which its means were put."""
    today = localdate(now)
    known = standing(facts_of(action))
    exhibits = numbered_of(action)
    offered = candidates_of(action, today=today, site=site)
    asked = choices.options
    attacked, is_whole = _attacked(action, kind, known, exhibits, user)
    facts = _facts(choices, offered)
    urgent = set(asked.get("urgency", "").split())
    material = Material(
        today=today,
        reference=action.pk,
        title=action.title,
        applicant=_applicant(action, asked),
        attacked=_told(attacked, asked),
        place=asked.get("place", ""),
        addressee=_addressee(asked),
        court=_court(action, asked)
        if kind in {PaperKind.ANNULMENT, PaperKind.SUSPENSION}
        else None,
        facts=facts,
        means=tuple(_means(choices, today)),
        items=tuple(status_of(action, now=now).dates.items.values()),
        contacts=tuple(_dated(known, CONTACTS)),
        standing=_standing(asked),
        claim=_claim(known, asked),
        urgency=tuple(each for each in facts if each.key in urgent),
        relief=_relief(asked),
        scope=_scope(asked),
        exhibits=exhibits,
        override=asked.get("override", ""),
        checked_by=asked.get("checked_by", ""),
    )
    return Gathered(material=material, candidates=offered, is_whole=is_whole)


def _facts(choices: Choices, offered: Candidates) -> tuple[CensusFact, ...]:
    """Return the facts chosen, each with the means chosen that it proves.

    A passage that several facts rest on is quoted once in the account of facts.
    """
    known = {each.key: each for each in offered.facts}
    means, quoted = set(choices.means), set[tuple[str, str]]()
    found: list[CensusFact] = []
    for key in choices.facts:
        if (fact := known.get(key)) is None:
            continue
        own = (code for code, one in choices.own.items() if key in one.facts)
        grounds = tuple(code for code in (*fact.grounds, *own) if code in means)
        passage = (fact.quote, fact.exhibit or fact.url)
        is_said = not grounds and passage in quoted
        found.append(replace(fact, grounds=grounds, quote="" if is_said else fact.quote))
        quoted.add(passage)
    return tuple(found)


def _means(choices: Choices, today: date) -> Iterator[Means]:
    grounds = library().grounds
    for code in choices.means:
        if code in grounds:
            yield means_of(grounds[code], library(), day=today)
        elif own := choices.own.get(code):
            side = Side.EXTERNAL if own.is_external else Side.INTERNAL
            yield Means(code=code, title=own.title, argument=own.text, side=side)


def _applicant(action: Action, asked: Mapping[str, str]) -> Party:
    row = _party(action, PartyRow.Side.CLAIMANT)
    if row is None or asked.get("is_person"):
        return Party(is_person=True)
    return Party(
        name=row.name,
        form=asked.get("form", ""),
        number=_number(row.number),
        address=asked.get("address", ""),
        email=asked.get("email", ""),
        represented_by=asked.get("represented_by", ""),
    )


def _party(action: Action, side: str) -> PartyRow | None:
    return action.parties.filter(side=side, removed_at=None).order_by("made_at", "pk").first()


def _number(number: str) -> str:
    if number.startswith("W"):
        return f"RNA {number}"
    return f"{'SIRET' if len(number) == 14 else 'SIREN'} {number}"


def _addressee(asked: Mapping[str, str]) -> Party | None:
    name = asked.get("addressee", "")
    if not name:
        return None
    return Party(
        name=name,
        service=asked.get("addressee_service", ""),
        address=asked.get("addressee_address", ""),
    )


def _court(action: Action, asked: Mapping[str, str]) -> Court | None:
    if not action.court:
        return None
    return Court(name=action.court, address=asked.get("court_address", ""))


def _attacked(
    action: Action,
    kind: PaperKind,
    known: Sequence[Fact],
    exhibits: Sequence[Exhibit],
    user: User,
) -> tuple[Attacked, bool]:
    """Return what the paper is against, and whether this reader may read all of it."""
    exhibit = next((each.key for each in exhibits if each.role is not Role.OTHER), "")
    defendant = _party(action, PartyRow.Side.DEFENDANT)
    author = Party(name=defendant.name, number=_number(defendant.number)) if defendant else Party()
    found = Attacked(
        kind=_sort(action, kind),
        title=_named(action.target_title) if action.target_title else "",
        author=author,
        exhibit=exhibit,
        dates=tuple(_dated(known, DATES)),
        is_silent=last_of(known, Kind.SILENTLY_REFUSED, Kind.NOTIFIED) is not None
        and not of_kind(known, Kind.NOTIFIED)
        and bool(of_kind(known, Kind.SILENTLY_REFUSED)),
        is_local=bool(of_kind(known, Kind.ENFORCEABLE, Kind.TRANSMITTED)),
        is_access=action.target_kind == TargetKind.REQUEST,
        is_never_published=bool(of_kind(known, Kind.NEVER_PUBLISHED)),
        processing=_processing(known),
    )
    match TargetKind(action.target_kind):
        case TargetKind.ACT:
            return _of_act(action.target, found), True
        case TargetKind.REQUEST:
            return _of_request(action.target, found, user)
        case _:
            return _of_record(action.target, found), True


def _sort(action: Action, kind: PaperKind) -> AttackedKind:
    if kind in CNIL:
        return AttackedKind.PROCESSING
    return {
        TargetKind.ACT: AttackedKind.ACT,
        TargetKind.REQUEST: AttackedKind.REFUSAL,
        TargetKind.CONTRACT: AttackedKind.CONTRACT,
    }.get(TargetKind(action.target_kind), AttackedKind.DECISION)


def _of_act(slug: str, found: Attacked) -> Attacked:
    """Add what the watch has published of an act; the day on which it was seen is never taken."""
    act = watch.find_act(slug) if slug else None
    if act is None or act.withdrawn_at:
        return found
    author = found.author
    if not author.name:
        author = Party(name=_authority(act))
    bulletin = str((act.data.get("document") or {}).get("title") or "")
    page = f", page {act.page_number}" if act.page_number else ""
    return replace(
        found,
        title=_act_title(act),
        number=act.act_number,
        day=act.signed_on,
        author=author,
        dates=tuple(
            replace(each, proof=f"{bulletin}{page}")
            if each.what == DATES[Kind.PUBLISHED][0] and each.day == act.published_on and bulletin
            else each
            for each in found.dates
        ),
    )


def _authority(act: watch.Act) -> str:
    """Return who signed an act: as it says, else whose bulletin holds it."""
    said = str((act.data.get("act") or {}).get("authority") or "")
    publisher = str((act.data.get("document") or {}).get("publisher") or "")
    return said or publisher.replace("Préfecture ", "préfet ", 1)


def _act_title(act: watch.Act) -> str:
    """Return an act as a sentence names it: `l'arrêté n° … du … (Caméras : autorisation)`."""
    if act.source != "raa":
        return say("le contrat « {title} »", title=act.title)
    number = f" n°\u00a0{act.act_number}" if act.act_number else ""
    day = f" du {in_full(act.signed_on)}" if act.signed_on else ""
    return f"l’arrêté{number}{day} ({act.title})"


def _of_request(key: str, found: Attacked, user: User) -> tuple[Attacked, bool]:
    """Add a refused request where it is public or the reader's own; else say nothing of it."""
    rows = requests.visible_to(user).filter(Q(is_public=True) | Q(author=user))
    request = rows.filter(pk=key).first()
    if request is None:
        return replace(found, title=say("le refus de communiquer des documents")), False
    author = found.author
    if not author.name and request.body is not None:
        author = Party(name=str(request.body))
    named = "" if request.dossier else request.title
    title = say("le refus de communiquer des documents")
    if named:
        title = say("le refus de communiquer les documents demandés ({title})", title=named)
    sent = Dated(what="Demande envoyée", day=request.sent_on, article="CRPA L311-1")
    dates = (*([sent] if request.sent_on else []), *found.dates)
    return replace(found, title=title, author=author, dates=dates), True


def _of_record(key: str, found: Attacked) -> Attacked:
    record = census.find_records([key]).get(key) if key else None
    if record is None:
        return found
    return replace(found, title=found.title or record.name)


def _named(title: str) -> str:
    """Return a title with its article, as a sentence takes it."""
    for noun, article in NOUNS.items():
        if title.lower().startswith(noun):
            return f"{article}{title[0].lower()}{title[1:]}"
    return f"la décision « {title} »"


NOUNS = {
    "arrêté": "l’",
    "délibération": "la ",
    "décision": "la ",
    "convention": "la ",
    "contrat": "le ",
    "marché": "le ",
    "refus": "le ",
    "traitement": "le ",
}


def _processing(known: Sequence[Fact]) -> str:
    filed = first_of(known, Kind.COMPLAINT_FILED)
    return str(filed.values.get("processing") or "") if filed else ""


def _told(attacked: Attacked, asked: Mapping[str, str]) -> Attacked:
    """Return what is attacked with what the team says of it otherwise."""
    author = attacked.author
    return replace(
        attacked,
        title=asked.get("attacked") or attacked.title,
        processing=asked.get("processing") or attacked.processing,
        author=replace(
            author,
            name=asked.get("author") or author.name,
            service=asked.get("author_service", ""),
            address=asked.get("author_address", ""),
        ),
        is_local=attacked.is_local or bool(asked.get("is_local")),
        is_rule=bool(asked.get("is_rule")),
    )


def _dated(known: Sequence[Fact], names: Mapping[Kind, tuple[str, str]]) -> Iterator[Dated]:
    for fact in known:
        if fact.kind in names:
            what, article = names[fact.kind]
            yield Dated(
                what=say(what), day=fact.first, article=article, proof=PROOFS.get(fact.proof, "")
            )


def _claim(known: Sequence[Fact], asked: Mapping[str, str]) -> Claim | None:
    filed = first_of(known, Kind.CLAIM_FILED)
    if filed is None:
        return None
    number = str(filed.values.get("number") or "")
    return Claim(filed_on=filed.first, number=number, exhibit=asked.get("claim", ""))


def _standing(asked: Mapping[str, str]) -> Standing:
    return Standing(
        interest=asked.get("interest", ""),
        statutes=asked.get("statutes", ""),
        power=asked.get("power", ""),
        mandates=_int(asked, "mandates"),
    )


def _relief(asked: Mapping[str, str]) -> Relief:
    return Relief(
        enjoin=asked.get("enjoin", ""),
        within_days=_int(asked, "within_days"),
        penalty=_int(asked, "penalty"),
        costs=_int(asked, "costs"),
        more=tuple(line.strip() for line in asked.get("more", "").splitlines() if line.strip()),
    )


def _scope(asked: Mapping[str, str]) -> Scope:
    until = asked.get("scope_until", "")
    return Scope(
        about=asked.get("scope_about", ""),
        until=date.fromisoformat(until) if until else None,
    )


def _int(asked: Mapping[str, str], name: str) -> int:
    return int(asked.get(name) or 0)
