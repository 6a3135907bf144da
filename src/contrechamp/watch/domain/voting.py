"""The rules of the watch by name, to say why something was found or turned away.

What a rule does stands where it decides (`video_protection`, `aircraft`, `measures`, `equipment`,
`contracts.weighing`); here is how it is called, and in a sentence what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contrechamp.kernel.errors import gettext_noop

from .act import Act, Span
from .assembling import KEY_FIELDS
from .video_protection import JUDGED

AIRCRAFT = frozenset({"aerial_camera"})
MEASURES = frozenset({"protection_perimeter", "demonstration_ban", "gathering_ban"})
WITHOUT_PLACE = 0.8
"""A finding without a place is believed no further."""

FIELDS = {
    "technology": gettext_noop("le dispositif est nommé dans les articles, et décidé par eux"),
    "decision": gettext_noop("le mot de l'intitulé, sinon celui de l'article qui décide"),
    "places": gettext_noop("la commune de l'intitulé, sinon celle des articles, cherchée au COG"),
    "beneficiary": gettext_noop("la parenthèse de l'intitulé, sinon ce qui suit le dispositif"),
    "cameras": gettext_noop("un nombre devant « caméra », par sorte, dans les articles"),
    "perimeters": gettext_noop("un nombre devant « périmètre »"),
    "retention_days": gettext_noop("un délai en jours ou en mois après « conserver » ou « durée »"),
    "file_numbers": gettext_noop("ce qui suit « enregistrée sous le numéro »"),
    "duration_years": gettext_noop("un nombre d'années après « durée »"),
    "signed_on": gettext_noop("la date de la formule de signature"),
    "order": gettext_noop("le numéro après « arrêté n° »"),
    "repeals": gettext_noop("la date d'un arrêté que les articles abrogent"),
    "court": gettext_noop("le tribunal administratif que l'acte nomme"),
    "purposes": gettext_noop("les finalités que les articles citent"),
    "legal_basis": gettext_noop("les articles du code de la sécurité intérieure que l'acte vise"),
    "aircraft": gettext_noop("le nombre et le type d'aéronef des articles, sinon des visas"),
    "operator": gettext_noop(
        "le service nommé après « par » dans les articles, sinon le demandeur"
    ),
    "intervals": gettext_noop("les jours et les heures des articles"),
    "public_information_waived": gettext_noop("la dérogation à l'information du public"),
    "object": gettext_noop("l'objet du marché, réparé là où un seul mot convient"),
    "amount": gettext_noop("le montant du registre"),
    "notified_on": gettext_noop("la date de notification du registre"),
}
"""What gives each field of a finding."""

RULES = {
    "no_stem": gettext_noop("aucun mot de surveillance n'y figure"),
    "no_articles": gettext_noop("aucun article ne décide quoi que ce soit"),
    "delegation": gettext_noop("délégation de signature : personne n'est autorisé à surveiller"),
    "video_protection.no_system": gettext_noop("aucun système de vidéoprotection n'est nommé"),
    "video_protection.no_operative_part": gettext_noop("ni « Arrête » ni article 1"),
    "video_protection.persons": gettext_noop(
        "l'intitulé parle de délégation, de commission ou d'habilitation de personnes"
    ),
    "video_protection.not_in_articles": gettext_noop("l'article 1 ne parle pas d'un système"),
    "video_protection.nothing_decided": gettext_noop("l'article 1 ne décide rien d'un système"),
    "video_protection.not_in_title": gettext_noop(
        "ni le titre ni l'intitulé ne parlent d'un système"
    ),
    "aircraft.no_capture": gettext_noop("pas d'images prises d'un aéronef dans les articles"),
    "aircraft.ban": gettext_noop("l'intitulé interdit de voler : c'est le contraire"),
    "aircraft.nothing_decided": gettext_noop("les articles n'autorisent pas de prise d'images"),
    "aircraft.no_basis": gettext_noop(
        "ni articles L242-1 et suivants, ni service de l'État qui vole"
    ),
    "aircraft.nature": gettext_noop("travaux de nature : des animaux ou des plantes sont filmés"),
    "measures.no_measure": gettext_noop("ni périmètre de sécurité, ni manifestation en cause"),
    "measures.perimeter_without_basis": gettext_noop(
        "périmètre sans l'article L226-1 : captage d'eau, monument ou autre"
    ),
    "measures.perimeter_not_instituted": gettext_noop("aucun article n'institue de périmètre"),
    "measures.gathering_not_banned": gettext_noop("le rassemblement festif n'est pas interdit"),
    "measures.demonstration_not_banned": gettext_noop(
        "l'intitulé n'interdit pas de manifestation ni de rassemblement"
    ),
    "measures.demonstration_without_basis": gettext_noop(
        "interdiction sans les articles L211-4 et suivants"
    ),
    "measures.demonstration_not_in_articles": gettext_noop(
        "les articles n'interdisent pas de manifestation politique"
    ),
    "equipment.no_means": gettext_noop("aucun autre moyen de surveillance n'est nommé"),
    "equipment.no_basis": gettext_noop(
        "ni l'intitulé ni les articles de loi ne portent sur ce moyen"
    ),
    "equipment.friend": gettext_noop("faux ami : le mot parle d'autre chose ici"),
    "equipment.staff": gettext_noop(
        "l'intitulé parle de personnes, d'une convention ou d'une interdiction"
    ),
    "equipment.nothing_decided": gettext_noop("aucun article n'autorise ce moyen"),
    "negative.delegation": gettext_noop("parle de délégation ou de commission"),
    "negative.flight_ban": gettext_noop("parle d'une interdiction de vol"),
    "negative.nature": gettext_noop("parle de nature ou d'animaux"),
    "negative.drains": gettext_noop("parle de canalisations ou d'inspection"),
    "negative.water": gettext_noop("parle d'un captage d'eau ou d'un monument"),
    "contracts.words": gettext_noop("les mots de l'objet"),
    "contracts.cpv": gettext_noop("un CPV de caméras"),
    "contracts.cpv_near": gettext_noop("un CPV voisin"),
    "contracts.cpv_alone": gettext_noop("un CPV de caméras, sans mot dans l'objet"),
    "contracts.supplier": gettext_noop("un fournisseur du métier"),
    "contracts.other_sign": gettext_noop("autre technique nommée"),
    "contracts.friend": gettext_noop("faux ami, ôté de l'objet avant lecture"),
    "contracts.unless": gettext_noop("un mot de l'objet dit que c'est autre chose"),
    "contracts.needs": gettext_noop("il manque le mot qui en ferait une surveillance"),
    "contracts.off_topic": gettext_noop("l'objet parle d'autre chose"),
    "contracts.no_sign": gettext_noop("aucun mot ni CPV de surveillance"),
}
"""The rules that speak for or against, each in a few words for whoever reviews."""

NEGATIVE = (
    (
        "negative.delegation",
        re.compile(r"\bdelegation\s+de\s+signature|\bcommission\s+departementale|\bhabilitation\b"),
    ),
    ("negative.flight_ban", re.compile(r"\binterdi\w+\s+(?:de\s+)?(?:le\s+)?survol\w*")),
    ("negative.nature", re.compile(r"\bfaune\b|\boiseaux\b|\bpieges?\s+photo\w*|\bchiropteres?")),
    (
        "negative.drains",
        re.compile(r"\bassainissement\b|\binspection\s+(?:video|camera|televisee)"),
    ),
    (
        "negative.water",
        re.compile(r"\bprotection\s+(?:immediate|rapprochee|eloignee)\b|\bdu\s+captage\b"),
    ),
)
"""Words that often stand where nobody watches anybody. They vote; the articles decide."""


def doubts(act: Act) -> Iterator[tuple[str, Span]]:
    """Yield the negative lists whose words an act holds, the first words of each."""
    for rule, words in NEGATIVE:
        if found := words.search(act.pages.folded):
            yield rule, Span(found.start(), found.end(), 0.0)


def rule_of(source: str, technology: str, field: str) -> str:
    """Return the name of the rule that gives a field of a finding: `video_protection.cameras`."""
    if source != "raa":
        return f"contracts.{'words' if field == 'technology' else field}"
    if technology in AIRCRAFT:
        return f"aircraft.{field}"
    if technology in MEASURES:
        return f"measures.{field}"
    return f"{'video_protection' if technology == 'video_protection' else 'equipment'}.{field}"


def judged(rule: str, confidence: float) -> tuple[int, int] | None:
    """Return how often a rule was right of how many judged by hand, where it has its confidence
    of that; None where the confidence is that of a less sure way of reading, or estimated.
    """
    reader, _, field = rule.partition(".")
    if reader != "video_protection" or field not in JUDGED:
        return None
    hits, count = JUDGED[field]
    return (hits, count) if round((hits + 1) / (count + 2), 3) == confidence else None


def smallest(evidence: dict[str, float], *, has_place: bool) -> tuple[str, float]:
    """Return which field makes the confidence of an act's finding, and how far it goes."""
    known = {key: evidence[key] for key in KEY_FIELDS if key in evidence}
    if not known:
        return "", 0.5
    field = min(known, key=lambda key: known[key])
    if not has_place and known[field] > WITHOUT_PLACE:
        return "places", WITHOUT_PLACE
    return field, known[field]
