"""What went wrong, in one form (RFC 9457) and as a sentence in the reader's language."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext

from contrechamp.kernel.errors import gettext_noop

CONTENT = "application/problem+json; charset=utf-8"
NOT_FOUND = gettext_noop(
    "Il n'y a rien de public à cette adresse. Les identifiants sont dans les listes de cette API."
)
NEEDS_TOKEN = gettext_noop(
    "Il faut un jeton pour écrire : « Authorization: Bearer ctc_… ». Un membre en crée un sur la "
    "page de son compte."
)
BAD_TOKEN = gettext_noop(
    "Ce jeton n'ouvre rien : il est faux, révoqué ou périmé. Pour lire, n'en donnez pas."
)
LACKS_SCOPE = gettext_noop("Ce jeton n'a pas le droit « {scope} » : créez-en un qui l'ait.")
TOO_MANY = gettext_noop(
    "Trop de demandes. Attendez {seconds} s ; les copies complètes sont faites pour qui veut tout."
)
BAD_METHOD = gettext_noop("Cette adresse ne connaît que : {methods}.")
BAD_KEY = gettext_noop("La clé d'idempotence a {most} signes au plus, sans blanc ni accent.")
UNKNOWN_PARAMETER = gettext_noop("« {name} » n'est pas un paramètre ici. Connus : {known}.")
NOT_UNDERSTOOD = gettext_noop("La demande n'est pas comprise. {why}")
FAULTS = {
    "missing": gettext_noop("« {where} » manque."),
    "int_parsing": gettext_noop("« {where} » est un nombre entier."),
    "int_from_float": gettext_noop("« {where} » est un nombre entier."),
    "int_type": gettext_noop("« {where} » est un nombre entier."),
    "greater_than_equal": gettext_noop("« {where} » est au moins {ge}."),
    "less_than_equal": gettext_noop("« {where} » est au plus {le}."),
    "string_too_long": gettext_noop("« {where} » a {max_length} signes au plus."),
    "string_too_short": gettext_noop("« {where} » a {min_length} signes au moins."),
    "string_type": gettext_noop("« {where} » est un texte."),
    "string_pattern_mismatch": gettext_noop("« {where} » n'a pas la bonne forme."),
    "literal_error": gettext_noop("« {where} » est l'un de : {expected}."),
    "enum": gettext_noop("« {where} » est l'un de : {expected}."),
    "bool_parsing": gettext_noop("« {where} » est true ou false."),
    "bool_type": gettext_noop("« {where} » est true ou false."),
    "extra_forbidden": gettext_noop("« {where} » n'est pas connu ici."),
    "list_type": gettext_noop("« {where} » est une liste."),
    "too_long": gettext_noop("« {where} » a {max_length} éléments au plus."),
    "day": gettext_noop("« {where} » est un jour : 2026-03-14."),
    "moment": gettext_noop("« {where} » est un moment : 2026-03-14 ou 2026-03-14T10:30:00Z."),
}
OTHER_FAULT = gettext_noop("« {where} » n'est pas compris.")
TITLES = {
    400: gettext_noop("Demande mal formée"),
    401: gettext_noop("Jeton nécessaire"),
    403: gettext_noop("Droit manquant"),
    404: gettext_noop("Introuvable"),
    405: gettext_noop("Méthode inconnue"),
    409: gettext_noop("Règle non respectée"),
    410: gettext_noop("Retiré"),
    413: gettext_noop("Trop grand"),
    422: gettext_noop("Demande non comprise"),
    429: gettext_noop("Trop de demandes"),
    503: gettext_noop("Momentanément indisponible"),
}


def problem(
    status: int, detail: str, *, errors: Sequence[Mapping[str, Any]] = (), **headers: str
) -> HttpResponse:
    """Return an error as `application/problem+json`; `detail` is said already."""
    title = gettext(TITLES[status]) if status in TITLES else HTTPStatus(status).phrase
    said: dict[str, Any] = {"type": "about:blank", "title": title, "status": status}
    said["detail"] = detail
    if errors:
        said["errors"] = list(errors)
    response = HttpResponse(json.dumps(said, ensure_ascii=False), status=status)
    response.headers["Content-Type"] = CONTENT
    response.headers["Cache-Control"] = "no-store"
    for name, text in headers.items():
        response.headers[name.replace("_", "-")] = text
    return response


def not_found() -> HttpResponse:
    """Return the answer about what is hidden and about what never was: the same bytes."""
    return problem(404, gettext(NOT_FOUND))


def not_understood(found: Sequence[Mapping[str, Any]]) -> HttpResponse:
    """Return what is wrong with a question, field by field, from what the checker found."""
    errors = []
    for each in found[:20]:
        where = ".".join(str(part) for part in _path(each))
        sentence = gettext(FAULTS.get(str(each.get("type")), OTHER_FAULT))
        context = {name: str(value) for name, value in (each.get("ctx") or {}).items()}
        if "expected" in context:  # 'a', 'b' or 'c': the checker speaks English.
            context["expected"] = context["expected"].replace("'", "").replace(" or ", ", ")
        errors.append({"where": where, "why": _filled(sentence, {**context, "where": where})})
    why = " ".join(dict.fromkeys(each["why"] for each in errors))
    return problem(422, gettext(NOT_UNDERSTOOD).format(why=why).strip(), errors=errors)


def _path(fault: Mapping[str, Any]) -> list[Any]:
    """Return where the fault is, without the words that only the checker knows."""
    loc = list(fault.get("loc", ()))
    hidden = {"query", "body", "path", "header", "form", "file", "ask", "given"}
    while loc and loc[0] in hidden:
        loc.pop(0)
    return loc or ["body"]


def _filled(sentence: str, values: Mapping[str, str]) -> str:
    try:
        return sentence.format(**values)
    except KeyError:  # The checker did not say the bound.
        return gettext(OTHER_FAULT).format(where=values["where"])
