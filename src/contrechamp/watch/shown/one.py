"""The page of one act: each value beside the words that prove it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext

from contrechamp.documents import queries as documents
from contrechamp.foundation.vocabulary import label
from contrechamp.foundation.words import written
from contrechamp.kernel.errors import gettext_noop
from contrechamp.ui.templatetags.look import money
from contrechamp.watch.domain.known_acts import BY_HAND
from contrechamp.watch.domain.listed import iso_day
from contrechamp.watch.published import Act

from .acts import ShownAct, decision_word, is_english, shown

WARNINGS = {
    "first_page_lost": gettext_noop("La première page de l'arrêté manque : seul le reste est lu."),
    "order_year_differs": gettext_noop("L'année du numéro de l'arrêté n'est pas celle de sa date."),
    "more_places_than_heading": gettext_noop("L'acte nomme plus de lieux que son titre."),
    "summary_differs": gettext_noop(
        "Le sommaire du recueil et le corps de l'acte ne concordent pas."
    ),
    "weekday_differs": gettext_noop("Le jour de la semaine imprimé n'est pas celui de la date."),
    "encoding_guessed": gettext_noop("L'encodage du fichier a été deviné."),
    "recognised_by_machine": gettext_noop("Le texte a été lu par une machine sur des images."),
    "bundle_count_differs": gettext_noop(
        "Le sommaire du lot n'annonce pas autant d'arrêtés que le corps en contient."
    ),
    "places_differ": gettext_noop(
        "Le titre et les articles nomment deux communes : c'est celle du titre qui est prise."
    ),
    "some_weekdays_only": gettext_noop("L'acte ne vaut que certains jours de la semaine."),
    "cpv_only": gettext_noop("Reconnu au seul code du marché (CPV), pas à ses mots."),
    "object_repaired": gettext_noop("Les mots de l'objet étaient abîmés et ont été réparés."),
    "supplier_name_withheld": gettext_noop(
        "Le nom du fournisseur, une personne, n'est pas montré."
    ),
    "bad_date": gettext_noop("Le registre donne une date impossible."),
    "read_by_hand": gettext_noop(
        "Lu à la main par l'équipe : les passages cités sont ceux de notre relevé, pas de l'acte."
    ),
    "bad_amount": gettext_noop("Le registre donne un montant impossible."),
}
LABELS = {
    "technology": gettext_noop("Technique"),
    "decision": gettext_noop("Décision"),
    "signed_on": gettext_noop("Signé le"),
    "order": gettext_noop("Numéro de l'arrêté"),
    "places": gettext_noop("Lieu"),
    "beneficiary": gettext_noop("Pour"),
    "cameras": gettext_noop("Caméras"),
    "perimeters": gettext_noop("Périmètres"),
    "retention_days": gettext_noop("Conservation des images"),
    "file_numbers": gettext_noop("Numéro de dossier"),
    "duration_years": gettext_noop("Durée"),
    "aircraft": gettext_noop("Aéronef"),
    "operator": gettext_noop("Par"),
    "intervals": gettext_noop("Quand"),
    "public_information_waived": gettext_noop("Information du public"),
    "legal_basis": gettext_noop("Textes visés"),
    "court": gettext_noop("Tribunal"),
    "repeals": gettext_noop("Abroge les actes du"),
    "contract": gettext_noop("Objet du marché"),
    "buyer": gettext_noop("Acheteur"),
    "suppliers": gettext_noop("Titulaire"),
    "amount": gettext_noop("Montant"),
}
CAMERAS = {
    "indoor": gettext_noop("intérieures"),
    "outdoor": gettext_noop("extérieures"),
    "public_road": gettext_noop("sur la voie publique"),
    "mobile": gettext_noop("mobiles"),
    "added": gettext_noop("ajoutées"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A value, the words that prove it, and where they can be read."""

    label: str
    text: str
    quote: str = ""
    before: str = ""
    after: str = ""
    page: int | None = None
    confidence: int | None = None
    """Percent."""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All that the page of an act shows."""

    line: ShownAct
    values: list[Value]
    warnings: list[str]
    document_url: str
    """Of our page of the document, when it is public."""
    official_url: str
    page: int | None
    publisher: str
    first_seen_on: date | None
    confidence: int | None
    court: str
    twins: list[ShownAct] = field(default_factory=list)


def page_of(act: Act, twins: list[Act], today: date) -> Page:
    """Make the page of an act ready."""
    data = act.data
    source = data.get("document") or {}
    sha256 = source.get("sha256") or ""
    is_open = bool(sha256) and documents.is_public(sha256)
    base = f"/documents/{sha256}" if is_open else ""
    official = _web(source.get("url"))
    line, *others = shown([act, *twins], today)
    return Page(
        line=line,
        values=list(_values(act, line, base, official)),
        warnings=[gettext(WARNINGS.get(code, code)) for code in data.get("warnings") or ()],
        document_url=f"{base}/page/{act.page_number}" if base and act.page_number else base,
        official_url=official,
        page=act.page_number,
        publisher=source.get("publisher") or source.get("title") or "",
        first_seen_on=iso_day(source.get("first_seen_on")),
        confidence=None if is_by_hand(act) else _percent(data.get("confidence")),
        court=data.get("court") or "",
        twins=others,
    )


def _values(act: Act, line: ShownAct, base: str, official: str) -> Any:
    evidence, by_hand = act.data.get("evidence") or {}, is_by_hand(act)
    for key, text in _texts(act, line).items():
        if not text:
            continue
        proof = evidence.get(key) or {}
        if key in {"contract"} and not proof:
            proof = evidence.get("technology") or {}
        page = proof.get("page")
        url = (
            _of_survey(proof)
            if proof.get("document")
            else f"{base}/page/{page}"
            if base
            else official
        )
        url = url if page else ""
        yield Value(
            label=gettext(LABELS[key]),
            text=text,
            quote=proof.get("quote") or "",
            before=proof.get("prefix") or "",
            after=proof.get("suffix") or "",
            page=page,
            confidence=None if by_hand else _percent(proof.get("confidence")),
            url=url,
        )


def is_by_hand(act: Act) -> bool:
    """Answer whether people read the act themselves, so that no machine says how sure it is."""
    return BY_HAND in (act.data.get("warnings") or ())


def _of_survey(proof: dict[str, Any]) -> str:
    """Return where to read words that another document than the act's own says: our survey."""
    sha256 = proof["document"]
    return f"/documents/{sha256}/page/{proof['page']}" if documents.is_public(sha256) else ""


def _texts(act: Act, line: ShownAct) -> dict[str, str]:
    data = act.data
    names, contract = data.get("act") or {}, data.get("contract") or {}
    days, years = data.get("retention_days"), data.get("duration_years")
    waived = data.get("public_information_waived")
    return {
        "technology": ", ".join(
            label("watched", code) for code in data.get("technologies") or [act.technology]
        ),
        "decision": ", ".join(map(decision_word, data.get("decisions") or [act.decision])),
        "order": act.order_number,
        "signed_on": written(act.signed_on, "j F Y") if act.signed_on else "",
        "places": ", ".join(
            place.get("name") or place.get("printed") or "" for place in data.get("places") or ()
        ),
        "beneficiary": _beneficiary(data.get("beneficiary") or {}),
        "cameras": _cameras(data.get("cameras") or {}),
        "perimeters": str(data.get("perimeters") or ""),
        "retention_days": gettext("{days} jours").format(days=days) if days else "",
        "file_numbers": ", ".join(data.get("file_numbers") or ()),
        "duration_years": gettext("{years} ans").format(years=years) if years else "",
        "aircraft": _aircraft(data.get("aircraft") or {}),
        "operator": (data.get("operator") or {}).get("printed") or "",
        "intervals": " ; ".join(map(_interval, data.get("intervals") or ())),
        "public_information_waived": gettext("l'acte y déroge : le public n'est pas prévenu")
        if waived
        else "",
        "legal_basis": ", ".join(data.get("legal_basis") or ()),
        "court": data.get("court") or "",
        "repeals": ", ".join(
            written(date.fromisoformat(day), "j F Y") for day in names.get("repeals") or ()
        ),
        "contract": contract.get("object") or "",
        "buyer": (contract.get("buyer") or {}).get("name") or "",
        "suppliers": ", ".join(
            each.get("name") or each.get("siret") or "" for each in contract.get("suppliers") or ()
        ),
        "amount": money(act.amount, contract.get("currency") or "EUR")
        if act.amount is not None
        else "",
    }


def _beneficiary(said: dict[str, Any]) -> str:
    fallback = said.get("label_en" if is_english() else "label_fr")
    return str(said.get("printed") or fallback or "")


def _cameras(said: dict[str, Any]) -> str:
    total = said.get("total")
    parts = [f"{said[key]} {gettext(words)}" for key, words in CAMERAS.items() if said.get(key)]
    if total is None:
        return ", ".join(parts)
    return f"{total} ({', '.join(parts)})" if parts else str(total)


def _aircraft(said: dict[str, Any]) -> str:
    parts = [said.get("count"), said.get("model"), said.get("registration")]
    if said.get("manned"):
        parts.append(gettext("avec équipage"))
    return " ".join(str(part) for part in parts if part)


def _interval(said: dict[str, Any]) -> str:
    start, end = _moment(said.get("start") or ""), _moment(said.get("end") or "")
    words = gettext("du {start} au {end}").format(start=start, end=end) if end else start
    return f"{words}, {said['daily']}" if said.get("daily") else words


def _moment(text: str) -> str:
    day = iso_day(text[:10])
    if day is None:
        return text
    return " ".join(filter(None, [written(day, "j F Y"), text[11:16].replace(":", " h ")]))


def _percent(share: float | None) -> int | None:
    return round(share * 100) if share is not None else None


def _web(url: str | None) -> str:
    return url if url and url.startswith(("https://", "http://")) else ""
