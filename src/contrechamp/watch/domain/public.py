"""What of a finding is public, and how it is called in a list.

A white list: what is not named here stays in the review room. Of private premises only the kind,
the commune and the numbers are public (`docs/explanation/watch.md`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from .text import folded

Json = dict[str, Any]
OPEN = (
    *("id", "source", "technology", "technologies", "decision", "decisions", "places", "cameras"),
    *("perimeters", "retention_days", "file_numbers", "duration_years", "expires_on", "purposes"),
    *("aircraft", "operator", "intervals", "public_information_waived", "legal_basis", "court"),
    *("appeal", "contract", "confidence", "duplicate_of", "warnings"),
)
"""Keys of a finding that are public as they are, once two people have read it."""
OPEN_DOCUMENT = (
    *("sha256", "title", "url", "publisher", "departement", "published_on", "published_how"),
    *("first_seen_on", "pages"),
)
OPEN_ACT = ("number", "order", "signed_on", "authority", "repeals")
DECISIONS = {
    "authorisation": ("autorisation", "authorisation"),
    "modification": ("modification", "modification"),
    "renewal": ("renouvellement", "renewal"),
    "refusal": ("refus", "refusal"),
    "abrogation": ("abrogation", "repeal"),
    "extension": ("extension", "extension"),
    "institution": ("institution", "institution"),
    "ban": ("interdiction", "ban"),
    "call": ("appel d'offres", "call for tenders"),
    "award": ("marché attribué", "contract awarded"),
    "amendment": ("avenant", "amendment"),
    "subsidy": ("subvention", "subsidy"),
}
MEASURES = frozenset({"protection_perimeter", "demonstration_ban", "gathering_ban"})
"""What is decided is in their name: nobody authorises a ban."""
MONEY = frozenset({"call", "award", "amendment", "subsidy"})


def corrected(finding: Mapping[str, Any], edited: Mapping[str, Any]) -> Json:
    """Return the finding with what a reviewer corrected put in."""
    return {**finding, **edited}


def is_open(finding: Mapping[str, Any]) -> bool:
    """Answer whether the beneficiary's name may be published: a public body, or decided so."""
    beneficiary = finding.get("beneficiary") or {}
    return bool(beneficiary.get("publish"))


def public_view(finding: Mapping[str, Any]) -> Json:
    """Return what visitors get of a finding. What names a private beneficiary is left out."""
    view: Json = {key: finding.get(key) for key in OPEN}
    document = finding.get("document") or {}
    view["document"] = {key: document.get(key) for key in OPEN_DOCUMENT}
    locator = finding.get("locator") or {}
    view["locator"] = {key: locator.get(key) for key in ("page", "last_page", "bundle")}
    act = finding.get("act")
    view["act"] = {key: act.get(key) for key in OPEN_ACT} if act else None
    beneficiary = finding.get("beneficiary")
    hidden = ""
    if beneficiary:
        shown = dict(beneficiary)
        if not is_open(finding):
            hidden = str(shown.get("printed") or "")
            shown["printed"] = None
        view["beneficiary"] = shown
    else:
        view["beneficiary"] = None
    view["evidence"] = {
        field: proof
        for field, proof in (finding.get("evidence") or {}).items()
        if _may_show(field, proof, hidden, is_named=not beneficiary or is_open(finding))
    }
    return view


def _may_show(field: str, proof: Mapping[str, Any], hidden: str, *, is_named: bool) -> bool:
    """Hold back the words around a private name, and those that say where the premises are."""
    if is_named:
        return True
    if field in {"beneficiary", "places", "decision", "technology"}:
        return False
    around = folded("".join(str(proof.get(key) or "") for key in ("prefix", "quote", "suffix")))
    return not hidden or folded(hidden) not in around


def day(text: str | None) -> date | None:
    """Return the day that JSON writes YYYY-MM-DD; None for none."""
    return date.fromisoformat(text) if text else None


def event_day(finding: Mapping[str, Any]) -> str | None:
    """Return the first day, YYYY-MM-DD, on which a flight or measure applies."""
    period = days(finding)
    return period[0].isoformat() if period else None


def territories(finding: Mapping[str, Any]) -> list[str]:
    """Return keys of the territories that the finding names; of its département when none."""
    keys = [
        f"commune:{place['insee']}" for place in finding.get("places") or () if place.get("insee")
    ]
    departement = (finding.get("document") or {}).get("departement")
    if not keys and departement:
        keys = [f"departement:{departement}"]
    return list(dict.fromkeys(keys))


def days(finding: Mapping[str, Any]) -> tuple[date, date] | None:
    """Return the first and the last day on which a flight or measure applies."""
    every = [each for each in finding.get("intervals") or () if each.get("start")]
    if not every:
        return None
    first = min(each["start"][:10] for each in every)
    last = max((each.get("end") or each["start"])[:10] for each in every)
    return date.fromisoformat(first), date.fromisoformat(max(first, last))


def title(finding: Mapping[str, Any], label: str, *, english: bool = False, when: str = "") -> str:
    """Return one line that says what was decided, where, for whom and for which days.

    `label` is that of the technology in the same language, `when` the days as one reads them. The
    act's number stands where nothing else tells it from others. Names of private premises never
    occur: their class stands for them.
    """
    index = 1 if english else 0
    words = DECISIONS.get(finding["decision"], (finding["decision"],) * 2)[index]
    colon = ": " if english else "\u00a0: "
    is_plain = finding["technology"] in MEASURES and finding["decision"] == "authorisation"
    head = label if is_plain or not words else f"{label}{colon}{words}"
    contract = finding.get("contract")
    if contract:
        buyer = (contract.get("buyer") or {}).get("name") or ""
        what = contract.get("object") or ""
        return " — ".join(part for part in (head, buyer, what[:180]) if part)
    parts = [head]
    where, whom = _where(finding), _whom(finding, english=english)
    if where and not re.search(rf"\b{re.escape(where)}\b", whom):
        parts.append(where)
    if whom:
        parts.append(whom)
    if when:
        parts.append(when)
    number = (finding.get("act") or {}).get("number")
    if len(parts) == 1 and number:
        parts.append(number if english else f"n° {number}")
    return " — ".join(parts)


def _where(finding: Mapping[str, Any]) -> str:
    names = [p.get("name") or p.get("printed") or "" for p in finding.get("places") or ()]
    names = list(dict.fromkeys(name for name in names if name))
    return ", ".join(names[:3]) + (" …" if len(names) > 3 else "")


def _whom(finding: Mapping[str, Any], *, english: bool) -> str:
    operator = finding.get("operator")
    if operator:
        return str(operator.get("printed") or "")
    beneficiary = finding.get("beneficiary")
    if not beneficiary:
        return ""
    if is_open(finding):
        return str(beneficiary.get("printed") or "")
    return str(beneficiary.get("label_en" if english else "label_fr") or "")
