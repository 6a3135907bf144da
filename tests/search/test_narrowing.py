"""Searches kept to dates, amounts, documents and collections, and what the page says of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from html import unescape as unescaped
from typing import Any

import pytest

from contrechamp.census import services as census
from contrechamp.documents import services as documents
from contrechamp.search import services
from contrechamp.search.queries import Query, search
from tests.documents import made
from tests.observatory import Observatory
from tests.people import Person, Text

from .conftest import Shelf, entry
from .test_census import here

__all__ = ["here"]


def unescape(text: str) -> Text:
    """Return what one reads, whichever space holds two words together."""
    return Text(unescaped(text))


def found(who: Person, query: str) -> set[str]:
    answer = who.opens(f"/recherche.json?{query}")
    return {row["id"] for row in json.loads(answer.text)["results"]}


@pytest.fixture
def dated(shelf: Shelf) -> Shelf:
    shelf.publishes(
        entry("2019", "drone", date=date(2019, 6, 1), amount=10_000.0),
        entry("2021", "drone", date=date(2021, 6, 1), amount=50_000.0),
        entry("2024", "drone", date=date(2024, 6, 1), amount=2_500_000.5),
        entry("undated", "drone"),
    )
    return shelf


@pytest.mark.parametrize(
    ("query", "years"),
    [
        ("q=drone+date:2020..2022", {"2021"}),
        ("q=drone&depuis=2020&jusqua=2022", {"2021"}),
        ("q=drone+avant:2021", {"2019"}),
        ("q=drone&jusqua=juin 2021", {"2019", "2021"}),
        ("depuis=2024", {"2024"}),
        ("q=drone+montant:>50000", {"2024"}),
        ("q=drone&montant_min=10 000 €&montant_max=50k", {"2019", "2021"}),
        ("q=montant:10000..50000+depuis:2020", {"2021"}),
        ("q=drone&depuis=jamais", {"2019", "2021", "2024", "undated"}),
    ],
)
def test_only_what_lies_between_the_bounds_is_found(
    visitor: Person, dated: Shelf, query: str, years: set[str]
) -> None:
    assert found(visitor, query) == years


def test_nonsense_has_its_sentence_beside_its_field(visitor: Person, dated: Shelf) -> None:
    page = unescape(visitor.opens("/recherche?q=drone&depuis=jamais&montant_min=cher").text)
    assert "« jamais » n'est pas une date que nous comprenons" in page
    assert "« cher » n'est pas un montant" in page
    assert 'aria-describedby="limit-depuis-problem"' in page
    assert "4 résultats" in page
    page = unescape(visitor.opens("/recherche?q=drone+date:demain").text)
    assert "« date:demain » n'est pas une date" in page


def test_bounds_are_chips_that_can_be_taken_off(visitor: Person, dated: Shelf) -> None:
    page = visitor.opens("/recherche?q=drone&depuis=2020&montant_max=60000").text
    assert 'class="chip" href="?q=drone&amp;montant_max=60000"' in page
    assert "60\u202f000\xa0€" in page
    assert 'href="?q=drone"' in page


@pytest.mark.parametrize(
    "query",
    [
        "depuis=%00&jusqua=%00",
        "montant_min=999999999999999999999",
        "depuis=9999-99-99",
        "document=x&collection=y",
        "document=" + "a" * 300,
        "type=%00&statut=%00",
        "q=document:zz+collection:zz",
        "q=titre:",
        "exactement=1",
        "depuis=2020&depuis=2021",
    ],
)
@pytest.mark.parametrize("ending", ["", ".json", ".atom", ".jsonfeed", ".csv"])
def test_odd_bounds_are_answered(visitor: Person, dated: Shelf, ending: str, query: str) -> None:
    assert visitor.opens(f"/recherche{ending}?{query}").status == 200


def test_a_contract_is_found_by_its_amount(visitor: Person, here: Observatory) -> None:

    by: dict[str, Any] = {"actor": here.author, "now": made.NOW}
    claim = census.add_claim(
        subject=here.contract,
        property="awarded_to",
        target=here.company,
        amount=120_000,
        currency="EUR",
        amount_kind="awarded",
        **by,
    )
    census.add_evidence(
        claim, kind="document", document=here.sha256, quote=here.quote.pk, page=2, **by
    )
    census.submit([claim.pk], **by)
    report = census.publish([claim.pk], reviewer=here.editor, now=made.NOW)
    assert report.refused == []
    services.refresh(wait=True)
    assert here.contract.pk in found(visitor, "montant_min=100000&montant_max=130000")
    assert found(visitor, "montant_min=130001") == set()


def test_a_document_leads_to_the_search_within_it(visitor: Person, here: Observatory) -> None:
    other = made.document(texts=[("Des caméras ailleurs",)], by=here.author)
    services.note([f"documents:page:{made.key(other)}/1"])
    services.refresh(wait=True)
    card = visitor.opens(f"/documents/{here.sha256}").text
    assert f'<input type="hidden" name="document" value="{here.sha256}">' in card

    assert search(Query(text="caméras", kind=("page",))).total == 2
    inside = visitor.opens(f"/recherche?q=caméras&type=page&document={here.sha256}").text
    assert "1 résultat" in inside
    assert "Délibération du conseil municipal de Nice" in inside
    assert 'class="chip" href="?q=cam%C3%A9ras&amp;type=page"' in inside
    short = visitor.opens(f"/recherche?q=caméras+document:{here.sha256[:14]}&type=page").text
    assert "1 résultat" in short


def test_a_collection_leads_to_the_search_within_it(visitor: Person, here: Observatory) -> None:
    collection = documents.make_collection(title="Délibérations", actor=here.author)
    documents.collect(collection, [here.document])
    services.refresh(wait=True)
    assert found(visitor, "q=caméras&collection=deliberations") == set()

    documents.show_collection(collection, actor=here.editor)
    services.refresh(wait=True)
    page = visitor.opens("/documents/collections/deliberations").text
    assert '<input type="hidden" name="collection" value="deliberations">' in page
    assert f"{here.sha256}/2" in found(visitor, "q=caméras&collection=deliberations")
    assert "Délibérations" in visitor.opens("/recherche?q=caméras&collection=deliberations").text

    documents.take_out(collection, here.document)
    services.refresh(wait=True)
    assert found(visitor, "q=caméras&collection=deliberations") == set()


def test_what_is_not_public_has_no_title_as_a_scope(visitor: Person, here: Observatory) -> None:
    draft = made.document(
        texts=[("Zorglub",)], by=here.author, title="Projet secret", state="DRAFT",
        access="TEAM", published_at=None,
    )  # fmt: skip
    documents.make_collection(title="Collection secrète", actor=here.author)
    asked = f"q=caméras&document={made.key(draft)}&collection=collection-secrete"
    hidden = visitor.opens(f"/recherche?{asked}")
    never = visitor.opens(
        f"/recherche?{asked.replace(made.key(draft), '0' * 64).replace('secrete', 'jamaise')}"
    )
    assert "Projet secret" not in hidden.text
    assert "Collection secrète" not in hidden.text
    assert hidden.status == never.status == 200


def test_letters_may_be_wrong(visitor: Person, shelf: Shelf) -> None:
    shelf.publishes(entry("1", "La vidéoprotection de la ville"))
    page = unescape(visitor.opens("/recherche?q=vidéoprotecsion").text)
    assert "1 résultat" in page
    assert "à une ou deux lettres près" in page
    assert "<mark>vidéoprotection</mark>" in page
    assert "lu comme « vidéoprotection »" in page
    assert "Vouliez-vous dire" in page


def test_the_words_alone_can_be_sought_exactly(visitor: Person, shelf: Shelf) -> None:
    shelf.publishes(entry("1", "La vidéoprotection"), entry("2", "Les vidéosurveillances"))
    wide = unescape(visitor.opens("/recherche?q=vidéosurveillance").text)
    assert "2 résultats" in wide
    assert "a été cherché aussi sous les noms : vidéoprotection" in wide
    assert 'href="?q=vid%C3%A9osurveillance&exactement=1"' in wide
    narrow = visitor.opens("/recherche?q=vidéosurveillance&exactement=1").text
    assert "Aucun résultat" in narrow
    assert "1 résultat" in visitor.opens("/recherche?q=vidéosurveillances&exactement=1").text


def test_each_result_says_why_it_is_there(visitor: Person, shelf: Shelf) -> None:
    shelf.publishes(entry("1", "Lecture automatisée de plaques", title="Nice"))
    page = unescape(visitor.opens("/recherche?q=LAPI+nice").text)
    assert "Trouvé dans le titre, dans le texte, par un synonyme" in page
    assert "« LAPI » : par le synonyme « Lecture automatisée de plaques », dans le texte." in page
    assert "« nice » : sous la forme « Nice »" not in page  # Case is no other form.


def test_a_page_says_which_of_how_many_it_is(visitor: Person, shelf: Shelf) -> None:
    shelf.publishes(*(entry(str(n), "drone") for n in range(45)))
    first = visitor.opens("/recherche?q=drone").text
    assert "page 1 sur 3" in first
    cursor = json.loads(visitor.opens("/recherche.json?q=drone").text)["next"]
    assert "page 2 sur 3" in visitor.opens(f"/recherche?q=drone&suite={cursor}").text


def test_a_feed_in_json_holds_what_the_atom_feed_holds(visitor: Person, shelf: Shelf) -> None:
    shelf.publishes(entry("1", "drone", date=date(2026, 5, 1)))
    answer = visitor.opens("/recherche.jsonfeed?q=drone")
    assert answer.headers["Content-Type"].startswith("application/feed+json")
    feed = json.loads(answer.text)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["home_page_url"] == "http://testserver/recherche?q=drone"
    (item,) = feed["items"]
    assert item["url"] == "http://testserver/shelf/1"
    assert f"<id>{item['id']}</id>" in visitor.opens("/recherche.atom?q=drone").text


@pytest.mark.parametrize("page", ["", ".json", ".atom"])
def test_twenty_results_cost_as_many_questions_as_two(
    visitor: Person,
    here: Observatory,
    django_assert_max_num_queries: Callable[[int], Any],
    page: str,
) -> None:
    for number in range(20):
        document = made.document(
            texts=[(f"Des caméras, {number}",)], by=here.author, title=f"Acte {number}"
        )
        services.note([f"documents:page:{made.key(document)}/1"])
    services.refresh(wait=True)
    visitor.opens(f"/recherche{page}?q=caméras")
    with django_assert_max_num_queries(32):
        visitor.opens(f"/recherche{page}?q=caméras")
