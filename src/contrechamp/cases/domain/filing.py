"""What forbids to export a bundle, and what is only said: each finding names what it is about.

Sources: CJA R411-1, R412-1, R412-2, R414-5; design/cases.md §5 and §7.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from contrechamp.kernel.errors import Refused, gettext_noop

from .exhibits import Exhibit, Role, cited_keys


class NotFit(Refused):
    """A bundle that a court would send back, or that would tell what must stay private."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """A numbered means of the claim, with its words; exhibits are cited in them by key."""

    title: str
    text: str
    is_proved: bool = True
    """False: "to be proved", no quoted fact stands behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """What is known of the content of one exhibit, from the library and from making its copy."""

    key: str
    hidden_text: str = "clean"
    """Verdict of the search under redaction boxes: clean, not_checked, or what was found."""
    metadata: tuple[str, ...] = ()
    """What its copy still tells of who made it, after cleaning."""
    is_sealed: bool = False
    is_from_source: bool = False
    """Of origin `received`."""
    is_confirmed: bool = False
    """Two people of the desk have decided, and the warning was confirmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Until when the action is in time, in every reading; None: not known, or open without end."""

    act_by_safe: date | None = None
    override: str = ""
    """Why it is exported though that day is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing wrong. `sentence` is French for the catalogue, its values apart."""

    code: str
    sentence: str
    about: str = ""
    forbids: bool = True


def findings(
    exhibits: Sequence[Exhibit],
    arguments: Sequence[Argument],
    screened: Iterable[Screened],
    *,
    window: Window,
    today: date,
    body: str = "",
    is_court: bool = True,
) -> tuple[Finding, ...]:
    """Return what is wrong with a bundle. `exhibits` as `numbered` returns them.

    `body`: the rest of the claim, whose citations count too. `is_court`: a decision is attacked
    before a court; the CNIL and a commission ask for none.
    """
    return (
        *_of_numbers(exhibits),
        *(_of_the_first(exhibits) if is_court else ()),
        *_of_arguments(exhibits, arguments, body),
        *_of_contents(exhibits, {each.key: each for each in screened}),
        *_of_time(window, today),
    )


def check_fit(found: Iterable[Finding]) -> None:
    """Raise `NotFit` with the first finding that forbids to export."""
    for each in found:
        if each.forbids:
            raise NotFit(each.sentence, about=each.about)


def _of_numbers(exhibits: Sequence[Exhibit]) -> Iterator[Finding]:
    numbers = [each.number for each in exhibits]
    if not exhibits:
        yield Finding(
            code="no_exhibit",
            sentence=gettext_noop("Le dossier n'a aucune pièce : ajoutez la décision attaquée."),
        )
    if numbers != list(range(1, len(exhibits) + 1)):
        missing = sorted(set(range(1, len(exhibits) + 1)) - set(numbers))
        yield Finding(
            code="missing_number",
            sentence=gettext_noop("Les numéros des pièces ne se suivent pas : {about}."),
            about=", ".join(map(str, missing or numbers)),
        )
    for each in exhibits:
        if not each.label.strip():
            yield Finding(
                code="no_label",
                sentence=gettext_noop("La pièce n° {about} n'a pas d'intitulé : donnez-lui en un."),
                about=str(each.number),
            )


def _of_the_first(exhibits: Sequence[Exhibit]) -> Iterator[Finding]:
    if exhibits and exhibits[0].role not in {Role.ATTACKED, Role.REQUEST}:
        yield Finding(
            code="first_exhibit",
            sentence=gettext_noop(
                "La pièce n° 1 doit être la décision attaquée ou, si elle est née d'un silence, la "
                "demande et la preuve de son jour (article R. 412-1 du code de justice "
                "administrative) ; c'est « {about} »."
            ),
            about=exhibits[0].label,
        )


def _of_arguments(
    exhibits: Sequence[Exhibit], arguments: Sequence[Argument], body: str
) -> Iterator[Finding]:
    known = {each.key for each in exhibits}
    cited = set(cited_keys(body))
    for argument in arguments:
        keys = cited_keys(argument.text)
        cited |= set(keys)
        if not argument.is_proved:
            yield Finding(
                code="to_be_proved",
                sentence=gettext_noop("Le moyen « {about} » reste à prouver."),
                about=argument.title,
            )
        elif not keys:
            yield Finding(
                code="cites_nothing",
                sentence=gettext_noop("Le moyen « {about} » ne cite aucune pièce."),
                about=argument.title,
            )
    for key in sorted(cited - known):
        yield Finding(
            code="unknown_exhibit",
            sentence=gettext_noop("Le texte cite la pièce « {about} », qui n'est pas au dossier."),
            about=key,
        )
    for each in exhibits:
        if each.key not in cited and each.role is Role.OTHER:
            yield Finding(
                code="cited_nowhere",
                sentence=gettext_noop("La pièce « {about} » n'est citée nulle part."),
                about=each.label,
                forbids=False,
            )


def _of_contents(exhibits: Sequence[Exhibit], screened: dict[str, Screened]) -> Iterator[Finding]:
    for each in exhibits:
        known = screened.get(each.key) or Screened(key=each.key, hidden_text="not_checked")
        if known.is_sealed:
            yield Finding(
                code="sealed",
                sentence=gettext_noop("« {about} » est scellé : il n'entre dans aucun dossier."),
                about=each.label,
            )
        if known.is_from_source and not known.is_confirmed:
            yield Finding(
                code="from_source",
                sentence=gettext_noop(
                    "« {about} » vient d'une source : deux personnes doivent d'abord en décider."
                ),
                about=each.label,
            )
        if known.hidden_text == "not_checked":
            yield Finding(
                code="not_checked",
                sentence=gettext_noop(
                    "On n'a pas encore cherché de texte sous les caches de « {about} » : attendez "
                    "la fin de sa lecture, ou relancez-la."
                ),
                about=each.label,
            )
        elif known.hidden_text == "suspect":
            yield Finding(
                code="suspect_text",
                sentence=gettext_noop(
                    "« {about} » a du texte qui ne se voit pas, sans être sous un cache : texte "
                    "reconnu d'un scan, hors de la page, de la couleur du fond. Regardez ce qu'il "
                    "dit."
                ),
                about=each.label,
                forbids=False,
            )
        elif known.hidden_text != "clean":
            yield Finding(
                code="hidden_text",
                sentence=gettext_noop(
                    "« {about} » a du texte sous un cache, que tout le monde pourrait lire : "
                    "faites-en une copie caviardée."
                ),
                about=each.label,
            )
        if known.metadata:
            yield Finding(
                code="metadata",
                sentence=gettext_noop(
                    "La copie de « {about} » dit encore qui l'a faite : elle n'est pas déposée."
                ),
                about=each.label,
            )


def _of_time(window: Window, today: date) -> Iterator[Finding]:
    if window.act_by_safe and today > window.act_by_safe:
        yield Finding(
            code="window_closed",
            sentence=gettext_noop(
                "Le délai est passé dans la lecture la plus sûre (jusqu'au {about}) : pour déposer "
                "quand même, dites pourquoi."
            ),
            about=window.act_by_safe.isoformat(),
            forbids=not window.override.strip(),
        )
