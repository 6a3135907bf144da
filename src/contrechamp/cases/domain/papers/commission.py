"""The report to the departmental video-protection commission.

Sources: CSI L251-4 and L253-1 (the commission advises and controls), L253-5, R252-16.
"""

from __future__ import annotations

from contrechamp.foi.domain.wording import flowing, say

from . import parts
from .court import numbered
from .days import table
from .heads import head
from .material import AttackedKind, Material, PaperKind, Party
from .paper import Paper, Role, Section
from .voice import voice
from .wording import attacked, cite, named

COMMISSION = Party(name="Commission départementale de vidéoprotection", service="En préfecture")


def report(material: Material) -> Paper:
    """Return the report of a system that looks irregular, each point with its exhibit."""
    one = material.attacked
    where = f" ({cite(one.exhibit)})" if one.exhibit else ""
    place = say(", à {place}", place=flowing(one.place)) if one.place.strip() else ""
    opening = say(
        "La commission contrôle à tout moment les systèmes de vidéoprotection et propose de "
        "suspendre ou de supprimer ceux qui sont irréguliers (articles L. 251-4 et L. 253-1 du "
        "code de la sécurité intérieure). Nous portons à sa connaissance les faits suivants, sur "
        "{what}{where}{place}. Ce sont des questions, non des accusations : chacune est à "
        "vérifier.",
        what=attacked(one),
        where=where,
        place=place,
    )
    if material.applicant.is_person:
        opening = opening.replace("Nous portons", "Je porte")
    return head(
        PaperKind.REPORT,
        material,
        title=say("Signalement à la commission de vidéoprotection"),
        subject=say("Signalement : {what}", what=attacked(one)),
        addressee=material.addressee or COMMISSION,
        sections=(
            Section(key="opening", title="", body=opening),
            Section(
                key="parties",
                title=say("Système en cause"),
                body=_system(material),
                role=Role.PARTIES,
                tables=(table(material, "cctv_expiry", "prefect_rejection"),)
                if one.dates or material.items
                else (),
            ),
            parts.facts(material),
            *parts.means(material, with_sides=False),
            Section(key="relief", title="Demandes", body=_asks(material), role=Role.RELIEF),
            parts.exhibits(material),
        ),
        closing=say(
            "Veuillez agréer, Madame, Monsieur, l'expression de {regards} distinguée.",
            regards=voice(material.applicant).regards,
        ),
    )


def _system(material: Material) -> str:
    is_act = material.attacked.kind in {AttackedKind.ACT, AttackedKind.DECISION}
    return say(
        "- {name} : {who}\n- Système : {what}",
        name=say("Auteur de l'acte") if is_act else "Responsable",
        who=parts.described(material.attacked.author),
        what=f"{attacked(material.attacked)}.",
    )


def _asks(material: Material) -> str:
    asks = [
        say("de contrôler ce système ({a})", a=named("CSI L253-1")),
        say("de vérifier l'autorisation, sa durée, ses buts, la conservation et l'information"),
        *(flowing(each) for each in material.relief.more if each.strip()),
        say("de proposer au préfet de suspendre ou de supprimer ce qui serait irrégulier"),
        say("de dire par écrit la suite donnée à ce signalement"),
    ]
    return f"{say('Il est demandé à la commission :')}\n\n{numbered(asks)}"
