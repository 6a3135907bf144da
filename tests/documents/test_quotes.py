"""Quotes are made, shown, hidden, and found again when a page is read anew."""

from __future__ import annotations

import pytest

from contrechamp.accounts.models import User
from contrechamp.documents import queries, services
from contrechamp.documents.models import Quote, TextLayer
from contrechamp.documents.signals import quote_unanchored
from tests import make
from tests.documents import made
from tests.documents.made import NOW


@pytest.fixture
def author(db: None) -> User:
    return make.user("marianne")


def cite(key: str, author: User, **what: object) -> Quote:
    return services.cite(key, **{"page": 1, **what}, actor=author, now=NOW)  # type: ignore[arg-type]


def test_words_of_a_page_become_a_quote_with_its_place(author: User) -> None:
    key = made.key(made.document())
    quote = cite(key, author, exact="marché de vidéoprotection avec la société")

    assert quote.exact == "marché\nde vidéoprotection avec la société"
    assert quote.prefix.endswith("autorise le maire à signer le ")
    assert quote.suffix.startswith(" Exemple Optique.")
    first, second = quote.rects["1"]
    assert first[0] > 0.5
    assert second[0] == pytest.approx(72 / 595, abs=0.005)
    assert first[1] < second[1]


def test_offsets_and_words_say_the_same(author: User) -> None:
    key = made.key(made.document())
    text = queries.current_text(key, 1) or ""
    start = text.index("120 000")
    by_offsets = cite(key, author, start=start - 1, end=start + 14)
    by_words = cite(key, author, exact="120 000 euros")

    assert by_offsets == by_words
    assert Quote.objects.count() == 1


def test_a_rectangle_cites_the_words_that_it_holds(author: User) -> None:
    key = made.key(made.document())
    quote = cite(key, author, rects=[[0.1, 0.21, 0.9, 0.24]])

    assert quote.exact == "Le montant est de 120 000 euros hors taxes."
    (box,) = quote.rects["1"]
    assert box[0] == pytest.approx(72 / 595, abs=0.003)  # Around the words, not as drawn.
    assert box[2] < 0.9


def test_a_rectangle_over_one_of_two_columns_stays_as_drawn(author: User) -> None:
    document = made.document(content=made.scan(), texts=[()], kind="image", mime="image/png")
    key = made.key(document)
    words = [[n * 2, n * 2 + 1, 0.1 + 0.5 * (n % 2), 0.1 + 0.1 * (n // 2), 0.3 + 0.5 * (n % 2),
              0.15 + 0.1 * (n // 2), 90] for n in range(4)]  # fmt: skip
    read_anew(key, "a b c d", words=words)
    quote = cite(key, author, rects=[[0.05, 0.05, 0.4, 0.3]])

    assert quote.exact == "a b c"
    assert quote.rects == {"1": [[0.05, 0.05, 0.4, 0.3]]}


def test_a_rectangle_without_words_cites_the_picture(author: User) -> None:
    key = made.key(made.document())
    stamp = [[0.5, 0.5, 0.9, 0.9]]
    quote = cite(key, author, rects=stamp)

    assert quote.exact == ""
    assert cite(key, author, rects=stamp) == quote
    assert cite(key, author, rects=[[0.1, 0.6, 0.3, 0.9]]) != quote


def test_a_passage_may_run_over_two_pages(author: User) -> None:
    texts = [
        ("Le conseil autorise", "le maire à signer"),
        ("le marché de caméras.", "Fait à Nice."),
    ]
    key = made.key(made.document(texts=texts))
    quote = cite(key, author, start=20, end=21, page_to=2)

    assert (quote.page_from, quote.page_to) == (1, 2)
    assert quote.exact == "le maire à signer\nle marché de caméras."
    assert set(quote.rects) == {"1", "2"}


@pytest.mark.parametrize(
    "what",
    [
        {"exact": "le préfet autorise les drones"},
        {"exact": "   "},
        {"start": 4, "end": 4},
        {"start": 9000, "end": 9100},
        {"page": 7, "exact": "le maire"},
        {"page": 1, "page_to": 3, "exact": "le maire"},
        {"rects": [[0, 0, 3, 1]]},
        {"page": 9, "rects": [[0, 0, 1, 1]]},
        {},
    ],
)
def test_what_is_not_on_the_page_is_refused_and_leaves_nothing(
    author: User, what: dict[str, object]
) -> None:
    key = made.key(made.document())
    with pytest.raises(services.NoSuchPassage):
        cite(key, author, **what)
    assert not Quote.objects.exists()


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_places_are_those_that_one_sees_on_a_turned_and_cropped_page(
    author: User, rotate: int
) -> None:
    # The page that one sees begins at (50, 400) of the file and is 400 wide, 350 high.
    content = made.pdf(rotate=rotate, crop=(50, 400, 450, 750))
    key = made.key(made.document(content=content, texts=[made.drawn(content)]))
    (x0, y0, x1, y1), *_ = cite(key, author, exact="VILLE DE").rects["1"]

    # Unturned, the words begin 22 points from the left, and end 50 points from the top.
    left, low = (72 - 50) / 400, (750 - 700) / 350
    begins, ends = {
        0: ((x0, y1), (left, low)),
        90: ((x0, y0), (1 - low, left)),
        180: ((x1, y0), (1 - left, 1 - low)),
        270: ((x1, y1), (low, 1 - left)),
    }[rotate]
    assert begins == pytest.approx(ends, abs=0.012)
    assert ((x1 - x0) > (y1 - y0)) == (rotate in {0, 180})


def test_a_quote_is_shown_and_hidden(author: User) -> None:
    key = made.key(made.document())
    quote = cite(key, author, exact="le maire")
    assert not queries.quotes_of(key).exists()

    services.show_quotes([quote.id])
    assert list(queries.quotes_of(key)) == [quote]
    assert queries.quote_url(quote.id) == f"/documents/{key}/page/1#{quote.id}"

    services.hide_quotes([quote.id])
    assert not queries.quotes_of(key).exists()
    assert list(queries.quotes_of(key, public_only=False)) == [quote]
    assert queries.find_quote("q-0000000000") is None


def read_anew(key: str, text: str, page: int = 1, **fields: object) -> TextLayer:
    found = queries.find_page(key, page)
    assert found
    return made.layer(found, text, kind="OCR", engine="tesseract", **fields)


def test_a_page_read_anew_keeps_its_quotes(author: User) -> None:
    key = made.key(made.document())
    quote = cite(key, author, exact="marché de vidéoprotection avec la société Exemple Optique")
    layer = read_anew(
        key,
        "Le conseil autorise le maire à signer le marche de vidéoprotection\n"
        "avec la socièté Exemple Optlque. Le montant est de 120 000 euros.",
    )

    assert services.anchor_again(key, 1) == []
    quote.refresh_from_db()
    assert quote.anchored
    assert quote.layer == layer
    assert quote.exact.startswith("marché")  # What was cited stays as it was cited.


def test_a_quote_is_found_on_the_page_beside(author: User) -> None:
    key = made.key(made.document(texts=[("Première page.",), ("Le maire signe le marché.",)]))
    quote = cite(key, author, page=2, exact="Le maire signe le marché.")
    read_anew(key, "Première page. Le maire signe le marché.", page=1)
    read_anew(key, "Tout autre chose.", page=2)
    services.anchor_again(key, 2)
    quote.refresh_from_db()

    assert quote.page_from == quote.page_to == 1
    assert quote.anchored


def test_a_quote_that_is_read_badly_is_found_by_its_place(author: User) -> None:
    key = made.key(made.document())
    quote = cite(key, author, exact="Le montant est de 120 000 euros hors taxes.")
    (x0, y0, x1, y1), *_ = quote.rects["1"]
    text = "Le m0ntarit est cle 12O OO0 eur0s h0rs taxes."
    read_anew(key, text, words=[[0, len(text), x0, y0, x1, y1, 51]])

    assert services.anchor_again(key, 1) == []
    quote.refresh_from_db()
    assert quote.anchored


def test_a_quote_that_is_lost_is_told_once_and_never_dropped(author: User) -> None:
    key = made.key(made.document())
    quote = cite(key, author, exact="le maire à signer")
    rects = quote.rects
    told: list[str] = []

    def hear(sender: object, quote_id: str, **_: object) -> None:
        told.append(quote_id)

    quote_unanchored.connect(hear)
    try:
        read_anew(key, "Une page dont rien ne reste.")
        assert services.anchor_again(key, 1) == [quote.id]
        assert services.anchor_again(key, 1) == [quote.id]
    finally:
        quote_unanchored.disconnect(hear)
    quote.refresh_from_db()

    assert told == [quote.id]
    assert not quote.anchored
    assert quote.rects == rects

    read_anew(key, "Le conseil autorise le maire à signer.")
    services.anchor_again(key, 1)
    quote.refresh_from_db()
    assert quote.anchored


def test_pages_without_quotes_cost_one_read(
    author: User, django_assert_num_queries: object
) -> None:
    key = made.key(made.document())
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert services.anchor_pages([(key, number) for number in range(1, 200)]) == []


def test_news_of_a_text_lets_quotes_be_looked_for(
    author: User, django_capture_on_commit_callbacks: object
) -> None:
    from contrechamp.documents.signals import page_text_ready

    key = made.key(made.document())
    quote = cite(key, author, exact="le maire à signer")
    read_anew(key, "Rien de tel.")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        page_text_ready.send(None, pages=[(key, 1)])
    quote.refresh_from_db()

    assert not quote.anchored
