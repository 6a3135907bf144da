"""Facts written by hand as YAML, and long lists beside them as CSV.

The format is told in `docs/reference/facts-format.md`. A mistake refuses the whole file, with the
line that it stands on: what a person wrote, that person can correct.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import yaml

from contrechamp.census.domain import values
from contrechamp.census.domain.identifiers import check_identifier
from contrechamp.kernel.errors import ContrechampError, Refused, gettext_noop
from contrechamp.kernel.money import parse_amount
from contrechamp.kernel.numbers import check_siren, check_siret
from contrechamp.kernel.uncertain import parse as parse_date

from .bundle import Bundle, Node, Proof, Statement
from .persons import is_perhaps_a_person
from .report import Report
from .terms import KINDS, Vocabularies, check_code, check_value, near

FORMAT = "contrechamp.facts"
MOST_NODES = 2_000_000
PLACE = re.compile(r"^(commune|arrondissement|departement|region|epci|country):\w+$")
OPEN_REFS = re.compile(
    r"^(siren|siret|technology|commune|arrondissement|departement|region|epci|country):"
)
TOP = {
    "format",
    "version",
    "dataset",
    "title",
    "licence",
    "sources",
    "entities",
    "claims",
    "tables",
}
ENTITY = {
    "ref", "kind", "type", "name", "names", "identifiers", "territory", "administers", "claims",
}  # fmt: skip
CLAIM = {
    "ref", "subject", "property", "value", "target", "attributes", "from", "to", "amount",
    "currency", "tax", "amount_kind", "evidence",
}  # fmt: skip
EVIDENCE = {
    "source", "kind", "stance", "document", "page", "quote", "register", "record", "url",
    "publisher", "retrieved", "publication", "locator", "dated",
}  # fmt: skip
BODIES = {"authority", "court", "regulator", "person_in_office"}
STANCES = {"supports": "SUPPORTS", "contradicts": "CONTRADICTS", "mentions": "MENTIONS"}
ROLES = {"alias": "ALIAS", "former": "FORMER", "raw": "RAW"}
TAXES = {"excl", "incl", "unknown"}
PLACEHOLDER = re.compile(r"\{([^{}|]+)(?:\|(\w+))?\}")
SMALL = frozenset(
    ("de", "du", "des", "d", "la", "le", "les", "l", "sur", "sous", "en", "et", "lès")
)
NEEDED = {"ref", "name", "subject", "target", "value", "property", "kind"}


class Mapping(dict[str, Any]):
    """A mapping that knows the line it began on."""

    line: int = 0


_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Safe):  # type: ignore[misc]
    """Safe YAML with lines, quick where the C library is there."""


def _check_size(node: yaml.Node) -> None:
    """Refuse what a few bytes of aliases (`*name`) would blow up to more than a memory holds."""
    sizes: dict[int, int] = {}

    def size(each: yaml.Node) -> int:
        if id(each) in sizes:
            if not sizes[id(each)]:
                raise _aliases(each)
            return sizes[id(each)]
        sizes[id(each)] = 0
        inside: list[yaml.Node] = []
        if isinstance(each, yaml.MappingNode):
            inside = [part for pair in each.value for part in pair]
        elif isinstance(each, yaml.SequenceNode):
            inside = each.value
        total = 1 + sum(size(part) for part in inside)
        if total > MOST_NODES:
            raise _aliases(each)
        sizes[id(each)] = total
        return total

    try:
        size(node)
    except RecursionError:
        raise _aliases(node) from None


def _aliases(node: yaml.Node) -> Refused:
    return Refused(
        gettext_noop("Ligne {line} : le YAML est trop grand, ou se contient lui-même (« *nom »)."),
        line=node.start_mark.line + 1,
    )


def _mapping(loader: _Loader, node: yaml.MappingNode) -> Mapping:
    found = Mapping()
    for key_node, value_node in node.value:
        key = str(loader.construct_object(key_node, deep=True))
        if key in found:
            raise Refused(
                gettext_noop("Ligne {line} : « {key} » est donné deux fois."),
                line=key_node.start_mark.line + 1,
                key=key,
            )
        found[key] = loader.construct_object(value_node, deep=True)
    found.line = node.start_mark.line + 1
    return found


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def parse(
    text: str,
    report: Report,
    *,
    vocabularies: Vocabularies,
    open_table: Callable[[str], str] | None = None,
) -> Bundle:
    """Return what a file of facts says. `open_table` gives the text of a CSV file beside it."""
    document = _load(text)
    return _Reader(document, report, vocabularies, open_table).read()


def _load(text: str) -> Mapping:
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        if node is not None:
            _check_size(node)
        document = loader.construct_document(node) if node is not None else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Refused(
            gettext_noop("Ligne {line} : le YAML est mal formé ({problem})."),
            line=mark.line + 1 if mark else 1,
            problem=error.problem or "?",
        ) from None
    except (yaml.YAMLError, RecursionError) as error:
        raise Refused(
            gettext_noop("Le YAML est illisible ({problem})."), problem=str(error)[:120]
        ) from None
    if not isinstance(document, Mapping) or document.get("format") != FORMAT:
        raise Refused(
            gettext_noop(
                "Ligne 1 : ce n'est pas un fichier de faits : il doit dire « format: {it} »."
            ),
            it=FORMAT,
        )
    return document


class _Reader:
    """One reading of one file."""

    def __init__(
        self,
        document: Mapping,
        report: Report,
        vocabularies: Vocabularies,
        open_table: Callable[[str], str] | None,
    ) -> None:
        self.document = document
        self.report = report
        self.vocabularies = vocabularies
        self.open_table = open_table
        self.bundle = Bundle()
        self.line = 1
        self.here = f"{report.file['name']}, " if report.file else ""
        self.place = self.here
        self.sources: dict[str, Mapping] = {}
        self.later: list[tuple[Mapping, str, Any]] = []

    def read(self) -> Bundle:
        """Read all, or raise `Refused` with the line."""
        try:
            self._read()
        except ContrechampError as error:
            if "place" in error.values:
                raise
            raise Refused(
                gettext_noop("{place}ligne {line} : {problem}"),
                place=self.place,
                line=self.line,
                problem=error,
            ) from error
        return self.bundle

    def _read(self) -> None:
        document = self.document
        self._check_fields(document, TOP)
        if document.get("version") != 1:
            raise Refused(
                gettext_noop("La version {v} n'est pas connue : écrivez « version: 1 »."),
                v=document.get("version"),
            )
        dataset = str(document.get("dataset") or "")
        if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,60}", dataset):
            raise Refused(
                gettext_noop(
                    "« dataset » est un nom en minuscules sans espace ({found} ne va pas)."
                ),
                found=dataset or "…",
            )
        self.dataset = dataset
        self.report.dataset = dataset
        self.report.extra["title"] = str(document.get("title") or dataset)
        self.report.extra["licence"] = str(document.get("licence") or "")
        for name, source in self._mappings(document, "sources"):
            self._check_fields(source, EVIDENCE - {"source"})
            self.sources[name] = source
        for entity in self._list(document, "entities"):
            self._entity(entity)
        for claim in self._list(document, "claims"):
            self.later.append((claim, "", None))
        rows = 0
        for table in self._list(document, "tables"):
            rows += self._table(table)
        entities = len(self.bundle.nodes)
        for claim, subject, evidence in self.later:
            self._claim(claim, subject, evidence)
        self.report.rows = {"entities": entities, "claims": len(self.later), "table_rows": rows}

    # Pieces

    def _at(self, mapping: Any) -> Mapping:
        if not isinstance(mapping, Mapping):
            raise Refused(gettext_noop("Ici doit se trouver une suite de « nom: valeur »."))
        if mapping.line:
            self.line = mapping.line
        return mapping

    def _check_fields(self, mapping: Mapping, known: set[str]) -> None:
        for field in self._at(mapping):
            if field not in known:
                guess = near(field, known)
                raise Refused(
                    gettext_noop("Le champ « {field} » n'existe pas. Peut-être « {guess} » ?"),
                    field=field,
                    guess=guess or ", ".join(sorted(known)),
                )

    def _list(self, mapping: Mapping, name: str) -> list[Mapping]:
        found = mapping.get(name) or []
        if not isinstance(found, list):
            raise Refused(
                gettext_noop("« {name} » est une liste : chaque ligne commence par « - »."),
                name=name,
            )
        return [self._at(each) for each in found]

    def _mappings(self, mapping: Mapping, name: str) -> Iterator[tuple[str, Mapping]]:
        for key, value in self._at(mapping.get(name) or Mapping()).items():
            yield key, self._at(value)

    def _required(self, mapping: Mapping, name: str) -> str:
        value = mapping.get(name)
        if value is None or str(value).strip() == "":
            raise Refused(gettext_noop("Il manque « {name} »."), name=name)
        return str(value).strip()

    # Entities

    def _entity(self, entity: Mapping) -> None:
        self._check_fields(entity, ENTITY)
        ref = self._ref(self._required(entity, "ref"))
        kind = self._required(entity, "kind")
        if kind not in KINDS:
            raise Refused(
                gettext_noop("« {kind} » n'est pas une sorte de fiche : {kinds}."),
                kind=kind,
                kinds=", ".join(KINDS),
            )
        node = self.bundle.nodes.get(ref)
        if node is None or not node.name:
            self.bundle.nodes[ref] = node = self._node(ref, kind, entity)
        elif node.kind != kind:
            raise Refused(gettext_noop("« {ref} » est déjà une fiche d'une autre sorte."), ref=ref)
        self._identifiers(node, entity)
        self._hold(node)
        if town := entity.get("administers"):
            claim = Mapping(property="administers", target=str(town))
            claim.line = entity.line
            evidence = Mapping(kind="register", register="sirene", record=_siren_of(node))
            self.later.append((claim, ref, evidence if _siren_of(node) else None))
        for claim in self._list(entity, "claims"):
            self.later.append((claim, ref, None))

    def _hold(self, node: Node) -> None:
        """Hold back an actor without a number whose name may be a private person's."""
        if node.person_hold or node.kind != "actor" or node.identifiers or node.type in BODIES:
            return
        if is_perhaps_a_person(node.name):
            node.person_hold = True
            self.report.note("person_suspected", self.line, node.name)

    def _node(self, ref: str, kind: str, entity: Mapping) -> Node:
        kind_type = str(entity.get("type") or self.vocabularies.first_type(kind))
        term = self.vocabularies.types[
            check_code(kind_type, self.vocabularies.types, "entity_types")
        ]
        if term["kind"] != kind:
            raise Refused(
                gettext_noop("Le type « {type} » est d'une autre sorte que « {kind} »."),
                type=kind_type,
                kind=kind,
            )
        name = self._required(entity, "name")
        if len(name) > 300:
            raise Refused(gettext_noop("Un nom a au plus 300 caractères."))
        node = Node(key=ref, kind=kind, type=kind_type, name=name, line=self.line)
        node.keys = {f"facts:{self.dataset}": [ref]}
        node.territory = self._territory(str(entity.get("territory") or ""))
        for other in entity.get("names") or []:
            node.names.append(self._name(other))
        return node

    def _name(self, other: Any) -> tuple[str, str, str]:
        if isinstance(other, Mapping):
            self._check_fields(other, {"text", "lang", "role"})
            role = str(other.get("role") or "alias").lower()
            if role not in ROLES:
                raise Refused(gettext_noop("Le rôle d'un nom est alias, former ou raw."))
            return self._required(other, "text"), ROLES[role], str(other.get("lang") or "")
        return str(other), "ALIAS", ""

    def _identifiers(self, node: Node, entity: Mapping) -> None:
        for scheme, given in self._mappings_or_values(entity.get("identifiers")):
            for value in given if isinstance(given, list) else [given]:
                pair = (scheme, str(value).replace(" ", ""))
                if scheme in {"siren", "siret"} and not isinstance(value, str):
                    raise Refused(
                        gettext_noop('Écrivez les numéros entre guillemets : "210600888".')
                    )
                pair = (scheme, check_identifier(scheme, pair[1]))
                if pair not in node.identifiers:
                    node.identifiers.append(pair)
        scheme, _, value = node.key.partition(":")
        if scheme == "siret":
            for pair in (("siren", value[:9]), ("siret", value)):
                if pair not in node.identifiers:
                    node.identifiers.append(pair)
        if scheme == "siren" and (scheme, value) not in node.identifiers:
            node.identifiers.append((scheme, value))

    def _mappings_or_values(self, found: Any) -> list[tuple[str, Any]]:
        if not found:
            return []
        if not isinstance(found, Mapping):
            raise Refused(gettext_noop('« identifiers » s\'écrit « {{siren: "210600888"}} ».'))
        return list(found.items())

    def _territory(self, key: str) -> str:
        if key and not PLACE.match(key):
            raise Refused(
                gettext_noop("« {key} » n'est pas un territoire : commune:06088, epci:…"), key=key
            )
        return key

    def _ref(self, ref: str) -> str:
        """Return a reference in its one form; a SIRET stands for its SIREN's actor."""
        scheme, _, value = ref.partition(":")
        if scheme == "siren":
            return f"siren:{check_siren(value)}"
        if scheme == "siret":
            return f"siret:{check_siret(value)}"
        if scheme == "technology":
            check_code(value, self.vocabularies.technologies, "technologies")
        return ref

    def _found(self, ref: str) -> str:
        """Return the key of a node for a reference, made when it is one that needs no entity."""
        ref = self._ref(ref)
        if ref in self.bundle.nodes:
            return ref
        if ref.startswith("siret:") and f"siren:{ref[6:15]}" in self.bundle.nodes:
            return f"siren:{ref[6:15]}"
        scheme, _, code = ref.partition(":")
        if scheme == "technology":
            term = self.vocabularies.technologies[code]
            self.bundle.nodes[ref] = Node(
                key=ref,
                kind="technology",
                type=term.get("type", "capability"),
                name=term["label"]["fr"],
                names=[(term["label"]["en"], "ALIAS", "en")],
                keys={"vocabulary": [code]},
            )
        elif PLACE.match(ref):
            self.bundle.nodes[ref] = Node(
                key=ref, kind="place", name="", type=scheme, territory=ref
            )
        elif scheme in {"siren", "siret"}:
            number_ = code[:9]
            self.bundle.nodes[ref] = Node(
                key=ref, kind="actor", name="", identifiers=[("siren", number_)], line=self.line
            )
        else:
            guess = near(ref, self.bundle.nodes)
            raise Refused(
                gettext_noop(
                    "« {ref} » ne renvoie à aucune fiche de ce fichier. Peut-être « {guess} » ?"
                ),
                ref=ref,
                guess=guess or "commune:…, technology:…, siren:…",
            )
        return ref

    # Claims

    def _claim(self, claim: Mapping, subject: str, evidence: Any) -> None:
        self._check_fields(claim, CLAIM)
        subject = self._found(subject or self._required(claim, "subject"))
        code = self._required(claim, "property")
        has_target, has_value = claim.get("target") is not None, claim.get("value") is not None
        if has_target == has_value:
            raise Refused(gettext_noop("Une affirmation a soit « value », soit « target »."))
        statement = Statement(key="", subject=subject, property=code, line=self.line)
        if has_target:
            self._aim(statement, code, str(claim["target"]))
        else:
            terms = self.vocabularies.properties
            if code in self.vocabularies.relations:
                raise Refused(
                    gettext_noop("« {code} » est une relation : donnez « target »."), code=code
                )
            check_code(code, terms, "properties")
            self._check_kind(code, self.bundle.nodes[subject], terms[code].get("kinds", KINDS))
            statement.value = check_value(code, claim["value"], self.vocabularies)
        self._details(statement, claim)
        self._key(statement, claim)
        given = claim.get("evidence") if claim.get("evidence") is not None else evidence
        for each in given if isinstance(given, list) else [given] if given else []:
            self.bundle.add_proof(self.bundle.statements[statement.key], self._evidence(each))

    def _aim(self, statement: Statement, code: str, target: str) -> None:
        relations = self.vocabularies.relations
        check_code(code, relations, "relations")
        statement.target = self._found(target)
        if statement.target == statement.subject:
            raise Refused(gettext_noop("Une relation ne va pas d'une fiche à elle-même."))
        ends = [self.bundle.nodes[key] for key in (statement.subject, statement.target)]
        source, aim = [(node.kind, node.type) for node in ends]
        values.check_ends(relations[code], source, aim)

    def _check_kind(self, code: str, node: Node, allowed: Any) -> None:
        if allowed and node.kind not in allowed:
            raise Refused(
                gettext_noop(
                    "« {code} » ne va pas avec « {name} » : attendu {kinds}, trouvé {kind}."
                ),
                code=code,
                name=node.name or node.key,
                kinds=", ".join(allowed),
                kind=node.kind,
            )

    def _details(self, statement: Statement, claim: Mapping) -> None:
        attributes = claim.get("attributes") or {}
        if not isinstance(attributes, dict):
            raise Refused(gettext_noop("« attributes » s'écrit « {{role: operator}} »."))
        statement.attributes = {name: _plain(value) for name, value in attributes.items()}
        if statement.target:
            term = self.vocabularies.relations[statement.property]
            statement.attributes = values.check_attributes(term, statement.attributes)
        statement.from_text = self._date(claim.get("from"))
        statement.to_text = self._date(claim.get("to"))
        if claim.get("amount") is not None and str(claim["amount"]).strip():
            statement.amount = str(parse_amount(str(claim["amount"])))
            statement.currency = str(claim.get("currency") or "EUR")
            statement.tax = str(claim.get("tax") or "unknown")
            if statement.tax not in TAXES:
                raise Refused(gettext_noop("« tax » est excl, incl ou unknown."))
            statement.amount_kind = str(claim.get("amount_kind") or "")
            if statement.amount_kind:
                check_code(statement.amount_kind, self.vocabularies.amount_kinds, "amount_kinds")

    def _date(self, value: Any) -> str:
        if value is None or str(value).strip() == "":
            return ""
        return parse_date(_plain_text(value)).text

    def _key(self, statement: Statement, claim: Mapping) -> None:
        """Give the claim its key, or find it again: one claim may stand in several rows."""
        what = statement.target or str(statement.value)
        if len(what) > 120:
            what = hashlib.sha256(what.encode()).hexdigest()[:16]
        said = f"{statement.subject};{statement.property};{what}"
        role = statement.attributes.get("role")
        statement.key = str(claim.get("ref") or (f"{said};{role}" if role else said))
        old = self.bundle.statements.get(statement.key)
        if old is None:
            statement.keys = {f"facts:{self.dataset}": [statement.key]}
            self.bundle.statements[statement.key] = statement
        elif (old.subject, old.property, old.target, old.value) != (
            statement.subject, statement.property, statement.target, statement.value
        ):  # fmt: skip
            raise Refused(gettext_noop("Deux affirmations différentes ont le même « ref »."))

    # Evidence

    def _evidence(self, given: Any) -> Proof:
        if isinstance(given, str):
            name, _, locator = given.partition(":")
            mapping = Mapping(source=name.strip(), locator=locator.strip())
            mapping.line = self.line
        else:
            mapping = self._at(given)
        self._check_fields(mapping, EVIDENCE)
        fields = dict(mapping)
        if source := fields.pop("source", None):
            if source not in self.sources:
                raise Refused(
                    gettext_noop(
                        "La source « {source} » n'est pas dans « sources ». Peut-être « {guess} » ?"
                    ),
                    source=source,
                    guess=near(str(source), self.sources) or "…",
                )
            fields = {
                **self.sources[source],
                **{k: v for k, v in fields.items() if v not in (None, "")},
            }
        return self._proof({name: value for name, value in fields.items() if value is not None})

    def _proof(self, fields: dict[str, Any]) -> Proof:
        kind = str(fields.get("kind") or "")
        needs = {
            "document": "document",
            "register": "register",
            "url": "url",
            "reference": "publication",
        }
        if kind not in needs:
            raise Refused(
                gettext_noop("Une preuve est de sorte document, register, url ou reference.")
            )
        if not fields.get(needs[kind]):
            raise Refused(
                gettext_noop("Une preuve « {kind} » demande « {name} »."),
                kind=kind,
                name=needs[kind],
            )
        if kind == "register":
            check_code(str(fields["register"]), self.vocabularies.registers, "registers")
            if not fields.get("record"):
                raise Refused(
                    gettext_noop("Une preuve « register » demande « record », le numéro de l'acte.")
                )
        if kind == "document" and not re.fullmatch(r"[0-9a-f]{64}", str(fields["document"])):
            raise Refused(
                gettext_noop("« document » est le SHA-256 du fichier : 64 chiffres et lettres.")
            )
        stance = str(fields.get("stance") or "supports").lower()
        if stance not in STANCES:
            raise Refused(gettext_noop("« stance » est supports, contradicts ou mentions."))
        return Proof(
            kind=kind,
            stance=STANCES[stance],
            document=str(fields.get("document") or ""),
            page=_page(fields.get("page")),
            quote_text=str(fields.get("quote") or ""),
            register=str(fields.get("register") or ""),
            record_id=str(fields.get("record") or ""),
            url=str(fields.get("url") or ""),
            publisher=str(fields.get("publisher") or ""),
            retrieved_on=_day(fields.get("retrieved")),
            publication=str(fields.get("publication") or ""),
            locator=str(fields.get("locator") or ""),
            dated_text=_plain_text(fields.get("dated")),
        )

    # Tables

    def _table(self, table: Mapping) -> int:
        self._check_fields(table, {"file", "each"})
        name = self._required(table, "file")
        each = self._at(table.get("each"))
        self._check_fields(each, {"entities", "claims", "evidence"})
        if self.open_table is None:
            raise Refused(gettext_noop("Ce fichier renvoie à un tableau, et il est seul ici."))
        rows = _csv(name, self.open_table(name))
        count = 0
        for line, row in rows:
            self.place = f"{name}, "
            self._row(each, row, line)
            count += 1
        self.place = self.here
        return count

    def _row(self, each: Mapping, row: dict[str, str], line: int) -> None:
        for entity in self._list(each, "entities"):
            filled = _fill(entity, row, self._columns)
            if filled is not None:
                self.line = filled.line = line
                self._entity(filled)
        shared = each.get("evidence")
        proofs = shared if isinstance(shared, list) else [shared] if shared else []
        evidence = [found for proof in proofs if (found := _fill(proof, row, self._columns))]
        for found in evidence:
            found.line = line
        for claim in self._list(each, "claims"):
            filled = _fill(claim, row, self._columns)
            if filled is not None:
                filled.line = self.line = line
                filled.setdefault("evidence", evidence)
                self._claim(filled, "", None)

    @staticmethod
    def _columns(name: str, row: dict[str, str]) -> str:
        if name not in row:
            raise Refused(
                gettext_noop("Le tableau n'a pas de colonne « {name} » : {columns}."),
                name=name,
                columns=", ".join(row),
            )
        return row[name].strip()


def _csv(name: str, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    text = text.removeprefix("\ufeff")
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        if not header or len(set(header)) != len(header):
            raise Refused(
                gettext_noop("{name} : la première ligne nomme chaque colonne une fois."), name=name
            )
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(header):
                raise Refused(
                    gettext_noop(
                        "{name}, ligne {line} : {found} colonnes au lieu de {expected}. Le tableau"
                        " est coupé, ou un séparateur n'est pas entre guillemets."
                    ),
                    name=name,
                    line=reader.line_num,
                    found=len(row),
                    expected=len(header),
                    place=name,
                )
            yield reader.line_num, dict(zip(header, row, strict=True))
    except csv.Error as error:
        raise Refused(
            gettext_noop("{name}, ligne {line} : {problem}."),
            name=name,
            line=reader.line_num,
            problem=str(error),
            place=name,
        ) from None


def _fill(template: Any, row: dict[str, str], column: Callable[[str, dict[str, str]], str]) -> Any:
    """Return a mapping with its `{columns}` filled, or None when a needed one is empty."""
    filled = Mapping()
    for name, value in template.items():
        if isinstance(value, Mapping):
            if inner := _fill(value, row, column):
                filled[name] = inner
            continue
        if isinstance(value, list):
            filled[name] = [_fill(v, row, column) if isinstance(v, Mapping) else v for v in value]
            continue
        found, is_empty = _cell(value, row, column)
        if not is_empty:
            filled[name] = found
        elif name in NEEDED:
            return None
    return filled


def _cell(
    value: Any, row: dict[str, str], column: Callable[[str, dict[str, str]], str]
) -> tuple[Any, bool]:
    if not isinstance(value, str) or "{" not in value:
        return value, False
    is_empty = False

    def put(match: re.Match[str]) -> str:
        nonlocal is_empty
        cell = column(match[1].strip(), row)
        is_empty = is_empty or not cell
        return _titled(cell) if match[2] == "title" else cell

    text = PLACEHOLDER.sub(put, value)
    return text, is_empty


def _titled(text: str) -> str:
    """Write a name in capitals as names are written: `SAINT-ÉTIENNE` → `Saint-Étienne`."""
    if not text.isupper():
        return text
    words_ = re.split(r"([\s'’-]+)", text.lower())
    return "".join(
        word if index and word in SMALL else word[:1].upper() + word[1:]
        for index, word in enumerate(words_)
    )


def _siren_of(node: Node) -> str:
    return next((value for scheme, value in node.identifiers if scheme == "siren"), "")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _plain_text(value: Any) -> str:
    return "" if value is None else str(_plain(value))


def _page(value: Any) -> int | None:
    if value in (None, ""):
        return None
    if not re.fullmatch(r"[1-9]\d{0,6}", str(value).strip()):
        raise Refused(gettext_noop("« {value} » n'est pas un numéro de page."), value=value)
    return int(value)


def _day(value: Any) -> str:
    """Return a day as ISO, or raise `Refused`."""
    if value is None or value == "":
        return ""
    try:
        return date.fromisoformat(_plain_text(value)).isoformat()
    except ValueError:
        raise Refused(
            gettext_noop("« {value} » n'est pas un jour : écrivez 2026-01-31."), value=str(value)
        ) from None
