"""Records, claims and sources for the tests of the census, made by its verbs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from contrechamp.accounts.domain import Role
from contrechamp.accounts.models import User
from contrechamp.census import services
from contrechamp.census.models import Claim, Entity
from contrechamp.documents import services as documents
from contrechamp.documents.models import Document
from tests import make
from tests.documents import made

NOW = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
LATER = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
SENTENCE = "Les images sont conservées trente jours."


def marianne() -> User:
    return make.user("marianne")


def noor() -> User:
    return make.user("noor")


def amina() -> User:
    return make.user("amina", Role.EDITOR)


def io() -> User:
    return make.user("io", Role.ADMINISTRATOR)


def entity(
    name: str = "Exemple", kind: str = "actor", type_: str = "company", **more: Any
) -> Entity:
    given: dict[str, Any] = {"actor": marianne(), "now": NOW} | more
    return services.add_entity(kind=kind, type=type_, name=name, **given)


def project(name: str = "Essai de caméras", **more: Any) -> Entity:
    return entity(name, "project", "trial", **more)


def claim(subject: Entity | None = None, property_: str = "retention_days", **more: Any) -> Claim:
    """Add a claim; a value is given unless a target is."""
    subject = subject or project()
    if "target" not in more and "value" not in more:
        more["value"] = 30
    given: dict[str, Any] = {"actor": marianne(), "now": NOW} | more
    return services.add_claim(subject=subject, property=property_, **given)


def act(claim_: Claim, **more: Any) -> Any:
    """Attach an act of a register."""
    given: dict[str, Any] = {"kind": "register", "register": "raa", "record_id": "83-2025-008"}
    given |= {"actor": marianne(), "now": NOW} | more
    return services.add_evidence(claim_, **given)


def page(claim_: Claim, **more: Any) -> Any:
    """Attach an address of the web, which alone only alleges."""
    given: dict[str, Any] = {
        "kind": "url",
        "url": "https://www.exemple.fr/",
        "actor": marianne(),
        "now": NOW,
    }
    return services.add_evidence(claim_, **(given | more))


def published(*claims: Claim, as_alleged: bool = False) -> list[Claim]:
    """Submit and publish claims; attach an act to those without a source."""
    for each in claims:
        if not each.evidence.exists():
            act(each)
    ids = [each.pk for each in claims]
    services.submit(ids, actor=marianne(), now=NOW)
    report = services.publish(ids, reviewer=amina(), now=NOW, as_alleged=as_alleged)
    assert report.refused == []
    return [Claim.objects.get(pk=key) for key in ids]


def document(*, is_public: bool = True) -> tuple[Document, str]:
    """Return a document of one page that holds the sentence, and its hash."""
    state = Document.State.PUBLISHED if is_public else Document.State.IN_REVIEW
    access = Document.Access.PUBLIC if is_public else Document.Access.TEAM
    more = () if is_public else ("Personne ne doit lire ceci.",)
    found = made.document(texts=[(SENTENCE, *more)], by=marianne(), state=state, access=access)
    return found, made.key(found)


def passage(claim_: Claim, sha256: str, **more: Any) -> Any:
    """Cite the sentence for a claim."""
    given: dict[str, Any] = {"actor": marianne(), "now": NOW} | more
    quote = documents.cite(sha256, page=1, exact=SENTENCE, actor=marianne(), now=NOW)
    return services.add_evidence(claim_, kind="document", quote=quote.pk, **given)
