"""FollowTheMoney JSON lines: every record and relation, with what FtM cannot say beside it.

A line is `{"id", "schema", "properties", "contrechamp": {…}}`. FtM keeps the unknown top-level key
and drops unknown properties, so that the key holds all that is ours and reading our own lines
needs nothing else. Lines are sorted by id and keys, so that the same facts are the same bytes.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from heapq import merge
from typing import Any

from .bundle import Census, Check, Linked, Node, Paper, Proof, Statement, Told
from .ftm_schemas import LINKS, is_a
from .terms import Terms

VERSION = 1
ISO_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def render(census: Census, *, types: Terms, properties: Terms) -> Iterator[str]:
    """Yield the lines of a census, sorted by id. Keys of nodes and statements are their ids."""
    yield from map(line, records(census, types=types, properties=properties))


def line(record: Mapping[str, Any]) -> str:
    """Return one record as a line of JSON: sorted keys, no spaces, LF."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def records(census: Census, *, types: Terms, properties: Terms) -> Iterator[dict[str, Any]]:
    """Yield the records of a census, sorted by id, without holding them."""
    entities = (_entity(told, types, properties, census) for told in census.every_told())
    relations = (
        record for each in census.every_relation() for record in _relation(each, types, census)
    )
    papers = map(_paper, census.every_paper())
    yield from merge(entities, relations, papers, key=_id)


def _id(record: Mapping[str, Any]) -> str:
    return str(record["id"])


def schema_of(node: Node, types: Terms, *, has_buyer: bool) -> str:
    """Return the schema of an entity. A call needs its buyer: FtM requires one."""
    schema = str(types.get(node.type, {}).get("ftm", "Thing"))
    if schema == "CallForTenders" and not has_buyer:
        return "Contract"
    return schema


# Entities


def _entity(told: Told, types: Terms, properties: Terms, census: Census) -> dict[str, Any]:
    node, claims = told.node, told.values
    schema = schema_of(node, types, has_buyer=bool(told.buyers))
    said: dict[str, list[str]] = defaultdict(list)
    said["name"].append(node.name)
    for text, role, _ in node.names:
        if role != "RAW" and text != node.name:
            said["previousName" if role == "FORMER" else "alias"].append(text)
    _say_numbers(said, node, schema)
    if schema in {"Contract", "CallForTenders"}:
        said["title"].append(node.name)
        said["authority"].extend(told.buyers)
    if schema == "Asset":
        said["keywords"].append("technology")
    if schema == "Project":
        said["keywords"].extend(told.used)
    if schema == "Territory":
        said["partOf"].extend(told.parents)
    said["proof"].extend(_papers([p for each in claims for p in each.evidence], census))
    if schema == "PublicBody" and node.type == "authority":
        said["topics"].append("gov.muni" if _is_town(node) else "gov")
    for claim in claims:
        _say_value(said, claim, schema, properties)
    return {
        "id": node.key,
        "schema": schema,
        "properties": {name: sorted(set(texts)) for name, texts in sorted(said.items()) if texts},
        "contrechamp": _ours(node, claims),
    }


def _is_town(node: Node) -> bool:
    return any(scheme == "siren" and value.startswith("21") for scheme, value in node.identifiers)


def _say_numbers(said: dict[str, list[str]], node: Node, schema: str) -> None:
    for scheme, value in node.identifiers:
        if scheme in {"siren", "siret"} and is_a(schema, "LegalEntity"):
            said["registrationNumber"].append(value)
        if scheme == "lei" and is_a(schema, "LegalEntity"):
            said["leiCode"].append(value)
        if scheme == "wikidata":
            said["wikidataId"].append(value)
    if schema == "Territory" and ":" in node.territory:
        said["territoryCode"].append(node.territory.partition(":")[2])


ENTITY_PROPERTIES = {
    "summary": "Thing",
    "description": "Thing",
    "country": "",
    "website": "LegalEntity",
    "sector": "LegalEntity",
    "legalForm": "LegalEntity",
    "incorporationDate": "LegalEntity",
    "dissolutionDate": "LegalEntity",
    "address": "Thing",
    "phase": "Project",
    "goal": "Project",
    "startDate": "Project",
    "endDate": "Project",
    "amount": "Project",
    "procedure": "Contract",
    "contractDate": "Contract",
}
"""Property of FtM → the schema that has it. A country is a free text here and a code there."""


def _say_value(
    said: dict[str, list[str]], claim: Statement, schema: str, properties: Terms
) -> None:
    name = properties.get(claim.property, {}).get("ftm")
    if not name or not ENTITY_PROPERTIES.get(name) or not is_a(schema, ENTITY_PROPERTIES[name]):
        return
    if claim.status == "CONTRADICTED":
        return
    for value in claim.value if isinstance(claim.value, list) else [claim.value]:
        text = str(value)
        if name.endswith("Date") and not ISO_DATE.fullmatch(text):
            continue
        if text:
            said[name].append(text)


def _ours(node: Node, claims: list[Statement]) -> dict[str, Any]:
    names = [
        (node.name, "MAIN", ""),
        *sorted(node.names, key=lambda name: (name[1], name[0], name[2])),
    ]
    found: dict[str, Any] = {
        "v": VERSION,
        "kind": node.kind,
        "type": node.type,
        "state": node.state.lower(),
        "keys": {scheme: sorted(keys) for scheme, keys in sorted(node.keys.items())},
        "names": [{"text": text, "role": role.lower(), "lang": lang} for text, role, lang in names],
        "identifiers": [
            {"scheme": scheme, "value": value} for scheme, value in sorted(node.identifiers)
        ],
        "claims": [_value(claim) for claim in sorted(claims, key=lambda claim: claim.key)],
    }
    if node.territory:
        found["territory"] = node.territory
    if node.person_hold:
        found["held"] = True
    return found


# Claims


def _value(claim: Statement) -> dict[str, Any]:
    return {"id": claim.key, "property": claim.property, "value": claim.value, **_common(claim)}


def _common(claim: Statement) -> dict[str, Any]:
    found: dict[str, Any] = {
        "state": claim.state.lower(),
        "status": claim.status.lower(),
        "attributes": claim.attributes,
        "from": claim.from_text or None,
        "to": claim.to_text or None,
        "amount": None,
        "evidence": [_proof(proof) for proof in sorted(claim.evidence, key=_order)],
    }
    if claim.amount:
        found["amount"] = {
            "value": claim.amount,
            "currency": claim.currency,
            "tax": claim.tax,
            "kind": claim.amount_kind,
        }
    if claim.keys:
        found["keys"] = {scheme: sorted(keys) for scheme, keys in sorted(claim.keys.items())}
    if claim.is_private:
        found["private"] = claim.private_reason or True
    if claim.as_alleged:
        found["as_alleged"] = True
    return found


def _order(proof: Proof) -> tuple[str, ...]:
    return tuple("" if part is None else str(part) for part in proof.identity)


PROOF_FIELDS = {
    "url": "url",
    "publisher": "publisher",
    "retrieved_on": "retrieved_on",
    "archived": "archived",
    "register": "register",
    "record_id": "record",
    "publication": "publication",
    "locator": "locator",
    "dated_text": "dated",
    "document": "document",
    "page": "page",
    "file_name": "name",
    "added_by": "by",
}
"""Field of a proof → its name on a line."""


def _proof(proof: Proof) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": proof.kind, "stance": proof.stance.lower()}
    for field, name in PROOF_FIELDS.items():
        if (value := getattr(proof, field)) not in ("", None):
            found[name] = value
    if proof.quote_text:
        found["quote"] = {
            name: text
            for name, text in (
                ("exact", proof.quote_text),
                ("prefix", proof.prefix),
                ("suffix", proof.suffix),
            )
            if text
        }
    if proof.rects:
        found["rects"] = proof.rects
    if proof.checks:
        found["checks"] = [
            {"by": check.by, "verdict": check.verdict.lower(), "note": check.note}
            for check in sorted(proof.checks, key=lambda check: check.by)
        ]
    if proof.readers:
        found["readers"] = proof.readers
    return found


# Relations


def _relation(linked: Linked, types: Terms, census: Census) -> Iterator[dict[str, Any]]:
    claim = linked.statement
    source, target = (_end(node, types, census) for node in (linked.source, linked.target))
    said: dict[str, list[str]] = defaultdict(list)
    link = LINKS.get(claim.property)
    role = str(claim.attributes.get("role") or "")
    schema = "UnknownLink"
    if link and is_a(source, link.source_range) and is_a(target, link.target_range):
        schema = link.schema
        said[link.source].append(claim.subject)
        said[link.target].append(claim.target)
    elif claim.property == "holds_office" and source == "Person":
        schema = "Occupancy"
        said["holder"].append(claim.subject)
        said["post"].append(f"{claim.key}-post")
    else:
        said["subject"].append(claim.subject)
        said["object"].append(claim.target)
        role = claim.property
    _say_details(said, claim, schema, role)
    said["proof"].extend(_papers(claim.evidence, census))
    yield {
        "id": claim.key,
        "schema": schema,
        "properties": {name: sorted(set(texts)) for name, texts in sorted(said.items()) if texts},
        "contrechamp": {
            "v": VERSION,
            "kind": "relation",
            "relation": claim.property,
            "source": claim.subject,
            "target": claim.target,
            **_common(claim),
        },
    }
    if schema == "Occupancy":
        yield _post(linked, target)


def _end(node: Node | None, types: Terms, census: Census) -> str:
    if node is None:
        return "Thing"
    return schema_of(node, types, has_buyer=node.type == "call" and census.has_buyer(node.key))


def _papers(proofs: Iterable[Proof], census: Census) -> list[str]:
    """Return the lines of the documents that evidence rests on."""
    known = {proof.document for proof in proofs if proof.stance == "SUPPORTS"}
    return sorted(_paper_id(digest) for digest in known if census.has_paper(digest))


def _paper_id(digest: str) -> str:
    return f"doc-{digest[:40]}"


def _paper(paper: Paper) -> dict[str, Any]:
    """Return a document: FtM knows its content by SHA-1, we by SHA-256."""
    said = {"title": [paper.title], "contentHash": [paper.sha1]}
    return {
        "id": _paper_id(paper.sha256),
        "schema": "Pages",
        "properties": {name: texts for name, texts in sorted(said.items()) if texts[0]},
        "contrechamp": {"v": VERSION, "kind": "document", "sha256": paper.sha256},
    }


def _post(linked: Linked, target: str) -> dict[str, Any]:
    """Return the office that a person holds: FtM joins person and body through it."""
    claim, node = linked.statement, linked.target
    title = str(claim.attributes.get("title") or "")
    said = {"name": [f"{title}, {node.name}".strip(", ") if node else title or claim.target]}
    if is_a(target, "Organization"):
        said["organization"] = [claim.target]
    return {
        "id": f"{claim.key}-post",
        "schema": "Position",
        "properties": said,
        "contrechamp": {"v": VERSION, "kind": "part", "of": claim.key},
    }


def _say_details(said: dict[str, list[str]], claim: Statement, schema: str, role: str) -> None:
    if role and schema not in {"Payment", "Occupancy"}:
        said["role"].append(role)
    if claim.from_text and ISO_DATE.fullmatch(claim.from_text):
        said["startDate"].append(claim.from_text)
    if claim.to_text and ISO_DATE.fullmatch(claim.to_text):
        said["endDate"].append(claim.to_text)
    if claim.amount and schema in {"Payment", "ContractAward"}:
        said["amount"].append(str(Decimal(claim.amount)))
        said["currency"].append(claim.currency)
    if schema == "Ownership" and claim.attributes.get("percentage") not in (None, ""):
        said["percentage"].append(str(claim.attributes["percentage"]))
    for proof in claim.evidence:
        if proof.url and proof.stance == "SUPPORTS":
            said["sourceUrl"].append(proof.url)


# Reading our own lines


def is_ours(record: Mapping[str, Any]) -> bool:
    """Answer whether a line was written by us."""
    ours = record.get("contrechamp")
    return isinstance(ours, Mapping) and ours.get("v") == VERSION and "kind" in ours


def node_of(record: Mapping[str, Any], number: int) -> Node:
    """Return the entity of one of our own lines."""
    ours = record["contrechamp"]
    names = [
        (str(name["text"]), str(name.get("role", "alias")).upper(), str(name.get("lang", "")))
        for name in ours.get("names", [])
    ]
    main = next((text for text, role, _ in names if role == "MAIN"), "")
    return Node(
        key=str(record["id"]),
        id=str(record["id"]),
        kind=str(ours["kind"]),
        type=str(ours.get("type", "")),
        state=str(ours.get("state", "draft")).upper(),
        name=main or next(iter(record.get("properties", {}).get("name", [])), ""),
        names=[name for name in names if name[1] != "MAIN"],
        identifiers=[
            (str(each["scheme"]), str(each["value"])) for each in ours.get("identifiers", [])
        ],
        keys={str(scheme): list(map(str, keys)) for scheme, keys in ours.get("keys", {}).items()},
        territory=str(ours.get("territory", "")),
        person_hold=bool(ours.get("held")),
        line=number,
    )


def relation_of(record: Mapping[str, Any], number: int) -> Statement:
    """Return the relation of one of our own lines."""
    ours = record["contrechamp"]
    statement = _statement(
        ours, str(record["id"]), str(ours["source"]), str(ours["relation"]), number
    )
    statement.target = str(ours["target"])
    return statement


def values_of(record: Mapping[str, Any], number: int) -> Iterable[Statement]:
    """Yield the claims of the entity of one of our own lines."""
    for each in record["contrechamp"].get("claims", []):
        statement = _statement(
            each, str(each["id"]), str(record["id"]), str(each["property"]), number
        )
        statement.value = each["value"]
        yield statement


def _statement(
    ours: Mapping[str, Any], key: str, subject: str, code: str, number: int
) -> Statement:
    amount = ours.get("amount") or {}
    private = ours.get("private", False)
    return Statement(
        key=key,
        id=key,
        subject=subject,
        property=code,
        attributes=dict(ours.get("attributes") or {}),
        from_text=str(ours.get("from") or ""),
        to_text=str(ours.get("to") or ""),
        amount=str(amount.get("value") or ""),
        currency=str(amount.get("currency") or ""),
        tax=str(amount.get("tax") or ""),
        amount_kind=str(amount.get("kind") or ""),
        state=str(ours.get("state", "draft")).upper(),
        status=str(ours.get("status", "")).upper(),
        as_alleged=bool(ours.get("as_alleged")),
        is_private=bool(private),
        private_reason=private if isinstance(private, str) else "",
        keys={str(scheme): list(map(str, keys)) for scheme, keys in ours.get("keys", {}).items()},
        evidence=[proof_of(each) for each in ours.get("evidence", [])],
        line=number,
    )


def proof_of(given: Mapping[str, Any]) -> Proof:
    """Return a piece of evidence of one of our own lines."""
    quote = given.get("quote") or {}
    proof = Proof(
        kind=str(given["kind"]),
        stance=str(given.get("stance", "supports")).upper(),
        quote_text=str(quote.get("exact", "")),
        prefix=str(quote.get("prefix", "")),
        suffix=str(quote.get("suffix", "")),
        rects=given.get("rects"),
        readers=int(given.get("readers", 0)),
        checks=[
            Check(
                by=str(check["by"]),
                verdict=str(check["verdict"]).upper(),
                note=str(check.get("note", "")),
            )
            for check in given.get("checks", [])
        ],
    )
    for field, name in PROOF_FIELDS.items():
        if name in given:
            setattr(proof, field, given[name])
    return proof
