"""Claims: what is said about a record, checked against the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language, gettext

from contrechamp.census.domain import Term, check_attributes, check_ends, check_value
from contrechamp.census.models import Claim, Entity, Evidence, ImportRun, State
from contrechamp.foundation.vocabulary import terms
from contrechamp.kernel import money, uncertain
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.kernel.ids import new_id

from .recording import Recorder, authors_with, recording

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

TAXES = ("excl", "incl", "unknown")
EDITABLE = {
    "value",
    "target",
    "attributes",
    "from_text",
    "to_text",
    "amount",
    "currency",
    "tax",
    "amount_kind",
    "keys",
    "is_private",
    "private_reason",
}
OFFICE = "holds_office"
PERSON = "person_in_office"


class Conflict(Refused):
    """Somebody else changed it meanwhile. `fields`: {name: (yours, theirs)}."""

    def __init__(self, sentence: str, *, fields: dict[str, tuple[Any, Any]], version: int) -> None:
        super().__init__(sentence, version=version)
        self.fields = fields
        self.version = version


def add_claim(
    *,
    subject: Entity,
    property: str,
    value: object = None,
    target: Entity | None = None,
    attributes: Mapping[str, object] | None = None,
    from_text: str = "",
    to_text: str = "",
    amount: object = None,
    currency: str = "",
    tax: str = "",
    amount_kind: str = "",
    keys: Mapping[str, list[str]] | None = None,
    is_private: bool = False,
    private_reason: str = "",
    actor: User,
    now: datetime,
    reason: str = "",
    run: ImportRun | None = None,
    id: str = "",
) -> Claim:
    """Add a claim as a draft. It waits for evidence, and for a second person."""
    fields: dict[str, Any] = {"attributes": dict(attributes or {}), "from_text": from_text}
    fields |= {"to_text": to_text, "amount": amount, "currency": currency, "tax": tax}
    fields |= {"amount_kind": amount_kind, "value": value, "target": target}
    checked = check_claim(subject, property, fields)
    with recording(actor=actor, now=now, verb="add_claim", reason=reason, run=run) as act:
        claim = Claim(
            id=id or new_id("rel" if target else "clm"),
            subject=subject,
            property=property,
            **checked,
            keys=dict(keys or {}),
            is_private=is_private,
            private_reason=private_reason,
            authors=[actor.pk],
            made_by=actor,
            made_at=now,
            run=run or act.run,
        )
        act.add(claim)
    return claim


def term_of(property_: str) -> Term:
    """Return the term of a property or relation, or raise `Refused`.

    Its labels are those of the reader's language, so that a refusal names it in that language.
    """
    term = terms("relations").get(property_) or terms("properties").get(property_)
    if term is None:
        raise Refused(
            gettext_noop("« {property} » n'est ni une propriété ni une relation connue."),
            property=property_,
        )
    return _in_language(term)


def _in_language(term: Term) -> Term:
    labels = term["label"]
    said = labels.get((get_language() or "fr")[:2]) or labels["fr"]
    attributes = term.get("attributes") or {}
    return {
        **term,
        "label": {"fr": said},
        "attributes": {name: _in_language(each) for name, each in attributes.items()},
    }


def check_claim(subject: Entity, property_: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a claim as they are kept, or raise `Refused` naming what is wrong."""
    term = term_of(property_)
    value, target = fields.get("value"), fields.get("target")
    checked: dict[str, Any] = {"value": None, "target": None, "attributes": {}}
    _check_person(subject, property_)
    if property_ in terms("relations"):
        if target is None or value is not None:
            raise Refused(
                gettext_noop("« {name} » joint deux fiches : choisissez la seconde."),
                name=term["label"]["fr"],
            )
        if target.pk == subject.pk:
            raise Refused(gettext_noop("Une fiche n'est pas en relation avec elle-même."))
        _check_person(target, property_)
        check_ends(term, (subject.kind, subject.type), (target.kind, target.type))
        checked["target"] = target
        checked["attributes"] = check_attributes(term, fields.get("attributes") or {})
    else:
        checked["value"] = _value(subject, term, value, target)
    checked |= check_times(fields.get("from_text") or "", fields.get("to_text") or "")
    return checked | _money(term, checked["value"], fields)


def _check_person(entity: Entity, property_: str) -> None:
    """A person enters by an office alone: nothing else about them is kept (census.md §1)."""
    if entity.type == PERSON and property_ != OFFICE:
        raise Refused(
            gettext_noop(
                "« {name} » est une personne : seule sa fonction publique peut être notée."
            ),
            name=entity.name,
        )


def _value(subject: Entity, term: Term, value: object, target: Entity | None) -> Any:
    name = term["label"]["fr"]
    if target is not None or value is None or value == "":
        raise Refused(gettext_noop("« {name} » attend une valeur."), name=name)
    if subject.kind not in term["kinds"]:
        raise Refused(
            gettext_noop("« {name} » ne se dit pas d'une fiche de la sorte « {kind} »."),
            name=name,
            kind=subject.kind,
        )
    codes = terms(term["vocabulary"]) if "vocabulary" in term else ()
    return check_value(term, value, list(codes))


def check_times(from_text: str, to_text: str) -> dict[str, Any]:
    """Return both dates with their bounds, or raise `Refused` naming the field."""
    start = uncertain.parse(from_text, field=gettext("date de début"))
    end = uncertain.parse(to_text, field=gettext("date de fin"))
    if start.earliest and end.latest and start.earliest > end.latest:
        raise Refused(
            gettext_noop("La fin ({end}) vient avant le début ({start})."),
            start=start.text,
            end=end.text,
        )
    return {
        "from_text": start.text,
        "from_earliest": start.earliest,
        "from_latest": start.latest,
        "to_text": end.text,
        "to_earliest": end.earliest,
        "to_latest": end.latest,
    }


def _money(term: Term, value: Any, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the sum of a claim; a property whose value is money is its own sum."""
    amount: Decimal | None = None
    if term.get("type") == "money":
        amount = Decimal(value)
    elif fields.get("amount") not in (None, ""):
        amount = money.parse_amount(str(fields["amount"]))
    if amount is None:
        return {"amount": None, "currency": "", "tax": "", "amount_kind": ""}
    kind, tax = fields.get("amount_kind") or "", fields.get("tax") or "unknown"
    if kind and kind not in terms("amount_kinds"):
        raise Refused(
            gettext_noop("« {kind} » n'est pas une sorte de montant : {kinds}."),
            kind=kind,
            kinds=", ".join(terms("amount_kinds")),
        )
    if tax not in TAXES:
        raise Refused(gettext_noop("La taxe est excl, incl ou unknown, pas « {tax} »."), tax=tax)
    currency = (fields.get("currency") or "EUR").upper()
    if len(currency) != 3 or not currency.isascii() or not currency.isalpha():
        raise Refused(
            gettext_noop("« {currency} » n'est pas une monnaie : EUR, USD…"), currency=currency
        )
    return {"amount": amount, "currency": currency, "tax": tax, "amount_kind": kind}


def change_claim(
    claim_id: str,
    *,
    expected_version: int,
    actor: User,
    now: datetime,
    reason: str = "",
    **fields: Any,
) -> Claim:
    """Change a claim. What is public stays as it was until a reviewer has accepted the change.

    Raise `Conflict` with both texts when somebody changed it since `expected_version`.
    """
    if unknown := set(fields) - EDITABLE:
        raise TypeError(f"{unknown} cannot be changed")
    with recording(actor=actor, now=now, verb="change_claim", reason=reason) as act:
        act.flush()
        claim = locked_claim(claim_id)
        check_version(claim, expected_version, fields)
        if claim.state == State.WITHDRAWN:
            raise Refused(gettext_noop("Ce fait est retiré : ajoutez-en un nouveau."))
        current = {name: getattr(claim, name) for name in EDITABLE} | {"target": claim.target}
        checked = check_claim(claim.subject, claim.property, current | fields)
        extra = {n: fields[n] for n in ("keys", "is_private", "private_reason") if n in fields}
        if act.change_row(claim, **checked, **extra):
            touch_claim(claim, actor, act)
            if claim.is_private:
                take_back(claim, act)
    return claim


def check_version(row: Claim | Entity, expected: int, fields: Mapping[str, Any]) -> None:
    """Raise `Conflict` if the row is not the one that the editor saw."""
    if row.version == expected:
        return
    both = {n: (_shown(v), _shown(getattr(row, n))) for n, v in fields.items()}
    raise Conflict(
        gettext_noop(
            "Quelqu'un a modifié cette fiche pendant que vous écriviez (version {version}). "
            "Comparez les deux textes et choisissez."
        ),
        fields={name: pair for name, pair in both.items() if pair[0] != pair[1]},
        version=row.version,
    )


def _shown(value: Any) -> Any:
    return value.pk if isinstance(value, Entity) else value


def locked_claim(claim_id: str) -> Claim:
    """Return the claim with its two records, locked until the end of the transaction."""
    return (
        Claim.objects.select_for_update(of=("self",))
        .select_related("subject", "target")
        .get(pk=claim_id)
    )


def touch_claim(claim: Claim, actor: User, act: Recorder) -> None:
    """Note that somebody wrote on a claim: what is public waits for a reviewer."""
    fields: dict[str, Any] = {"authors": authors_with(claim.authors, actor), "publish_at": None}
    if claim.state == State.PUBLISHED:
        fields["state"] = State.IN_REVIEW
    act.change_row(claim, **fields)
    act.bump(claim)


def take_back(claim: Claim, act: Recorder) -> None:
    """Take a claim from the public at once."""
    act.change_row(claim, published_as=None)
    Evidence.objects.filter(claim=claim, is_public=True).update(is_public=False)
    act.show(claims=[claim.pk])
