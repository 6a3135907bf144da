"""The OpenAPI document as something to read: sections, operations, tables of fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One parameter, or one field of a body or an answer."""

    name: str
    type: str
    about: str
    is_required: bool
    shape: str = ""
    """Name of the schema that it holds, if it has one of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A schema by its name."""

    name: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Error:
    """A status that is none of success, and when it comes."""

    code: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What can be done at an address."""

    id: str
    method: str
    path: str
    summary: str
    about: str
    needs_token: bool
    query: tuple[Field, ...]
    headers: tuple[Field, ...]
    body: tuple[Field, ...]
    body_type: str
    answer: str
    """Name of the schema that is answered."""
    status: str
    errors: tuple[Error, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Operations of one subject."""

    name: str
    title: str
    operations: tuple[Operation, ...]


def sections(document: Json) -> tuple[Section, ...]:
    """Return the operations by subject, in the order of the document's tags."""
    found: dict[str, list[Operation]] = {tag["name"]: [] for tag in document["tags"]}
    for path, methods in document["paths"].items():
        for method, said in methods.items():
            found[said["tags"][0]].append(_operation(path, method, said, document))
    return tuple(
        Section(name=tag["name"], title=tag["description"], operations=tuple(found[tag["name"]]))
        for tag in document["tags"]
    )


def shapes(document: Json) -> tuple[Shape, ...]:
    """Return every schema that is answered or sent, by name."""
    schemas: Json = document["components"]["schemas"]
    return tuple(
        Shape(name=name, fields=_fields(said, document))
        for name, said in sorted(schemas.items())
        if said.get("properties")
    )


def _operation(path: str, method: str, said: Json, document: Json) -> Operation:
    parameters = said.get("parameters", [])
    success = next(code for code in said["responses"] if code.startswith("2"))
    content = said["responses"][success].get("content", {})
    sent: Json = said.get("requestBody", {}).get("content", {})
    body_type = next(iter(sent), "")
    body: Json = sent.get(body_type, {})
    return Operation(
        id=said["operationId"],
        method=method.upper(),
        path=path,
        summary=said["summary"],
        about=said.get("description", ""),
        needs_token=bool(said.get("security")),
        query=tuple(_parameter(one) for one in parameters if one["in"] == "query"),
        headers=tuple(_parameter(one) for one in parameters if one["in"] == "header"),
        body=_fields(_resolved(body.get("schema", {}), document), document),
        body_type=body_type,
        answer=next((_name(one.get("schema", {})) for one in content.values()), ""),
        status=success,
        errors=tuple(
            Error(code=code, about=answer["description"])
            for code, answer in said["responses"].items()
            if code >= "400"
        ),
    )


def _parameter(said: Json) -> Field:
    schema = said.get("schema", {})
    return Field(
        name=said["name"],
        type=_type(schema),
        about=said.get("description") or schema.get("description", ""),
        is_required=bool(said.get("required")),
    )


def _fields(schema: Json, document: Json) -> tuple[Field, ...]:
    required: Sequence[str] = schema.get("required", ())
    return tuple(
        Field(
            name=name,
            type=_type(said),
            about=said.get("description", ""),
            is_required=name in required,
            shape=_name(said),
        )
        for name, said in schema.get("properties", {}).items()
    )


def _resolved(schema: Json, document: Json) -> Json:
    name = _name(schema) if "$ref" in schema else ""
    found: Json = document["components"]["schemas"][name] if name else schema
    return found


def _name(schema: Json) -> str:
    """Return the name of the schema that this one is, or holds."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    held = [*schema.get("anyOf", ()), schema.get("items", {})]
    return next((name for one in held if one and (name := _name(one))), "")


def _type(schema: Json) -> str:
    """Return the type in a few words: `string (date)`, `1 … 500`, `alleged | verified`."""
    if "enum" in schema:
        return " | ".join(str(one) for one in schema["enum"])
    if "const" in schema:
        return str(schema["const"])
    if "anyOf" in schema:
        parts = [_type(one) for one in schema["anyOf"] if one.get("type") != "null"]
        return " | ".join(dict.fromkeys(parts))
    if schema.get("type") == "array":
        return f"{_type(schema.get('items', {}))}[]"
    if "$ref" in schema:
        return _name(schema)
    said = str(schema.get("type", "any"))
    if "format" in schema:
        said += f" ({schema['format']})"
    if "minimum" in schema and "maximum" in schema:
        said += f", {schema['minimum']}–{schema['maximum']}"
    return said
