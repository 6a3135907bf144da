"""Which lane of a timeline a fact belongs to."""

from __future__ import annotations

from contrechamp.kernel.errors import gettext_noop

FAMILIES: dict[str, str] = {
    "decision": gettext_noop("Projets et décisions"),
    "act": gettext_noop("Actes et autorisations"),
    "money": gettext_noop("Marchés et argent"),
    "means": gettext_noop("Moyens et lieux"),
    "link": gettext_noop("Qui avec qui"),
    "other": gettext_noop("Autres faits"),
    "document": gettext_noop("Documents"),
    "clock": gettext_noop("Horloge du droit"),
    "court": gettext_noop("Devant le juge"),
    "news": gettext_noop("Publié ici"),
}
"""Code and name of each lane, from the top to the bottom."""

_OF = {
    "decision": (
        *("announced_on", "reported_on", "decided_on", "started_on", "ended_on"),
        *("authorised_until", "stage", "purpose", "legal_basis", "legal_reference", "is_secret"),
        *("impact_assessment", "regulator_opinion", "decision", "succeeds"),
    ),
    "act": (
        *("authorising_act", "modifying_act", "refusing_act", "cameras_authorised"),
        *("cameras_public_way", "systems_authorised", "systems_modified", "systems_refused"),
        "retention_days",
    ),
    "money": (
        *("published_on", "signed_on", "notified_on", "duration_months", "bidders_count"),
        *("budget", "subsidy", "object", "procedure", "reference", "cpv"),
        *("buyer_of", "awarded_to", "bid_for", "funds", "contract_of"),
    ),
    "means": (
        *("cameras_count", "screens_staff_count", "area_km2", "people_covered", "tested"),
        *("uses_technology", "located_in", "has_capability", "manufactures", "market_size"),
    ),
    "link": (
        *("participates_in", "supplies", "used_by", "distributed_by", "subcontractor_of"),
        *("integrates", "interoperates_with", "owned_by", "member_of", "lobbying_register"),
        *("holds_office", "administers", "part_of", "founded_on", "dissolved_on"),
    ),
}
_FAMILY = {property_: family for family, properties in _OF.items() for property_ in properties}


def family_of(property_: str) -> str:
    """Return the lane of a property or relation."""
    return _FAMILY.get(property_, "other")
