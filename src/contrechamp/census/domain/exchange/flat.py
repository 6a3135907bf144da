"""The census as tables: one line per record, relation, value and source."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from contrechamp.kernel.errors import gettext_noop
from contrechamp.kernel.tables import Column, Table

from .bundle import Census, Linked, Node, Proof, Statement

STATUS = (
    Column("status", gettext_noop("Niveau de preuve : ALLEGED (allégué), DOCUMENTED (documenté), VERIFIED (vérifié par deux personnes), CONTRADICTED (contredit).")),  # noqa: E501  a sentence is one line
    Column("state", gettext_noop("État de publication ; PUBLISHED dans tout export public.")),
    Column("from", gettext_noop("Début, comme il est écrit dans la source : 2018, 2018-11, « avant 2019 ».")),  # noqa: E501
    Column("to", gettext_noop("Fin, comme elle est écrite dans la source.")),
    Column("amount", gettext_noop("Montant, en unités de la monnaie."), "decimal"),
    Column("currency", gettext_noop("Monnaie, code ISO 4217.")),
    Column("tax", gettext_noop("Taxe : excl (hors taxes), incl (toutes taxes comprises), unknown (inconnu).")),  # noqa: E501
    Column("amount_kind", gettext_noop("Nature du montant : estimé, maximum, attribué, payé… N'additionnez que ce qui est de même nature.")),  # noqa: E501
    Column("attributes", gettext_noop("Précisions de la relation, en JSON : rôle, lot, pourcentage…")),  # noqa: E501
)  # fmt: skip
NODE = (
    Column("id", gettext_noop("Identifiant de la fiche, pour toujours.")),
    Column("kind", gettext_noop("Sorte : project, technology, actor, place, contract.")),
    Column("type", gettext_noop("Type au sein de la sorte ; voir la table labels.")),
    Column("name", gettext_noop("Nom principal.")),
    Column("other_names", gettext_noop("Autres noms, séparés par « | ».")),
    Column("siren", gettext_noop("Numéro SIREN, ou plusieurs séparés par « | ».")),
    Column("siret", gettext_noop("Numéros SIRET.")),
    Column("insee", gettext_noop("Code INSEE.")),
    Column("territory", gettext_noop("Pour un lieu ou une administration : clé de son territoire."), "territory"),  # noqa: E501
    Column("state", gettext_noop("État de publication ; PUBLISHED dans tout export public.")),
)  # fmt: skip
EDGE = (
    Column("id", gettext_noop("Identifiant de la relation, pour toujours ; sa page est /fait/<id>.")),  # noqa: E501
    Column("source", gettext_noop("Fiche d'où part la relation."), leads_to="nodes"),
    Column("source_name", gettext_noop("Son nom.")),
    Column("relation", gettext_noop("Code de la relation ; voir la table labels. Le sens compte : A fournit B.")),  # noqa: E501
    Column("label", gettext_noop("Les mots de la relation, en français.")),
    Column("target", gettext_noop("Fiche où mène la relation."), leads_to="nodes"),
    Column("target_name", gettext_noop("Son nom.")),
    *STATUS,
)  # fmt: skip
VALUE = (
    Column("id", gettext_noop("Identifiant du fait, pour toujours ; sa page est /fait/<id>.")),
    Column("record", gettext_noop("Fiche dont on dit quelque chose."), leads_to="nodes"),
    Column("record_name", gettext_noop("Son nom.")),
    Column("property", gettext_noop("Code de la propriété ; voir la table labels.")),
    Column("label", gettext_noop("Le nom de la propriété, en français.")),
    Column("value", gettext_noop("Valeur ; en JSON si ce n'est pas un texte.")),
    *STATUS,
)
EVIDENCE = (
    Column("claim", gettext_noop("Fait ou relation que cette source appuie ou contredit.")),
    Column("number", gettext_noop("Rang de la source pour ce fait."), "integer"),
    Column("kind", gettext_noop("Sorte de source : document, register, url, reference.")),
    Column("stance", gettext_noop("SUPPORTS (appuie), CONTRADICTS (contredit), MENTIONS (mentionne).")),  # noqa: E501
    Column("url", gettext_noop("Adresse de la source.")),
    Column("document", gettext_noop("Empreinte SHA-256 du document gardé ; sa page est /documents/<empreinte>.")),  # noqa: E501
    Column("page", gettext_noop("Page du document."), "integer"),
    Column("quote", gettext_noop("Les mots exacts.")),
    Column("register", gettext_noop("Registre officiel.")),
    Column("record_id", gettext_noop("Numéro dans ce registre.")),
    Column("publication", gettext_noop("Titre de la publication.")),
    Column("publisher", gettext_noop("Qui publie.")),
    Column("locator", gettext_noop("Où, dans la source.")),
    Column("dated", gettext_noop("Date de la source, comme elle est écrite.")),
    Column("retrieved_on", gettext_noop("Jour où l'adresse a été lue."), "date"),
    Column("file_name", gettext_noop("Nom d'un fichier cité qui manque.")),
)  # fmt: skip


def _nothing() -> Iterator[list[object]]:
    """Return no rows: those of the census are read together (`rows`)."""
    return iter(())


TABLES = (
    Table(
        name="nodes",
        about=gettext_noop("Les fiches : projets, techniques, acteurs, lieux, marchés."),
        columns=NODE,
        rows=_nothing,
        searched=("name", "other_names"),
    ),
    Table(
        name="edges",
        about=gettext_noop("Les relations entre fiches : qui fournit, achète, finance, participe."),
        columns=EDGE,
        rows=_nothing,
    ),
    Table(
        name="claims",
        about=gettext_noop("Les faits qui sont des valeurs : nombres, dates, textes."),
        columns=VALUE,
        rows=_nothing,
    ),
    Table(
        name="evidence",
        about=gettext_noop("Les sources de chaque fait et de chaque relation."),
        columns=EVIDENCE,
        rows=_nothing,
        is_keyed=False,
    ),
)


def rows(census: Census, labels: Mapping[str, str]) -> Iterator[tuple[str, list[Any]]]:
    """Yield the rows of `TABLES`, each with the name of its table, reading the census once."""
    for node in census.every_node():
        yield "nodes", _node(node)
    for linked in census.every_statement():
        each = linked.statement
        yield (
            ("edges", _edge(linked, labels)) if each.target else ("claims", _value(linked, labels))
        )
        for number, proof in enumerate(sorted(each.evidence, key=_order), 1):
            yield "evidence", _evidence(each.key, number, proof)


def _node(node: Node) -> list[Any]:
    numbers = (
        " | ".join(sorted(v for s, v in node.identifiers if s == scheme))
        for scheme in ("siren", "siret", "insee")
    )
    others = " | ".join(sorted(text for text, role, _ in node.names if role != "RAW"))
    about = [node.key, node.kind, node.type, node.name, others]
    return [*about, *numbers, node.territory, node.state]


def _edge(linked: Linked, labels: Mapping[str, str]) -> list[Any]:
    each = linked.statement
    return [
        each.key,
        each.subject,
        linked.source.name if linked.source else "",
        each.property,
        labels.get(each.property, each.property),
        each.target,
        linked.target.name if linked.target else "",
        *_claim(each),
    ]


def _value(linked: Linked, labels: Mapping[str, str]) -> list[Any]:
    each = linked.statement
    return [
        each.key,
        each.subject,
        linked.source.name if linked.source else "",
        each.property,
        labels.get(each.property, each.property),
        each.value if isinstance(each.value, str) else _json(each.value),
        *_claim(each),
    ]


def _claim(each: Statement) -> list[Any]:
    return [
        each.status,
        each.state,
        each.from_text,
        each.to_text,
        each.amount,
        each.currency,
        each.tax,
        each.amount_kind,
        _json(each.attributes) if each.attributes else "",
    ]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _evidence(claim: str, number: int, proof: Proof) -> list[Any]:
    return [
        claim,
        number,
        proof.kind,
        proof.stance,
        proof.url,
        proof.document,
        proof.page,
        proof.quote_text,
        proof.register,
        proof.record_id,
        proof.publication,
        proof.publisher,
        proof.locator,
        proof.dated_text,
        proof.retrieved_on,
        proof.file_name,
    ]


def _order(proof: Proof) -> tuple[str, ...]:
    return tuple("" if part is None else str(part) for part in proof.identity)


def render(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Yield the lines of a CSV that a spreadsheet opens without running anything in it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in rows:
        writer.writerow([cell(value) for value in row])
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def cell(value: Any) -> str:
    """Return a cell: what a spreadsheet would take for a formula gets a leading apostrophe."""
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text[:1] in {"=", "+", "-", "@", "\t"} else text
