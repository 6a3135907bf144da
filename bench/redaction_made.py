"""PDF files to hide words in: invented names, written in all the ways that made others leak."""

from __future__ import annotations

import random
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw, ImageFont

FIRST = ("Jeanne", "Marcel", "Odette", "Édouard", "Noémie", "Gaëlle", "François", "Léa", "Hugues")
LAST = (
    "Marchandeau", "Delépine-Roux", "Brossolet", "Kerguénec", "Vandermeersch", "Oustalet",
    "Quignard", "Lœwenbrück", "Ferrandini", "Châtelperron", "Zimmerlin", "Poirotte",
)  # fmt: skip
FILLER = (
    "Le conseil municipal autorise le maire à signer le marché de vidéoprotection.",
    "Vu le code de la sécurité intérieure, notamment ses articles L. 251-1 et suivants ;",
    "Considérant que le système comprend douze caméras dans le périmètre indiqué ;",
    "Le montant est de 120 000 euros hors taxes pour une durée de quatre ans.",
)


class Case:
    """One file and the words that must not be read in its public copy."""

    def __init__(self, number: int) -> None:
        self.dice = random.Random(number)
        name = f"{self.dice.choice(FIRST)} {self.dice.choice(LAST)}"
        digits = "".join(self.dice.choice("0123456789") for _ in range(8))
        self.name = name
        self.phone = "0" + self.dice.choice("67") + digits
        self.email = f"contact.{digits[:4]}@{self.dice.choice(LAST).lower()}.example"
        self.email = self.email.encode("ascii", "ignore").decode()
        self.terms = [name, self.phone, self.email]

    def lines(self) -> list[str]:
        """Return lines of a page, with the words in one of their forms."""
        dice = self.dice
        first, last = self.name.split(" ", 1)
        grouped = " ".join(self.phone[i : i + 2] for i in range(0, 10, 2))
        half = len(last) // 2
        forms = [
            [f"Monsieur ou Madame {self.name}, demeurant à Villeneuve"],
            [f"{first} {last.upper()} a signé", f"téléphone {grouped}"],
            [f"le dossier de {first}", f"{last} est complet"],
            [f"présenté par {first} {last[:half]}-", f"{last[half:]} le jour même"],
            [f"{' '.join(last)} : {self.email}"],
            [f"{first}{last} {grouped} / +33 {self.phone[1]} {grouped[3:]}"],
            [f"courriel {self.email} de {self.name.lower()}"],
        ]
        rows = [dice.choice(FILLER) for _ in range(dice.randint(2, 14))]
        for form in dice.sample(forms, dice.randint(1, 4)):
            at = dice.randint(0, len(rows))
            rows[at:at] = form
        return rows


def write(path: Path, number: int) -> Case:
    """Write the file of that number; the same number gives the same file."""
    case = Case(number)
    dice = case.dice
    with pikepdf.new() as document:
        font = document.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type1,
                BaseFont=dice.choice([Name.Helvetica, Name("/Times-Roman"), Name.Courier]),
                Encoding=Name.WinAnsiEncoding,
            )
        )
        for _ in range(dice.randint(1, 4)):
            page: Any = document.add_blank_page(page_size=(595, 842))
            if dice.random() < 0.12:
                _scan(document, page, case.lines())
            else:
                page.Resources = Dictionary(Font=Dictionary(F1=font))
                page.Contents = document.make_stream(_content(case.lines(), dice))
            if dice.random() < 0.15:
                page.Rotate = dice.choice([90, 180, 270])
            if dice.random() < 0.15:
                page.CropBox = Array([20, 30, 580, 820])
        _plant(document, case)
        document.save(path, static_id=True)
    return case


def _content(lines: list[str], dice: random.Random) -> bytes:
    size = dice.choice([9, 10, 11, 12])
    shown = " ".join(f"<{line.encode('cp1252', 'replace').hex()}> Tj T*" for line in lines)
    return f"BT /F1 {size} Tf {size + 4} TL 60 760 Td {shown} ET".encode()


def _scan(document: pikepdf.Pdf, page: Any, lines: list[str]) -> None:
    image = Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(34)
    for row, line in enumerate(lines):
        draw.text((160, 160 + 60 * row), line, fill=0, font=font)
    out = BytesIO()
    image.save(out, "JPEG", quality=80)
    stream = document.make_stream(out.getvalue())
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.Width, stream.Height, stream.BitsPerComponent = image.width, image.height, 8
    stream.ColorSpace, stream.Filter = Name.DeviceGray, Name.DCTDecode
    page.Resources = Dictionary(XObject=Dictionary(I=stream))
    page.Contents = document.make_stream(b"q 595 0 0 842 0 0 cm /I Do Q")


def _plant(document: pikepdf.Pdf, case: Case) -> None:
    """Put the words where they are forgotten: title, bookmarks, notes, attachments, fields."""
    dice = case.dice
    if dice.random() < 0.5:
        document.docinfo["/Title"] = f"Dossier {case.name}"
    if dice.random() < 0.3:
        with document.open_metadata() as metadata:
            metadata["dc:creator"] = [case.name]
    if dice.random() < 0.3:
        with document.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem(f"Lettre de {case.name}", 0))
    if dice.random() < 0.3:
        document.attachments[f"{case.name}.txt"] = case.phone.encode()
    if dice.random() < 0.4:
        note = Dictionary(
            Type=Name.Annot, Subtype=Name.Text, Rect=Array([10, 10, 30, 30]),
            Contents=pikepdf.String(f"rappeler {case.name}"),
        )  # fmt: skip
        document.pages[0].Annots = Array([document.make_indirect(note)])
