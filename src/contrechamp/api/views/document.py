"""The OpenAPI document completed: errors in one form, and every sentence in one language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from contrechamp.api.schemas import answers
from contrechamp.kernel.errors import gettext_noop

SPOKEN = {"description", "summary"}
PROBLEM = "application/problem+json"
ERRORS = {
    "401": gettext_noop("Il faut un jeton, ou celui-ci n'ouvre rien."),
    "403": gettext_noop("Le jeton n'a pas ce droit."),
    "404": gettext_noop("Rien de public n'est là."),
    "409": gettext_noop("Une règle l'interdit ; la phrase dit laquelle."),
    "410": gettext_noop("Il y était, et a été retiré."),
    "413": gettext_noop("La demande est trop longue."),
    "422": gettext_noop("La demande n'est pas comprise ; la phrase dit pourquoi."),
    "429": gettext_noop("Trop de demandes ; attendez les secondes de Retry-After."),
    "503": gettext_noop("Momentanément indisponible."),
    "400": gettext_noop("La demande est mal formée."),
}
MERGED = gettext_noop("Fusionnée : Location mène à la fiche qui reste.")
ANSWER = gettext_noop("La réponse.")
TAGS = {
    "start": gettext_noop("Commencer"),
    "census": gettext_noop("Fiches et faits"),
    "documents": gettext_noop("Documents"),
    "watch": gettext_noop("Actes de surveillance"),
    "forum": gettext_noop("Forum"),
    "reference": gettext_noop("Territoires et vocabulaires"),
    "finding": gettext_noop("Chercher et relier"),
    "writing": gettext_noop("Écrire, avec un jeton"),
}
KEY = gettext_noop(
    "Un mot que vous choisissez, un par écriture : la même demande renvoyée avec lui n'est pas "
    "faite deux fois."
)


def completed(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the document with its errors, its tags and its words in the reader's language."""
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            _complete(path, method, operation)
    schema["components"]["schemas"]["Problem"] = _problem()
    schema["tags"] = [{"name": name, "description": words} for name, words in TAGS.items()]
    schema["info"]["license"] = {"name": "Open Database License 1.0", "identifier": "ODbL-1.0"}
    spoken: dict[str, Any] = _spoken(schema)
    return spoken


def _problem() -> dict[str, Any]:
    said = answers.Problem.model_json_schema()
    said["properties"]["errors"]["items"] = said.pop("$defs")["Fault"]
    return said


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    operation["responses"] = {str(code): one for code, one in operation["responses"].items()}
    for answer in operation["responses"].values():
        answer["description"] = ANSWER
    if path.endswith("/records/{id}"):
        operation["responses"]["308"] = {"description": MERGED}
    for code in _codes(path, method, operation):
        ref = {"$ref": "#/components/schemas/Problem"}
        operation["responses"][code] = {
            "description": ERRORS[code],
            "content": {PROBLEM: {"schema": ref}},
        }
    if method == "post":
        operation.setdefault("parameters", []).append(
            {
                "name": "Idempotency-Key",
                "in": "header",
                "required": False,
                "description": KEY,
                "schema": {"type": "string", "maxLength": 200, "pattern": "^[!-~]*$"},
            }
        )


def _codes(path: str, method: str, operation: dict[str, Any]) -> list[str]:
    """Return the errors that an operation may answer with."""
    codes = ["401", "422", "429"]  # A wrong token is refused wherever it is shown.
    if "{" in path or method == "post":
        codes.append("404")
    if operation.get("security"):
        codes.append("403")
    if method == "post":
        codes += ["400", "409", "413", "503"]
    if path.endswith("/graph/paths"):
        codes.append("409")
    if path.endswith("/acts/{slug}"):
        codes.append("410")
    return sorted(codes)


def _spoken(value: Any) -> Any:
    """Translate what people read; codes and names stay."""
    if isinstance(value, dict):
        return {
            name: gettext(one) if name in SPOKEN and isinstance(one, str) and one else _spoken(one)
            for name, one in value.items()
        }
    return [_spoken(one) for one in value] if isinstance(value, list) else value
