"""Values and attributes of claims, checked against their term of the vocabulary.

Terms are the mappings of `vocabulary/properties.yaml` and `vocabulary/relations.yaml`; the
caller hands them in, since a rule reads no file.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from contrechamp.kernel import money, uncertain
from contrechamp.kernel.errors import Refused, gettext_noop

Term = Mapping[str, Any]

LONGEST = 10_000
_YES = {"oui", "yes", "true", "vrai", "1"}
_NO = {"non", "no", "false", "faux", "0"}


def check_value(term: Term, value: object, codes: Collection[str] = ()) -> Any:
    """Return the value as it is kept (JSON), or raise `Refused` naming the property.

    `codes` are those that a code may be. Text stays text: `<b>` is two letters and two signs.
    """
    name, kind = term["label"]["fr"], term["type"]
    allowed = list(term.get("codes") or term.get("values") or codes)
    match kind:
        case "text":
            return _text(name, value)
        case "number":
            return _number(name, value, term.get("minimum", 0), term.get("maximum"))
        case "date":
            return _date(name, value)
        case "money":
            return str(money.parse_amount(str(value)))
        case "code":
            return _code(name, value, allowed)
        case "code_list":
            return _codes(name, value, allowed)
        case "url":
            return check_url(str(value), field=name)
        case "boolean":
            return _boolean(name, value)
    raise ValueError(f"{kind} is no type of value")


def _text(name: str, value: object) -> str:
    text = value.strip() if isinstance(value, str) else ""
    if not text:
        raise Refused(gettext_noop("« {name} » attend un texte."), name=name)
    if len(text) > LONGEST:
        raise Refused(
            gettext_noop("« {name} » est trop long : {length} signes, au plus {most}."),
            name=name,
            length=len(text),
            most=LONGEST,
        )
    return text


def _number(name: str, value: object, least: float | None, most: float | None) -> int | float:
    text = re.sub(r"\s", "", str(value)).replace(",", ".")
    try:
        if isinstance(value, bool):
            raise InvalidOperation  # noqa: TRY301  said once, below
        number = Decimal(text)
        if not number.is_finite():
            raise InvalidOperation  # noqa: TRY301
    except InvalidOperation:
        raise Refused(
            gettext_noop("« {name} » attend un nombre, pas « {value} »."),
            name=name,
            value=str(value)[:60],
        ) from None
    if (least is not None and number < Decimal(str(least))) or (
        most is not None and number > Decimal(str(most))
    ):
        raise Refused(
            gettext_noop("« {name} » : {value} est hors des bornes possibles."),
            name=name,
            value=text[:60],
        )
    return int(number) if number == number.to_integral_value() else float(number)


def _date(name: str, value: object) -> str:
    if date := uncertain.parse(str(value or ""), field=name).text:
        return date
    raise Refused(gettext_noop("« {name} » attend une date."), name=name)


def _code(name: str, value: object, codes: Collection[str]) -> str:
    if isinstance(value, str) and value in codes:
        return value
    raise Refused(
        gettext_noop("« {name} » : « {value} » n'est pas dans la liste ({codes})."),
        name=name,
        value=str(value)[:60],
        codes=", ".join(codes),
    )


def _codes(name: str, value: object, codes: Collection[str]) -> list[str]:
    given = value if isinstance(value, list | tuple) else str(value or "").split("|")
    chosen = {_code(name, each.strip() if isinstance(each, str) else each, codes) for each in given}
    if not chosen:
        raise Refused(gettext_noop("« {name} » attend au moins un choix."), name=name)
    return [code for code in codes if code in chosen]


def check_url(text: str, *, field: str) -> str:
    """Return an address of the web that a browser may follow, or raise `Refused`."""
    url = text.strip()
    try:
        parts = urlsplit(url)
        is_right = parts.scheme in {"http", "https"} and parts.hostname and not parts.username
    except ValueError:
        is_right = False
    if not is_right or len(url) > 2000 or re.search(r"[\s<>\"\x00-\x1f]", url):
        raise Refused(
            gettext_noop("« {field} » attend une adresse qui commence par https:// ou http://."),
            field=field,
        )
    return url


def _boolean(name: str, value: object) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().casefold()
    if word in _YES | _NO:
        return word in _YES
    raise Refused(gettext_noop("« {name} » attend oui ou non."), name=name)


def check_attributes(term: Term, attributes: Mapping[str, object]) -> dict[str, Any]:
    """Return the attributes of a relation as they are kept, or raise `Refused`."""
    known: Mapping[str, Term] = term.get("attributes") or {}
    for name in attributes:
        if name not in known:
            raise Refused(
                gettext_noop("« {relation} » n'a pas de précision « {name} »."),
                relation=term["label"]["fr"],
                name=name,
            )
    for name, each in known.items():
        if each.get("required") and not attributes.get(name):
            raise Refused(
                gettext_noop("« {relation} » demande la précision « {name} »."),
                relation=term["label"]["fr"],
                name=each["label"]["fr"],
            )
    return {
        name: check_value(each, attributes[name])
        for name, each in known.items()
        if attributes.get(name) not in (None, "", [])
    }


def check_ends(term: Term, source: tuple[str, str], target: tuple[str, str]) -> None:
    """Raise `Refused` unless the relation may join records of these (kind, type)."""
    for (kind, type_), side in ((source, "from"), (target, "to")):
        types = term.get(f"{side}_types")
        if kind not in term[side] or (types and type_ not in types):
            raise Refused(
                gettext_noop(
                    "« {relation} » ne va pas de « {source} » à « {target} » : "
                    "il va de {sources} à {targets}."
                ),
                relation=term["label"]["fr"],
                source=source[1],
                target=target[1],
                sources=", ".join(term.get("from_types") or term["from"]),
                targets=", ".join(term.get("to_types") or term["to"]),
            )
    if term.get("same_kind") and source[0] != target[0]:
        raise Refused(
            gettext_noop("« {relation} » joint deux fiches de la même sorte."),
            relation=term["label"]["fr"],
        )
