"""Bringing a bundle into the tables: find what is known, add what is new, change what differs.

One act of history for the whole file. What somebody corrected here since the last import is not
undone by the file; a source that an editor took away does not come back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from contrechamp.accounts.domain import Role
from contrechamp.accounts.queries import accounts, find_account
from contrechamp.accounts.services import open_account, system_account
from contrechamp.census.domain.exchange.bundle import Bundle, Node, Proof, Statement
from contrechamp.census.domain.exchange.report import Report
from contrechamp.census.models import (
    ChangeLine,
    Claim,
    Entity,
    Evidence,
    EvidenceCheck,
    Identifier,
    Name,
    State,
)
from contrechamp.documents import queries as documents
from contrechamp.documents import services as passages
from contrechamp.kernel.errors import ContrechampError, Refused, gettext_noop
from contrechamp.kernel.ids import new_id
from contrechamp.kernel.names import fold, visible

from .claims import change_claim, check_claim, touch_claim
from .entities import (
    PREFIXES,
    add_name,
    check_number,
    check_type,
    ensure_place,
    ensure_technology,
    rename_entity,
)
from .known import Known
from .recording import Recorder

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

OPERATOR = "operateur"
EVIDENCE_LIMITS = {
    "record_id": 200,
    "url": 2000,
    "publisher": 200,
    "publication": 300,
    "locator": 300,
    "dated_text": 60,
    "file_name": 500,
}
PLAIN = ("from_text", "to_text", "currency", "tax", "amount_kind")


def operator() -> User:
    """Return the account of whoever runs the machine: it reads over what the machine restores."""
    return open_account(name=OPERATOR, role=Role.EDITOR)


def find_operator() -> User | None:
    """Return an account that may see everything, without making one."""
    administrators = accounts().filter(role=Role.ADMINISTRATOR, is_active=True)
    return find_account(OPERATOR) or administrators.order_by("pk").first()


class Writer:
    """Writes one bundle. `is_strict`: a rule that says no refuses the file, not the row."""

    def __init__(
        self,
        bundle: Bundle,
        report: Report,
        act: Recorder,
        *,
        is_strict: bool,
        joins_same: bool,
        restore: bool,
    ) -> None:
        self.bundle, self.report, self.act = bundle, report, act
        self.actor: User = act.actor
        self.now: datetime = act.now
        self.is_strict, self.joins_same, self.restore = is_strict, joins_same, restore
        self.entities: dict[str, Entity] = {}
        self.found_by: dict[str, str] = {}
        self.claims: dict[str, Claim] = {}
        self.changed = False
        self._accounts: dict[str, User] = {}
        self._known_documents: dict[str, bool] = {}

    def write(self) -> bool:
        """Write everything; answer whether anything was."""
        known = Known(self.bundle)
        for key, node in self.bundle.nodes.items():
            self._node(key, node, known)
        self._claims(known)
        if self.restore and self.changed:
            self.act.flush()
            for claim in self.claims.values():  # Readers count once they are in the tables.
                self.act.rate(claim)
        return self.changed

    # Entities

    def _node(self, key: str, node: Node, known: Known) -> None:
        entity, how = known.entity(node)
        if entity is None and (made := self._given(node)):
            entity, how = made, "territory"
        if entity is None and not node.name:
            raise self._refusal(
                node.line,
                Refused(gettext_noop("Aucune fiche n'a la référence « {key} »."), key=key),
            )
        if entity is None:
            entity = self._create(node, known)
            self._count(self.report.nodes, "created")
        elif self.act.is_fresh(entity):
            self._join(entity, node)
            known.add(node, entity)
            self._count(self.report.nodes, "unchanged")
        else:
            updated = self._update(entity, node, how, known)
            self._count(self.report.nodes, "updated" if updated else "unchanged")
        self.entities[key] = entity

    def _count(self, where: dict[str, int], what: str) -> None:
        where[what] += 1
        self.changed = self.changed or what != "unchanged"

    def _given(self, node: Node) -> Entity | None:
        """Return the record of a place of the gazetteer or a term of the vocabulary."""
        if node.id:
            return None
        try:
            if node.territory and node.kind == "place":
                entity = ensure_place(node.territory, actor=self.actor, now=self.now)
            elif "vocabulary" in node.keys:
                code = node.keys["vocabulary"][0]
                entity = ensure_technology(code, actor=self.actor, now=self.now)
            else:
                return None
        except Refused as refusal:
            raise self._refusal(node.line, refusal) from None
        self.changed = True
        return entity

    def _create(self, node: Node, known: Known) -> Entity:
        name = visible(node.name)[:300] or node.name[:300]
        try:
            check_type(node.kind, node.type)
        except Refused as refusal:
            raise self._refusal(node.line, refusal) from None
        state = State.DRAFT.value
        if self.restore and node.state in {State.IN_REVIEW, State.WITHDRAWN}:
            state = node.state
        entity = Entity(
            id=node.id or new_id(PREFIXES[node.kind]),
            kind=node.kind,
            type=node.type,
            name=name,
            state=state,
            territory=node.territory,
            keys=node.keys,
            person_hold=node.person_hold,
            authors=[self.actor.pk],
            made_by=self.actor,
            made_at=self.now,
        )
        self.act.add(entity)
        self._add_name(entity, name, Name.Role.MAIN.value, "")
        for text, role, lang in node.names:
            if role != Name.Role.MAIN:
                self._add_name(entity, text, role, lang)
        for scheme, value in dict.fromkeys(node.identifiers):
            self._number(entity, scheme, value, node)
        known.add(node, entity)
        if node.state not in {State.DRAFT, ""} and not self.restore:
            self.report.note("state_lowered", node.line, node.id or node.name)
        return entity

    def _add_name(self, entity: Entity, text: str, role: str, lang: str) -> None:
        key = (entity.pk, text[:300], lang[:8], role)
        if text.strip() and key not in self.act.names:
            self.act.names.add(key)
            folded = fold(text)[:300]
            self.act.add(
                Name(entity=entity, text=text[:300], lang=lang[:8], role=role, folded=folded)
            )

    def _join(self, entity: Entity, node: Node) -> None:
        """Add to a record made in this act what another node of the file says of it."""
        keys = {scheme: list(texts) for scheme, texts in entity.keys.items()}
        for scheme, texts in node.keys.items():
            keys[scheme] = sorted({*keys.get(scheme, []), *texts})
        self.act.change_row(entity, keys=keys)
        if not self._is_theirs(entity):
            names = [(visible(node.name)[:300], Name.Role.ALIAS.value, ""), *node.names]
            for text, role, lang in names:
                if text != entity.name:
                    self._add_name(entity, text, role, lang)
        for scheme, value in node.identifiers:
            self._number(entity, scheme, value, node)

    def _number(self, entity: Entity, scheme: str, value: str, node: Node) -> bool:
        """Add an official number; answer whether it was new."""
        try:
            number = check_number(scheme, value)
        except Refused as refusal:
            if self.is_strict:
                raise self._refusal(node.line, refusal) from None
            self.report.note("identifier_invalid", node.line, f"{scheme}:{value}")
            return False
        holder = self.act.numbers.get((scheme, number))
        if holder is None:
            row = Identifier.objects.filter(scheme=scheme, value=number).first()
            holder_id = row.entity_id if row else None
        else:
            holder_id = holder.pk
        if holder_id == entity.pk:
            return False
        if holder_id is not None:
            self.report.note("identifier_taken", node.line, f"{scheme}:{number}")
            return False
        self.act.add(Identifier(entity=entity, scheme=scheme, value=number))
        self.act.numbers[scheme, number] = entity
        return True

    def _update(self, entity: Entity, node: Node, how: str, known: Known) -> bool:
        if entity.state == State.WITHDRAWN:
            return False
        updated = False
        keys = {scheme: list(texts) for scheme, texts in entity.keys.items()}
        for scheme, texts in node.keys.items():
            keys[scheme] = sorted({*keys.get(scheme, []), *texts})
        if keys != {scheme: sorted(texts) for scheme, texts in entity.keys.items()}:
            updated = self.act.change_row(entity, keys=keys)
        if not self._is_theirs(entity):
            updated = self._names(entity, node, how, known.names_of(entity)) or updated
        for scheme, value in node.identifiers:
            updated = self._number(entity, scheme, value, node) or updated
        return updated

    @staticmethod
    def _is_theirs(entity: Entity) -> bool:
        """Answer whether names come from the gazetteer or vocabulary, not from a file."""
        return bool(entity.territory and entity.kind == "place") or "vocabulary" in entity.keys

    def _names(self, entity: Entity, node: Node, how: str, there: set[str]) -> bool:
        name = visible(node.name)[:300] or node.name
        updated = False
        if node.name and name not in there:
            if how == "number":
                add_name(entity, text=name, actor=self.actor, now=self.now)
                updated = True
            elif self._by_hand(entity.pk, ["name"]):
                self.report.note("kept_by_hand", node.line, entity.name)
            else:
                rename_entity(entity, name=name, actor=self.actor, now=self.now)
                entity.name = name
                updated = True
            there.add(name)
        for text, role, lang in node.names:
            if text.strip() and text not in there and visible(text) not in there:
                add_name(entity, text=text, role=role, lang=lang, actor=self.actor, now=self.now)
                there.add(text)
                updated = True
        return updated

    @staticmethod
    def _by_hand(row: str, fields: list[str]) -> bool:
        """Answer whether a person changed one of these fields since it came."""
        lines = ChangeLine.objects.filter(row=row, field__in=fields, change__run=None)
        return lines.exists()

    # Claims

    def _claims(self, known: Known) -> None:
        known.find_claims(self.bundle, self.entities, joins_same=self.joins_same)
        for statement in self.bundle.statements.values():
            subject = self.entities.get(statement.subject) or known.by_id(statement.subject)
            target = None
            if statement.target:
                target = self.entities.get(statement.target) or known.by_id(statement.target)
                if target is None:
                    subject = None
            if subject is None:
                self.report.note("entity_missing", statement.line, statement.key)
                continue
            where = self.report.edges if statement.target else self.report.values
            claim, how = known.claim(statement, subject, target)
            if claim is None:
                if self._add_claim(statement, subject, target, known):
                    self._count(where, "created")
            else:
                updated = self._change_claim(claim, statement, target, how, known)
                self._count(where, "updated" if updated else "unchanged")

    def _add_claim(
        self, statement: Statement, subject: Entity, target: Entity | None, known: Known
    ) -> bool:
        try:
            checked = check_claim(subject, statement.property, _fields(statement, target))
        except Refused as refusal:
            if self.is_strict:
                raise self._refusal(statement.line, refusal) from None
            self.report.note(
                "relation_held", statement.line, statement.key, refusal.sentence, **refusal.values
            )
            if statement.target:
                self.report.edges["held"] += 1
                self.report.edges["relations"] -= 1
            return False
        state = State.DRAFT.value
        if self.restore and statement.state in {State.IN_REVIEW, State.WITHDRAWN}:
            state = statement.state
        claim = Claim(
            id=statement.id or new_id("rel" if target else "clm"),
            subject=subject,
            property=statement.property,
            **checked,
            keys=statement.keys,
            state=state,
            is_private=statement.is_private,
            private_reason=statement.private_reason[:200],
            authors=[self.actor.pk],
            made_by=self.actor,
            made_at=self.now,
            run=self.act.run,
        )
        self.act.add(claim)
        for proof in statement.evidence:
            self._add_evidence(claim, proof, statement.line)
        self.act.rate(claim)
        self.claims[statement.key] = claim
        known.keep(statement, claim)
        if statement.state not in {State.DRAFT, ""} and not self.restore:
            self.report.note("state_lowered", statement.line, statement.id or statement.key)
        return True

    def _change_claim(
        self,
        claim: Claim,
        statement: Statement,
        target: Entity | None,
        how: str,
        known: Known,
    ) -> bool:
        if self.act.is_fresh(claim):
            for proof in statement.evidence:
                if not _has(proof, known_proofs(self.act, claim)):
                    self._add_evidence(claim, proof, statement.line)
            return False
        if claim.state == State.WITHDRAWN:
            return False
        updated = False
        if not statement.id:
            keys = {scheme: list(texts) for scheme, texts in claim.keys.items()}
            for scheme, texts in statement.keys.items():
                keys[scheme] = sorted({*keys.get(scheme, []), *texts})
            if keys != claim.keys:
                updated = self.act.change_row(claim, keys=keys)
        if how != "same":
            updated = self._change_fields(claim, statement, target) or updated
        there = [*known.proofs_of(claim), *known_proofs(self.act, claim)]
        for proof in statement.evidence:
            if _has(proof, there):
                self.report.evidence["unchanged"] += 1
            elif not self._was_removed(claim, proof):
                self._add_evidence(claim, proof, statement.line)
                touch_claim(claim, self.actor, self.act)
                self.act.rate(claim)
                updated = True
        return updated

    def _change_fields(self, claim: Claim, statement: Statement, target: Entity | None) -> bool:
        """Take over what the file says otherwise than it did, unless a person has since."""
        try:
            wanted = check_claim(claim.subject, claim.property, _fields(statement, target))
        except Refused as refusal:
            raise self._refusal(statement.line, refusal) from None
        names = ["value", "attributes", "amount", *PLAIN]
        differs = {n: wanted[n] for n in names if wanted[n] != getattr(claim, n)}
        if not differs:
            return False
        if self._by_hand(claim.pk, list(differs)):
            self.report.note("kept_by_hand", statement.line, statement.key)
            return False
        self.act.flush()
        claim.refresh_from_db()
        change_claim(
            claim.pk,
            expected_version=claim.version,
            actor=self.actor,
            now=self.now,
            **differs,
        )
        return True

    @staticmethod
    def _was_removed(claim: Claim, proof: Proof) -> bool:
        lines = ChangeLine.objects.filter(table="evidence", field="-", entity=claim.subject_id)
        for line in lines:
            before = line.before or {}
            if before.get("claim") == claim.pk and all(
                str(before.get(name) or "") == str(getattr(proof, name) or "")
                for name in ("kind", "url", "file_name", "document", "record_id", "publication")
            ):
                return True
        return False

    # Evidence

    def _add_evidence(self, claim: Claim, proof: Proof, line: int | None) -> None:
        adder = self._added_by(proof)
        evidence = Evidence(
            claim=claim,
            stance=proof.stance,
            kind=proof.kind,
            document=proof.document,
            page=proof.page,
            quote_text=proof.quote_text,
            register=proof.register[:40],
            retrieved_on=_day(proof.retrieved_on),
            archived=proof.archived,
            by_machine=adder is None,
            added_by=adder or self.actor,
            added_at=self.now,
            **{name: getattr(proof, name)[:most] for name, most in EVIDENCE_LIMITS.items()},
        )
        if proof.kind == "document":
            self._cite(evidence, proof, line)
        self.act.add(evidence)
        held = known_proofs(self.act, claim)
        held.append(proof)
        self.report.evidence["created"] += 1
        if not self.restore:
            if proof.checks or proof.readers:
                self.report.note("checks_dropped", line, claim.pk)
            return
        for check in _checks(proof):
            self.act.add(
                EvidenceCheck(
                    evidence=evidence,
                    by=self._account(check[0]),
                    at=self.now,
                    verdict=check[1],
                    note=check[2],
                    by_editor=True,
                )
            )

    def _added_by(self, proof: Proof) -> User | None:
        return self._account(proof.added_by) if self.restore and proof.added_by else None

    def _account(self, name: str) -> User:
        if name not in self._accounts:
            self._accounts[name] = system_account(name)
        return self._accounts[name]

    def _cite(self, evidence: Evidence, proof: Proof, line: int | None) -> None:
        """Find the words on their page, when the document is here."""
        digest = proof.document
        if digest not in self._known_documents:
            found = documents.visible_to(self.actor).filter(versions__file=digest).exists()
            self._known_documents[digest] = found
        if not self._known_documents[digest]:
            self.report.note("document_missing", line, digest)
            return
        if not proof.quote_text or not proof.page:
            return
        try:
            quote = passages.cite(
                digest, page=proof.page, exact=proof.quote_text, actor=self.actor, now=self.now
            )
        except ContrechampError as problem:
            self.report.note(
                "quote_not_found", line, proof.quote_text[:80], problem.sentence, **problem.values
            )
            return
        evidence.quote, evidence.quote_text = quote.pk, quote.exact

    @staticmethod
    def _refusal(line: int | None, problem: Refused) -> Refused:
        if line is None:
            return problem
        return Refused(gettext_noop("Ligne {line} : {problem}"), line=line, problem=problem)


def known_proofs(act: Recorder, claim: Claim) -> list[Proof]:
    """Return the evidence that this act gave a claim."""
    held: dict[str, list[Proof]] = act.__dict__.setdefault("given_proofs", defaultdict(list))
    return held[claim.pk]


def _has(proof: Proof, there: Iterable[Proof]) -> bool:
    wanted = _identity(proof)
    return any(_identity(other) == wanted for other in there)


def _identity(proof: Proof) -> tuple[object, ...]:
    limited = tuple(getattr(proof, name)[:most] for name, most in EVIDENCE_LIMITS.items())
    return (proof.kind, proof.stance, proof.document, proof.page, proof.register, *limited)


def _checks(proof: Proof) -> Iterator[tuple[str, str, str]]:
    """Yield who had read the passage; nameless readers where the file only counts them."""
    for check in proof.checks:
        yield check.by, check.verdict, check.note
    for number in range(0 if proof.checks else proof.readers):
        yield f"relecture-{number + 1}", EvidenceCheck.Verdict.CONFIRMS.value, ""


def _fields(statement: Statement, target: Entity | None) -> dict[str, Any]:
    return {
        "value": statement.value,
        "target": target,
        "attributes": statement.attributes,
        "from_text": statement.from_text,
        "to_text": statement.to_text,
        "amount": statement.amount or None,
        "currency": statement.currency,
        "tax": statement.tax,
        "amount_kind": statement.amount_kind,
    }


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
