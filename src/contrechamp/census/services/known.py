"""What the tables already hold of what a bundle speaks of, read in a few questions."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from contrechamp.census.domain.exchange.bundle import Bundle, Node, Proof, Statement
from contrechamp.census.models import (
    Claim,
    Entity,
    Evidence,
    Identifier,
    Name,
    Redirect,
    State,
)

PART = 900
DATASET_KEY = "carto_dataset"
"""Beside a key: the dataset that it is a key of, when its scheme does not say so."""


def proof_row(row: Evidence) -> Proof:
    """Return a piece of evidence as the formats know it."""
    return Proof(
        kind=row.kind,
        stance=row.stance,
        document=row.document,
        page=row.page,
        quote_text=row.quote_text,
        register=row.register,
        record_id=row.record_id,
        url=row.url,
        publisher=row.publisher,
        retrieved_on=row.retrieved_on.isoformat() if row.retrieved_on else "",
        archived=row.archived,
        publication=row.publication,
        locator=row.locator,
        dated_text=row.dated_text,
        file_name=row.file_name,
    )


def _scheme(keys: dict[str, list[str]], scheme: str) -> str:
    return f"{scheme}:{keys[DATASET_KEY][0]}" if DATASET_KEY in keys else scheme


def _each_key(keys: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    for scheme, texts in keys.items():
        if scheme != DATASET_KEY:
            for text in texts:
                yield _scheme(keys, scheme), text


class Known:
    """What the tables hold of what a bundle speaks of, read in a few questions."""

    def __init__(self, bundle: Bundle) -> None:
        nodes = bundle.nodes.values()
        self._ids: dict[str, Entity] = {}
        self._keys: dict[tuple[str, str], Entity] = {}
        self._numbers: dict[tuple[str, str], Entity] = {}
        self._places: dict[str, Entity] = {}
        self._names: dict[str, set[str]] | None = None
        self._proofs: dict[str, list[Proof]] | None = None
        self._claims: dict[str, Claim] = {}
        self._claim_keys: dict[tuple[str, str], Claim] = {}
        self._same: dict[tuple[object, ...], Claim] = {}
        wanted = {node.id for node in nodes if node.id}
        wanted |= {s.subject for s in bundle.statements.values() if s.id}
        wanted |= {s.target for s in bundle.statements.values() if s.id and s.target}
        self._find_ids(wanted)
        self._find_keys({scheme for node in nodes for scheme in node.keys} - {DATASET_KEY})
        self._find_numbers({pair for node in nodes for pair in node.identifiers})
        self._find_places({node.territory for node in nodes if node.kind == "place"} - {""})

    def _find_ids(self, ids: set[str]) -> None:
        for part in _parts(sorted(ids)):
            for entity in Entity.objects.filter(pk__in=part):
                self._ids[entity.pk] = _root(entity)
            for row in Redirect.objects.filter(old__in=part):
                if row.old not in self._ids and (now := Entity.objects.filter(pk=row.new).first()):
                    self._ids[row.old] = _root(now)

    def _find_keys(self, schemes: set[str]) -> None:
        if not schemes:
            return
        asked = Q()
        for scheme in sorted(schemes):
            asked |= Q(keys__has_key=scheme)
        for entity in Entity.objects.filter(asked).order_by("pk"):
            root = _root(entity)
            for pair in _each_key(entity.keys):
                self._keys.setdefault(pair, root)

    def _find_numbers(self, numbers: set[tuple[str, str]]) -> None:
        by_scheme: dict[str, list[str]] = defaultdict(list)
        for scheme, value in sorted(numbers):
            by_scheme[scheme].append(value)
        for scheme, values in by_scheme.items():
            for part in _parts(values):
                rows = Identifier.objects.filter(scheme=scheme, value__in=part)
                for row in rows.select_related("entity"):
                    self._numbers[scheme, row.value] = _root(row.entity)

    def _find_places(self, keys: set[str]) -> None:
        for part in _parts(sorted(keys)):
            rows = Entity.objects.filter(kind="place", territory__in=part, merged_into=None)
            for entity in rows.order_by("-pk"):
                self._places[entity.territory] = entity

    def names_of(self, entity: Entity) -> set[str]:
        """Return the names of a record. Those of all that was found are read at once."""
        if self._names is None:
            found = (self._ids, self._keys, self._numbers, self._places)
            self._names = {each.pk: {each.name} for table in found for each in table.values()}
            for part in _parts(sorted(self._names)):
                for key, text in Name.objects.filter(entity__in=part).values_list("entity", "text"):
                    self._names[key].add(text)
        return self._names.setdefault(entity.pk, {entity.name})

    def entity(self, node: Node) -> tuple[Entity | None, str]:
        """Return the record that a node is, and how that is known."""
        if node.id and node.id in self._ids:
            return self._ids[node.id], "id"
        for pair in _each_key(node.keys):
            if pair in self._keys and self._keys[pair].kind == node.kind:
                return self._keys[pair], "key"
        if node.kind == "place" and node.territory in self._places:
            return self._places[node.territory], "territory"
        for pair in node.identifiers:
            if pair in self._numbers and self._numbers[pair].kind == node.kind:
                return self._numbers[pair], "number"
        return None, ""

    def by_id(self, key: str) -> Entity | None:
        """Return the record of an identifier of ours."""
        return self._ids.get(key)

    def add(self, node: Node, entity: Entity) -> None:
        """Remember a record that was made."""
        for pair in _each_key(node.keys):
            self._keys.setdefault(pair, entity)
        for number in node.identifiers:
            self._numbers.setdefault(number, entity)
        if node.kind == "place" and node.territory:
            self._places.setdefault(node.territory, entity)

    # Claims

    def find_claims(self, bundle: Bundle, entities: dict[str, Entity], *, joins_same: bool) -> None:
        """Read the claims that the bundle's may be."""
        statements = bundle.statements.values()
        for part in _parts(sorted({s.id for s in statements if s.id})):
            self._claims |= Claim.objects.select_related("subject").in_bulk(part)
        asked = Q()
        for scheme in sorted({scheme for s in statements for scheme in s.keys} - {DATASET_KEY}):
            asked |= Q(keys__has_key=scheme)
        if asked:
            for claim in Claim.objects.filter(asked).select_related("subject").order_by("pk"):
                for pair in _each_key(claim.keys):
                    self._claim_keys.setdefault(pair, claim)
        if joins_same:
            self._find_same({entity.pk for entity in entities.values()})

    def _find_same(self, subjects: set[str]) -> None:
        for part in _parts(sorted(subjects)):
            rows = Claim.objects.filter(subject__in=part, is_private=False)
            for claim in rows.exclude(state=State.WITHDRAWN).select_related("subject"):
                self._same.setdefault(_said(claim), claim)

    def claim(
        self, statement: Statement, subject: Entity, target: Entity | None
    ) -> tuple[Claim | None, str]:
        """Return the claim that a statement is, if it is known, and how that is known."""
        if statement.id:
            return self._claims.get(statement.id), "id"
        for pair in _each_key(statement.keys):
            if pair in self._claim_keys:
                return self._claim_keys[pair], "key"
        return self._same.get(_stated(statement, subject, target)), "same"

    def proofs_of(self, claim: Claim) -> list[Proof]:
        """Return the evidence of a claim. That of all that was found is read at once."""
        if self._proofs is None:
            self._proofs = defaultdict(list)
            tables: tuple[dict[Any, Claim], ...] = (self._claims, self._claim_keys, self._same)
            keys = {each.pk for table in tables for each in table.values()}
            for part in _parts(sorted(keys)):
                for row in Evidence.objects.filter(claim__in=part).order_by("pk"):
                    self._proofs[row.claim_id].append(proof_row(row))
        return self._proofs[claim.pk]

    def keep(self, statement: Statement, claim: Claim) -> None:
        """Remember a claim that was made."""
        for pair in _each_key(statement.keys):
            self._claim_keys.setdefault(pair, claim)


def _said(claim: Claim) -> tuple[object, ...]:
    return (
        claim.subject_id,
        claim.property,
        claim.target_id,
        json.dumps(claim.value, sort_keys=True),
        claim.attributes.get("role"),
        claim.from_text,
    )


def _stated(statement: Statement, subject: Entity, target: Entity | None) -> tuple[object, ...]:
    return (
        subject.pk,
        statement.property,
        target.pk if target else None,
        json.dumps(statement.value, sort_keys=True),
        statement.attributes.get("role"),
        statement.from_text,
    )


def _root(entity: Entity) -> Entity:
    while entity.merged_into_id:
        entity = Entity.objects.get(pk=entity.merged_into_id)
    return entity


def _parts(keys: list[Any]) -> Iterator[list[Any]]:
    return (keys[start : start + PART] for start in range(0, len(keys), PART))
