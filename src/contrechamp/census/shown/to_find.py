"""Projects without a contract: somebody may find it in five minutes."""

from __future__ import annotations

from collections.abc import Iterable

from contrechamp.census import published
from contrechamp.foundation.plug import Choice, Errands, Matter
from contrechamp.kernel.errors import gettext_noop

REF = "census:entity:"
SHOWN = ("located_in", "uses_technology", "participates_in", "authorising_act")


def find(most: int) -> Iterable[str]:
    """Yield projects of which no contract is known, by identifier."""
    return (f"{REF}{key}" for key in published.projects_without("contract_of", most))


def show(ref: str) -> Matter | None:
    """Return what is known of a project."""
    record = published.find_record(ref.removeprefix(REF))
    if record is None or record.kind != "project":
        return None
    facts = [*published.facts_of(record.id), *published.facts_about(record.id)]
    lines = tuple(_line(fact, record.id) for fact in facts if fact.property in SHOWN)
    url = f"/projet/{record.id}"
    return Matter(title=record.name, url=url, lines=lines[:8], proof_url=url)


def _line(fact: published.Fact, here: str) -> tuple[str, str]:
    if fact.target and fact.target.id == here:
        return fact.backward_label, fact.subject.name
    return fact.label, fact.value_text


TO_FIND = Errands(
    kind="find_contract",
    title=gettext_noop("Trouver le marché d'un projet"),
    question=gettext_noop("Quelle page publie le marché de ce projet ?"),
    help=gettext_noop(
        "Cherchez l'acheteur et la technique au BOAMP, sur le profil d'acheteur de la ville ou dans"
        " les données essentielles de la commande publique."
    ),
    choices=(
        Choice(code="found", label=gettext_noop("Trouvé, à cette adresse"), asks_value=True),
        Choice(code="none", label=gettext_noop("J'ai cherché, je n'ai rien trouvé")),
        Choice(code="unsure", label=gettext_noop("Je ne peux pas dire")),
    ),
    find=find,
    show=show,
    order=20,
)
