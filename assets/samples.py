"""Write the sample documents that `contrechamp demo` reads: our own words, from our own data.

Run by hand (`make samples`) when the starter census changes: it needs Chromium and playwright.
The letter is drawn as a scan, a little askew, so that a demo shows how a scan is read.
"""

from __future__ import annotations

import csv
import random
import sys
from html import escape
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image
from playwright.sync_api import PdfMargins, sync_playwright

STARTER = Path(__file__).parents[1] / "src" / "contrechamp" / "starter"
OUT = STARTER / "documents"
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
TILT_DEGREES, DPI = 0.6, 150
MARGINS: PdfMargins = {"top": "22mm", "bottom": "22mm", "left": "22mm", "right": "22mm"}

STYLE = """<style>
body { font: 11pt/1.5 "DejaVu Serif", serif; margin: 0; }
h1 { font-size: 17pt; line-height: 1.25; } h2 { font-size: 13pt; margin-top: 1.4em; }
p { margin: .55em 0; } .meta { color: #444; font-size: 9.5pt; } li { margin: .3em 0; }
</style>"""

QUESTIONS = (
    "Combien de caméras la commune exploite-t-elle, et où ?",
    "Quelles fonctions d'analyse automatique le logiciel contient-il, même désactivées ?",
    "Une analyse d'impact relative à la protection des données a-t-elle été faite ? Quand ?",
    "Pendant combien de jours les images sont-elles gardées, et qui peut les voir ?",
    "Combien de fois les images ont-elles servi à une enquête l'an dernier ?",
    "Quel est le coût complet : achat, entretien, personnel, subventions reçues ?",
    "Quel arrêté préfectoral autorise le système, et quand doit-il être renouvelé ?",
)


def main() -> int:
    """Write the four documents."""
    OUT.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page()
        for name, html in (("releve-var-2025.pdf", survey()), ("letter.pdf", letter())):
            page.set_content(STYLE + html)
            page.pdf(path=OUT / name, format="A4", margin=MARGINS)
        browser.close()
    scan(OUT / "letter.pdf", OUT / "questions-a-la-mairie.pdf")
    (OUT / "letter.pdf").unlink()
    return 0


def survey() -> str:
    """Return the survey of the Var: one sentence a system, and where each was read."""
    with (STARTER / "var_systems.csv").open(encoding="utf-8") as file:
        rows = [
            row for row in csv.DictReader(file) if row["decision_property"] == "authorising_act"
        ]
    parts = [
        "<h1>Relevé n° 1 — Les caméras autorisées pour des organismes publics du Var</h1>",
        '<p class="meta">Contrechamp, novembre 2026. Établi à la lecture de trois recueils des '
        "actes administratifs de la préfecture du Var (janvier et février 2025).</p>",
        "<p>Les trois recueils contiennent 299 décisions, réunies sous trois numéros d'acte "
        "seulement. Ce relevé cite une à une celles qui concernent une commune ou un autre "
        "organisme public. Les autres, commerces et particuliers, ne sont pas nommées ici : "
        "l'observatoire n'en garde que le nombre par commune.</p>",
        f"<h2>{len(rows)} autorisations</h2>",
    ]
    for row in sorted(rows, key=lambda row: (row["town"], row["name"])):
        parts.append(f"<p>{escape(sentence(row))}</p>")
    parts.append(
        "<h2>Comment ce relevé a été fait</h2><p>Les nombres de caméras sont ceux de l'article "
        "premier de chaque arrêté. Quand un arrêté modifie un système existant, les nombres "
        "donnés avant et après sont difficiles à distinguer : nous n'en retenons aucun.</p>"
    )
    return "".join(parts)


def sentence(row: dict[str, str]) -> str:
    """Return what the survey says of one system."""
    place = row["name"].split(" — ")[0].removeprefix("Vidéoprotection : ")
    facts = [f"{row['town']} ({place}), {row['holder']}"]
    if row["cameras"]:
        count = int(row["cameras"])
        on_way = f", dont {row['public_way']} sur la voie publique" if row["public_way"] else ""
        facts.append(
            f"{count} caméra{'s' if count > 1 else ''} autorisée{'s' if count > 1 else ''}{on_way}"
        )
    if row["days"]:
        facts.append(f"images gardées {row['days']} jours")
    if row["number"]:
        facts.append(f"dossier n° {row['number']}")
    where = (
        f"acte {row['act']}, page {row['page']} du recueil" if row["page"] else f"acte {row['act']}"
    )
    return " ; ".join(facts) + f" ({where})."


def letter() -> str:
    """Return a letter that a resident may send to a town hall."""
    questions = "".join(f"<li>{escape(question)}</li>" for question in QUESTIONS)
    return (
        "<p>Collectif des habitantes et des habitants</p><p>À l'attention de Madame ou Monsieur "
        "le Maire</p><h1>Demande de documents sur la vidéosurveillance</h1><p>Madame, Monsieur "
        "le Maire,</p><p>Nous souhaitons comprendre les caméras de notre commune. Nous vous "
        "demandons les documents qui répondent aux questions suivantes, en application du code "
        f"des relations entre le public et l'administration :</p><ol>{questions}</ol><p>Si un "
        "document contient des passages qui ne peuvent pas être communiqués, nous vous demandons "
        "de nous le remettre après les avoir occultés.</p><p>Veuillez agréer, Madame, Monsieur "
        "le Maire, nos salutations distinguées.</p>"
    )


def scan(source: Path, target: Path) -> None:
    """Draw a PDF as a grey scan, a little askew and speckled, without any text."""
    with pdfium.PdfDocument(source) as document:
        image = document[0].render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
    image = image.rotate(TILT_DEGREES, fillcolor=250, resample=Image.Resampling.BICUBIC)
    dice = random.Random(2026)  # noqa: S311  speckles, the same each time
    pixels = image.load()
    for _ in range(2500):
        pixels[dice.randrange(image.width), dice.randrange(image.height)] = dice.randrange(120, 220)
    image.save(target, "PDF", resolution=DPI, quality=60)


if __name__ == "__main__":
    sys.exit(main())
