"""Reasons and refusals are read apart, and joined by sentence, by item, and by clause."""

from __future__ import annotations

import pytest

from bench import refusals as bench
from contrechamp.foi.domain.refusals import UNCLEAR, ReplyKind, read_reply

SECURITY = "L311-5-2d"
BUSINESS = "L311-6-business"
PRIVACY = "L311-6-privacy"
RIGHT_ON_HELD, WRONG_ON_HELD = 36, 2


@pytest.mark.parametrize(
    "text",
    [
        "Votre demande est rejetée : ces documents relèvent de la sécurité publique"
        " (article L. 311-5).",
        "Je ne peux donner suite à votre demande, ces documents étant couverts par la sécurité"
        " publique.",
        "Votre demande est rejetée. Motif : sécurité publique.",
        "La sécurité publique s'oppose à cette communication, que je refuse.",
    ],
)
def test_a_reason_named_beside_a_refusal_is_its_reason(text: str) -> None:
    reading = read_reply(text)
    assert reading.codes == (SECURITY,)
    assert all(text[one.start : one.end] == one.quote for one in reading.findings)


def test_a_reason_far_from_the_refusal_is_its_reason_when_there_is_no_other() -> None:
    between = "Vos courriels ont été lus. " * 4
    text = f"Votre demande est rejetée. {between}Ces documents relèvent de la sécurité publique."
    assert read_reply(text).codes == (SECURITY,)


@pytest.mark.parametrize(
    "denial",
    [
        "Aucune mention ne relève du secret des affaires.",
        "Le contrat ne contient pas d'élément contraire à la sécurité publique, à la vie privée ou"
        " au secret des affaires.",
        "Le secret des affaires n'est pas opposable ici.",
        "La ville renonce à opposer la sécurité publique.",
        "J'avais opposé le secret des affaires.",
        "Si ces pièces étaient couvertes par le secret des affaires, nous le dirions.",
        "Le directeur de la sécurité publique a lu votre lettre.",
    ],
)
def test_a_reason_that_is_denied_recalled_or_a_title_is_none(denial: str) -> None:
    assert read_reply(f"Je refuse votre demande. {denial}").codes in ((), ("none",))


def test_a_denial_ends_at_the_turn_of_the_sentence() -> None:
    text = (
        "Votre demande est rejetée. Le contrat ne relève pas de la sécurité publique, mais il est"
        " couvert par le secret des affaires."
    )
    assert read_reply(text).codes == (BUSINESS,)


def test_what_cannot_be_given_without_harm_is_refused_for_that_harm() -> None:
    text = "Ces plans ne peuvent être transmis sans compromettre la sécurité publique."
    assert read_reply(text).codes == (SECURITY,)


def test_each_item_of_a_list_answers_for_itself() -> None:
    given = "- note sur la sécurité publique et le secret des affaires : jointe ;\n"
    refused = "- le contrat : je refuse de le communiquer."
    assert read_reply(f"Documents :\n{given}{refused}").codes == ("none",)
    text = (
        "Je ne peux vous communiquer :\n- le plan, pour des motifs de sécurité publique ;\n"
        "- les prix, couverts par le secret des affaires.\n\nBien à vous."
    )
    assert read_reply(text).codes == (SECURITY, BUSINESS)


def test_an_article_named_alone_is_never_no_reason() -> None:
    alone = read_reply("Votre demande est rejetée en application de l'article L. 311-6 du CRPA.")
    assert alone.codes == ()
    assert alone.proposed_kind is ReplyKind.REFUSAL
    assert alone.remedies_stated is False
    both = read_reply(
        "Votre demande est rejetée (L. 311-6) : le contrat relève du secret des affaires."
    )
    assert both.codes == (BUSINESS,)
    assert "article-311-6-alone" not in {one.rule for one in both.findings}
    assert read_reply("Votre demande est rejetée (L. 311-5).").codes == (SECURITY,)


def test_words_that_may_be_a_reason_keep_no_reason_from_being_said() -> None:
    reading = read_reply("Je refuse votre demande, le sujet est trop sensible.")
    assert reading.codes == ()
    assert reading.proposed_kind is ReplyKind.REFUSAL
    assert UNCLEAR in {one.rule for one in reading.findings}


def test_a_capital_i_of_a_scan_is_an_l() -> None:
    text = "Votre demande est rejetée : Ies pièces sont protégées par Ie secret des affaires."
    assert read_reply(text).codes == (BUSINESS,)


def test_the_replies_held_out_are_read_no_worse_than_was_measured() -> None:
    figures = bench.measure(bench.HELD)
    assert figures.count == 54
    right, wrong = figures.right.total(), figures.wrong.total()
    assert right >= RIGHT_ON_HELD
    assert wrong <= WRONG_ON_HELD
