"""Letters to authorities: gracious and hierarchical appeal, prefect, demand to stop or repeal.

Sources: CRPA L411-2 and L411-7 (T4), L412-4 (T4b), L231-4 and L243-2 (T11); CGCT L2131-6 and
L2131-8 (T5); CJA R421-1.
"""

from __future__ import annotations

from contrechamp.foi.domain.wording import say

from . import parts
from .court import more, numbered
from .days import table
from .heads import head
from .material import AttackedKind, Material, PaperKind
from .paper import Paper, Role, Section
from .voice import voice
from .wording import attacked, capital, cite, definite, named, of, quoted, to


def gracieux(material: Material) -> Paper:
    """Return the request to the author of an act to reconsider it."""
    what = attacked(material.attacked)
    speak = voice(material.applicant)
    opening = say(
        "{we_ask} de retirer ou, à défaut, d'abroger {what}{where}. Reçu dans le délai de "
        "recours, ce recours gracieux l'interrompt ({article}).",
        we_ask=capital(speak.asks),
        what=what,
        where=_where(material),
        article=named("CRPA L411-2"),
    )
    return head(
        PaperKind.GRACIEUX,
        material,
        title=say("Recours gracieux"),
        subject=say("Recours gracieux contre {what}", what=what),
        addressee=material.attacked.author,
        sections=_appeal(material, opening, "gracieux"),
        closing=_closing(material),
    )


def hierarchical(material: Material) -> Paper:
    """Return the request to the superior of the author of an act."""
    what = attacked(material.attacked)
    speak = voice(material.applicant)
    opening = say(
        "{we_ask} d'annuler ou de faire retirer {what}{where}. Son auteur, {author}, relève de "
        "votre autorité. Reçu dans le délai de recours, ce recours hiérarchique l'interrompt "
        "({article}).",
        we_ask=capital(speak.asks),
        what=what,
        where=_where(material),
        author=definite(material.attacked.author.name),
        article=named("CRPA L411-2"),
    )
    return head(
        PaperKind.HIERARCHICAL,
        material,
        title=say("Recours hiérarchique"),
        subject=say("Recours hiérarchique contre {what}", what=what),
        sections=_appeal(material, opening, "gracieux"),
        closing=_closing(material),
    )


def _closing(material: Material) -> str:
    return say(
        "Veuillez agréer, Madame, Monsieur, l'expression de {regards} distinguée.",
        regards=voice(material.applicant).regards,
    )


def _where(material: Material) -> str:
    key = material.attacked.exhibit
    return f" ({cite(key)})" if key else ""


def _appeal(material: Material, opening: str, *steps: str) -> tuple[Section, ...]:
    speak = voice(material.applicant)
    silence = say(
        "Sans réponse dans les deux mois de la réception de ce courrier, votre silence vaudra "
        "rejet ({article}) ; {we_may} alors saisir le tribunal administratif.",
        article=named("CRPA L411-7"),
        we_may=speak.will,
    )
    asks = [
        say("de retirer ou, à défaut, d'abroger {what}", what=attacked(material.attacked)),
        *more(material.relief),
        say("de répondre par écrit, en donnant les motifs de votre décision"),
    ]
    return (
        Section(key="opening", title="", body=opening),
        _days(material, *steps),
        parts.facts(material),
        *parts.means(material, with_sides=False),
        Section(
            key="relief",
            title="Demandes",
            body=f"{say('{we_ask} donc :', we_ask=capital(speak.asks))}\n\n{numbered(asks)}"
            f"\n\n{silence}",
            role=Role.RELIEF,
        ),
        parts.exhibits(material),
    )


def _days(material: Material, *steps: str, title: str = "Délai") -> Section:
    return Section(
        key="admissibility",
        title=title,
        body=say("Les jours qui comptent, avec leur texte et leur preuve :"),
        role=Role.ADMISSIBILITY,
        tables=(table(material, *steps),),
    )


def prefect(material: Material) -> Paper:
    """Return the request to the prefect to refer a local act to the court (T5)."""
    what = attacked(material.attacked)
    speak = voice(material.applicant)
    opening = say(
        "{we_ask} de déférer au tribunal administratif {what}{where}, en application {article} : "
        "toute personne lésée par un acte d'une commune peut le demander dans les deux mois du "
        "jour où il est devenu exécutoire. Cette demande ne change pas {our} propre délai de "
        "recours.",
        we_ask=capital(speak.asks),
        what=what,
        where=_where(material),
        article=of(quoted("CGCT L2131-8")),
        our=speak.our,
    )
    asks = [
        say("de déférer au tribunal administratif {what} ({a})", what=what, a=_referral()),
        say("d'assortir ce déféré d'une demande de suspension ({a})", a=_referral()),
        *more(material.relief),
        say("de dire par écrit la suite donnée à cette demande"),
    ]
    return head(
        PaperKind.PREFECT,
        material,
        title=say("Demande de déféré au préfet"),
        subject=say("Demande de déférer au tribunal administratif {what}", what=what),
        sections=(
            Section(key="opening", title="", body=opening),
            _days(material, "prefect", "prefect_referral"),
            parts.facts(material),
            *parts.means(material, with_sides=False),
            Section(
                key="relief",
                title="Demandes",
                body=f"{say('{we_ask} :', we_ask=capital(speak.asks))}\n\n{numbered(asks)}"
                f"\n\n{_liberty()}",
                role=Role.RELIEF,
            ),
            parts.exhibits(material),
        ),
        closing=_closing(material),
    )


REPEAL_DUTY = (
    " L'administration doit abroger un règlement illégal, qu'il l'ait été dès l'origine ou qu'il "
    "le soit devenu ({article}) : cette demande n'est jamais tardive."
)


def _referral() -> str:
    return named("CGCT L2131-6")


def _liberty() -> str:
    return say(
        "L'acte est de nature à compromettre l'exercice d'une liberté publique ou individuelle : "
        "saisi par vous, le juge se prononce alors sur la suspension en quarante-huit heures "
        "({a}).",
        a=_referral(),
    )


def repeal(material: Material) -> Paper:
    """Return the demand to repeal a regulation, or to stop what is being done (T11)."""
    one = material.attacked
    what = attacked(one)
    speak = voice(material.applicant)
    is_stop = one.kind in {AttackedKind.PROCESSING, AttackedKind.DECISION}
    act = say("de mettre fin {to}", to=to(what)) if is_stop else say("d'abroger {w}", w=what)
    duty = "" if is_stop else say(REPEAL_DUTY, article=named("CRPA L243-2"))
    opening = say(
        "{we_ask} {act}{where}.{duty}",
        we_ask=capital(speak.asks),
        act=act,
        where=_where(material),
        duty=duty,
    )
    silence = say(
        "Sans réponse dans les deux mois de la réception de ce courrier, votre silence vaudra "
        "refus ({article}) ; {we_may} alors saisir le tribunal administratif dans les deux mois.",
        article=named("CRPA L231-4"),
        we_may=speak.will,
    )
    asks = [act, *more(material.relief), say("de répondre par écrit, en donnant vos motifs")]
    subject = say("Demande {act}", act=act)
    return head(
        PaperKind.REPEAL,
        material,
        title=say("Demande de mettre fin") if is_stop else say("Demande d'abrogation"),
        subject=subject,
        sections=(
            Section(key="opening", title="", body=opening),
            _days(material, "repeal_rejection", "ta_repeal", title="Dates"),
            parts.facts(material),
            *parts.means(material, with_sides=False),
            Section(
                key="relief",
                title="Demandes",
                body=f"{say('{we_ask} donc :', we_ask=capital(speak.asks))}\n\n{numbered(asks)}"
                f"\n\n{silence}",
                role=Role.RELIEF,
            ),
            parts.exhibits(material),
        ),
        closing=_closing(material),
    )
