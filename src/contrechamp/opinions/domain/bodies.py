"""Which sort of body an administration is, by how its published name begins.

The name is free text: what no rule fits stays OTHER, nothing is guessed further.
"""

from __future__ import annotations

import re

from contrechamp.kernel.errors import gettext_noop
from contrechamp.kernel.names import words

BODIES = (
    ("POLICE", r"prefecture de police|prefet de police|tribunal|parquet|procureur"),
    (
        "POLICE",
        r"direction (?:generale de la (?:police|gendarmerie)|departementale de la securite)",
    ),
    ("MINISTRY", r"minister|ministre|premier ministre|secretariat d etat|presidence de la rep"),
    ("PREFECTURE", r"prefecture|prefet|sous prefecture|sous prefet"),
    ("COMMUNE", r"mairie|commune d|ville d|maire d"),
    ("GROUP", r"communaute|metropole|syndicat (?:mixte|inter)|etablissement public territorial"),
    ("COUNCIL", r"conseil (?:departemental|general|regional)(?! de l ordre)"),
    ("COUNCIL", r"departement d|region |collectivite"),
    ("EDUCATION", r"rectorat|academie|universite|lycee|college|ecole"),
    ("HEALTH", r"centre hospitalier|hopita|assistance publique|agence regionale de sante"),
    ("TRANSPORT", r"sncf|regie autonome des transports|ratp|ile de france mobilites|aeroport"),
    ("AUTHORITY", r"commission (?:nationale|departementale)|autorite|haute autorite|defenseur des"),
)
BODY_LABELS = {
    "POLICE": gettext_noop("police et justice"),
    "MINISTRY": gettext_noop("ministère"),
    "PREFECTURE": gettext_noop("préfecture"),
    "COMMUNE": gettext_noop("commune"),
    "GROUP": gettext_noop("intercommunalité"),
    "COUNCIL": gettext_noop("département ou région"),
    "EDUCATION": gettext_noop("enseignement"),
    "HEALTH": gettext_noop("santé"),
    "TRANSPORT": gettext_noop("transport"),
    "AUTHORITY": gettext_noop("autorité ou commission"),
    "OTHER": gettext_noop("autre organisme"),
}
_RULES = tuple((code, re.compile(pattern)) for code, pattern in BODIES)


def body_of(administration: str) -> str:
    """Return the sort of a body; OTHER when no rule fits, empty when there is no name."""
    folded = " ".join(words(administration))
    if not folded:
        return ""
    return next((code for code, rule in _RULES if rule.match(folded)), "OTHER")
