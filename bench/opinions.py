"""Time the import of 60,000 made-up opinions in the layout of the CADA, and their search.

    CONTRECHAMP_DATA=/tmp/bench-opinions python -m bench.opinions [COUNT]

Prints seconds of the import and of the same file again, peak memory, the 95th percentile of
precedents (each kind of the catalogue and typed queries, misspelt ones too) and of the list page,
each beside its target. The words are invented; their number and length are those of the real file
(median 2,000 signs, 190 MB).
"""

from __future__ import annotations

import os
import random
import resource
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

from contrechamp.opinions.domain.layout import Row, write_rows

COUNT = 60_000
IMPORT_S, PRECEDENTS_MS, PAGE_MS, MEMORY_MB = 60, 30, 200, 400
TOWNS = "Aubeterre Bellerive Clairval Doucy Erquan Fontarce Grandpré Hautvoir Issarmes Jolival"
ASKED = (
    "du permis de construire délivré à son voisin",
    "de son dossier médical",
    "du rapport d'analyse des offres d'un marché public de travaux",
    "des délibérations du conseil municipal et de leurs annexes",
    "de l'ensemble des factures de l'exercice",
    "des courriers échangés avec le préfet",
    "de la liste des logements sociaux",
    "du procès-verbal d'infraction au code de l'urbanisme",
)
WATCHED = (
    "des autorisations préfectorales d'installation de la vidéoprotection",
    "de l'étude d'impact du dispositif de vidéosurveillance et des échanges avec la CNIL",
    "du plan d'implantation des caméras de vidéoprotection",
    "des arrêtés autorisant l'usage de drones par la police",
    "du marché public relatif au logiciel d'analyse d'images",
    "de la demande de subvention au FIPD pour des caméras",
)
SENSES = (
    *("Favorable", "Favorable", "Favorable/Sauf vie privée", "Favorable, Défavorable/Vie privée"),
    *("Défavorable/Sécurité publique", "Sans objet/Inexistant", "Sans objet/Communiqué"),
    *("Irrecevable/Documentation, établissement de document", "Incompétence/Juridictionnel"),
    "Favorable/Sauf secret des affaires",
)
TYPED = (
    *("vidéoprotection", "videoprotectoin caméra", '"étude d\'impact" OU AIPD', "marché public"),
    *("permis de construire", "drone OU aéronef", "factures -marché", "courriers préfet"),
)


def rows(count: int) -> Iterator[Row]:
    """Yield made-up opinions; one in a hundred is about surveillance."""
    dice = random.Random(6)
    words = [f"{a}{b}{c}" for a in ("com", "pre", "sur", "del", "art", "mun") for b in
             ("mu", "fec", "veil", "ibe", "icl", "icip") for c in
             ("nique", "ture", "lance", "ration", "e", "al", "ement", "ité", "es")]  # fmt: skip
    for at in range(count):
        day = date(2012, 11, 1) + timedelta(days=at * 4_200 // count)
        body = f"maire de {dice.choice(TOWNS.split())}"
        asked = dice.choice(WATCHED if at % 100 == 0 else ASKED)
        long = " ".join(dice.choices(words, k=int(dice.lognormvariate(5.55, 0.75))))
        yield Row(
            number=f"{day.year}{at % 10_000:04d}" if count <= 10_000 else f"{10_000_000 + at}",
            administration=f"Mairie de {body.rpartition(' ')[2]}",
            year=day.year,
            session_on=day,
            themes="Affaires Municipales",
            keywords="Commune, Document administratif",
            senses=dice.choice(SENSES),
            part="III",
            text=f"Monsieur X a saisi la commission d'accès aux documents administratifs, à la "
            f"suite du refus opposé par le {body} à sa demande de communication {asked}.\n\nLa "
            f"commission rappelle que l'étude en est {long}.",
        )


def main() -> None:
    """Print each measure beside its target."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contrechamp.project.settings")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client
    from django.utils import timezone

    from contrechamp.opinions import queries, services
    from contrechamp.opinions.domain import kinds

    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    settings.ALLOWED_HOSTS = ["testserver"]
    data = Path(settings.CONTRECHAMP.data)
    data.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    file = data / "made-up.csv"
    if not file.exists():
        with file.open("w", encoding="utf-8", newline="") as out:
            out.writelines(write_rows(rows(count)))
    print(f"{count} opinions, {file.stat().st_size / 1e6:.0f} MB")
    for what in ("import", "again"):
        began = perf_counter()
        done = services.import_file(file, now=timezone.now())
        print(f"{what}: {perf_counter() - began:.1f} s (target {IMPORT_S}); {done.plain()}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory: {memory:.0f} MB (target {MEMORY_MB})")
    asked = [*(kind.query for kind in kinds().values()), *TYPED]
    _tell("precedents", asked, queries.precedents, PRECEDENTS_MS)
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "none"  # Else kept pages would answer.
    pages = ["/avis-cada", *(f"/avis-cada?q={text}&sujet=tous" for text in TYPED)]
    _tell("page", pages, client.get, PAGE_MS)


def _tell(what: str, asked: list[str], answer: Callable[[str], object], target: float) -> None:
    answer(asked[0])
    taken = []
    for text in asked * 5:
        began = perf_counter()
        answer(text)
        taken.append((1000 * (perf_counter() - began), text))
    taken.sort()
    slowest, text = taken[-1]
    half, most = (taken[len(taken) * part // 100][0] for part in (50, 95))
    print(f"{what}: p50 {half:.1f} ms, p95 {most:.1f} ms (target {target})")
    print(f"  slowest {slowest:.0f} ms: {text[:70]}")


if __name__ == "__main__":
    main()
