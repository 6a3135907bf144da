"""Which words of a contract's object speak of which technology, and which only seem to.

Patterns are in the notation of `damage.pattern` and are sought in `damage.comparable` text. False
friends are blanked out first, so that one object may hold both a sewer's camera and a street's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .damage import LOST, compiled, exactly

_L = LOST
PROTECTION = f"(?!protoco)p[ro{_L}]{{0,2}}t[ot{_L}]{{0,2}}[ec{_L}]{{1,3}}\\w{{0,7}}|prot\\b"
SURVEILLANCE = f"s[ur{_L}]{{1,3}}v[eia{_L}]\\w*"
_GUARD = f"(?:{PROTECTION}|{SURVEILLANCE})"
VIDEO = (
    f"vidéo[sx]?~(?:de (?:la |l )?)?(?:{_GUARD}|tranquill\\w+|sécuri\\w+|vigilan\\w+)",
    f"vidé(?:o)?{_GUARD}",
    f"(?:{SURVEILLANCE}|protection|sécurité) (?:urbaine? )?(?:par |en |de )?(?:la )?vidéos?\\b",
    "télé~surveillance (?:par |en |et )?vidéo",
    "(?:système|réseau|dispositif|installation|équipement)s? (?:de )?vidéo "
    "(?:urbaine?|de sûreté)s?",
    "vidéo~urbaine",
    "télévision en circuit fermé",
    "\\bcctv\\b",
    "closed circuit television",
    f"caméras? (?:\\w+ ){{0,3}}(?:de |d |pour la )(?:vidéo~)?(?:{SURVEILLANCE}|{PROTECTION}"
    "|sécurité|sûreté|voie publique)",
    "caméras? (?:urbaines?|nomades? (?:de|pour)|anti~incivilité|anti~intrusion)",
    "(?:surveillance|security) cameras?",
    "levées? de doutes? (?:par )?vidéo",
)


@dataclass(frozen=True, kw_only=True)
class Sign:
    """Words of a technology. `needs`: also these, in object or buyer; `unless`: none of these."""

    technology: str
    words: re.Pattern[str]
    strength: float
    needs: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None


SECURITY = exactly(
    "sécuri[st]\\w*",
    "sûreté",
    "polic\\w+",
    "gendarmerie",
    "surveillance",
    "entrées? de (?:ville|bourg|commune|village)",
    "tranquillité",
    "vidéo",
    "voie publique",
    "voies? publiques?",
    "espaces? publics?",
    "urbaine?s?\\b",
    "supervision",
    "hypervis",
    "intrusion",
    "dômes?\\b",
    "nomades?\\b",
    "\\bcsu\\b",
    "lapi\\b",
    "délinquance",
    "incivilité",
    "dépôts? sauvages?",
    "verbalis",
    "contrôles? d accès",
    "alarme",
    "enregistreur",
    "stockage (?:des )?images",
)
WATERWORKS = exactly(
    "assainissement",
    "canalisation",
    "hydro~?curage",
    "curage",
    "collecteur",
    "\\beaux? (?:usée|pluvi|potable)",
    "égout",
    "branchement",
    "forage",
    "endoscop",
    "barrage",
    "digue",
    "station d épuration",
    "inondation",
    "crues?\\b",
    "ouvrages? (?:hydraul|d art|de protection)",
    "télé~gestion",
)
NATURE = exactly(
    "faune",
    "avifaune",
    "chiropt",
    "poisson",
    "oiseaux",
    "espèces",
    "biodiversité",
    "halieut",
    "montaison",
    "dévalaison",
    "moustique",
    "frelon",
    "forest",
    "agric",
    "épandage",
    "eeg\\b",
    "herbier",
    "foliaire",
    "benth",
    "zosière",
)
_ANIMALS = exactly(
    "faune",
    "chiropt",
    "passes? (?:à|de) poisson",
    "montaison",
    "dévalaison",
    "eeg\\b",
    "oiseaux",
)
PICTURES = exactly(
    "audio~visuel",
    "studio",
    "tournage",
    "plateau",
    "régie",
    "captation",
    "conférence",
    "microscop",
    "endosco",
    "coelio",
    "cœlio",
    "chirurg",
    "opératoire",
    "bloc\\b",
    "gamma",
    "scinti",
    "ophtalm",
    "dentaire",
    "médica",
    "laborato",
    "recherche",
    "thermograph",
    "infra~rouge refroidie",
    "hyperspectr",
    "photograph",
    "time~laps",
    "cinéma",
    "télévis",
    "musé",
    "spectacle",
    "mapping",
    "webcam",
    "recul\\b",
    "astronom",
    "vêtement",
)
PEACEFUL_DRONE = exactly(
    "pédagog",
    "topograph",
    "photogramm",
    "lidar",
    "relevés?\\b",
    "cartograph",
    "time~laps",
    "prises? de vues?",
    "spectacle",
    "lumineu",
    "light show",
    "toiture",
    "façade",
    "formation",
    "pilotes?\\b.{0,20}(?:diplôme|certif)",
    "événement",
    "film",
    "vidéo promotion",
    "promotionnel",
    "nettoyage",
    "démoussage",
    "bathymétr",
    "archéolog",
    "littora",
    "ouvrages? d art",
    "éoliennes?",
    "robots?\\b",
    "course de drones?",
    "cible",
    "suivi de chantier",
    "orthophoto",
    "dératis",
    "sous~marin",
    "livraison par",
)
FORCES = exactly(
    "police",
    "gendarmerie",
    "intérieur",
    "sgami",
    "préfecture",
    "douane",
    "sécuri[st]\\w*",
    "sûreté",
    "surveill",
    "ordre public",
    "sdis\\b",
    "incendie",
    "secours",
    "caméra",
    "captif",
    "vigie",
    "tranquillité",
    "intervention",
    "défense",
    "\\bcsu\\b",
)
CENTRE = exactly(
    "urbain",
    "vidéo",
    "caméra",
    "police",
    "opérateur",
    "supervision",
    "mur d images",
    "intercommunal",
    "tranquillité",
    "sécurité",
    "surveill",
    "lapi\\b",
    "\\bcsu\\b",
    "hypervis",
    "sûreté",
    "prévention",
)
MACHINES = exactly(
    "virtualis",
    "vmware",
    "nutanix",
    "hyper~v\\b",
    "serveurs?\\b",
    "stockage",
    "sauvegarde",
    "cyber",
    "informatique",
    "data ?center",
    "réseaux? (?:informatique|télécom|wifi)",
    "système d information",
    "énergétique",
    "énergies?\\b",
    "chauffage",
    "\\bgtc\\b",
    "\\bgtb\\b",
    "gestion technique",
    "\\bcvc\\b",
    "\\beaux?\\b",
    "assainissement",
    "tunnel",
    "éclairage public$",
)
ROADS = exactly(
    "bus\\b",
    "autocar",
    "\\bcars?\\b",
    "tramway",
    "trams?\\b",
    "métro\\b",
    "trains?\\b",
    "rames?\\b",
    "navettes?\\b",
    "transports?\\b",
)
PEOPLE = exactly(
    "accès",
    "point(?:age|euse)",
    "badge",
    "identifi",
    "authentifi",
    "lecteur",
    "contrôle",
    "empreinte",
    "cantine",
    "restaura",
    "sécurité",
    "sûreté",
    "faciale?",
    "présence",
)
NOISE = exactly(
    "mesures? (?:de |du )bruit",
    "nuisances?",
    "acoustique du bâtiment",
    "chiropt",
    "faune",
    "avifaune",
    "hydrophone",
    "niveau",
    "cartographie",
    "isolation",
    "baleine",
    "oiseau",
)
PLATES = exactly(
    "lecture",
    "plaque",
    "caméra",
    "stationnement",
    "verbalis",
    "véhicule",
    "police",
    "immatricul",
    "vidéo",
    "scan",
    "contrôle",
    "sécurité",
    "circulation",
    "zfe",
)
ELDERLY = exactly(
    "personnes? âgée",
    "télé~assistance",
    "à domicile",
    "téléphon",
    "séniors?",
    "dépendan",
    "maintien à",
    "perte d autonomie",
    "médica",
    "patient",
    "cardia",
)
FIRE = exactly(
    "incendie", "désenfumage", "évacuation", "\\bssi\\b", "extincteur", "gaz\\b", "technique"
)
_FRIENDS = exactly(
    f"(?:hors|sauf|sans|except\\w*|non compris|exclusion d\\w*)[ ][^,;.()+]{{0,25}}vidéo~{_GUARD}",
    "(?:inspection|passage|examen|auscultation|endoscopie|itv)s? (?:et |de |du |des |d "
    "une |d |par |à |la "
    "|en |une |télévis\\w+ |visuel\\w* |mini )*(?:caméra|vidéo)s?\\w*",
    "(?:caméra|vidéo)s?~(?:d )?(?:inspect\\w*|endosc\\w*|scop\\w+)",
    f"vidéo~{_GUARD} (?:des? |du |d )(?:réseaux?|canalisations?|collecteurs?) (?:d |des? )"
    "(?:eaux?|assainissement|usées)\\w*",
    "vidéo~?proje\\w+",
    "(?:visio|vidéo|web)~?conf\\w+",
    "vidéo~?transmission\\w*",
    "caméras? (?:\\w+ )?(?:thermograph\\w+|hyper\\w*spectr\\w+|de recul|gamma|rapides?|sportives?)",
    "gamma~?caméras?",
    "pièges? (?:photo\\w*|caméra)",
    "caméras?~pièges?",
    "motion capture",
    "(?:auto|bio|pharmaco|toxico)~?surveillance\\w*",
    "surveillance (?:\\w+ ){0,3}(?:de |des |du |d |sur )(?:la |l "
    ")?(?:qualité|eaux?|air|bassins?|bains?"
    "|baignades?|plages?|milieux?|sédiments?|rejets?|légionell\\w+|nappes?|presse|médias?|travaux"
    "|chantiers?|ouvrages?|barrages?|digues?|érosion|trait de côte|santé|radon)\\w*",
    "centre sportif universitaire",
)
_NO_ALARM = exactly(
    "barrage",
    "crue",
    "inondation",
    "télé~gestion",
    "pompage",
    "poste[s]? de relèvement",
    "chauff",
    "\\beaux?\\b",
    "assainissement",
    "épuration",
    "\\bstep\\b",
    "relèvement",
    "ouvrages?",
    "hydraul",
    "ascenseur",
    "sondes?\\b",
    "température",
    "réfrigér",
    "froid\\b",
)


def _sign(
    technology: str,
    strength: float,
    *words: str,
    needs: re.Pattern[str] | None = None,
    unless: re.Pattern[str] | None = None,
) -> Sign:
    made = compiled(*words)
    return Sign(technology=technology, words=made, strength=strength, needs=needs, unless=unless)


_ANALYSIS = (
    "algorithmi\\w+",
    "augmentée?s?",
    "intelligente?s?",
    "prédictive",
    "analytique",
)
SIGNS = (
    _sign(
        "body_camera",
        0.95,
        "caméras?~(?:mobiles? )?(?:de |à |pour )?piétons?\\b(?! (?:et|ou) véhicules?)",
        "caméras? (?:mobiles? )?individuelles?",
        "caméras? (?:\\w+ )?(?:portati[vf]e?s?|portées?|corporelles?)\\b",
        "caméras? mobiles? (?:pour |de |des )(?:les |la |l )?(?:polic\\w+|agents?|pm\\b)",
        "body~?(?:worn )?~?cam(?:era|éra)?s?\\b",
    ),
    _sign(
        "facial_recognition",
        0.95,
        "(?:reconnaissance|comparaison|authentification|identification|biométrie) faciale",
        "faci?al recognition",
    ),
    _sign(
        "plate_reader",
        0.95,
        "(?:lecture|lecteur|reconnaissance)s? (?:automati\\w+ |optique )*(?:de |des |du "
        "|d )?(?:numéros? de )?"
        "(?:plaques?|immatricul\\w+)",
        "\\banpr\\b",
        "number plate recognition",
        "scan~?cars?\\b",
    ),
    _sign(
        "plate_reader",
        0.9,
        "(?:caméras? |véhicules? |système |dispositif )?(?:de (?:type )?)?\\blapi\\b",
        needs=PLATES,
    ),
    _sign("plate_reader", 0.7, "\\blapi\\b"),
    _sign(
        "video_ticketing",
        0.95,
        "vidéo~verbali[sz]\\w*",
        "verbalisations? (?:par |en )?(?:la )?(?:vidéo|caméra)\\w*",
    ),
    _sign(
        "algorithmic_video",
        0.95,
        f"vidéo~{_GUARD} (?:dite )?(?:{'|'.join(_ANALYSIS)})",
        "(?:vidéos?|caméras?) (?:\\w+ )?(?:augmentées?|intelligentes?|algorithmiques?)",
        "analyses? (?:\\w+ ){0,2}(?:d |de |des )?(?:flux )?(?:images? de "
        ")?(?:vidéo|caméra)s?(?!~?conf)",
        "analyses? (?:automati\\w+|algorithmiques?|comportementales?|intelligentes?) "
        "(?:d |des )?images?",
        "vidéo~?analy(?:se|tique|tics)\\w*",
        "(?:comptage|détection)s? (?:\\w+ ){0,4}(?:par |via )(?:la |analyse "
        ")?(?:vidéo|caméra)s?(?! thermi)",
        "traitements? algorithmiques? (?:d |des )(?:images?|flux)",
        "intelligence artificielle (?:\\w+ ){0,4}(?:vidéo|caméra)\\w*",
        unless=NATURE,
    ),
    _sign(
        "counter_drone",
        0.9,
        "anti~drones?",
        "(?:lutte contre |neutralisation (?:de |des )|brouill\\w+ (?:de |des |anti "
        ")|détection (?:de |des |et ))"
        "(?:\\w+ ){0,3}drones?",
    ),
    _sign(
        "aerial_camera",
        0.85,
        "\\bdrones?\\b",
        "aéronefs? (?:\\w+ )?(?:sans|télé~?pilot)\\w*",
        "\\buavs?\\b",
        needs=FORCES,
        unless=re.compile(f"{PEACEFUL_DRONE.pattern}|{NATURE.pattern}"),
    ),
    _sign(
        "aerial_camera",
        0.9,
        "caméras? (?:aéroportées?|(?:installées? |embarquées? )?sur (?:des |un "
        ")?(?:drone|aéronef|hélicoptère))s?",
    ),
    _sign(
        "embedded_camera",
        0.85,
        "(?:caméras?|vidéo) embarquées?",
        "dash~?cams?\\b",
        unless=re.compile(f"{ROADS.pattern}|{PICTURES.pattern}|{WATERWORKS.pattern}"),
    ),
    _sign(
        "biometric_access",
        0.9,
        "bio~?métri\\w+",
        needs=PEOPLE,
        unless=re.compile(f"{NATURE.pattern}|{PICTURES.pattern}"),
    ),
    _sign(
        "acoustic_sensor",
        0.85,
        "capteurs? (?:sonores?|acoustiques?|de (?:sons?|bruits?))",
        "(?:détect\\w+|vigilance|surveillance) (?:sonores?|acoustiques?|audio)\\b",
        "détect\\w+ (?:de |des )?(?:coups? de feu|tirs?\\b)",
        "audio~?(?:surveillance|détection|protection)",
        unless=NOISE,
    ),
    _sign("acoustic_sensor", 0.8, "radars? (?:sonores?|anti~?bruit)"),
    _sign("predictive_software", 0.9, "polices? prédictives?", "predictive policing"),
    _sign(
        "predictive_software",
        0.85,
        "(?:cartographie|analyse|logiciel)s? prédicti\\w+",
        "prédicti\\w+ (?:de |des )?(?:la )?(?:délinquance|infraction|crime)s?",
        needs=FORCES,
    ),
    _sign(
        "data_platform",
        0.7,
        "(?:plate~?forme|entrepôt)s? (?:\\w+ )?(?:de |des )?(?:données|data)\\b",
        needs=exactly("police", "tranquillité", "sécurité publique", "délinquance", "surveillance"),
    ),
    _sign("video_protection", 0.95, *VIDEO, unless=_ANIMALS),
    _sign(
        "hypervision",
        0.9,
        "centres? (?:\\w+ )?(?:de |d )(?:super|hyper)~?vision "
        "(?:urbaine?|intercommunal|départemental"
        "|communal|mutualis|vidéo|de la police)\\w*",
        "centres? (?:de |d )(?:super|hyper)~?vision (?:\\w+ ){0,4}(?:vidéo|police)\\w*",
        "postes? (?:central |de commandement )(?:\\w+ )?vidéo\\w*",
    ),
    _sign(
        "hypervision",
        0.8,
        "hyper~?vis(?:ion|eur)s?\\b",
        "centres? (?:de |d )super~?vision",
        "\\bcsu[id]?\\b",
        "murs? d images?",
        needs=CENTRE,
        unless=MACHINES,
    ),
    _sign(
        "hypervision",
        0.6,
        "\\bcsu[id]?\\b",
        needs=exactly(
            "aménagement", "création", "extension", "équipement", "construction", "loca(?:l|ux)\\b"
        ),
        unless=re.compile(f"{MACHINES.pattern}|{exactly('universit', 'sport').pattern}"),
    ),
    _sign(
        "video_protection",
        0.75,
        "\\bcaméras?\\b",
        needs=SECURITY,
        unless=re.compile(f"{WATERWORKS.pattern}|{NATURE.pattern}|{PICTURES.pattern}"),
    ),
    _sign(
        "video_protection",
        0.6,
        "\\bcaméras?\\b",
        needs=exactly(
            "install\\w+",
            "\\bposes?\\b",
            "mise en place",
            "implantation",
            "déploiement",
            "parc\\b",
            "extension",
            "réseau",
        ),
        unless=re.compile(f"{WATERWORKS.pattern}|{NATURE.pattern}|{PICTURES.pattern}"),
    ),
    _sign(
        "access_control",
        0.6,
        "contrôles? (?:\\w+ ){0,2}(?:d ?|de |des |de l |de s )accès",
        "gestion (?:\\w+ ){0,2}(?:d ?|de |des )accès",
        "inter~?phon\\w*",
        "(?:vidéo|visio)~?phon\\w*",
        "portiers? (?:vidéo|audio)",
        "lecteurs? de badges?",
        "bornes? (?:\\w+ )?à contrôle",
        unless=exactly("internet", "réseau informatique", "\\bnac\\b", "pare~?feu", "vpn\\b"),
    ),
    _sign(
        "remote_alarm",
        0.6,
        f"télé~{SURVEILLANCE}",
        "anti~?intrusions?",
        "alarmes? (?:\\w+ )?(?:d |anti )?(?:intrusion|effraction)s?",
        "(?:détection|système)s? (?:d |anti )?intrusions?",
        "télé~?alarmes?",
        unless=re.compile(f"{ELDERLY.pattern}|{_NO_ALARM.pattern}"),
    ),
    _sign(
        "remote_alarm",
        0.55,
        "(?:système|maintenance|installation)s? (?:\\w+ ){0,2}(?:d |des |de l )alarmes?",
        unless=re.compile(f"{FIRE.pattern}|{ELDERLY.pattern}|{_NO_ALARM.pattern}"),
    ),
)
ORDER = (
    *("video_protection", "algorithmic_video", "aerial_camera", "body_camera", "embedded_camera"),
    *("plate_reader", "video_ticketing", "facial_recognition", "biometric_access"),
    *("acoustic_sensor", "predictive_software", "data_platform", "hypervision", "access_control"),
    *("remote_alarm", "counter_drone"),
)
"""The technologies of `vocabulary/watched.yaml`, the more telling first (a test compares)."""
LOW = frozenset({"access_control", "remote_alarm"})
OFF_TOPIC = re.compile(
    "|".join(
        (
            PICTURES.pattern,
            WATERWORKS.pattern,
            NATURE.pattern,
            exactly(
                "incendie",
                "gardien",
                "alarme",
                "vigile",
                "anti~?intrusion",
                "audio",
                "sonoris",
                "vidéo~?proje",
                "visio",
                "écrans?\\b",
                "téléphon",
                "éclairage",
                "portails?\\b",
                "agents? de sécurité",
                "radio",
                "interphon",
                "accès",
                "badge",
                "extincteur",
                "espaces? verts?",
                "peinture",
                "plomberie",
                "chauffage",
            ).pattern,
        )
    )
)
"""Words that make a CPV of cameras doubtful when the object itself does not speak of them."""

_CAMERA = ("camra", "camera")
_VIDEO = ("vid", *_CAMERA)
STEMS: dict[str, tuple[str, ...]] = {
    "video_protection": (*_VIDEO, "cctv", "circuit", "otection", "rveil"),
    "algorithmic_video": (*_VIDEO, "image", "algorithm"),
    "aerial_camera": ("drone", "ronef", "uav", *_CAMERA),
    "body_camera": (*_CAMERA, "bodycam", "body-", "body "),
    "embedded_camera": (*_VIDEO, "dash"),
    "plate_reader": ("plaqu", "immatricul", "anpr", "scan", "lapi", "number plate"),
    "video_ticketing": ("vid", "verbali"),
    "facial_recognition": ("facia",),
    "biometric_access": ("biom", "bio-m", "bio m"),
    "acoustic_sensor": ("sonore", "acousti", "audio", "capteur", "coup", " tir", "radar"),
    "predictive_software": ("prdicti", "predicti"),
    "data_platform": ("donn", "data"),
    "hypervision": ("vision", "visieur", "viseur", "csu", "mur d", "murs d", "vid"),
    "access_control": ("accs", "acces", "phon", "portier", "badge", "borne"),
    "remote_alarm": ("rveil", "survei", "intrus", "effraction", "alarm"),
    "counter_drone": ("drone",),
}
"""Letters without accent of which an object must hold some before a technology is sought in it.

An object is compared without the letters that may be lost, so that "caméra" is "camra" here; where
a letter that has no accent was lost, the other half of the word is there.
"""
NET = tuple(dict.fromkeys(stem for stems in STEMS.values() for stem in stems))


def bare(text: str) -> str:
    """Return a text in lower case without any sign that may be a lost letter."""
    return text.lower().encode("ascii", "ignore").decode().replace("?", "")


def sought_in(text: str) -> list[Sign]:
    """Return the signs whose stems a text holds, the more special first."""
    plain = bare(text)
    technologies = {each for each, stems in STEMS.items() if any(stem in plain for stem in stems)}
    return [sign for sign in SIGNS if sign.technology in technologies]


def without_friends(text: str) -> str:
    """Return comparable text with its false friends blanked out; same length."""
    return _FRIENDS.sub(lambda found: " " * len(found[0]), text)
