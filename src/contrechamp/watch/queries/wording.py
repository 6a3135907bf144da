"""The fields of a finding as a person reads them, each beside the words that prove it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_noop, ngettext

from contrechamp.foundation.vocabulary import label
from contrechamp.ui.templatetags.look import money, number

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One field: what it is called, what was read, where, and how far that is to be believed."""

    key: str
    label: str
    value: str
    page: int | None = None
    prefix: str = ""
    quote: str = ""
    suffix: str = ""
    percent: int | None = None
    is_edited: bool = False


def rows_of(finding: Json, edited: Json | None = None) -> list[Row]:
    """Return the fields that have a value, in the order in which one reads an act."""
    return list(_rows(finding, edited or {}))


def _rows(finding: Json, edited: Json) -> Iterator[Row]:
    evidence = finding.get("evidence") or {}
    for key, name, read in FIELDS:
        text = read(finding)
        if not text:
            continue
        proof = evidence.get(PROOF.get(key, key)) or {}
        confidence = proof.get("confidence")
        yield Row(
            key=key,
            label=gettext(name),
            value=text,
            page=proof.get("page"),
            prefix=proof.get("prefix") or "",
            quote=proof.get("quote") or "",
            suffix=proof.get("suffix") or "",
            percent=round(confidence * 100) if confidence is not None else None,
            is_edited=key in edited,
        )


def _technology(finding: Json) -> str:
    return ", ".join(
        dict.fromkeys(label("watched", code) for code in finding.get("technologies") or ())
    ) or label("watched", finding["technology"])


def _decision(finding: Json) -> str:
    return ", ".join(decision_label(code) for code in finding.get("decisions") or ()) or (
        decision_label(finding["decision"])
    )


def decision_label(code: str) -> str:
    """Return what a decision is called in the reader's language."""
    return gettext(DECISIONS[code]) if code in DECISIONS else code


DECISIONS = {
    "authorisation": gettext_noop("autorisation"),
    "modification": gettext_noop("modification"),
    "renewal": gettext_noop("renouvellement"),
    "refusal": gettext_noop("refus"),
    "abrogation": gettext_noop("abrogation"),
    "extension": gettext_noop("prolongation"),
    "institution": gettext_noop("institution"),
    "ban": gettext_noop("interdiction"),
    "call": gettext_noop("appel d'offres"),
    "award": gettext_noop("marché attribué"),
    "amendment": gettext_noop("avenant"),
    "subsidy": gettext_noop("subvention"),
}


def _places(finding: Json) -> str:
    return ", ".join(
        f"{place.get('name') or place['printed']} ({place['insee']})"
        if place.get("insee")
        else gettext("{printed} (non reconnu)").format(printed=place["printed"])
        for place in finding.get("places") or ()
    )


def _beneficiary(finding: Json) -> str:
    of = finding.get("beneficiary") or {}
    named = of.get("printed") or ""
    what = of.get("label_fr") or of.get("class") or ""
    shown = gettext("publié") if of.get("publish") else gettext("jamais publié")
    return f"{named or what} ({shown})" if of and (named or what) else ""


CAMERAS = (
    ("indoor", gettext_noop("à l'intérieur")),
    ("outdoor", gettext_noop("à l'extérieur")),
    ("public_road", gettext_noop("sur la voie publique")),
    ("mobile", gettext_noop("à déplacer")),
    ("added", gettext_noop("en plus")),
)


def _cameras(finding: Json) -> str:
    counted = finding.get("cameras") or {}
    total = counted.get("total")
    parts = [f"{number(counted[key])} {gettext(name)}" for key, name in CAMERAS if counted.get(key)]
    if total is None:
        return ", ".join(parts)
    head = ngettext("{count} caméra", "{count} caméras", total).format(count=number(total))
    return f"{head} ({', '.join(parts)})" if parts else head


def _days(key: str) -> Callable[[Json], str]:
    def read(finding: Json) -> str:
        value = finding.get(key)
        if value is None:
            return ""
        return ngettext("{count} jour", "{count} jours", value).format(count=value)

    return read


def _years(finding: Json) -> str:
    value = finding.get("duration_years")
    return ngettext("{count} an", "{count} ans", value).format(count=value) if value else ""


def _act(key: str) -> Callable[[Json], str]:
    return lambda finding: str((finding.get("act") or {}).get(key) or "")


def day(text: str | None) -> str:
    """Return a day of JSON as one writes it."""
    return date_format(date.fromisoformat(text[:10]), "j F Y") if text else ""


def _intervals(finding: Json) -> str:
    return " ; ".join(_interval(each) for each in finding.get("intervals") or ())


def _interval(each: Json) -> str:
    said = f"{_moment(each['start'])} → {_moment(each['end'])}"
    return f"{said}, {each['daily']}" if each.get("daily") else said


def _moment(text: str) -> str:
    if len(text) <= 10:
        return day(text)
    moment = datetime.fromisoformat(text)
    return date_format(moment, "j F Y, H:i")


def _aircraft(finding: Json) -> str:
    of = finding.get("aircraft") or {}
    parts = [number(of["count"]) if of.get("count") else "", of.get("model") or ""]
    if of.get("manned"):
        parts.append(gettext("avec équipage"))
    return " ".join(part for part in parts if part)


def _contract(key: str) -> Callable[[Json], str]:
    return lambda finding: str((finding.get("contract") or {}).get(key) or "")


def _company(of: Json | None) -> str:
    if not of:
        return ""
    return " ".join(part for part in (of.get("name") or "", of.get("siret") or "") if part)


def _amount(finding: Json) -> str:
    of = finding.get("contract") or {}
    amount = of.get("amount")
    return "" if amount is None else money(amount, of.get("currency") or "EUR")


FIELDS: tuple[tuple[str, str, Callable[[Json], str]], ...] = (
    ("technology", gettext_noop("Technique"), _technology),
    ("decision", gettext_noop("Décision"), _decision),
    ("places", gettext_noop("Lieux"), _places),
    ("beneficiary", gettext_noop("Bénéficiaire"), _beneficiary),
    (
        "operator",
        gettext_noop("Qui l'emploie"),
        lambda f: str((f.get("operator") or {}).get("printed") or ""),
    ),
    ("cameras", gettext_noop("Caméras"), _cameras),
    ("perimeters", gettext_noop("Périmètres"), lambda f: str(f.get("perimeters") or "")),
    ("aircraft", gettext_noop("Aéronefs"), _aircraft),
    ("intervals", gettext_noop("Quand"), _intervals),
    ("retention_days", gettext_noop("Conservation des images"), _days("retention_days")),
    ("duration_years", gettext_noop("Durée"), _years),
    ("expires_on", gettext_noop("Expire le"), lambda f: day(f.get("expires_on"))),
    ("file_numbers", gettext_noop("Dossiers"), lambda f: ", ".join(f.get("file_numbers") or ())),
    ("order", gettext_noop("Numéro de l'arrêté"), _act("order")),
    ("signed_on", gettext_noop("Signé le"), lambda f: day((f.get("act") or {}).get("signed_on"))),
    ("legal_basis", gettext_noop("Textes"), lambda f: ", ".join(f.get("legal_basis") or ())),
    ("court", gettext_noop("Tribunal"), lambda f: str(f.get("court") or "")),
    ("object", gettext_noop("Objet"), _contract("object")),
    ("cpv", gettext_noop("Code CPV"), _contract("cpv")),
    ("buyer", gettext_noop("Acheteur"), lambda f: _company((f.get("contract") or {}).get("buyer"))),
    (
        "suppliers",
        gettext_noop("Titulaires"),
        lambda f: " ; ".join(_company(s) for s in (f.get("contract") or {}).get("suppliers") or ()),
    ),
    ("amount", gettext_noop("Montant"), _amount),
    (
        "notified_on",
        gettext_noop("Notifié le"),
        lambda f: day((f.get("contract") or {}).get("notified_on")),
    ),
)
PROOF = {"expires_on": "duration_years", "object": "technology"}
"""Fields that are proven by the words of another."""
