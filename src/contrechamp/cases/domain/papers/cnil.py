"""The complaint to the CNIL, alone or collective, and the mandate that people sign for one.

Sources: GDPR art. 77, 78(2), 80(1), 12(3) (C1, C2, C7); décret 2019-536 art. 10 (C3); loi
n° 78-17 of 6 January 1978.
"""

from __future__ import annotations

from collections.abc import Iterator

from contrechamp.foi.domain.paper import Grid
from contrechamp.foi.domain.wording import flowing, say

from . import parts
from .court import numbered
from .days import table
from .heads import head
from .material import Material, PaperKind, Party
from .paper import Paper, Role, Section
from .voice import voice
from .wording import attacked, capital, cite, definite, finished, named, of, quoted

CNIL = Party(
    name="Commission nationale de l'informatique et des libertés",
    service="Service des plaintes",
    address="3 place de Fontenoy\nTSA 80715\n75334 Paris cedex 07",
)
BLANK = "…" * 24


def complaint(material: Material) -> Paper:
    """Return the complaint of one person or organisation."""
    return _complaint(PaperKind.COMPLAINT, material, say("Plainte à la CNIL"))


def collective(material: Material) -> Paper:
    """Return the complaint of an organisation that people have mandated."""
    return _complaint(PaperKind.COLLECTIVE, material, say("Plainte collective à la CNIL"))


def _complaint(kind: PaperKind, material: Material, title: str) -> Paper:
    return head(
        kind,
        material,
        title=title,
        subject=say("{title} : {what}", title=title, what=attacked(material.attacked)),
        addressee=CNIL,
        sections=(
            Section(key="opening", title="", body=_opening(kind, material)),
            _parties(kind, material),
            _processing(material),
            parts.facts(material),
            *parts.means(material, with_sides=False),
            _contacts(material),
            _relief(material),
            parts.exhibits(material),
        ),
        closing=say(
            "Veuillez agréer, Madame, Monsieur, l'expression de {regards} distinguée.",
            regards=voice(material.applicant).regards,
        ),
    )


def _opening(kind: PaperKind, material: Material) -> str:
    speak = voice(material.applicant)
    is_alone = kind is PaperKind.COMPLAINT
    together = say("des articles 77 et 80, paragraphe 1, du RGPD")
    return say(
        "{we_go} la CNIL d'une plainte contre {who}, sur le fondement {basis} et, si le "
        "traitement sert à prévenir ou à poursuivre des infractions, de la loi n° 78-17 du 6 "
        "janvier 1978.",
        we_go=capital(speak.complains),
        who=definite(material.attacked.author.name),
        basis=of(quoted("RGPD 77")) if is_alone else together,
    )


def _parties(kind: PaperKind, material: Material) -> Section:
    lines = [f"- {parts.described(material.applicant)}"]
    if kind is PaperKind.COLLECTIVE:
        lines = [f"- {parts.described(material.applicant)}", f"- {_mandates(material)}"]
    elif material.applicant.is_person and not material.standing.interest.strip():
        lines.append(
            say("- Ses données sont traitées : [À compléter : où et quand, sans plus de détail.]")
        )
    interest = material.standing.interest.strip()
    if interest:
        where = cite(material.standing.statutes)
        lines.append(f"- {finished(interest, f'({where})' if where else '')}")
    body = "\n\n".join(
        (
            say("Qui se plaint :"),
            "\n".join(lines),
            say("Responsable du traitement :"),
            f"- {parts.described(material.attacked.author)}",
        )
    )
    return Section(key="parties", title="Parties", body=body, role=Role.PARTIES)


def _mandates(material: Material) -> str:
    count = material.standing.mandates
    if not count:
        return say("[À compléter : les mandats ; une plainte collective en demande au moins un.]")
    many = "s" if count > 1 else ""
    return say(
        "Elle agit au nom de {count} personne{many}, dont les données sont traitées et qui lui en "
        "ont donné mandat. Les mandats ne sont pas publics : ils sont remis à la CNIL à part, à sa "
        "demande.",
        count=count,
        many=many,
    )


def _processing(material: Material) -> Section:
    one = material.attacked
    said = flowing(one.processing) or say(
        "[À compléter : ce qui est fait, avec quelles données, de qui, où et depuis quand.]"
    )
    pieces = [said]
    if one.exhibit:
        pieces.append(say("Ce traitement ressort de la {where}.", where=cite(one.exhibit)))
    if one.place.strip():
        pieces.append(say("Lieu : {place}.", place=flowing(one.place)))
    return Section(
        key="attacked",
        title=say("Traitement en cause"),
        body="\n\n".join(pieces),
        role=Role.ATTACKED,
    )


def _contacts(material: Material) -> Section:
    if material.contacts:
        body = say(
            "Voici les démarches faites auprès du responsable, qui doit répondre dans le mois, ou "
            "dans les trois mois si la demande est complexe ({article}) :",
            article=named("RGPD 12(3)"),
        )
        tables: tuple[Grid, ...] = (table(material, "right_answer"),)
    else:
        body = say(
            "Aucune démarche n'a été faite auprès du responsable : la plainte porte sur le "
            "traitement lui-même, et non sur une demande restée sans réponse."
        )
        tables = ()
    return Section(
        key="contacts",
        title=say("Démarches antérieures"),
        body=body,
        role=Role.ADMISSIBILITY,
        tables=tables,
    )


def _relief(material: Material) -> Section:
    asks = list(_asks(material))
    after = say(
        "Merci d'informer de l'état d'avancement ou de l'issue de cette plainte dans les trois "
        "mois ({article}). Le silence gardé pendant trois mois vaut rejet ({decree}).",
        article=named("RGPD 78(2)"),
        decree=named("décret 2019-536 art. 10"),
    )
    opening = say("Il est demandé à la CNIL :")
    return Section(
        key="relief",
        title="Demandes",
        body=f"{opening}\n\n{numbered(asks)}\n\n{after}",
        role=Role.RELIEF,
    )


def _asks(material: Material) -> Iterator[str]:
    yield say("de contrôler le traitement, sur pièces et sur place")
    if material.relief.enjoin.strip():
        yield say(
            "d'ordonner au responsable, par une mise en demeure ou une autre mesure, {act}",
            act=flowing(material.relief.enjoin),
        )
    else:
        yield say("d'ordonner au responsable de mettre fin au traitement, ou de le mettre en règle")
    yield from (flowing(each) for each in material.relief.more if each.strip())
    yield say("de rendre publiques les mesures prises")


def mandate(material: Material) -> Paper:
    """Return the form by which a person mandates an organisation. Nothing personal is in it."""
    named_one = "" if material.applicant.is_person else definite(material.applicant.name)
    who = named_one or say("[À compléter : organisation]")
    about = flowing(material.scope.about) or attacked(material.attacked)
    until = (
        say("jusqu'au {day}", day=material.scope.until)
        if material.scope.until
        else say("jusqu'à la fin de la plainte et des recours qui la suivent")
    )
    return head(
        PaperKind.MANDATE,
        material,
        title=say("Mandat pour une plainte collective"),
        subject=say("Mandat pour une plainte à la CNIL : {about}", about=about),
        addressee=material.applicant,
        sections=(
            _person(),
            Section(
                key="scope",
                title=say("Ce que je confie"),
                body=say(
                    "Je donne mandat à {who} de déposer en mon nom, auprès de la CNIL, une plainte "
                    "sur {about}, et d'exercer les droits que prévoient les articles 77 et 78 du "
                    "RGPD.\n\n"
                    "Ce mandat ne coûte rien et ne m'engage à rien d'autre.",
                    who=who,
                    about=about,
                ),
            ),
            Section(
                key="duration",
                title=say("Durée, et comment y mettre fin"),
                body=say(
                    "Ce mandat vaut {until}.\n\nJe peux y mettre fin à tout moment, sans donner de "
                    "raison, par une lettre ou un courriel à {who}{mail}.",
                    until=until,
                    who=who,
                    mail=_mail(material.applicant),
                ),
            ),
            Section(
                key="data",
                title=say("Ce que deviennent mes données"),
                body=_data(who),
            ),
            _signed(),
        ),
    )


def _mail(party: Party) -> str:
    return f" ({flowing(party.email)})" if party.email.strip() else ""


def _person() -> Section:
    names = ("Nom et prénom", "Adresse", "Courriel ou téléphone")
    return Section(
        key="person",
        title=say("Qui donne mandat"),
        body=say("À remplir à la main, en lettres lisibles :"),
        role=Role.PARTIES,
        is_computed=True,
        tables=(Grid(("", ""), tuple((name, BLANK) for name in names)),),
    )


def _data(who: str) -> str:
    return say(
        "- Ce papier n'est ni publié ni mis sur le site : {who} le garde à part.\n"
        "- Il n'est remis qu'à la CNIL, et au juge si la plainte va devant lui.\n"
        "- Il est détruit quand la plainte et les recours sont finis, ou quand je mets fin au "
        "mandat, sauf ce qui doit prouver ce qui a été fait.\n"
        "- Je peux demander à le lire, à le corriger ou à le faire effacer, et me plaindre à la "
        "CNIL.",
        who=who,
    )


def _signed() -> Section:
    names = ("Fait à", "Le", "Signature, avec la mention « bon pour mandat »")
    return Section(
        key="signed",
        title=say("Signature"),
        is_computed=True,
        tables=(Grid(("", ""), tuple((say(name), BLANK) for name in names)),),
    )
