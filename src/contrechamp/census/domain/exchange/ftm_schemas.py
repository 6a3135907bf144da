"""How our records and relations are said in FollowTheMoney, and its schemas in ours.

Written after `followthemoney` 4.11; the library itself is only used to check what we write
(`tests/census/test_export_ftm.py`), for it brings three hundred megabytes with it.
"""

from __future__ import annotations

from dataclasses import dataclass

PARENTS = {
    "PublicBody": ("Organization", "LegalEntity", "Thing"),
    "Company": ("Organization", "LegalEntity", "Asset", "Thing"),
    "Organization": ("LegalEntity", "Thing"),
    "LegalEntity": ("Thing",),
    "Person": ("LegalEntity", "Thing"),
    "Project": ("Thing",),
    "Asset": ("Thing",),
    "Territory": ("Thing",),
    "Contract": ("Asset", "Thing"),
    "CallForTenders": ("Thing",),
}
"""What else an entity of a schema is: ranges are checked against it."""


@dataclass(frozen=True, slots=True)
class Link:
    """A relation as a schema of FollowTheMoney: which of its properties is which end."""

    schema: str
    source: str
    target: str
    source_range: str = "LegalEntity"
    target_range: str = "LegalEntity"


LINKS = {
    "participates_in": Link(
        "ProjectParticipant", "participant", "project", "LegalEntity", "Project"
    ),
    "member_of": Link("Membership", "member", "organization", "LegalEntity", "Organization"),
    "owned_by": Link("Ownership", "asset", "owner", "Asset", "LegalEntity"),
    "awarded_to": Link("ContractAward", "contract", "supplier", "Contract", "LegalEntity"),
    "funds": Link("Payment", "payer", "beneficiary"),
    "succeeds": Link("Succession", "successor", "predecessor"),
}
"""Everything else, and what a range forbids, is an UnknownLink whose role is our code."""

SCHEMAS: dict[str, tuple[str, str]] = {
    "Project": ("project", "programme"),
    "PublicBody": ("actor", "authority"),
    "Company": ("actor", "company"),
    "Organization": ("actor", "association"),
    "LegalEntity": ("actor", "unknown"),
    "Person": ("actor", "unknown"),
    "Territory": ("place", "commune"),
    "Contract": ("contract", "contract"),
    "CallForTenders": ("contract", "call"),
    "Asset": ("technology", "product"),
}
"""Schema of a foreign line → kind and type. An Asset is one only with the keyword "technology"."""

ALLOWED_TOPICS = ("gov",)
"""Topics that we say or take over: a public body is one. Never a topic that accuses."""

SILENT = frozenset(
    """
    name alias previousName weakAlias title registrationNumber idNumber leiCode wikidataId
    topics sourceUrl publisher publisherUrl retrievedAt modifiedAt createdAt proof keywords
    territoryCode authority indexText role status startDate endDate date amount amountEur currency
    percentage recordId
    """.split()  # noqa: SIM905  a long list reads better so
)
"""Properties of foreign lines that are read elsewhere than as claims, or say nothing of it."""


def is_a(schema: str, other: str) -> bool:
    """Answer whether an entity of one schema may stand where another is asked for."""
    return schema == other or other in PARENTS.get(schema, ())
