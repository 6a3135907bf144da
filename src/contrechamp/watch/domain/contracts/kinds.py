"""What a contract buys: supply, works, maintenance, study, civil works, software, framework."""

from __future__ import annotations

from .damage import exactly

_STUDY = exactly(
    "assistan\\w+ (?:à |technique à )?(?:la )?maîtrise",
    "maîtrise~? ?d (?:œuvre|ouvrage)",
    "\\bamo\\b",
    "\\bmoe\\b",
    "études?\\b",
    "diagnosti\\w+",
    "audits?\\b",
    "conseils?\\b",
    "expertises?\\b",
    "schéma directeur",
    "coordination sps",
)
_CIVIL = exactly(
    "génie civil",
    "tranchées?\\b",
    "mâts?\\b",
    "fourreaux?\\b",
    "massifs?\\b",
    "vrd\\b",
    "gros ?(?:œuvre|uvre)",
    "maçonnerie",
    "terrassement",
    "cloison",
    "plomberie",
    "peinture",
    "menuiserie",
    "charpente",
)
_WORDS = (
    ("maintenance", exactly("mainten\\w+", "maintien", "entretien", "dépannage", "\\bmco\\b")),
    ("software", exactly("logiciels?\\b", "progiciels?\\b", "licences?\\b", "applicatif")),
    (
        "works",
        exactly(
            "travaux",
            "\\btx\\b",
            "install\\w+",
            "mise~? ?en (?:place|œuvre|uvre|service)",
            "exten[st]\\w*",
            "\\bpose",
            "création",
            "déploiement",
            "refonte",
            "rénovation",
            "remplacement",
            "réalisation",
            "raccordement",
            "moderni\\w+",
            "renouvellement",
            "construction",
            "aménagement",
            "implantation",
            "mise à niveau",
            "évolution",
        ),
    ),
    (
        "supply",
        exactly("fourniture", "\\bfre\\b", "acqui[st]\\w+", "achats?\\b", "location", "livraison"),
    ),
)
_BY_CPV = (
    ("45", "works"),
    ("50", "maintenance"),
    ("71", "study"),
    ("48", "software"),
    ("72", "software"),
    ("79411", "study"),
    ("3", "supply"),
    ("51", "works"),
)


def kind_of(text: str, *, cpv: str | None = None, nature: str | None = None) -> str | None:
    """Return what a comparable object buys; where it does not say, what CPV and nature say.

    A study of works is a study, civil works among others are civil works; else the word that
    comes first names it.
    """
    if _STUDY.search(text):
        return "study"
    if _CIVIL.search(text):
        return "civil_works"
    met = [(found.start(), kind) for kind, words in _WORDS if (found := words.search(text))]
    if met:
        return min(met)[1]
    if nature and "cadre" in nature.lower():
        return "framework"
    return next((kind for start, kind in _BY_CPV if cpv and cpv.startswith(start)), None)
