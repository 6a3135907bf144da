"""The carto format: `EDGE;name;name;relation;sources` and `NODE;name;category`, made by hand.

Names are the only identity that the file has; two spellings are two nodes. What is not said is
not guessed: a relation that cannot be read is held, a place that several communes share stays
undecided, a name that may be a person's is held back, an official number is only suggested.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.kernel.names import words
from contrechamp.kernel.numbers import is_hatvp, is_siren

from .bundle import Bundle, Node, Proof, Statement
from .carto_words import Reading, read_relation
from .persons import is_perhaps_a_person
from .report import Report

COLUMNS = 5
LIMIT = 300
"""Longest name that the tables hold."""

TYPES = {
    "acteur prive": "company",
    "acteur public": "authority",
    "actionnaire": "company",
    "association professionnelle": "trade_body",
    "association": "association",
    "syndicat professionnel": "trade_body",
}
"""Folded category of a NODE row → type of actor."""

TECHNOLOGY_TARGETS = {"has_capability", "manufactures"}
BODY = re.compile(
    r"^(ville|commune|mairie|communaut|m[ée]tropole|d[ée]partement|r[ée]gion|conseil|"
    r"pr[ée]fecture|minist[èe]re|[ée]tat|a[ée]roport|agglom[ée]ration|syndicat|office|direction|"
    r"police|gendarmerie|universit|h[ôo]pital|chu|chru|r[ée]gie|port|grand port|tribunal|"
    r"acad[ée]mie|rectorat|lyc[ée]e|coll[èe]ge|service|agence|institut|"
    r"[ée]tablissement|parlement|s[ée]nat|assembl[ée]e|cour|autorit[ée]|haute?|centre|mus[ée]e|"
    r"sdis|soci[ée]t[ée]|groupement|union|caisse|ehpad|parc|ccas|sivom|sivu)",
    re.IGNORECASE,
)
TOWN = re.compile(
    r"^\s*(ville|commune|mairie)\s+(de\s+la\s+|de\s+l['’]|du\s+|des\s+|de\s+|d['’])", re.IGNORECASE
)
HATVP_HOST = re.compile(r"(^|\.)hatvp\.fr$")


@dataclass(frozen=True, slots=True)
class Town:
    """What the gazetteer answered to a town's name."""

    status: str
    """one, ambiguous, group, unknown."""
    candidates: tuple[tuple[str, str], ...] = ()
    """(key of the territory, "Valence (Drôme, 64 483 hab.)")"""


Resolver = Callable[[list[str]], dict[str, Town]]
"""Names of towns → what the gazetteer answers to each."""
Splits = Callable[[list[str]], Iterable[tuple[str, str, str]]]
"""Names → (one, other, whole): two names that are the halves of one commune's."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file, its cells cleaned of outer spaces only."""

    line: int
    cells: tuple[str, ...]
    commented: bool = False

    def cell(self, index: int) -> str:
        return self.cells[index] if index < len(self.cells) else ""


@dataclass(slots=True)
class Seen:
    """What the rows say of one name."""

    name: str
    categories: list[str] = field(default_factory=list)
    declared: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    as_source: set[str] = field(default_factory=set)
    as_target: set[str] = field(default_factory=set)


def parse(
    text: str,
    report: Report,
    *,
    dataset: str = "carto",
    with_commented: bool = False,
    resolve_towns: Resolver | None = None,
    split_towns: Splits | None = None,
) -> Bundle:
    """Return what a carto file says, and write all that is doubtful about it in the report."""
    rows = list(_rows(text))
    edges = [row for row in rows if not row.commented and row.cell(0) == "EDGE"]
    nodes = [row for row in rows if not row.commented and row.cell(0) == "NODE"]
    commented = [row for row in rows if row.commented]
    if not edges and not nodes:
        raise Refused(
            gettext_noop(
                "Ce fichier n'a ni ligne EDGE ni ligne NODE : ce n'est pas une carto. Les lignes"
                " attendues sont « EDGE;nom;nom;relation;source » et « NODE;nom;catégorie »."
            )
        )
    _note_rows(report, rows, edges, nodes, commented)
    brought = [row for row in commented if row.cell(0) == "EDGE"] if with_commented else []
    seen = _names(sorted([*edges, *brought, *nodes], key=lambda row: row.line))
    bundle = Bundle()
    scheme = _Keys(dataset)
    _make_nodes(bundle, report, seen, scheme)
    _make_relations(bundle, report, [*edges, *brought], scheme)
    _note_sources(report, bundle, edges)
    _note_numbers(report, edges)
    _note_towns(report, seen, resolve_towns, split_towns)
    report.nodes.update(
        total=len(seen),
        declared=sum(bool(each.declared) for each in seen.values()),
        undeclared=sum(not each.declared for each in seen.values()),
    )
    return bundle


@dataclass(frozen=True, slots=True)
class _Keys:
    """Keys of a dataset. A name alone is one only within its own dataset."""

    dataset: str

    def of(self, text: str) -> dict[str, list[str]]:
        if self.dataset == "carto":
            return {"carto": [text]}
        return {"carto": [text], "carto_dataset": [self.dataset]}


# Rows


def _rows(text: str) -> Iterator[Row]:
    lines = text.removeprefix("\ufeff").split("\n")
    complete = lines[-1] == ""
    for number, line in enumerate(lines, 1):
        line = line.rstrip("\r")
        if not line.strip():
            continue
        if "\0" in line:
            raise Refused(
                gettext_noop("Ligne {line} : octet nul. Ce n'est pas un fichier de texte."),
                line=number,
            )
        commented = line.lstrip().startswith("#")
        row = Row(number, _cells(line.lstrip().lstrip("#") if commented else line), commented)
        if number == len(lines) and not complete:
            _check_whole(row)
        yield row


def _check_whole(row: Row) -> None:
    """Refuse a last line that stops in the middle: the file was cut on its way."""
    expected = {"EDGE": COLUMNS, "NODE": 3}.get(row.cell(0))
    known_kind = any(kind.startswith(row.cell(0)) for kind in ("EDGE", "NODE", "TYPE_"))
    if row.commented or (expected is None and not known_kind):
        return
    if expected is None or len(row.cells) < expected:
        raise Refused(
            gettext_noop(
                "Ligne {line} : le fichier s'arrête au milieu d'une ligne ({cells} colonnes au"
                " lieu de {expected}). Il a sans doute été coupé : téléchargez-le à nouveau."
            ),
            line=row.line,
            cells=len(row.cells),
            expected=expected or COLUMNS,
        )


def _cells(line: str) -> tuple[str, ...]:
    cells = next(csv.reader([line], delimiter=";")) if '"' in line else line.split(";")
    if len(cells) > COLUMNS:  # An address may hold a semicolon; no other column does.
        cells = [*cells[: COLUMNS - 1], ";".join(cells[COLUMNS - 1 :]).rstrip(";")]
    return tuple(cell.strip() for cell in cells)


def _note_rows(
    report: Report, rows: list[Row], edges: list[Row], nodes: list[Row], commented: list[Row]
) -> None:
    report.rows = {"edges": len(edges), "nodes": len(nodes), "commented": len(commented)}
    report.extra["commented"] = {
        "headers": sum(row.cell(0).startswith("TYPE_") for row in commented),
        "edges": sum(row.cell(0) == "EDGE" for row in commented),
        "nodes": sum(row.cell(0) == "NODE" for row in commented),
    }
    for row in commented:
        report.note("commented_row", row.line, ";".join(row.cells))
    for row in rows:
        if not row.commented and row.cell(0) not in {"EDGE", "NODE"}:
            report.note(
                "row_unknown",
                row.line,
                ";".join(row.cells)[:200],
                gettext_noop("La ligne ne commence ni par EDGE ni par NODE : elle est laissée."),
            )


# Names


def _is_name(text: str) -> bool:
    return bool(text) and "://" not in text


def _names(rows: list[Row]) -> dict[str, Seen]:
    seen: dict[str, Seen] = {}
    for row in rows:
        if row.cell(0) == "NODE":
            if not row.cell(1):
                continue
            each = seen.setdefault(row.cell(1), Seen(row.cell(1)))
            each.declared.append(row.line)
            if row.cell(2) and row.cell(2) not in each.categories:
                each.categories.append(row.cell(2))
            continue
        code = read_relation(row.cell(3)).code
        for index, role in ((1, "as_source"), (2, "as_target")):
            if _is_name(row.cell(index)):
                each = seen.setdefault(row.cell(index), Seen(row.cell(index)))
                each.lines.append(row.line)
                getattr(each, role).add(code)
    return seen


def clean(name: str) -> str:
    """Return a name as one reads it: composed, without what cannot be seen, single spaces."""
    kept = "".join(
        " " if unicodedata.category(character) in {"Zs", "Cc"} else character
        for character in unicodedata.normalize("NFC", name)
        if unicodedata.category(character) != "Cf"
    )
    return " ".join(kept.split())


def invisible(name: str) -> list[str]:
    """Return the characters of a name that print nothing, as `U+00AD`."""
    found = {c for c in name if unicodedata.category(c) in {"Cf", "Cc", "Co", "Cn"}}
    return sorted(f"U+{ord(character):04X}" for character in found)


def _kind(each: Seen) -> tuple[str, str]:
    """Return kind and type of a name, by its category or else by its relations."""
    if each.categories:
        found = [TYPES.get(" ".join(words(category)), "unknown") for category in each.categories]
        if found[0] == "authority" and _is_perhaps_a_place(each.name):
            return "actor", "unknown"
        return "actor", next((kind for kind in reversed(found) if kind != "unknown"), "unknown")
    if each.declared:
        return "actor", "unknown"
    roles = each.as_target
    if roles & TECHNOLOGY_TARGETS and not each.as_source - {""}:
        return "technology", "product" if "manufactures" in roles else "capability"
    if "bid_for" in roles and not each.as_source - {""}:
        return "contract", "call"
    return "actor", _type_by_relations(each)


def _type_by_relations(each: Seen) -> str:
    if "lobbying_register" in each.as_target:
        return "regulator"
    if BODY.match(each.name):
        return "authority"
    if "member_of" in each.as_target:
        return "association"
    if each.as_source - {"", "member_of", "lobbying_register"} or "owned_by" in each.as_target:
        return "company"
    return "unknown"


def _is_perhaps_a_place(name: str) -> bool:
    """Answer whether a public actor's name is a place's: no word of a body, not an acronym."""
    bare = clean(name)
    return not BODY.match(bare) and not bare.isupper() and len(words(bare)) <= 3


def _make_nodes(bundle: Bundle, report: Report, seen: dict[str, Seen], keys: _Keys) -> None:
    for each in seen.values():
        kind, kind_type = _kind(each)
        line = (each.declared or each.lines)[0]
        name = clean(each.name)
        if len(name) > LIMIT:
            raise Refused(
                gettext_noop(
                    "Ligne {line} : un nom de {count} caractères (au plus {limit}). Une colonne"
                    " manque sans doute sur cette ligne."
                ),
                line=line,
                count=len(name),
                limit=LIMIT,
            )
        held = kind == "actor" and kind_type != "authority" and is_perhaps_a_person(name)
        node = Node(
            key=each.name,
            kind=kind,
            type="unknown" if held else kind_type,
            name=name or each.name,
            keys=keys.of(each.name),
            person_hold=held,
            line=line,
        )
        if name != each.name:
            node.names.append((each.name, "RAW", ""))
        bundle.nodes[each.name] = node
        _note_name(report, each, node)


def _note_name(report: Report, each: Seen, node: Node) -> None:
    if not each.declared:
        report.undeclared.append({"name": each.name, "kind": node.kind, "lines": each.lines})
        report.note("node_undeclared", each.lines[0], each.name)
    for line in each.declared[1:]:
        report.note("node_repeated", line, each.name)
    if len(each.categories) > 1:
        report.note(
            "category_conflict", each.declared[0], f"{each.name} : {', '.join(each.categories)}"
        )
    if marks := invisible(each.name):
        for line in sorted({*each.declared, *each.lines}):
            report.note(
                "invisible_character",
                line,
                each.name,
                gettext_noop("{marks} dans « {name} »."),
                marks=", ".join(marks),
                name=node.name,
            )
    if node.person_hold:
        report.note("person_suspected", node.line, each.name)
    if "authority" in {TYPES.get(" ".join(words(c))) for c in each.categories} and (
        node.type == "unknown"
    ):
        report.note("place_suspected", node.line, each.name)


# Relations


def _make_relations(bundle: Bundle, report: Report, edges: list[Row], keys: _Keys) -> None:
    tally: dict[str, list[int]] = defaultdict(list)
    held = repeated = 0
    for row in edges:
        reading = read_relation(row.cell(3))
        tally[row.cell(3)].append(row.line)
        if not reading.code or not _may_stand(row):
            held += 1
            _note_held(report, row)
            continue
        if _note_reading(report, row, reading):
            repeated += _add_relation(bundle, report, row, reading, keys)
    _tell_values(report, tally)
    report.edges.update(
        rows=len(edges), held=held, repeated=repeated, relations=len(bundle.statements)
    )
    by_code = Counter(each.property for each in bundle.statements.values())
    report.extra["by_code"] = dict(sorted(by_code.items(), key=lambda pair: (-pair[1], pair[0])))


def _may_stand(row: Row) -> bool:
    names = row.cell(1), row.cell(2)
    return all(_is_name(name) for name in names) and names[0] != names[1]


def _note_held(report: Report, row: Row) -> None:
    value = row.cell(3)
    if "://" in value:
        detail = gettext_noop(
            "Une adresse à la place de la relation : une colonne manque. Écrivez"
            " « EDGE;nom;nom;relation;source »."
        )
    elif not _is_name(row.cell(1)) or not _is_name(row.cell(2)):
        detail = gettext_noop("Un des deux noms manque.")
    elif row.cell(1) == row.cell(2):
        detail = gettext_noop("Une relation de « {name} » avec lui-même.")
    elif not value:
        detail = gettext_noop("La relation manque.")
    else:
        detail = gettext_noop(
            "Relation inconnue entre « {name} » et « {other} ». Corrigez-la ou demandez qu'elle"
            " soit ajoutée au vocabulaire."
        )
    report.note("relation_held", row.line, value, detail, name=row.cell(1), other=row.cell(2))


def _note_reading(report: Report, row: Row, reading: Reading) -> bool:
    if reading.reading in {"variant", "misspelt", "qualified"}:
        report.note(
            f"relation_{reading.reading}",
            row.line,
            row.cell(3),
            gettext_noop("Lu comme « {read_as} »."),
            read_as=reading.read_as,
        )
    if reading.code == "lobbying_register":
        report.note(
            "register_as_target",
            row.line,
            row.cell(2),
            gettext_noop("« {name} » y est inscrit ; la relation ne dit pas qu'il agit contre."),
            name=row.cell(1),
        )
    return True


def _add_relation(bundle: Bundle, report: Report, row: Row, reading: Reading, keys: _Keys) -> int:
    """Add the relation of a row, or its sources to the same one met before; return 1 then."""
    source, target = row.cell(1), row.cell(2)
    key = ";".join((source, reading.code, target))
    statement = bundle.statements.get(key)
    is_repeated = statement is not None
    if statement is None:
        statement = bundle.statements[key] = Statement(
            key=key,
            subject=source,
            property=reading.code,
            target=target,
            attributes=dict(reading.attributes),
            from_text=reading.from_text,
            to_text=reading.to_text,
            keys=keys.of(key),
            line=row.line,
        )
    else:
        report.note(
            "edge_repeated",
            row.line,
            ";".join(row.cells[1:4]),
            gettext_noop("Déjà donnée à la ligne {first}."),
            first=statement.line,
        )
        for name, value in reading.attributes.items():
            statement.attributes.setdefault(name, value)
    for proof in proofs(row.cell(4)):
        bundle.add_proof(statement, proof)
    _note_source(report, row)
    return int(is_repeated)


def _tell_values(report: Report, tally: dict[str, list[int]]) -> None:
    for value, lines in sorted(tally.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        reading = read_relation(value)
        report.relations.append(
            {
                "value": value,
                "count": len(lines),
                "relation": reading.code or None,
                "reading": reading.reading,
            }
        )
        if reading.reading == "misspelt":
            report.misspelt.append(
                {
                    "value": value,
                    "count": len(lines),
                    "read_as": reading.read_as,
                    "lines": lines,
                    "wrong_letters": reading.distance,
                }
            )


# Sources


def is_url(text: str) -> bool:
    """Answer whether a source is an address rather than a file name."""
    return re.match(r"https?://\S", text, re.IGNORECASE) is not None


def sources(cell: str) -> list[str]:
    """Return the sources of a cell: `|` stands between them."""
    return [part.strip() for part in cell.split("|") if part.strip()]


def file_name(text: str) -> str:
    """Return a file's real name: `\\(1\\)` is what a shell made of `(1)`."""
    return re.sub(r"\\([()\[\]{}&'\"; !$*?#~`<>])", r"\1", text)


def proofs(cell: str) -> Iterator[Proof]:
    """Yield the evidence of a cell of sources."""
    for source in sources(cell):
        if is_url(source):
            yield Proof(kind="url", url=source)
        else:
            yield Proof(kind="file", file_name=file_name(source))


def _note_source(report: Report, row: Row) -> None:
    found = sources(row.cell(4))
    if not found:
        report.note("source_missing", row.line, ";".join(row.cells[1:4]))
    elif not any(is_url(source) for source in found):
        report.note(
            "source_file_only",
            row.line,
            " | ".join(file_name(source) for source in found),
            gettext_noop("Ajoutez le fichier aux documents, ou donnez une adresse."),
        )


def _note_sources(report: Report, bundle: Bundle, edges: list[Row]) -> None:
    found = [sources(row.cell(4)) for row in edges]
    files = Counter(file_name(source) for each in found for source in each if not is_url(source))
    given = [proof for each in bundle.statements.values() for proof in each.evidence]
    report.sources = {
        "rows_without": sum(not each for each in found),
        "rows_with_url": sum(any(map(is_url, each)) for each in found),
        "rows_file_only": sum(bool(each) and not any(map(is_url, each)) for each in found),
        "rows_with_file": sum(any(not is_url(source) for source in each) for each in found),
        "rows_with_two": sum(len(each) > 1 for each in found),
        "file_names": len(files),
        "references": len(given),
        "urls": sum(proof.kind == "url" for proof in given),
        "files": sum(proof.kind == "file" for proof in given),
        "missing_files": [
            {"name": name, "rows": count}
            for name, count in sorted(files.items(), key=lambda pair: (-pair[1], pair[0]))
        ],
    }
    cited = sum(
        any(proof.kind == "url" for proof in each.evidence) for each in bundle.statements.values()
    )
    report.sources["relations_publishable_as_alleged"] = cited
    report.sources["relations_not_publishable"] = len(bundle.statements) - cited
    for row in edges:
        if not read_relation(row.cell(3)).code or not _may_stand(row):
            _note_source(report, row)


# Official numbers and places


def hatvp_code(url: str) -> str:
    """Return the number of an organisation in a link to the lobbying register, or nothing."""
    parts = urlsplit(url)
    if not HATVP_HOST.search(parts.hostname or ""):
        return ""
    return next(iter(parse_qs(parts.query).get("organisation", [])), "").strip()


def _note_numbers(report: Report, edges: list[Row]) -> None:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in edges:
        for source in sources(row.cell(4)):
            if code := hatvp_code(source):
                found[code].append(row)
    numbers = []
    for code, rows in found.items():
        scheme = "siren" if is_siren(code) else "hatvp" if is_hatvp(code) else ""
        names = sorted({name for row in rows for name in (row.cell(1), row.cell(2))})
        numbers.append(
            {
                "value": code,
                "scheme": scheme or None,
                "names": names,
                "lines": [row.line for row in rows],
            }
        )
        report.note(
            "identifier_found" if scheme else "identifier_invalid",
            rows[0].line,
            code,
            gettext_noop("Ce numéro est celui de l'un de ces noms : {names}."),
            names=", ".join(names[:6]),
        )
    report.extra["identifiers"] = numbers


def is_town(name: str) -> bool:
    """Answer whether a name says "ville de …"."""
    return TOWN.match(clean(name)) is not None


def _note_towns(
    report: Report,
    seen: dict[str, Seen],
    resolve_towns: Resolver | None,
    split_towns: Splits | None,
) -> None:
    """Write down what the gazetteer says of each town."""
    if resolve_towns is None:
        return
    lines = {
        each.name: (each.declared or each.lines)[0] for each in seen.values() if is_town(each.name)
    }
    bare = {name: clean(name) for name in lines}
    answers = resolve_towns(sorted(set(bare.values())))
    towns = {name: answers[bare[name]] for name in lines}
    for name, town in towns.items():
        if town.status != "one":
            _note_undecided(report, lines[name], name, town)
    report.extra["towns"] = [
        {
            "name": name,
            "status": town.status,
            "candidates": [{"territory": key, "label": label} for key, label in town.candidates],
        }
        for name, town in towns.items()
    ]
    undecided = {bare[name]: name for name, town in towns.items() if town.status != "one"}
    for one, other, whole in split_towns(sorted(undecided)) if split_towns else ():
        report.note(
            "name_split",
            lines[undecided[one]],
            f"{undecided[one]} + {undecided[other]}",
            gettext_noop("Sans doute une seule commune, {whole}."),
            whole=whole,
        )


def _note_undecided(report: Report, line: int, name: str, town: Town) -> None:
    candidates = "; ".join(label for _, label in town.candidates)
    if town.candidates:
        detail = gettext_noop("Candidates : {candidates}. Choisissez sur la fiche.")
    elif town.status == "group":
        detail = gettext_noop("Ce nom semble celui d'une intercommunalité.")
    else:
        detail = ""
    code = "place_ambiguous" if town.status == "ambiguous" else "place_unknown"
    report.note(code, line, name, detail, candidates=candidates)
