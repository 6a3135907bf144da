"""`scrub`: a public copy without metadata, and what no program removes."""

from __future__ import annotations

from argparse import Namespace

from airlock.promotion import CHECKS
from airlock.say import Refused, say
from airlock.scrub import MAT2, record_of, retype, scrub

from .terminal import remark, tell, tell_json, typed_text

ASKED = {
    "copy-number": "numéro d'exemplaire, de page ou de lot propre à une copie",
    "distribution-list": "liste de diffusion, destinataires, initiales",
    "few-had-it": "cercle de trois personnes ou moins qui ont eu ce document : ne le publiez pas",
    "handwriting": "écriture manuscrite, paraphe, surlignage, tampon d'arrivée",
    "printer-dots": "points jaunes d'imprimante, défauts d'un scanner",
    "reflections": "reflets, mains, lieu ou écran sur une photographie",
    "watermark": "filigrane, marque pâle, fond répété",
    "wording": "tournures, fautes ou espaces qui changent d'un exemplaire à l'autre",
}


def clean(asked: Namespace) -> int:
    """Write a clean copy and its record; say what was removed and what was not."""
    if asked.retype:
        made = retype(typed_text(), asked.out)
    elif asked.file is None:
        raise Refused("Donnez le fichier à nettoyer, ou --retype avec le texte recopié.")
    else:
        made = scrub(asked.file, asked.out)
    if asked.json:
        told = {"tool": made.tool, "version": made.version, "mode": made.mode}
        tell_json({**told, "sha256": made.sha256, "removed": made.removed.splitlines()})
    elif made.mode == MAT2:
        tell(say("Retiré par {tool} {version} :", tool=made.tool, version=made.version))
        tell(made.removed or "–")
    remark(say("Un programme ne retire pas ce qui suit. Cherchez-le, page après page :"))
    for box in CHECKS:
        remark(f"  [ ] {box} : {say(ASKED[box])}")
    remark(say("En cas de doute : recopiez le texte (--retype). L'original reste scellé."))
    remark(say("Fiche de nettoyage : {name}", name=record_of(asked.out).name))
    return 0
