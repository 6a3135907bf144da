"""What forbids to file a draft, and what is only said; each sentence says what to do.

Sources: CJA R411-1 and R412-1 (T14), L521-1 and R522-1 (T6); CRPA L412-4 (D20); CGCT L2131-8
(T5); CE Ass. 4 Apr. 2014 n° 358994 (T10); GDPR 80(1) (C1); design/cases.md §5 and §7.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from contrechamp.foi.domain.wording import in_full
from contrechamp.kernel.errors import gettext_noop

from . import guards
from .days import window_of
from .markup import blocks_of
from .material import AttackedKind, Authority, Material, Means, PaperKind
from .paper import Paper, Role

COURT = frozenset({PaperKind.ANNULMENT, PaperKind.SUSPENSION})
COMPLAINTS = frozenset({PaperKind.COMPLAINT, PaperKind.COLLECTIVE})
WINDOWS = {
    PaperKind.ANNULMENT: ("ta", "ta_repeal", "ce"),
    PaperKind.GRACIEUX: ("gracieux",),
    PaperKind.HIERARCHICAL: ("gracieux",),
    PaperKind.PREFECT: ("prefect",),
}
"""Steps of the clock in which a paper must be filed; no other has a last day."""
_BLANK = re.compile(r"\[À compléter[^\]\n]*\]?")
_OTHER_LOCAL = re.compile(
    r"(?:l[ea]s? |l['’])?(?:département|région|conseil (?:départemental|régional))", re.IGNORECASE
)
_PERSON = re.compile(r"\b(?:M\.|Mme|Monsieur|Madame)[ \u00a0]+(?!le\b|la\b|l[’'])[A-ZÀ-Ý][\w’'-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong. `sentence` is French for the catalogue, `{about}` its value."""

    code: str
    sentence: str
    about: str = ""
    section: str = ""
    """Key of the section that it is about."""
    forbids: bool = True
    """It cannot be exported as final while it stands; a draft always can."""


def problems(paper: Paper, material: Material) -> tuple[Problem, ...]:
    """Return what is wrong with a paper as edited: what forbids to file it first."""
    found = (
        *_of_kind(paper, material),
        *_of_window(paper, material),
        *_of_content(paper),
        *_of_sections(paper),
        *_of_sources(paper, material),
        *_of_people(paper),
    )
    return tuple(sorted(found, key=lambda one: not one.forbids))


def _of_kind(paper: Paper, material: Material) -> Iterator[Problem]:
    kind = paper.kind
    if why := guards.refusal(kind, material):
        yield Problem(code="refused", sentence=why)
    if kind is not PaperKind.MANDATE and not material.attacked.author.name.strip():
        yield Problem(
            code="no_author",
            sentence=gettext_noop("Dites qui a pris la décision, ou qui tient le fichier."),
            section="parties",
        )
    if kind in COURT:
        yield from _of_court(kind, material)
    if kind in COMPLAINTS:
        yield from _of_complaint(kind, material)
    if kind is PaperKind.PREFECT:
        yield from _of_prefect(material)
    if kind is PaperKind.REPEAL and not material.attacked.is_rule:
        yield Problem(
            code="not_rule",
            sentence=gettext_noop(
                "L'obligation d'abroger à tout moment vaut pour les règlements : pour une décision "
                "d'une autre sorte, faites vérifier ce qui la permet (CRPA L243-2)."
            ),
            forbids=False,
        )


def _of_court(kind: PaperKind, material: Material) -> Iterator[Problem]:
    what, applicant = material.attacked, material.applicant
    if material.court is None:
        yield Problem(
            code="no_court", sentence=gettext_noop("Dites quel tribunal est saisi (CJA R312-1).")
        )
    if not what.exhibit:
        yield Problem(
            code="no_attacked",
            sentence=gettext_noop(
                "Joignez la décision attaquée ou, si elle est née d'un silence, la demande et la "
                "preuve de sa réception (CJA R412-1)."
            ),
            section="attacked",
        )
    if kind is PaperKind.ANNULMENT and what.kind is AttackedKind.CONTRACT:
        yield Problem(
            code="contract",
            sentence=gettext_noop(
                "Un contrat ne s'attaque pas par une requête en annulation : contestez sa "
                "validité, avec un avocat (CE Ass. 4 avril 2014, n° 358994)."
            ),
        )
    if kind is PaperKind.SUSPENSION and material.claim and not material.claim.exhibit:
        yield Problem(
            code="no_copy_of_claim",
            sentence=gettext_noop(
                "Joignez la copie de la requête en annulation : sans elle, la demande de "
                "suspension est irrecevable (CJA R522-1)."
            ),
            section="claim",
        )
    if not applicant.is_person and not material.standing.power:
        yield Problem(
            code="no_power",
            sentence=gettext_noop(
                "Joignez ce qui donne à la personne qui signe le pouvoir d'agir en justice, et les "
                "statuts."
            ),
            section="admissibility",
            forbids=False,
        )


def _of_complaint(kind: PaperKind, material: Material) -> Iterator[Problem]:
    if kind is PaperKind.COLLECTIVE and not material.standing.mandates:
        yield Problem(
            code="no_mandate",
            sentence=gettext_noop(
                "Aucun mandat n'est reçu : faites signer le papier de mandat d'abord (RGPD 80)."
            ),
            section="parties",
        )
    if kind is PaperKind.COMPLAINT and not material.applicant.is_person:
        yield Problem(
            code="no_data",
            sentence=gettext_noop(
                "Une organisation ne se plaint pas pour elle-même : il faut une personne dont les "
                "données sont traitées, ou une plainte collective avec mandats (RGPD 77 et 80)."
            ),
            section="parties",
        )


def _of_prefect(material: Material) -> Iterator[Problem]:
    if not material.attacked.is_local:
        yield Problem(
            code="not_local",
            sentence=gettext_noop(
                "Le préfet ne défère que les actes des collectivités : celui-ci n'en est pas un "
                "(CGCT L2131-6)."
            ),
        )
    if _OTHER_LOCAL.match(material.attacked.author.name.strip()):
        yield Problem(
            code="other_local",
            sentence=gettext_noop(
                "Les articles cités valent pour les communes : pour un département ou une région, "
                "faites vérifier les leurs."
            ),
            section="opening",
            forbids=False,
        )


def _of_window(paper: Paper, material: Material) -> Iterator[Problem]:
    """Yield what the clock says: closed in the safe reading is a matter of an explicit reason."""
    if paper.kind not in WINDOWS or material.attacked.is_never_published:
        return
    item = window_of(material, *WINDOWS[paper.kind])
    if item is None or item.act_by_safe is None:
        yield Problem(
            code="no_window",
            sentence=gettext_noop(
                "Rien ne prouve le jour qui fait courir le délai : établissez-le avant de déposer."
            ),
            section="admissibility",
            forbids=False,
        )
        return
    if item.not_before and material.today < item.not_before:
        yield Problem(
            code="too_early",
            sentence=gettext_noop("La décision n'existe pas encore : elle naît le {about}."),
            about=in_full(item.not_before),
            section="admissibility",
            forbids=False,
        )
    if material.today > item.act_by_safe:
        yield Problem(
            code="window_closed",
            sentence=gettext_noop(
                "Le délai est passé dans la lecture la plus sûre (jusqu'au {about}) : pour déposer "
                "quand même, dites pourquoi."
            ),
            about=in_full(item.act_by_safe),
            section="admissibility",
            forbids=not material.override.strip(),
        )


def _of_content(paper: Paper) -> Iterator[Problem]:
    if paper.kind is PaperKind.MANDATE:
        return
    roles = [each.role for each in paper.sections if each.body.strip()]
    if Role.MEAN not in roles:
        yield Problem(
            code="no_means",
            sentence=gettext_noop(
                "Il faut au moins un moyen avant la fin du délai : on ne peut pas régulariser "
                "ensuite une requête qui n'en avait aucun (CJA R411-1)."
            )
            if paper.kind in COURT
            else gettext_noop("Dites pourquoi : il n'y a encore aucun motif."),
            forbids=paper.kind in COURT | COMPLAINTS,
        )
    if Role.RELIEF not in roles:
        yield Problem(
            code="no_relief",
            sentence=gettext_noop("Dites ce qui est demandé : les conclusions manquent."),
            section="relief",
        )
    if paper.kind is PaperKind.SUSPENSION and Role.URGENCY not in roles:
        yield Problem(
            code="no_urgency",
            sentence=gettext_noop("Dites l'urgence, par des faits datés (CJA L521-1)."),
            section="urgency",
        )


def _of_sections(paper: Paper) -> Iterator[Problem]:
    for each in paper.sections:
        if each.needs_proof:
            yield Problem(
                code="to_prove",
                sentence=gettext_noop(
                    "« {about} » reste à prouver : citez-y la pièce qui l'établit."
                ),
                about=each.title,
                section=each.key,
            )
        elif blank := _BLANK.search(each.body):
            yield Problem(
                code="blank",
                sentence=gettext_noop("Un passage reste à écrire : {about}"),
                about=blank.group(),
                section=each.key,
            )
        for key in blocks_of(each, paper.exhibits).unknown:
            yield Problem(
                code="unknown_exhibit",
                sentence=gettext_noop(
                    "Le texte cite la pièce « {about} », qui n'est pas au dossier."
                ),
                about=key,
                section=each.key,
            )


def _of_sources(paper: Paper, material: Material) -> Iterator[Problem]:
    """Yield what each means rests on: nothing adverse in support, and what is to be read again."""
    written = "\n".join(each.body for each in paper.sections)
    for one in material.means:
        yield from _of_means(one, written)
    if names := dict.fromkeys(
        source.name for one in material.means for source in one.support if source.to_verify
    ):
        yield Problem(
            code="to_verify",
            sentence=gettext_noop(
                "Relisez ces textes et décisions dans leur rédaction au jour des faits : {about}."
            ),
            about=", ".join(names),
            forbids=False,
        )


def _of_means(one: Means, written: str) -> Iterator[Problem]:
    section = f"mean-{one.code}"
    for source in one.support:
        if source.is_adverse:
            yield Problem(
                code="adverse_support",
                sentence=gettext_noop(
                    "« {about} » est une décision contraire : elle ne peut pas soutenir un moyen."
                ),
                about=source.name,
                section=section,
            )
    for source in one.against:
        code = _against(source, written)
        yield Problem(
            code=code, sentence=AGAINST[code], about=source.name, section=section, forbids=False
        )


AGAINST = {
    "adverse_known": gettext_noop(
        "L'autre partie pourra citer « {about} » : préparez ce qui distingue votre cas."
    ),
    "adverse_quoted": gettext_noop(
        "Le texte cite « {about} », qui est contraire : dites en quoi ce cas diffère."
    ),
    "overturned_known": gettext_noop("« {about} » a été annulée depuis : ne la citez pas."),
    "overturned_quoted": gettext_noop("Le texte cite « {about} », annulée depuis : ôtez-la."),
}


def _against(source: Authority, written: str) -> str:
    known = "overturned" if source.is_overturned else "adverse"
    return f"{known}_quoted" if _numbers(source.name, written) else f"{known}_known"


def _numbers(name: str, written: str) -> bool:
    """Answer whether a text names a decision by its number."""
    return any(number in written for number in re.findall(r"\d{6,7}|\d{4}-\d{3} DC", name))


def _of_people(paper: Paper) -> Iterator[Problem]:
    for each in paper.sections:
        if found := _PERSON.search(each.body):
            yield Problem(
                code="person_named",
                sentence=gettext_noop(
                    "« {about} » semble nommer une personne : mettez sa fonction, sauf si son nom "
                    "est indispensable."
                ),
                about=found.group(),
                section=each.key,
                forbids=False,
            )
    yield Problem(
        code="names",
        sentence=gettext_noop(
            "Relisez le texte : nous ne savons pas reconnaître tous les noms de personnes privées, "
            "et aucun ne doit y être sans nécessité."
        ),
        forbids=False,
    )
