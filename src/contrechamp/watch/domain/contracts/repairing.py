"""Lost letters put back where only one word of our own vocabulary fits."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from contrechamp.watch.domain.text import folded

from .damage import LOST, comparable

WORDS = """
à accès accessibilité acquisition aéronef aéronefs algorithmique aménagement aménagements
amélioration améliorations année années autorité bâtiment bâtiments caméra caméras câblage central
collège communauté communes complémentaire contrôle contrôles création déchèterie déchèteries
défense département départemental déploiement désenfumage détection développement écoles école
électricité électrique électriques élèves embarquées énergie enregistrement enseignement
équipement équipements équipés établissement établissements étude études évolution évolutions
évolutive exécution exploitation extérieur extérieure extérieures extérieurs fédérale gendarmerie
général générale génie gestion hébergement hôpital hôtel hypervision infrastructure ingénierie
intérieur intérieure intérieures intérieurs intégration lycée lycées maçonnerie maître maîtrise
maintenance marché marchés matériel matériels mâts métropole mobilité modernisation numérique
numériques œuvre opérateur opération opérationnel opérations périmètre piéton piétons plaques pôle
police prélèvement préfecture prévention préventive propriété protégé protégés publicité qualité
raccordement réalisation reconnaissance rénovation répression réseau réseaux réhabilitation
réparation résidence résidences région régional restructuration santé sécurisation sécurisée
sécurisés sécurité sécuritaire sécurités société supervision sûreté surveillance système systèmes
télésurveillance téléphonie téléphonique théâtre tranquillité université vérification véhicule
véhicules vidéo vidéoprotection vidéosurveillance vidéoverbalisation vidéophonie visiophonie
visite éclairage écologie économie entrée entrées façade façades fenêtres forêt hygiène incendie
intégrée logiciel intercommunalité médiathèque mémoire mise modèle musée périphérique pièces
pluriannuel prêt première procédure projet propreté proximité références remplacement réception
régie sanitaire schéma secrétariat sonorisation stratégie supérieur supérieure technique
télégestion télévision ville
"""
_BROKEN = re.compile(rf"[^\W\d_]*(?:[{LOST}?\u0080-\u009f¿][^\W\d_]*)+")
_APOSTROPHES = re.compile(rf"(?<![^\W\d_])([dlnsjmtcDLNSJMTC]|qu|Qu)[{LOST}\u0092](?=[^\W\d_])")


@cache
def _known() -> tuple[str, ...]:
    return tuple(dict.fromkeys(WORDS.split()))


def repaired(text: str) -> tuple[str, bool]:
    """Return a shown text with what could be put back, and whether anything was.

    A word is put back when exactly one of our words fits it; "d�acc�s" has its apostrophe back only
    when the word after it is known too. Everything else stays as it is.
    """
    if LOST not in comparable(text):
        return text, False
    made = _BROKEN.sub(lambda found: _word(found[0]), text)
    return made, made != text


@lru_cache(maxsize=4096)
def _word(broken: str) -> str:
    seen = comparable(broken)
    if LOST not in seen:
        return broken
    letters = [letter for letter in seen if letter != LOST]
    if len(letters) < 2:
        return broken
    fitting = re.compile("".join(_lost(each) for each in re.findall(f"{LOST}+|[^{LOST}]", seen)))
    fits = [
        word for word in _known() if fitting.fullmatch(_opened(word)) and _lost_accents(word, seen)
    ]
    if len(fits) == 1:
        return _cased(fits[0], broken)
    if apostrophe := _APOSTROPHES.match(broken):
        rest = broken[apostrophe.end() :]
        fitted = _word(rest)
        if LOST not in comparable(fitted) and (fitted != rest or folded(rest) in _plain()):
            return f"{apostrophe[1]}'{fitted}"
    return broken


def _lost(sign: str) -> str:
    """One lost letter is one of those that encodings lose: none of plain ASCII."""
    return "#" if sign.startswith(LOST) else re.escape(sign)


def _opened(word: str) -> str:
    """Return a word of ours with a sign for each letter that encodings lose."""
    return re.sub("#+", "#", "".join("#" if not letter.isascii() else letter for letter in word))


def _lost_accents(word: str, seen: str) -> bool:
    return _opened(word).count("#") == len(re.findall(f"{LOST}+", seen))


@cache
def _plain() -> frozenset[str]:
    return frozenset(folded(word) for word in _known())


def _cased(word: str, broken: str) -> str:
    letters = [letter for letter in broken if letter.isalpha()]
    if len(letters) > 1 and all(letter.isupper() for letter in letters):
        return word.upper()
    return word[0].upper() + word[1:] if broken[0].isupper() else word
