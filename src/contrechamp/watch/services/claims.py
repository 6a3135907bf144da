"""Claims of the census made of an accepted finding, each with the words that prove it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from contrechamp.census import queries as census_queries
from contrechamp.census import services as census
from contrechamp.documents import queries as documents
from contrechamp.foundation.vocabulary import terms
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.kernel.numbers import is_siret
from contrechamp.watch.domain import public
from contrechamp.watch.models import Found

if TYPE_CHECKING:
    from contrechamp.accounts.models import User
    from contrechamp.census.models import Entity

REGISTERS = {"raa": "raa", "decp": "decp", "boamp": "boamp", "ted": "ted"}
TAXES = {"HT": "excl", "TTC": "incl", "EXCL": "excl", "INCL": "incl"}
"""What registers call an amount before and after tax."""
ACTS = {
    "authorisation": "authorising_act",
    "renewal": "authorising_act",
    "extension": "modifying_act",
    "modification": "modifying_act",
    "refusal": "refusing_act",
}


def draft(found: Found, project_id: str, *, actor: User, now: datetime) -> tuple[str, list[str]]:
    """Make claims of a finding and send them to review. Return the record and the claims.

    A measure (perimeter, ban) and what has no technology of the census makes none: it is published
    as an act alone.
    """
    finding = public.corrected(found.data, found.edited)
    code = (terms("watched").get(finding["technology"]) or {}).get("census")
    if not code or finding.get("duplicate_of"):
        return project_id, []
    writer = _Writer(finding, actor, now)
    if finding.get("contract"):
        record, claims = writer.contract(code, project_id)
    else:
        record, claims = writer.act(code, project_id)
    census.submit(claims, actor=actor, now=now)
    return record, claims


def withdraw_claims(claims: Iterable[str], *, actor: User, now: datetime, reason: str) -> None:
    """Withdraw the claims that were made of a finding."""
    ids = list(claims)
    if ids:
        census.withdraw(ids, actor=actor, now=now, reason=reason or "watch")


class _Writer:
    """Writes the claims of one finding."""

    def __init__(self, finding: Mapping[str, Any], actor: User, now: datetime) -> None:
        self.finding, self.actor, self.now = finding, actor, now
        self.claims: list[str] = []
        self.is_named = public.is_open(finding) or not finding.get("beneficiary")

    def act(self, code: str, project_id: str) -> tuple[str, list[str]]:
        """An order: about a project, new or given."""
        finding = self.finding
        project = self._project(code, project_id)
        technology = census.ensure_technology(code, actor=self.actor, now=self.now)
        since = _text((finding.get("act") or {}).get("signed_on"))
        if finding["decision"] == "refusal":
            self._say(project, "refusing_act", "decision", value=self._act_text())
            return project.pk, self.claims
        self._say(project, "uses_technology", "technology", target=technology, from_text=since)
        for key in public.territories(finding):
            place = census.ensure_place(key, actor=self.actor, now=self.now)
            self._say(project, "located_in", "places", target=place)
        if named := ACTS.get(finding["decision"]):
            self._say(project, named, "decision", value=self._act_text(), from_text=since)
        cameras = finding.get("cameras") or {}
        if cameras.get("total"):
            self._say(
                project, "cameras_authorised", "cameras", value=cameras["total"], from_text=since
            )
        if cameras.get("public_road"):
            value = cameras["public_road"]
            self._say(project, "cameras_public_way", "cameras", value=value, from_text=since)
        if finding.get("retention_days"):
            value = finding["retention_days"]
            self._say(project, "retention_days", "retention_days", value=value, from_text=since)
        if finding.get("expires_on"):
            self._say(project, "authorised_until", "duration_years", value=finding["expires_on"])
        if finding.get("legal_basis"):
            value = ", ".join(finding["legal_basis"])
            self._say(project, "legal_reference", "legal_basis", value=value)
        return project.pk, self.claims

    def contract(self, code: str, contract_id: str) -> tuple[str, list[str]]:
        """A contract, its buyer and its suppliers."""
        terms_ = self.finding["contract"]
        record = self._known(contract_id, "contract") or census.add_entity(
            kind="contract",
            type="call" if self.finding["decision"] == "call" else "contract",
            name=(terms_.get("object") or terms_.get("id") or "?")[:300],
            actor=self.actor,
            now=self.now,
        )
        technology = census.ensure_technology(code, actor=self.actor, now=self.now)
        self._say(record, "uses_technology", "technology", target=technology)
        for name in ("object", "cpv", "notified_on", "duration_months"):
            if terms_.get(name):
                self._say(record, name, name, value=terms_[name])
        if terms_.get("amount"):
            self._say(
                record,
                "budget",
                "amount",
                value=str(terms_["amount"]),
                currency=terms_.get("currency") or "EUR",
                tax=TAXES.get((terms_.get("tax") or "").upper(), "unknown"),
                amount_kind=terms_.get("amount_kind") or "",
            )
        if buyer := self._company(terms_.get("buyer"), "authority"):
            self._say(buyer, "buyer_of", "buyer", target=record)
        for each in terms_.get("suppliers") or ():
            if supplier := self._company(each, "company"):
                self._say(record, "awarded_to", "suppliers", target=supplier)
        for key in public.territories(self.finding):
            place = census.ensure_place(key, actor=self.actor, now=self.now)
            self._say(record, "located_in", "places", target=place)
        return record.pk, self.claims

    def _project(self, code: str, project_id: str) -> Entity:
        if known := self._known(project_id, "project"):
            return known
        if not self.is_named:
            return self._premises(code)
        return census.add_entity(
            kind="project",
            type="deployment",
            name=self._name(code)[:300],
            actor=self.actor,
            now=self.now,
        )

    def _premises(self, code: str) -> Entity:
        """Private premises of one commune share a project: no shop has a page of its own."""
        places = [place for place in self.finding.get("places") or () if place.get("name")]
        name = places[0]["name"] if places else "?"
        key = f"{code}:{(places[0].get('insee') if places else None) or name}"
        known = census_queries.find_by_key("watch_private", key, "project")
        label = terms("technologies")[code]["label"]["fr"]
        return known or census.add_entity(
            kind="project",
            type="deployment",
            name=f"{label} de locaux privés, {name}"[:300],
            keys={"watch_private": [key]},
            actor=self.actor,
            now=self.now,
        )

    def _known(self, key: str, kind: str) -> Entity | None:
        if not key:
            return None
        found = census_queries.find_entity(key)
        if found is None or found.kind != kind:
            raise Refused(
                gettext_noop("La fiche {key} n'existe pas ou n'est pas de la bonne sorte."), key=key
            )
        return found

    def _name(self, code: str) -> str:
        label = terms("technologies")[code]["label"]["fr"]
        return public.title({**self.finding, "decision": ""}, label).replace("\u00a0: ", " ", 1)

    def _company(self, company: Mapping[str, Any] | None, type_: str) -> Entity | None:
        if not company or not company.get("name"):
            return None
        siret = company.get("siret") or ""
        return census.add_entity(
            kind="actor",
            type=type_,
            name=company["name"][:300],
            identifiers=[("siret", siret)] if is_siret(siret) else [],
            actor=self.actor,
            now=self.now,
        )

    def _act_text(self) -> str:
        act = self.finding.get("act") or {}
        number = act.get("order") or act.get("number") or self.finding["id"]
        return f"{number}" + (
            f" ({act['number']})" if act.get("order") and act.get("number") else ""
        )

    def _say(self, subject: Entity, property_: str, field: str, **values: Any) -> None:
        claim = census.add_claim(
            subject=subject, property=property_, actor=self.actor, now=self.now, **values
        )
        for evidence in self._proofs(field):
            census.add_evidence(claim, actor=self.actor, now=self.now, **evidence)
        self.claims.append(claim.pk)

    def _proofs(self, field: str) -> Iterator[dict[str, Any]]:
        """Evidence of a value: the register's act, and the page when the document is kept here."""
        finding = self.finding
        proofs = finding.get("evidence") or {}
        proof = proofs.get(field) or {}
        shown = public.public_view(finding)["evidence"].get(field) or {}
        quote = shown.get("quote") or ""
        document, act = finding["document"], finding.get("act") or {}
        contract = finding.get("contract") or {}
        yield {
            "kind": "register",
            "register": REGISTERS[finding["source"]],
            "record_id": act.get("number") or contract.get("id") or finding["id"],
            "url": document.get("url") or "",
            "quote_text": quote,
            "locator": f"p. {proof['page']}" if proof.get("page") else "",
            "dated_text": document.get("published_on") or "",
        }
        sha256 = document["sha256"]
        if proof.get("page") and documents.find_visible(sha256, self.actor):
            yield {
                "kind": "document",
                "document": sha256,
                "page": proof["page"],
                "quote_text": quote,
            }


def _text(day: str | None) -> str:
    return day or ""
