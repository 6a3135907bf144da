"""The admissibility table: each day, its text, its proof, and in which reading it counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from contrechamp.foi.domain.paper import Grid
from contrechamp.foi.domain.wording import flowing, in_full, say
from contrechamp.kernel.typography import NBSP, THIN
from contrechamp.law.domain.items import Item, Reading

from .material import Dated, Material
from .wording import articles, day_or_blank, proof

COLUMNS = ("Étape", "Date", "Texte", "Preuve ou calcul", "Lecture")
SAFE, EVERY, PLAIN = "la plus sûre", "toutes", "–"
READINGS = {Reading.USUAL: "usuelle", Reading.STRICT: "stricte", Reading.SAFE: SAFE}
COURT_STEPS = {
    "gracieux": "Dernier jour pour demander à l'auteur de revoir sa décision",
    "gracieux_rejection": "Rejet de ce recours né du silence",
    "implied_decision": "Refus né du silence",
    "confirmed_refusal": "Refus né du silence, la CADA saisie",
    "repeal_rejection": "Refus d'abroger né du silence",
    "ta": "Dernier jour pour saisir le tribunal",
    "ta_repeal": "Dernier jour pour saisir le tribunal",
    "ce": "Dernier jour pour saisir le Conseil d'État",
    "contract": "Dernier jour pour contester le contrat",
    "prefect": "Dernier jour pour saisir le préfet",
    "prefect_referral": "Dernier jour du préfet pour déférer l'acte",
    "complaint_rejection": "Rejet de la plainte né du silence",
    "right_answer": "Dernier jour du responsable pour répondre",
    "progress_due": "Dernier jour de la CNIL pour informer de l'avancement",
    "cctv_expiry": "Fin de l'autorisation",
    "prefect_rejection": "Rejet de la demande d'autorisation né du silence",
}
"""How a paper names the steps of the clock; others are not told."""


def table(material: Material, *steps: str) -> Grid:
    """Return the days of the attacked decision, the steps taken, and these steps of the clock."""
    known = (*material.attacked.dates, *material.contacts)
    ordered = sorted(known, key=lambda one: (one.day is None, one.day or material.today))
    rows = [_known(one) for one in ordered]
    wanted = (item for item in material.items if item.step in steps and not item.is_cap)
    rows += [row for item in wanted for row in _counted(item)]
    return Grid(COLUMNS, tuple(rows))


def _known(one: Dated) -> tuple[str, ...]:
    text = articles(one.article) if one.article else PLAIN
    return (flowing(one.what), day_or_blank(one.day), text, proof(one), PLAIN)


def _counted(item: Item) -> Iterator[tuple[str, ...]]:
    name = say(COURT_STEPS[item.step])
    texts = _grouped(item.basis)
    how = say("calcul à partir du {day}", day=item.lines[0].start) if item.lines else "calcul"
    usual, safe = item.last_day, item.act_by_safe
    if item.is_birth and item.not_before:
        yield name, in_full(item.not_before), texts, how, SAFE
        return
    if usual and usual == safe:
        yield name, in_full(usual), texts, how, EVERY
        return
    if safe:
        yield name, in_full(safe), texts, how, SAFE
    if usual:
        yield name, in_full(usual), texts, how, READINGS[item.reading]


def _grouped(basis: Iterable[str]) -> str:
    """Return the texts of a step, those of one code together: `641 et 642 CPC`."""
    codes: dict[str, list[str]] = {}
    for each in map(articles, basis):
        number, space, code = each.rpartition(NBSP)
        is_code = bool(space) and code.isupper()
        codes.setdefault(code if is_code else "", []).append(number if is_code else each)
    said = [
        f"{' et '.join(numbers)}{NBSP}{code}" if code else f"{THIN}; ".join(numbers)
        for code, numbers in codes.items()
    ]
    return f"{THIN}; ".join(said)


def window_of(material: Material, *steps: str) -> Item | None:
    """Return the window of the claim: the last that opened; None where nothing proves its start."""
    wanted = steps or ("ta", "ta_repeal", "ce")
    found = [item for item in material.items if item.step in wanted and item.act_by_safe]
    return max(found, key=lambda item: item.act_by_safe or material.today, default=None)
