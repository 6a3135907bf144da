"""The claims before an administrative court: annulment, and suspension as a separate paper.

Sources: CJA R411-1 and R412-1 (form, T14), R312-1 (court, T13), R421-1 (two months, T1, T2),
L521-1 and R522-1 (suspension, T6), L911-1 and L911-3 (injunction, penalty), L761-1 (costs);
TA Grenoble 24 Jan. 2025 n° 2105328 (decision never published, T3).
"""

from __future__ import annotations

from collections.abc import Iterator

from contrechamp.foi.domain.wording import flowing, say
from contrechamp.kernel.typography import THIN

from . import parts
from .days import table, window_of
from .heads import head
from .material import Material, PaperKind, Relief
from .paper import Paper, Role, Section
from .wording import attacked, cite, finished, named, of, payer, quoted, small, to

CLAIMANT = "la partie requérante"
COUNTED = (
    *("gracieux_rejection", "repeal_rejection", "complaint_rejection"),
    *("ta", "ta_repeal", "ce"),
)
"""Steps of the clock that the admissibility table tells."""


def annulment(material: Material) -> Paper:
    """Return the claim to annul a decision (recours pour excès de pouvoir)."""
    what = attacked(material.attacked)
    return head(
        PaperKind.ANNULMENT,
        material,
        title=say("Requête en annulation"),
        subject=say("Recours pour excès de pouvoir contre {what}", what=what),
        sections=(
            _parties(material),
            _attacked(material),
            parts.facts(material),
            _admissibility(material),
            *parts.means(material, with_sides=True),
            _relief(material),
            parts.exhibits(material, title="Liste des pièces"),
        ),
    )


def suspension(material: Material) -> Paper:
    """Return the claim to suspend a decision (référé-suspension), a paper of its own (R522-1)."""
    what = attacked(material.attacked)
    return head(
        PaperKind.SUSPENSION,
        material,
        title=say("Requête en référé-suspension"),
        subject=say(
            "Demande de suspension de l'exécution {of}, sur le fondement de l'article L. 521-1 du "
            "code de justice administrative",
            of=of(what),
        ),
        sections=(
            _parties(material),
            _attacked(material),
            _claim(material),
            parts.facts(material),
            _urgency(material),
            *parts.means(material, with_sides=True),
            _suspend(material),
            parts.exhibits(material, title="Liste des pièces"),
        ),
    )


def _parties(material: Material) -> Section:
    author = parts.described(material.attacked.author)
    body = "\n\n".join(
        (
            say("Pour :"),
            f"- {parts.described(material.applicant)}",
            say("Contre :"),
            f"- {author}",
        )
    )
    return Section(key="parties", title="Parties", body=body, role=Role.PARTIES)


def _attacked(material: Material) -> Section:
    one = material.attacked
    place = cite(one.exhibit) or say("[À compléter : pièce à joindre]")
    if one.is_silent:
        body = say(
            "La requête est dirigée contre {what}. Cette décision est née du silence : la demande "
            "et la preuve du jour où elle a été reçue sont jointes ({place}), comme le veut "
            "{article}.",
            what=attacked(one),
            place=place,
            article=quoted("CJA R412-1"),
        )
    else:
        body = say(
            "La requête est dirigée contre {what} ({place}). Une copie en est jointe, comme le "
            "veut {article}.",
            what=attacked(one),
            place=place,
            article=quoted("CJA R412-1"),
        )
    return Section(key="attacked", title=say("Décision attaquée"), body=body, role=Role.ATTACKED)


def _admissibility(material: Material) -> Section:
    body = "\n\n".join((_competence(material), *_interest(material), _delay(material)))
    return Section(
        key="admissibility",
        title=say("Recevabilité"),
        body=body,
        role=Role.ADMISSIBILITY,
        tables=(table(material, *COUNTED),),
    )


def _competence(material: Material) -> str:
    court = material.court
    if court and court.name.casefold().startswith("conseil d"):
        return say(
            "Le Conseil d'État est compétent en premier et dernier ressort ({article}).",
            article=named("CJA R311-1"),
        )
    return say(
        "Le tribunal est compétent : l'auteur de la décision a son siège dans son ressort "
        "({article}).",
        article=named("CJA R312-1"),
    )


def _interest(material: Material) -> Iterator[str]:
    standing = material.standing
    if standing.interest.strip():
        proved = f"({cite(standing.statutes)})" if standing.statutes else ""
        said = finished(standing.interest, proved)
    elif material.applicant.is_person:
        said = say(
            "[À compléter : ce qui concerne la partie requérante dans cette décision, comme son "
            "domicile, un trajet, un lieu où elle est filmée.]"
        )
    else:
        said = say(
            "[À compléter : l'objet inscrit dans les statuts, et son lien avec la décision.]"
        )
    yield say("Sur l'intérêt à agir : {said}", said=small(said))
    if standing.power:
        yield say(
            "La personne qui signe a reçu le pouvoir d'agir en justice ({where}).",
            where=cite(standing.power),
        )
    if material.attacked.is_access:
        yield say(
            "La Commission d'accès aux documents administratifs a été saisie avant le juge "
            "({article}).",
            article=named("CRPA L342-1"),
        )


def _delay(material: Material) -> str:
    article = quoted("CJA R421-1")
    if material.attacked.is_never_published:
        return say(
            "Sur le délai : la décision n'a été ni publiée ni affichée ; elle a été révélée par "
            "d'autres pièces. Faute de publicité, le délai de {article} n'a pas couru à l'égard "
            "des tiers (en ce sens : TA Grenoble, 24 janvier 2025, n° 2105328). Les jours connus "
            "sont ceux-ci :",
            article=article,
        )
    window = window_of(material)
    if window is None:
        return say(
            "Sur le délai : [À compléter : le jour qui fait courir le délai de {article}, avec sa "
            "preuve.] Les jours connus sont ceux-ci :",
            article=article,
        )
    if window.act_by_safe and material.today > window.act_by_safe:
        why = (
            finished(material.override)
            if material.override.strip()
            else say("[À compléter : pourquoi la requête est encore recevable.]")
        )
        return say(
            "Sur le délai de {article} : {why} Les jours sont ceux-ci :",
            article=article,
            why=small(why),
        )
    return say(
        "Sur le délai : le juge est saisi dans les deux mois que prévoit {article}. Le tableau "
        "donne chaque jour, son texte et sa preuve :",
        article=article,
    )


def _asked(material: Material, *first: str) -> str:
    """Return the conclusions as numbered items."""
    asks = [*first, *_injunction(material), *(flowing(each) for each in material.relief.more)]
    if material.relief.costs:
        asks.append(
            say(
                "de mettre à la charge {of} la somme de {sum} euros au titre de {article}",
                of=of(payer(material.attacked.author)),
                sum=_grouped(material.relief.costs),
                article=quoted("CJA L761-1"),
            )
        )
    return numbered(asks)


def _injunction(material: Material) -> Iterator[str]:
    relief = material.relief
    if relief.enjoin.strip():
        yield say(
            "d'enjoindre {to} {act}{time}{penalty}, sur le fondement {basis}",
            to=to(material.attacked.author.name),
            act=flowing(relief.enjoin),
            time=_time(relief),
            penalty=_penalty(relief),
            basis=_basis(relief),
        )


def _time(relief: Relief) -> str:
    if not relief.within_days:
        return ""
    return say(
        " dans un délai de {days} à compter de la notification de la décision à intervenir",
        days=f"{relief.within_days}\u00a0jour{'s' if relief.within_days > 1 else ''}",
    )


def _penalty(relief: Relief) -> str:
    if not relief.penalty:
        return ""
    return say(", sous astreinte de {sum} euros par jour de retard", sum=_grouped(relief.penalty))


def _basis(relief: Relief) -> str:
    if relief.penalty:
        return say("des articles L. 911-1 et L. 911-3 du code de justice administrative")
    return f"de {quoted('CJA L911-1')}"


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", THIN)


def numbered(asks: list[str]) -> str:
    """Return requests as numbered items, ended as a list is."""
    last = len(asks)
    lines = (
        f"{at}. {each}." if at == last else f"{at}. {each}{THIN};"
        for at, each in enumerate((bare(each) for each in asks), 1)
    )
    return "\n".join(lines)


def bare(ask: str) -> str:
    """Return a request without the sign that ends it."""
    return ask.rstrip(" .;")


def more(relief: Relief) -> tuple[str, ...]:
    """Return what is asked beside the main request, outside a court."""
    return tuple(said for each in (relief.enjoin, *relief.more) if (said := flowing(each)))


def _relief(material: Material) -> Section:
    what = attacked(material.attacked)
    opening = say(
        "Par ces motifs, et tous autres à produire, à déduire ou à suppléer d'office, {who} "
        "demande au tribunal :",
        who=CLAIMANT,
    )
    if material.court and material.court.name.casefold().startswith("conseil d"):
        opening = opening.replace("au tribunal", say("au Conseil d'État"))
    items = _asked(material, say("d'annuler {what}", what=what))
    return Section(
        key="relief", title="Conclusions", body=f"{opening}\n\n{items}", role=Role.RELIEF
    )


def _claim(material: Material) -> Section:
    claim = material.claim
    number = flowing(claim.number) if claim else ""
    body = say(
        "La décision fait l'objet d'une requête en annulation, enregistrée le {day}{number}. Copie "
        "en est jointe ({where}), comme le veut {article}.",
        day=claim.filed_on if claim else "[À compléter : jour]",
        number=say(" sous le n° {number}", number=number) if number else "",
        where=cite(claim.exhibit if claim else "") or say("[À compléter : pièce à joindre]"),
        article=quoted("CJA R522-1"),
    )
    return Section(
        key="claim",
        title=say("Requête en annulation"),
        body=body,
        role=Role.ADMISSIBILITY,
        tables=(table(material, "ta"),),
    )


def _urgency(material: Material) -> Section:
    opening = say(
        "Il y a urgence lorsque l'exécution de la décision porte une atteinte suffisamment grave "
        "et immédiate à un intérêt public, à la situation de la partie requérante ou aux intérêts "
        "qu'elle défend. Voici les faits qui l'établissent, avec leur jour :"
    )
    body = parts.told(material.urgency) or say(parts.TO_PROVE)
    return Section(
        key="urgency", title=say("Urgence"), body=f"{opening}\n\n{body}", role=Role.URGENCY
    )


def _suspend(material: Material) -> Section:
    opening = say(
        "Par ces motifs, {who} demande au juge des référés :",
        who=CLAIMANT,
    )
    first = say(
        "de suspendre l'exécution {of}, jusqu'à ce qu'il soit statué sur la requête en annulation",
        of=of(attacked(material.attacked)),
    )
    return Section(
        key="relief",
        title="Conclusions",
        body=f"{opening}\n\n{_asked(material, first)}",
        role=Role.RELIEF,
    )
