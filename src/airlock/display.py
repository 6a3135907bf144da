"""What a stranger wrote, made harmless for a terminal, and two words to speak of a source by."""

from __future__ import annotations

import hashlib

# Control characters, and those that turn, join or hide what stands beside them.
_REPLACED = (
    *range(0x20),
    *range(0x7F, 0xA0),
    0xAD,
    0x61C,
    0x180E,
    *range(0x200B, 0x2010),
    *range(0x2028, 0x202F),
    *range(0x2060, 0x2070),
    0xFEFF,
    *range(0xFFF9, 0xFFFC),
    *range(0xE0000, 0xE0080),
    *range(0xD800, 0xE000),
)
_TABLE = dict.fromkeys(_REPLACED, "\ufffd")
_LINES = {sign: text for sign, text in _TABLE.items() if sign not in (0x09, 0x0A)}

# Masculine nouns, masculine adjectives, so that any two agree.
ANIMALS = (
    *("héron", "renard", "castor", "hibou", "lynx", "saumon", "cerf", "lièvre"),
    *("merle", "furet", "phoque", "bison", "canard", "cygne", "crabe", "dauphin"),
    *("écureuil", "faucon", "geai", "gecko", "hamster", "hérisson", "homard", "ibis"),
    *("jaguar", "koala", "lama", "lézard", "loriot", "loup", "mulot", "martinet"),
    *("moineau", "narval", "ours", "ocelot", "panda", "paon", "pélican", "pinson"),
    *("poulpe", "puma", "python", "ragondin", "rouget", "sanglier", "scarabée", "serin"),
    *("tapir", "tamia", "tatou", "thon", "tigre", "toucan", "triton", "vanneau"),
    *("vautour", "zèbre", "blaireau", "bouquetin", "chamois", "colibri", "condor", "corbeau"),
)
ADJECTIVES = (
    *("violet", "rouge", "bleu", "vert", "jaune", "orange", "gris", "blanc"),
    *("noir", "brun", "rose", "doré", "argenté", "pourpre", "turquoise", "mauve"),
    *("rapide", "lent", "calme", "vif", "tranquille", "discret", "bavard", "muet"),
    *("grand", "petit", "mince", "rond", "carré", "pointu", "lisse", "rayé"),
    *("tacheté", "frisé", "poli", "brave", "timide", "rusé", "sage", "curieux"),
    *("joyeux", "sérieux", "rêveur", "matinal", "tardif", "nocturne", "lunaire", "solaire"),
    *("boréal", "austral", "lointain", "voisin", "agile", "solide", "léger", "lourd"),
    *("ancien", "nouveau", "fidèle", "patient", "secret", "serein", "subtil", "tenace"),
)


def shown(text: object) -> str:
    """Return one line that cannot steer a terminal or reverse what is read."""
    return str(text).translate(_TABLE)


def shown_text(text: str) -> str:
    """Return several lines made harmless: their ends and tabulations stay."""
    return text.replace("\r\n", "\n").translate(_LINES)


def designation(mailbox: str) -> str:
    """Return the two words of a mailbox: readers speak of a source without storing a name.

    Twelve bits: two sources may share them; they tell sources apart, they prove nothing.
    """
    digest = hashlib.sha256(b"airlock/1/designation\0" + mailbox.encode("ascii")).digest()
    return f"{ANIMALS[digest[0] & 63]} {ADJECTIVES[digest[1] & 63]}"
