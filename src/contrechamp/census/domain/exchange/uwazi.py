"""Uwazi's CSV export: entities by title, properties by column, relations by title alone.

The export has no identifiers, so that the same entity is recognised by dataset, template and
title. Header words are in the language of the instance and properties are its own: a plan (a small
YAML file, drafted by a first run) says what each column is.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import yaml

from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.kernel.names import fold

from .bundle import Bundle, Node, Proof, Statement
from .persons import is_perhaps_a_person
from .report import Report
from .terms import KINDS, Vocabularies, check_code, check_value, near

HEADERS = {
    "title": ("title", "titre", "titulo", "nom"),
    "date_added": ("date added", "date d'ajout", "fecha de creacion", "date ajoutee", "ajoute le"),
    "template": ("template", "modele", "plantilla"),
    "documents": ("documents", "documentos"),
    "attachments": ("attachments", "pieces jointes", "fichiers joints", "adjuntos"),
    "published": ("published", "publie", "publicado"),
}
"""Columns that every export has, in the languages that we have met."""
ROLES = ("ignore", "title", "template", "date_added", "documents", "attachments", "published",
         "name", "source", "value", "relation", "identifier", "from", "to")  # fmt: skip
LIMIT = 10_000
"""Rows that Uwazi exports at most: a file of that size has a sequel."""
LANGUAGE = re.compile(r"^(?P<base>.+)__(?P<lang>[a-z]{2})$")
LINK = re.compile(r"^(?P<label>.*?)\|(?P<url>https?://\S+)$")
RANGE = re.compile(r"^(?P<start>[^~]*)~(?P<end>[^~]*)$")
SLASHED = re.compile(r"^(\d{4})/(\d{1,2})/(\d{1,2})$")


@dataclass(slots=True)
class Sheet:
    """One CSV file."""

    name: str
    header: list[str]
    rows: list[tuple[int, dict[str, str]]]


@dataclass(slots=True)
class Column:
    """What one column of one template says."""

    role: str = "ignore"
    code: str = ""
    to: str = ""
    lang: str = ""
    is_inverse: bool = False


@dataclass(slots=True)
class Template:
    """What one template's entities are."""

    kind: str
    type: str
    columns: dict[str, Column] = field(default_factory=dict)


@dataclass(slots=True)
class Mapping:
    """The plan: what each template and column is."""

    dataset: str
    templates: dict[str, Template] = field(default_factory=dict)
    columns: dict[str, Column] = field(default_factory=dict)


def read_sheet(name: str, text: str) -> Sheet:
    """Read one CSV, or raise `Refused` with the line where it is broken."""
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, dict[str, str]]] = []
    try:
        header = [cell.strip() for cell in next(reader, [])]
        _check_header(name, header)
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                raise Refused(
                    gettext_noop(
                        "{name}, ligne {line} : {found} colonnes au lieu de {expected}. Le fichier"
                        " est coupé ou mal protégé par des guillemets."
                    ),
                    name=name,
                    line=reader.line_num,
                    found=len(cells),
                    expected=len(header),
                )
            rows.append((reader.line_num, dict(zip(header, map(_plain, cells), strict=True))))
    except csv.Error as error:
        raise Refused(
            gettext_noop("{name}, ligne {line} : le CSV est coupé ou abîmé ({problem})."),
            name=name,
            line=reader.line_num,
            problem=str(error),
        ) from None
    return Sheet(name, header, rows)


def _plain(cell: str) -> str:
    """Return a cell without the sign that keeps a spreadsheet from running it as a formula."""
    return cell[1:] if re.match(r"'[=+\-@\t]", cell) else cell


def _check_header(name: str, header: list[str]) -> None:
    if len(set(header)) != len(header) or not any(_standard(cell) == "title" for cell in header):
        raise Refused(
            gettext_noop(
                "{name} : la première ligne doit nommer chaque colonne une fois, dont « Title » ou"
                " « Titre »."
            ),
            name=name,
        )


def _standard(cell: str) -> str:
    folded = fold(cell)
    return next(
        (role for role, names in HEADERS.items() if folded in {fold(name) for name in names}), ""
    )


# The plan


def draft_mapping(sheets: Iterable[Sheet], vocabularies: Vocabularies) -> str:
    """Return a plan to fill in: one entry per template and column, guessed where that is safe."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    columns: list[str] = []
    for sheet in sheets:
        standard = {cell: _standard(cell) for cell in sheet.header}
        template = next((cell for cell, role in standard.items() if role == "template"), "")
        columns += [cell for cell in sheet.header if cell not in columns]
        for _, row in sheet.rows:
            for cell, value in row.items():
                if value and not standard[cell]:
                    samples = found[row.get(template, "")][cell]
                    if value not in samples and len(samples) < 3:
                        samples.append(value[:40])
    lines = [
        "# Plan de lecture d'un export Uwazi. Pour chaque modèle, dites ce que sont ses fiches",
        f"# (kind: {', '.join(KINDS)}), puis ce que dit chaque colonne :",
        "#   {role: value, property: summary}      une propriété du vocabulaire",
        "#   {role: relation, relation: supplies, to: Modèle}   un lien vers les titres du modèle",
        "#   {role: relation, relation: supplies, to: Modèle, inverse: yes}   le lien à rebours",
        "#   {role: identifier, scheme: siren} {role: name} {role: source} {role: from} {role: to}",
        "#   {role: ignore}",
        "dataset: uwazi",
        "columns:",
    ]
    lines += [
        f"  {_quoted(cell)}: {{role: {_standard(cell)}}}" for cell in columns if _standard(cell)
    ]
    lines.append("templates:")
    for name, cells in sorted(found.items()):
        lines += [f"  {_quoted(name)}:", "    kind: actor", "    type: unknown", "    columns:"]
        for cell, samples in cells.items():
            lines.append(
                f"      # {' · '.join(sample.replace(chr(10), ' ') for sample in samples)}"
            )
            lines.append(f"      {_quoted(cell)}: {{{_guess(cell, vocabularies)}}}")
        if not cells:
            lines[-1] = "    columns: {}"
    return "\n".join(lines) + "\n"


def _guess(cell: str, vocabularies: Vocabularies) -> str:
    language = LANGUAGE.match(cell)
    bare = fold(language["base"] if language else cell)
    for code, term in vocabularies.properties.items():
        if bare in {fold(code), *(fold(label) for label in term["label"].values())}:
            return f"role: value, property: {code}"
    if bare in {"siren", "siret", "rna", "lei", "wikidata"}:
        return f"role: identifier, scheme: {bare}"
    if bare in {"source", "sources", "lien", "link", "url"}:
        return "role: source"
    return "role: ignore"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def read_mapping(text: str, vocabularies: Vocabularies) -> Mapping:
    """Read a plan, or raise `Refused` with what is wrong in it."""
    try:
        document = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        raise Refused(
            gettext_noop("Plan, ligne {line} : YAML mal formé ({problem})."),
            line=error.problem_mark.line + 1 if error.problem_mark else 1,
            problem=error.problem or "?",
        ) from None
    if not isinstance(document, dict) or not isinstance(document.get("templates"), dict):
        raise Refused(gettext_noop("Le plan doit avoir « templates »."))
    dataset = str(document.get("dataset") or "uwazi")
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,60}", dataset):
        raise Refused(gettext_noop("Plan : « {name} » n'est pas un nom de jeu."), name=dataset)
    mapping = Mapping(dataset)
    for cell, said in (document.get("columns") or {}).items():
        mapping.columns[str(cell)] = _column(str(cell), said, vocabularies)
    for name, said in document["templates"].items():
        mapping.templates[str(name)] = _template(str(name), said or {}, vocabularies)
    return mapping


def _template(name: str, said: Any, vocabularies: Vocabularies) -> Template:
    if not isinstance(said, dict):
        raise Refused(
            gettext_noop("Plan, modèle « {name} » : écrivez kind, type, columns."), name=name
        )
    kind = str(said.get("kind") or "")
    if kind not in KINDS:
        raise Refused(
            gettext_noop("Plan, modèle « {name} » : kind est {kinds}."),
            name=name,
            kinds=", ".join(KINDS),
        )
    type_ = str(said.get("type") or vocabularies.first_type(kind))
    check_code(type_, vocabularies.types, "entity_types")
    columns = {
        str(cell): _column(str(cell), each, vocabularies)
        for cell, each in (said.get("columns") or {}).items()
    }
    return Template(kind, type_, columns)


def _column(cell: str, said: Any, vocabularies: Vocabularies) -> Column:
    said = said if isinstance(said, dict) else {"role": str(said)}
    role = str(said.get("role") or "ignore")
    if role not in ROLES:
        raise Refused(
            gettext_noop(
                "Plan, colonne « {cell} » : role « {role} » inconnu. Peut-être « {guess} » ?"
            ),
            cell=cell,
            role=role,
            guess=near(role, ROLES) or "ignore",
        )
    column = Column(role, lang=str(said.get("lang") or ""))
    if role == "value":
        column.code = check_code(
            str(said.get("property") or ""), vocabularies.properties, "properties"
        )
    if role == "relation":
        column.code = check_code(
            str(said.get("relation") or ""), vocabularies.relations, "relations"
        )
        column.to = str(said.get("to") or "")
        column.is_inverse = said.get("inverse") in (True, "yes", "oui")
    if role == "identifier":
        column.code = str(said.get("scheme") or "siren")
    return column


# Reading


def parse(
    sheets: list[Sheet],
    report: Report,
    *,
    mapping: Mapping,
    dataset: str,
    has_file: Callable[[str], bool],
    vocabularies: Vocabularies,
) -> Bundle:
    """Return what the sheets say by the plan. Several files of one export are one import."""
    reader = _Reader(report, mapping, dataset, has_file, vocabularies)
    for sheet in sheets:
        if len(sheet.rows) >= LIMIT:
            report.extra.setdefault("perhaps_cut", []).append(sheet.name)
        for line, row in sheet.rows:
            reader.entity(sheet, line, row)
    reader.relate()
    return reader.finish(sum(len(sheet.rows) for sheet in sheets))


class _Reader:
    """One reading of one export."""

    def __init__(
        self,
        report: Report,
        mapping: Mapping,
        dataset: str,
        has_file: Callable[[str], bool],
        vocabularies: Vocabularies,
    ) -> None:
        self.report, self.mapping, self.dataset = report, mapping, dataset
        self.has_file, self.vocabularies = has_file, vocabularies
        self.scheme = f"uwazi:{dataset}"
        self.bundle = Bundle()
        self.by_title: dict[str, list[str]] = defaultdict(list)
        self.links: list[tuple[int, str, Column, str, list[Proof]]] = []
        self.unmapped: dict[tuple[str, str], int] = {}
        self.held = self.repeated = self.edge_rows = 0

    def entity(self, sheet: Sheet, line: int, row: dict[str, str]) -> None:
        """Read one row."""
        standard = {self._standard(cell): value.strip() for cell, value in row.items()}
        title, template_name = standard.get("title", ""), standard.get("template", "")
        template = self.mapping.templates.get(template_name)
        if not title:
            self.report.note("value_invalid", line, sheet.name, gettext_noop("Aucun titre."))
            return
        if template is None:
            self.report.note(
                "column_unmapped",
                line,
                template_name,
                gettext_noop("Le plan ne dit rien du modèle « {name} »."),
                name=template_name,
            )
            return
        key = f"{template_name};{title}"
        node = self.bundle.nodes.get(key)
        if node is not None:
            self.report.note("node_repeated", line, title)
        else:
            node = self._node(key, title, template, line)
        proofs = self._files(standard, line)
        proofs = [*self._sources(template, row), *proofs]
        dates = self._dates(template, row)
        for cell, value in row.items():
            if value.strip():
                self._cell(node, template, template_name, cell, value.strip(), line, proofs, dates)

    def _node(self, key: str, title: str, template: Template, line: int) -> Node:
        node = Node(
            key=key,
            kind=template.kind,
            type=template.type,
            name=title[:300],
            keys={self.scheme: [key]},
            line=line,
            person_hold=template.kind == "actor"
            and template.type != "authority"
            and is_perhaps_a_person(title),
        )
        if node.person_hold:
            self.report.note("person_suspected", line, title)
        self.bundle.nodes[key] = node
        self.by_title[title].append(key)
        return node

    def _standard(self, cell: str) -> str:
        column = self.mapping.columns.get(cell)
        return column.role if column else _standard(cell)

    def _files(self, standard: dict[str, str], line: int) -> list[Proof]:
        found = []
        for role in ("documents", "attachments"):
            for part in _values(standard.get(role, "")):
                name = part.rsplit("/", 1)[-1]
                if is_url(part):
                    found.append(Proof(kind="url", url=part))
                    continue
                found.append(Proof(kind="file", file_name=name))
                self.report.note(
                    "source_file_only",
                    line,
                    name,
                    gettext_noop("Le fichier est là : ajoutez-le avec `contrechamp documents add`.")
                    if self.has_file(name)
                    else gettext_noop("Le fichier n'est ni dans le ZIP ni à côté du CSV."),
                )
        return found

    def _sources(self, template: Template, row: dict[str, str]) -> list[Proof]:
        found = []
        for cell, column in template.columns.items():
            if column.role == "source":
                for label, url in _links(row.get(cell, "")):
                    found.append(Proof(kind="url", url=url, publication=label[:300]))
        return found

    def _dates(self, template: Template, row: dict[str, str]) -> tuple[str, str]:
        start = end = ""
        for cell, column in template.columns.items():
            if column.role in {"from", "to"} and (text := row.get(cell, "").strip()):
                first, last = _range(text)
                start = start or (first if column.role == "from" else "")
                end = end or last or (first if column.role == "to" else "")
        return start, end

    def _cell(
        self,
        node: Node,
        template: Template,
        template_name: str,
        cell: str,
        value: str,
        line: int,
        proofs: list[Proof],
        dates: tuple[str, str],
    ) -> None:
        column = template.columns.get(cell)
        if column is None:
            if not self._standard(cell):
                self.unmapped.setdefault((template_name, cell), line)
            return
        if column.role == "name":
            language = column.lang or ((m := LANGUAGE.match(cell)) and m["lang"]) or ""
            node.names += [(text[:300], "ALIAS", language) for text in _values(value)]
        elif column.role == "identifier":
            node.identifiers += [(column.code, text.replace(" ", "")) for text in _values(value)]
        elif column.role == "value":
            self._value(node, column, value, line, proofs, dates)
        elif column.role == "relation":
            for title in _values(value):
                self.links.append((line, node.key, column, title, proofs))

    def _value(
        self,
        node: Node,
        column: Column,
        value: str,
        line: int,
        proofs: list[Proof],
        dates: tuple[str, str],
    ) -> None:
        term = self.vocabularies.properties[column.code]
        kind = term["type"]
        parts: list[Any] = [value]
        if kind == "date":
            parts = [_range(part)[0] or _range(part)[1] for part in _values(value)]
        elif kind == "url":
            parts = [url for _, url in _links(value)] or [value]
        elif kind == "code_list":
            parts = [[part.rsplit("::", 1)[-1] for part in _values(value)]]
        elif kind != "text":
            parts = [part.rsplit("::", 1)[-1] for part in _values(value)]
        for part in parts:
            try:
                checked = check_value(column.code, part, self.vocabularies)
            except Refused as problem:
                self.report.note(
                    "value_invalid", line, str(part)[:200], problem.sentence, **problem.values
                )
                continue
            statement = self._statement(node.key, column.code, line, proofs, value=checked)
            statement.from_text, statement.to_text = dates

    def _statement(
        self, subject: str, code: str, line: int, proofs: list[Proof], **fields: Any
    ) -> Statement:
        key = f"{subject};{code};{fields.get('target') or fields.get('value')}"[:400]
        statement = self.bundle.statements.get(key)
        if statement is None:
            statement = Statement(
                key=key,
                subject=subject,
                property=code,
                keys={self.scheme: [key]},
                line=line,
                **fields,
            )
            self.bundle.statements[key] = statement
            if not proofs:
                self.report.note("source_missing", line, key[:200])
        elif statement.target:
            self.repeated += 1
            self.report.note("edge_repeated", line, key[:200])
        for proof in proofs:
            self.bundle.add_proof(statement, proof)
        return statement

    def relate(self) -> None:
        """Join titles to the entities that bear them; a title that none bears is a lost link."""
        for line, key, column, title, proofs in self.links:
            self.edge_rows += 1
            bare = title.rsplit("::", 1)[-1]
            found = [
                other
                for other in self.by_title.get(bare, [])
                if other != key and (not column.to or other.split(";", 1)[0] == column.to)
            ]
            if len(found) != 1:
                self.held += 1
                self.report.note(
                    "relation_lost",
                    line,
                    bare,
                    gettext_noop("{count} fiches de cet export portent ce titre."),
                    count=len(found),
                )
                continue
            source, target = (found[0], key) if column.is_inverse else (key, found[0])
            if not self._ends_fit(column.code, source, target):
                self.held += 1
                self.report.note(
                    "relation_held", line, bare, gettext_noop("Les deux bouts ne vont pas.")
                )
                continue
            self._statement(source, column.code, line, proofs, target=target)

    def _ends_fit(self, code: str, source: str, target: str) -> bool:
        term, nodes = self.vocabularies.relations[code], self.bundle.nodes
        return nodes[source].kind in term["from"] and nodes[target].kind in term["to"]

    def finish(self, rows: int) -> Bundle:
        """Tell the figures."""
        for (template, cell), line in self.unmapped.items():
            self.report.note("column_unmapped", line, f"{template} : {cell}")
        relations = sum(bool(each.target) for each in self.bundle.statements.values())
        total = len(self.bundle.nodes)
        self.report.rows = {"rows": rows, "entities": total, "links": self.edge_rows}
        self.report.nodes.update(total=total, declared=total)
        self.report.edges.update(
            rows=self.edge_rows, held=self.held, repeated=self.repeated, relations=relations
        )
        return self.bundle


def _values(cell: str) -> list[str]:
    """Return the values of a cell: `|` stands between them; `lat|lon` has its own column."""
    return [part.strip() for part in cell.split("|") if part.strip()]


def is_url(text: str) -> bool:
    """Answer whether a text is an address."""
    return re.match(r"https?://\S+$", text) is not None


def _links(cell: str) -> Iterator[tuple[str, str]]:
    """Yield (label, address) of a link column: `label|https://…`, or addresses alone."""
    if link := LINK.match(cell.strip()):
        yield link["label"], link["url"]
        return
    for part in _values(cell):
        if is_url(part):
            yield "", part


def _range(text: str) -> tuple[str, str]:
    """Return both ends of a date or range: `2018/01/02~2019/03/04`, or seconds since 1970.

    An export writes `from~to`, an import file `from:to`.
    """
    for sign in ("~", ":"):
        if sign in text:
            start, _, end = text.partition(sign)
            return _date(start), _date(end)
    return _date(text), ""


def _date(text: str) -> str:
    bare = text.strip()
    if slashed := SLASHED.match(bare):
        return f"{slashed[1]}-{int(slashed[2]):02d}-{int(slashed[3]):02d}"
    if re.fullmatch(r"-?\d{6,11}", bare):
        return datetime.fromtimestamp(int(bare), tz=UTC).date().isoformat()
    return "" if bare in {"", "null"} else bare
