"""Who buys and who sells, and which names may be shown before a person has looked."""

from __future__ import annotations

from contrechamp.watch.domain.finding import Beneficiary, Company

from .damage import cleaned, comparable, exactly
from .record import Party
from .repairing import repaired
from .values import commune_of_siren, siren_in, siret_of

_FORMS = exactly(
    "\\b(?:sas|sasu|sa|sarl|eurl|snc|scp|scop|scic|sem|spl|gie|selarl|scm|sci|ei?rl|selas|sica|scea|gmbh|ltd|spa|srl|bv|nv|ag|inc|llc)\\b",
    "\\bs\\.\\w\\.",
    "sociét\\w+",
    "\\bste\\b",
    "entreprises?\\b",
    "\\bets?\\b",
    "établissements?\\b",
    "groupe\\b",
    "group\\b",
    "compagnie",
    "\\bcie\\b",
    "france\\b",
    "syst[eè]mes?",
    "systems?\\b",
    "sécurité",
    "security",
    "protection",
    "énergies?",
    "électri\\w+",
    "télécom\\w*",
    "réseaux?",
    "services?\\b",
    "ingénierie",
    "engineering",
    "technolog\\w*",
    "solutions?\\b",
    "travaux",
    "informati\\w+",
    "conseils?\\b",
    "consult\\w*",
    "agence",
    "atelier",
    "bureau",
    "cabinet",
    "industri\\w+",
    "connect\\w*",
    "citeos",
    "construction",
    "bâtiment",
    "associat\\w*",
    "union",
    "commune\\b",
    "mairie",
    "ville\\b",
    "syndicat",
    "communauté",
    "métropole",
    "département",
    "région\\b",
    "digital",
    "video|vidéo",
    "tele\\w+|télé\\w+",
    "\\btp\\b",
    "\\b(?:spie|serfim|gtca|ineo|eiffage|bouygues|vinci|engie|equans|axians|cegelec|orange|sfr|thales|idemia|sopra"
    "|citelum|euro|inter|nord|sud|est|ouest|ile|alsace|bretagne|provence|atlantique|normandie)\\b",
    "\\w+(?:tec|tech|elec|net|networks?|com|tel|tronic|tronique|sys|log|soft|data|med|bat|therm|clim)\\b",
    "[0-9&+]",
)
_MR = exactly("^(?:m|mr|mme|mlle|monsieur|madame|mademoiselle)\\b", "\\bei$", "\\bentrepreneur\\b")


def supplier_of(party: Party) -> tuple[Company, bool]:
    """Return a supplier, and whether the name was kept back.

    The name of a sole trader may be a person's: shown is what has the form of a company's name. One
    word alone is a brand; two to four words of letters only, none of which says company, may be a
    person.
    """
    siret = siret_of(party.number)
    name = repaired(cleaned(party.name))[0] if party.name else ""
    is_kept = bool(name) and (party.is_person or is_perhaps_person(name))
    shown = None if is_kept or not name else name
    return Company(siret=siret, name=shown, role=party.role or "holder"), is_kept


def is_perhaps_person(name: str) -> bool:
    """Answer whether a supplier's name may be that of a natural person."""
    seen = comparable(name.strip())
    if _MR.search(seen):
        return True
    if _FORMS.search(seen):
        return False
    words = [word for word in seen.replace("-", " ").split() if word]
    long = [word for word in words if len(word) > 2 and word.isalpha()]
    return len(words) == len(long) and 2 <= len(words) <= 4


_CLASSES = (
    (
        "intercommunality",
        exactly(
            "communauté (?:d |de )",
            "métropole",
            "\\bcc\\b",
            "\\bca\\b",
            "syndicat",
            "agglomération",
            "\\bepci\\b",
        ),
    ),
    ("hospital", exactly("\\bch[ru]?u?\\b", "hôpita\\w+", "hospitali\\w+", "ehpad")),
    (
        "school",
        exactly("université", "lycée", "collège", "école", "\\bcrous\\b", "académie", "ensmp"),
    ),
    (
        "transport",
        exactly("transport", "ratp", "sncf", "\\bport\\b", "aéroport", "\\brtm\\b", "sncf"),
    ),
    (
        "department",
        exactly("département", "\\bdpt", "conseil (?:général|départemental)", "\\bsdis\\b"),
    ),
    ("region", exactly("région\\b", "conseil régional")),
    (
        "state",
        exactly(
            "ministère",
            "préfecture",
            "\\bsgami\\b",
            "gendarmerie",
            "direction interrégionale",
            "tribunal",
        ),
    ),
    ("housing", exactly("habitat\\b", "\\boph\\b", "\\bhlm\\b", "logement")),
    ("commune", exactly("mairie", "commune\\b", "\\bville\\b")),
)
_CLASS_NAMES = {
    "intercommunality": "intercommunalité",
    "department": "département",
    "housing": "public_body",
}


def beneficiary_of(name: str | None, number: str | None) -> Beneficiary | None:
    """Return the buyer as the one for whom it is: buyers in these registers are public bodies."""
    if not name and not number:
        return None
    seen = comparable(name or "")
    if commune_of_siren(siren_in(number)):
        class_ = "commune"
    else:
        class_ = next((kind for kind, words in _CLASSES if words.search(seen)), "public_body")
    shown = _CLASS_NAMES.get(class_, class_)
    return Beneficiary(
        printed=name,
        class_=shown,
        public=True,
        publish=name is not None,
        label_fr=name,
        label_en=name,
    )
