"""What a paper is against: an act, a refusal, a contract, a processing, with its days.

Published things, the team's own action, and of a refused request what is public or the reader's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db.models import Q

from contrechamp.cases.domain.exhibits import Exhibit, Role
from contrechamp.cases.domain.facts import Fact, Kind, first_of, of_kind
from contrechamp.cases.domain.kinds import TargetKind
from contrechamp.cases.domain.papers import Attacked, AttackedKind, Dated, PaperKind, Party
from contrechamp.cases.models import Action
from contrechamp.cases.models import Party as PartyRow
from contrechamp.census import published as census
from contrechamp.foi.domain.wording import in_full, say
from contrechamp.foi.queries import access as requests
from contrechamp.watch import published as watch

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

CNIL = frozenset({PaperKind.COMPLAINT, PaperKind.COLLECTIVE, PaperKind.MANDATE})
UNKNOWN_AUTHOR = "[À compléter : qui a pris la décision]"
UNKNOWN_CONTROLLER = "[À compléter : qui tient le fichier ou les caméras]"
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


def attacked_of(
    action: Action,
    kind: PaperKind,
    known: Sequence[Fact],
    exhibits: Sequence[Exhibit],
    user: User,
) -> tuple[Attacked, bool]:
    """Return what the paper is against, and whether this reader may read all of it."""
    exhibit = next((each.key for each in exhibits if each.role is not Role.OTHER), "")
    defendant = party_of(action, PartyRow.Side.DEFENDANT)
    author = (
        Party(name=defendant.name, number=number_of(defendant.number)) if defendant else Party()
    )
    found = Attacked(
        kind=_sort(action, kind),
        title=_named(action.target_title, _sort(action, kind)) if action.target_title else "",
        author=author,
        exhibit=exhibit,
        dates=tuple(dated(known, DATES)),
        is_silent=bool(of_kind(known, Kind.SILENTLY_REFUSED)) and not of_kind(known, Kind.NOTIFIED),
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
    """Add what the census has published of a project: who commissions it."""
    record = census.find_records([key]).get(key) if key else None
    if record is None:
        return found
    author = found.author if found.author.name else Party(name=_commissioner(record))
    return replace(found, title=found.title or _named(record.name, found.kind), author=author)


def _commissioner(record: census.Record) -> str:
    """Return the one authority that commissions a project, empty where none or several do."""
    names = {
        fact.subject.name
        for fact in census.facts_about(record.id)
        if fact.property == "participates_in"
        and fact.attributes.get("role") == COMMISSIONER
        and fact.status != "CONTRADICTED"
    }
    return names.pop() if len(names) == 1 else ""


def _named(title: str, kind: AttackedKind) -> str:
    """Return a title with its article, as a sentence takes it."""
    for noun, article in NOUNS.items():
        if title.lower().startswith(noun):
            return f"{article}{title[0].lower()}{title[1:]}"
    return say(NAMES.get(kind, "la décision « {title} »"), title=title)


NAMES = {
    AttackedKind.PROCESSING: "le traitement « {title} »",
    AttackedKind.CONTRACT: "le contrat « {title} »",
    AttackedKind.ACT: "l'acte « {title} »",
}
COMMISSIONER = "commissioner"
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


def told(attacked: Attacked, kind: PaperKind, asked: Mapping[str, str]) -> Attacked:
    """Return what is attacked with what the team says of it otherwise."""
    author, blank = attacked.author, UNKNOWN_CONTROLLER if kind in CNIL else UNKNOWN_AUTHOR
    return replace(
        attacked,
        title=asked.get("attacked") or attacked.title,
        processing=asked.get("processing") or attacked.processing,
        author=replace(
            author,
            name=asked.get("author") or author.name or blank,
            service=asked.get("author_service", ""),
            address=asked.get("author_address", ""),
        ),
        is_local=attacked.is_local or bool(asked.get("is_local")),
        is_rule=bool(asked.get("is_rule")),
    )


def dated(known: Sequence[Fact], names: Mapping[Kind, tuple[str, str]]) -> Iterator[Dated]:
    for fact in known:
        if fact.kind in names:
            what, article = names[fact.kind]
            yield Dated(
                what=say(what), day=fact.first, article=article, proof=PROOFS.get(fact.proof, "")
            )


def party_of(action: Action, side: str) -> PartyRow | None:
    return action.parties.filter(side=side, removed_at=None).order_by("made_at", "pk").first()


def number_of(number: str) -> str:
    if number.startswith("W"):
        return f"RNA {number}"
    return f"{'SIRET' if len(number) == 14 else 'SIREN'} {number}"
