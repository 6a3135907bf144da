"""Reading FollowTheMoney lines: our own restore all, others become claims to be reviewed.

What an outside line says of a person is held back; topics that accuse are not taken over; what
our vocabulary does not know is reported, never dropped in silence.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.kernel.ids import is_id
from contrechamp.kernel.numbers import is_insee, is_lei, is_siren, is_siret, is_wikidata

from . import ftm
from .bundle import Bundle, Node, Proof, Statement
from .ftm_schemas import ALLOWED_TOPICS, LINKS, SCHEMAS, SILENT
from .persons import is_perhaps_a_person
from .report import Report
from .terms import KINDS, Vocabularies, check_value

LONGEST = 8 * 1024 * 1024
PREFIXES = {"prj", "tec", "act", "plc", "ctr"}


def parse(
    lines: Iterable[str],
    report: Report,
    *,
    dataset: str,
    vocabularies: Vocabularies,
    may_be_empty: bool = False,
) -> Bundle:
    """Return what the lines say, and note in the report all that was not understood."""
    reader = _Reader(report, dataset, vocabularies)
    rows = 0
    for number, record in _records(lines):
        rows += 1
        reader.take(number, record)
    if not rows and not may_be_empty:
        raise Refused(gettext_noop("Le fichier est vide : il n'y a rien à importer."))
    return reader.finish(rows)


def _records(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, text in enumerate(lines, 1):
        if not text.strip():
            continue
        if len(text) > LONGEST:
            raise Refused(
                gettext_noop(
                    "Ligne {line} : plus de {most} octets. Attendu : un objet JSON par ligne."
                ),
                line=number,
                most=LONGEST,
            )
        try:
            record = json.loads(text)
        except (ValueError, RecursionError):
            raise Refused(
                gettext_noop(
                    "Ligne {line} : ce n'est pas du JSON complet. Attendu : un objet par ligne ; si"
                    " c'est la dernière ligne, le fichier a été coupé, téléchargez-le à nouveau."
                ),
                line=number,
            ) from None
        if not isinstance(record, dict) or not isinstance(record.get("id"), str):
            raise Refused(
                gettext_noop(
                    "Ligne {line} : il manque « id » ou « schema »  : ce n'est pas du FtM."
                ),
                line=number,
            )
        yield number, record


class _Reader:
    """One reading of one file."""

    def __init__(self, report: Report, dataset: str, vocabularies: Vocabularies) -> None:
        self.report = report
        self.scheme = f"ftm:{dataset}"
        self.vocabularies = vocabularies
        self.bundle = Bundle()
        self.links: list[tuple[int, dict[str, Any]]] = []
        self.documents: dict[str, dict[str, Any]] = {}
        self.unknown_schemas: Counter[str] = Counter()
        self.unknown_properties: Counter[str] = Counter()
        self.first: dict[str, int] = {}
        self.counts = Counter[str]()

    def take(self, number: int, record: dict[str, Any]) -> None:
        """Take one line."""
        if ftm.is_ours(record):
            self.counts["ours"] += 1
            self._ours(number, record)
            return
        self.counts["foreign"] += 1
        schema = record.get("schema")
        if not isinstance(schema, str) or not isinstance(record.get("properties"), dict):
            raise Refused(
                gettext_noop("Ligne {line} : il manque « schema » ou « properties »."), line=number
            )
        if schema in {"Document", "Pages", "Page", "PlainText", "HyperText", "Image", "Email"}:
            self.documents[record["id"]] = record
        elif schema in SCHEMAS and (
            schema != "Asset" or "technology" in _texts(record, "keywords")
        ):
            self._entity(number, record, schema)
        else:
            self.links.append((number, record))

    def _ours(self, number: int, record: dict[str, Any]) -> None:
        kind = record["contrechamp"]["kind"]
        try:
            if kind == "relation":
                self._keep(ftm.relation_of(record, number), number)
            elif kind in KINDS:
                self._check_id(record["id"], PREFIXES, number)
                node = ftm.node_of(record, number)
                self.bundle.nodes[node.key] = node
                for statement in ftm.values_of(record, number):
                    self._keep(statement, number)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise Refused(
                gettext_noop(
                    "Ligne {line} : la partie « contrechamp » est abîmée ({problem}). Exportez à"
                    " nouveau, ou retirez cette partie pour l'importer comme une ligne étrangère."
                ),
                line=number,
                problem=str(error)[:80],
            ) from None

    def _keep(self, statement: Statement, number: int) -> None:
        self._check_id(statement.key, {"rel", "clm"}, number)
        self.bundle.statements[statement.key] = statement

    @staticmethod
    def _check_id(text: str, prefixes: set[str], number: int) -> None:
        if not any(is_id(text, prefix) for prefix in prefixes):
            raise Refused(
                gettext_noop("Ligne {line} : « {id} » n'est pas un de nos identifiants."),
                line=number,
                id=text[:40],
            )

    # Foreign entities

    def _entity(self, number: int, record: dict[str, Any], schema: str) -> None:
        kind, type_ = SCHEMAS[schema]
        names = _texts(record, "name") or _texts(record, "title")
        if not names:
            self.report.note("value_invalid", number, record["id"], gettext_noop("Aucun nom."))
            return
        name = names[0][:300]
        node = Node(
            key=record["id"],
            kind=kind,
            type=type_,
            name=name,
            keys={self.scheme: [record["id"]]},
            line=number,
        )
        others = [*names[1:], *_texts(record, "alias"), *_texts(record, "weakAlias")]
        node.names = [(text[:300], "ALIAS", "") for text in dict.fromkeys(others) if text != name]
        node.names += [(text[:300], "FORMER", "") for text in _texts(record, "previousName")]
        self._numbers(node, record, number)
        node.person_hold = kind == "actor" and (
            schema == "Person" or (type_ != "authority" and is_perhaps_a_person(name))
        )
        if node.person_hold:
            self.report.note("person_suspected", number, name)
        if kind == "place" and not node.territory:
            node.type = "site"
        self._topics(record, number)
        self.bundle.nodes[node.key] = node
        self._values(node, record, schema, number)
        self._authorities(node, record, schema, number)

    def _numbers(self, node: Node, record: dict[str, Any], number: int) -> None:
        for value in (*_texts(record, "registrationNumber"), *_texts(record, "idNumber")):
            bare = value.replace(" ", "")
            if is_siret(bare):
                node.identifiers += [("siren", bare[:9]), ("siret", bare)]
            elif is_siren(bare):
                node.identifiers.append(("siren", bare))
            else:
                self.report.note("identifier_invalid", number, value)
        node.identifiers += [("lei", v) for v in _texts(record, "leiCode") if is_lei(v)]
        node.identifiers += [
            ("wikidata", v) for v in _texts(record, "wikidataId") if is_wikidata(v)
        ]
        node.identifiers = list(dict.fromkeys(node.identifiers))
        if node.kind == "place":
            code = next(iter(_texts(record, "territoryCode")), "")
            if is_insee(code):
                node.territory = f"commune:{code}"
            elif code:
                self.report.note("place_unknown", number, code)

    def _topics(self, record: dict[str, Any], number: int) -> None:
        for topic in _texts(record, "topics"):
            if not any(topic == each or topic.startswith(f"{each}.") for each in ALLOWED_TOPICS):
                self.report.note("topic_refused", number, topic)

    def _values(self, node: Node, record: dict[str, Any], schema: str, number: int) -> None:
        by_ftm = {
            term["ftm"]: code
            for code, term in self.vocabularies.properties.items()
            if term.get("ftm") and node.kind in term.get("kinds", KINDS)
        }
        proofs = self._proofs(record)
        for name in record["properties"]:
            code = by_ftm.get(name)
            if code is None or name in {"title"}:
                if name not in SILENT:
                    self._unknown(self.unknown_properties, f"{schema}.{name}", number)
                continue
            for text in _texts(record, name):
                try:
                    value = check_value(code, text, self.vocabularies)
                except Refused as problem:
                    self.report.note(
                        "value_invalid", number, text, problem.sentence, **problem.values
                    )
                    continue
                self._claim(node.key, code, number, proofs, value=value)

    def _authorities(self, node: Node, record: dict[str, Any], schema: str, number: int) -> None:
        if schema in {"Contract", "CallForTenders"}:
            for buyer in _texts(record, "authority"):
                link = {
                    "id": f"{node.key}:authority:{buyer}",
                    "schema": "UnknownLink",
                    "properties": {
                        **{
                            k: v
                            for k, v in record["properties"].items()
                            if k in {"sourceUrl", "proof"}
                        },
                        "subject": [buyer],
                        "object": [node.key],
                        "role": ["buyer_of"],
                    },
                }
                self.links.append((number, link))

    def _claim(
        self, subject: str, code: str, number: int, proofs: list[Proof], **fields: Any
    ) -> Statement:
        what = fields.get("target") or str(fields.get("value"))
        key = f"{subject};{code};{what}"[:240]
        statement = self.bundle.statements.get(key)
        if statement is None:
            statement = Statement(
                key=key,
                subject=subject,
                property=code,
                keys={self.scheme: [key]},
                line=number,
                **fields,
            )
            self.bundle.statements[key] = statement
            if not proofs:
                self.report.note("source_missing", number, key)
        else:
            self.counts["repeated"] += bool(statement.target)
        for proof in proofs:
            self.bundle.add_proof(statement, proof)
        return statement

    def _proofs(self, record: Mapping[str, Any]) -> list[Proof]:
        publisher = next(iter(_texts(record, "publisher")), "")[:200]
        found = [
            Proof(kind="url", url=url, publisher=publisher)
            for url in _texts(record, "sourceUrl")
            if url.startswith(("http://", "https://")) and len(url) <= 2000
        ]
        for key in _texts(record, "proof"):
            document = self.documents.get(key, {"properties": {}})
            digest = next((h for h in _texts(document, "contentHash") if len(h) == 64), "")
            title = next(iter([*_texts(document, "title"), *_texts(document, "fileName")]), key)
            if digest:
                found.append(Proof(kind="document", document=digest))
            else:
                found.append(Proof(kind="file", file_name=title[:500]))
        return found

    # Foreign relations

    def finish(self, rows: int) -> Bundle:
        """Read the links, now that all entities are known, and tell the figures."""
        for number, record in self.links:
            self._link(number, record)
        for statement in list(self.bundle.statements.values()):
            if statement.target and {statement.subject, statement.target} - set(self.bundle.nodes):
                if not (is_id(statement.subject) and is_id(statement.target)):
                    del self.bundle.statements[statement.key]
                self.report.note("entity_missing", statement.line, statement.key)
        for name, count in sorted(self.unknown_schemas.items()):
            self._tell("schema_unknown", name, count)
        for name, count in sorted(self.unknown_properties.items()):
            self._tell("property_unknown", name, count)
        relations = [each for each in self.bundle.statements.values() if each.target]
        self.report.rows = {
            "lines": rows,
            "ours": self.counts["ours"],
            "foreign": self.counts["foreign"],
            "documents": len(self.documents),
        }
        total = len(self.bundle.nodes)
        self.report.nodes.update(total=total, declared=total)
        self.report.edges.update(
            rows=len(relations) + self.counts["held"] + self.counts["repeated"],
            held=self.counts["held"],
            repeated=self.counts["repeated"],
            relations=len(relations),
        )
        return self.bundle

    def _tell(self, code: str, name: str, count: int) -> None:
        self.report.note(code, self.first[name], name, gettext_noop("{count} lignes."), count=count)

    def _unknown(self, where: Counter[str], name: str, number: int) -> None:
        where[name] += 1
        self.first.setdefault(name, number)

    def _link(self, number: int, record: dict[str, Any]) -> None:
        schema = record["schema"]
        ends = self._ends(record, schema)
        if ends is None:
            self._unknown(self.unknown_schemas, schema, number)
            return
        code, sources, targets = ends
        if not code or not sources or not targets:
            self.counts["held"] += 1
            role = next(iter(_texts(record, "role")), schema)
            self.report.note("relation_held", number, role, gettext_noop("Relation non comprise."))
            return
        for source in sources:
            for target in targets:
                self._relation(number, record, code, source, target)

    def _ends(self, record: dict[str, Any], schema: str) -> tuple[str, list[str], list[str]] | None:
        """Return our code and both ends of a link; no code when its role is not one of ours."""
        for code, link in LINKS.items():
            if link.schema == schema:
                targets = _texts(record, link.target)
                if schema == "Payment":
                    targets = targets or _texts(record, "project")
                return code, _texts(record, link.source), targets
        if schema != "UnknownLink":
            return None
        role = next(iter(_texts(record, "role")), "")
        known = role if role in self.vocabularies.relations else ""
        return known, _texts(record, "subject"), _texts(record, "object")

    def _relation(
        self, number: int, record: dict[str, Any], code: str, source: str, target: str
    ) -> None:
        nodes = self.bundle.nodes
        if source not in nodes or target not in nodes or source == target:
            self.counts["held"] += 1
            self.report.note("entity_missing", number, f"{source} → {target}")
            return
        term = self.vocabularies.relations[code]
        if nodes[source].kind not in term["from"] or nodes[target].kind not in term["to"]:
            self.counts["held"] += 1
            self.report.note(
                "relation_held", number, code, gettext_noop("Les deux bouts ne vont pas.")
            )
            return
        statement = self._claim(source, code, number, self._proofs(record), target=target)
        statement.from_text = _date(record, "startDate") or _date(record, "date")
        statement.to_text = _date(record, "endDate")
        self._details(statement, record, term, number)

    def _details(
        self, statement: Statement, record: dict[str, Any], term: Mapping[str, Any], number: int
    ) -> None:
        known = term.get("attributes") or {}
        for name in ("role", "percentage"):
            value = next(iter(_texts(record, name)), "")
            allowed = known.get(name, {}).get("values")
            if value and name in known and (allowed is None or value in allowed):
                statement.attributes[name] = value
            elif value and value != statement.property:
                self.report.note(
                    "value_invalid", number, value, gettext_noop("« {name} » inconnu."), name=name
                )
        amount = next(iter([*_texts(record, "amount"), *_texts(record, "amountEur")]), "")
        if amount.replace(".", "", 1).isdigit() and len(amount) <= 14:
            statement.amount = f"{float(amount):.2f}"
            statement.currency = (next(iter(_texts(record, "currency")), "") or "EUR")[:3]
            statement.tax = "unknown"


def _texts(record: Mapping[str, Any], name: str) -> list[str]:
    found = record["properties"].get(name) or []
    values = found if isinstance(found, list) else [found]
    return [
        str(value).strip() for value in values if value not in (None, "") and str(value).strip()
    ]


def _date(record: Mapping[str, Any], name: str) -> str:
    text = next(iter(_texts(record, name)), "")[:10]
    return text if ftm.ISO_DATE.fullmatch(text) else ""
