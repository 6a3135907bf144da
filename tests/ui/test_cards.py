"""The pictures that links are shown with."""

from __future__ import annotations

import io

from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFont

from contrechamp.ui.domain import cards
from contrechamp.ui.domain.cards import FONTS, HEIGHT, WIDTH, Card, balanced, draw, fit, wrap

FONT = ImageFont.truetype(str(FONTS / "title.ttf"), 48)
LONG = (
    "Expérimentation de la reconnaissance faciale aux abords de l'hôtel de la communauté "
    "d'agglomération de Saint-Quentin-en-Yvelines et du Palais des congrès : 1 245 caméras"
)
TEXTS = st.text(alphabet=st.sampled_from("abcé —-'ÀŒ« \u00a0\u202f\n"), max_size=400)


def picture(card: Card) -> Image.Image:
    return Image.open(io.BytesIO(draw(card)))


def test_a_card_has_the_size_that_other_sites_ask_for() -> None:
    image = picture(Card(label="Projet", title="Caméras de Nice"))
    assert image.size == (WIDTH, HEIGHT)
    assert image.format == "PNG"


def test_the_same_words_give_the_same_bytes_and_others_do_not() -> None:
    card = Card(label="Projet", title=LONG, status="verified", status_label="vérifié")
    assert draw(card) == draw(card)
    assert draw(card) != draw(Card(label="Projet", title=LONG))


def test_a_card_is_light() -> None:
    assert len(draw(Card(label="Fait", title=LONG, summary=LONG, figures=("12 faits",)))) < 60_000


@settings(max_examples=25, deadline=None)
@given(title=TEXTS, summary=TEXTS)
def test_any_words_make_a_card_whose_margin_stays_empty(title: str, summary: str) -> None:
    card = Card(label="Fait", title=title, place=title[:90], summary=summary, figures=(title,))
    image = picture(card).convert("RGB")
    margin = image.crop((cards.RIGHT + 12, 0, WIDTH, HEIGHT))
    assert margin.getcolors(4) == [(margin.width * margin.height, (251, 249, 244))]


@settings(max_examples=60, deadline=None)
@given(text=TEXTS, width=st.integers(80, 1000))
def test_lines_are_never_wider_and_lose_no_letter(text: str, width: int) -> None:
    lines = wrap(text, FONT, width)
    assert all(FONT.getlength(line) <= width or len(line) == 1 for line in lines)
    assert "".join("".join(lines).split()) == "".join(cards._plain(text).split())
    assert len(balanced(text, FONT, width, len(lines))) <= max(len(lines), 1)


def test_what_french_holds_together_is_not_broken() -> None:
    text = "Combien\u00a0? 1\u202f245\u00a0caméras"
    for width in range(60, 700, 20):
        for line in wrap(text, FONT, width)[1:]:
            assert not line.startswith("?") or FONT.getlength("Combien\u00a0?") > width


def test_what_is_cut_says_so() -> None:
    cut = fit(LONG, FONT, 400)
    assert cut.endswith("…")
    assert FONT.getlength(cut) <= 400
    assert fit("Nice", FONT, 400) == "Nice"


def test_each_letter_of_french_is_drawn() -> None:
    missing = FONT.getmask("\U0010fffd").getbbox()
    for name in ("title", "text", "strong"):
        font = ImageFont.truetype(str(FONTS / f"{name}.ttf"), 48)
        unknown = bytes(font.getmask("\U0010fffd"))
        for sign in "àâäçéèêëîïôöùûüÿœæÀÂÇÉÈÊËÎÏÔÙÛŒÆ«»’…–—€°·":
            assert bytes(font.getmask(sign)) != unknown, (name, sign)
    assert missing


def test_the_licences_of_the_letters_are_shipped() -> None:
    for name in ("serif", "sans"):
        assert "SIL OPEN FONT LICENSE" in (FONTS / f"LICENSE-{name}.txt").read_text().upper()
