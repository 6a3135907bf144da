"""The new file: pages as pictures with words below, other pages copied without what they carry.

Nothing is cut out of the old file. What is written is the same for the same pages, so that
making a copy twice gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from contrechamp.documents.domain.layout import Rect

from .blank import ASCENT, DESCENT, WIDTH, blank_font
from .painting import Packed

EM = WIDTH
"""Width of every sign of the invisible font, in thousandths."""
_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
1 beginbfrange
<0000> <FFFF> <0000>
endbfrange
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


class Writer:
    """Writes pages one after the other into a new PDF."""

    def __init__(self) -> None:
        self._document = pikepdf.new()
        self._font: Any = None

    def add_picture(
        self, packed: Packed, size: tuple[float, float], words: Iterable[tuple[str, Rect]]
    ) -> None:
        """Add a page that is a picture, with its words where they stand, not drawn."""
        width, height = (round(side, 2) for side in size)
        image = self._image(packed)
        text = _text(words, width, height)
        content = b"q %s 0 0 %s 0 0 cm /P Do Q\n" % (_n(width), _n(height)) + text
        resources = Dictionary(XObject=Dictionary(P=image))
        if text:
            resources.Font = Dictionary(T=self._invisible_font())
        self._append(
            Dictionary(
                Type=Name.Page,
                MediaBox=Array([0, 0, width, height]),
                Resources=resources,
                Contents=self._document.make_stream(content),
            )
        )

    def add_page(self, page: Dictionary) -> None:
        """Add a page of another document that was cleaned (`cleaning.clean_page`)."""
        self._append(self._document.copy_foreign(page))

    def save(self, path: Path) -> None:
        """Write the file: one revision, an identity made from its content, no date."""
        self._document.save(
            path,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            recompress_flate=True,
            fix_metadata_version=False,
        )
        self._document.close()

    def _append(self, page: Any) -> None:
        self._document.pages.append(pikepdf.Page(self._document.make_indirect(page)))

    def _image(self, packed: Packed) -> Any:
        image = self._document.make_stream(packed.data)
        image.Type, image.Subtype = Name.XObject, Name.Image
        image.Width, image.Height = packed.width, packed.height
        image.ColorSpace = Name.DeviceGray
        if packed.filter.startswith("CCITT"):
            image.BitsPerComponent = 1
            image.Filter = Name.CCITTFaxDecode
            parms = Dictionary(K=-1, Columns=packed.width, Rows=packed.height)
            if packed.filter.endswith("black"):
                parms.BlackIs1 = True
            image.DecodeParms = parms
        else:
            image.BitsPerComponent, image.Filter = 8, Name.DCTDecode
        return image

    def _invisible_font(self) -> Any:
        """Return the font of words that are not drawn: no outlines, so nothing to tell.

        Each code is the sign itself, whatever signs the pages hold.
        """
        if self._font is None:
            make = self._document.make_indirect
            descriptor = Dictionary(
                Type=Name.FontDescriptor,
                FontName=Name.Invisible,
                Flags=4,
                FontBBox=Array([0, DESCENT, EM, ASCENT]),
                ItalicAngle=0,
                Ascent=ASCENT,
                Descent=DESCENT,
                CapHeight=ASCENT,
                StemV=80,
                FontFile2=self._document.make_stream(blank_font(), Length1=len(blank_font())),
            )
            below = Dictionary(
                Type=Name.Font,
                Subtype=Name.CIDFontType2,
                BaseFont=Name.Invisible,
                CIDSystemInfo=Dictionary(
                    Registry=pikepdf.String("Adobe"),
                    Ordering=pikepdf.String("Identity"),
                    Supplement=0,
                ),
                DW=EM,
                FontDescriptor=make(descriptor),
            )
            # Every code has the one glyph.
            below.CIDToGIDMap = self._document.make_stream(bytes(2 * 0x10000))
            self._font = make(
                Dictionary(
                    Type=Name.Font,
                    Subtype=Name.Type0,
                    BaseFont=Name.Invisible,
                    Encoding=Name("/Identity-H"),
                    DescendantFonts=Array([make(below)]),
                    ToUnicode=self._document.make_stream(_TO_UNICODE),
                )
            )
        return self._font


def _text(words: Iterable[tuple[str, Rect]], width: float, height: float) -> bytes:
    """Return the words as text that is not drawn, each as wide and high as it is seen."""
    lines: list[bytes] = []
    for text, box in words:
        signs = [sign for sign in text if 32 < ord(sign) < 0xFFFE]
        if not signs:
            continue
        high = max(box.height * height, 0.2)
        wide = max(box.width * width, 0.1)
        stretch = 100 * wide / (high * len(signs) * EM / 1000)
        low = height - box.y1 * height + 0.2 * high
        lines.append(
            b"%s Tz /T %s Tf 1 0 0 1 %s %s Tm <%s> Tj"
            % (
                _n(stretch),
                _n(high),
                _n(box.x0 * width),
                _n(low),
                "".join(signs).encode("utf-16-be").hex().encode(),
            )
        )
    return b"BT 3 Tr\n" + b"\n".join(lines) + b"\nET\n" if lines else b""


def _n(number: float) -> bytes:
    return f"{number:.3f}".rstrip("0").rstrip(".").encode()


def write_pictures(path: Path, pages: Sequence[tuple[Packed, tuple[float, float]]]) -> None:
    """Write a PDF whose pages are pictures and nothing else."""
    writer = Writer()
    for packed, size in pages:
        writer.add_picture(packed, size, ())
    writer.save(path)
