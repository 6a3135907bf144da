"""Papers of an action: composed from facts, written by hand, nothing lost, never seen outside."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pytest

from contrechamp.accounts.models import User
from contrechamp.cases import services as cases
from contrechamp.cases.domain.drafting import Changed, OwnMean, Standing
from contrechamp.cases.domain.exhibits import Group, Role
from contrechamp.cases.domain.facts import Kind
from contrechamp.cases.domain.kinds import ActionKind, TargetKind
from contrechamp.cases.domain.papers import PaperKind
from contrechamp.cases.models import Action, Draft, Exhibit
from contrechamp.cases.queries.drafts import Open, open_draft
from contrechamp.cases.services import drafting
from contrechamp.census import services as census
from contrechamp.foi.models import Request
from contrechamp.kernel.errors import Refused
from tests import make
from tests.foi import requests
from tests.observatory import Observatory, observatory
from tests.people import Person

from .actions import at, opened, record

pytestmark = pytest.mark.django_db
SITE = "https://exemple.example"
GROUND = "necessite"


@pytest.fixture
def here(marianne: Person, amina: Person) -> Observatory:
    """A project of which it is said, with a passage, that its images are kept thirty days."""
    assert marianne.user
    assert amina.user
    return observatory(author=marianne.user, editor=amina.user)


@pytest.fixture
def action(here: Observatory) -> Action:
    return opened(
        here.author,
        on="2026-03-10",
        published="2026-03-01",
        target_title="Arrêté n° 12 du 26 février 2026",
        projects=[here.project.pk],
    )


@pytest.fixture
def exhibit(action: Action, here: Observatory) -> Exhibit:
    """The document that the facts quote."""
    told = cases.Told(label="Délibération", group=Group.DECISION, role=Role.ATTACKED)
    return cases.add_exhibit(
        action, sha256=here.sha256, told=told, actor=here.author, now=at("03-10")
    )


@pytest.fixture
def draft(action: Action, exhibit: Exhibit) -> Draft:
    return drafting.begin(action, PaperKind.ANNULMENT, actor=action.author, now=at("03-10"))


def seen(draft: Draft, user: User | None = None) -> Open:
    draft.refresh_from_db()
    return open_draft(draft, user=user or draft.made_by, now=at("03-12"), site=SITE)


def said(draft: Draft) -> dict[str, str]:
    return {each.key: each.body for each in seen(draft).paper.sections}


def by(draft: Draft, day: str = "03-11") -> dict[str, Any]:
    return {"actor": draft.made_by, "now": at(day)}


def write(draft: Draft, key: str, text: str, seen_number: int = 0, **more: Any) -> None:
    basis = seen(draft).parts[key].basis
    fields = {"basis": basis, **by(draft), **more}
    drafting.write(draft, key, text=text, seen=seen_number, **fields)


def door(draft: Draft, *rest: str) -> str:
    return "/".join(["/actions", draft.action_id, "ecrits", draft.pk, *rest])


def prove(draft: Draft, here: Observatory) -> str:
    """Give the paper a means that a fact with its exhibit proves; return its key."""
    mean = OwnMean(title="Durée excessive", text="La règle.", facts=(here.kept.pk,))
    return drafting.add_mean(draft, mean, **by(draft))


def settle(draft: Draft, here: Observatory, exhibit: Exhibit) -> None:
    """Do all that a paper needs to be final."""
    key = prove(draft, here)
    latest = seen(draft).choices
    facts = [here.kept.pk, *latest.facts]
    number = seen(draft).version.number
    drafting.choose(draft, seen=number, means=[key], facts=facts, **by(draft))
    options = {"interest": "Son objet est la défense des libertés.", "author": "préfet du Var"}
    drafting.ask(draft, options=options, **by(draft))
    for section, body in said(draft).items():
        if "[" in body.replace("[[", ""):
            write(draft, section, f"Dit par l'équipe, avec sa preuve [[{exhibit.pk}]].")


# What may be begun


def test_a_suspension_is_not_begun_before_the_claim_is_filed(action: Action) -> None:
    with pytest.raises(Refused):
        drafting.begin(action, PaperKind.SUSPENSION, actor=action.author, now=at("03-11"))
    page = Person(action.author).opens(f"/actions/{action.pk}/ecrits")
    assert "CJA L521-1, R522-1" in page.text
    record(action, Kind.CLAIM_FILED, "03-11", number="2600001")
    later = drafting.begin(action, PaperKind.SUSPENSION, actor=action.author, now=at("03-12"))
    assert Person(action.author).opens(door(later)).status == 200


def test_in_an_access_case_no_request_to_reconsider_is_offered(action: Action) -> None:
    access = opened(action.author, target_kind=TargetKind.REQUEST)
    with pytest.raises(Refused):
        drafting.begin(access, PaperKind.GRACIEUX, actor=action.author, now=at("01-21"))
    assert (
        "Recours gracieux" not in Person(action.author).opens(f"/actions/{access.pk}/ecrits").text
    )


@pytest.mark.parametrize("kind", [ActionKind.COMPLAINT, ActionKind.COLLECTIVE, ActionKind.REPORT])
def test_each_kind_of_action_has_its_papers(kind: ActionKind) -> None:
    lead = make.user("meneuse")
    action, person = opened(lead, kind=kind, published=""), Person(lead)
    assert "Requête en annulation" not in person.opens(f"/actions/{action.pk}/ecrits").text
    answer = person.sends(f"/actions/{action.pk}/ecrits", kind=kind.value)
    paper = action.drafts.get()
    assert answer.location == door(paper, "choix")
    for rest in ((), ("choix",), ("demandes",)):
        assert person.opens(door(paper, *rest)).status == 200


# Composed from the facts


def test_a_paper_quotes_the_facts_and_cites_their_exhibits(
    draft: Draft, here: Observatory, exhibit: Exhibit
) -> None:
    prove(draft, here)
    found = said(draft)
    (mean,) = [body for key, body in found.items() if key.startswith("mean-own")]
    assert f"[[{exhibit.pk}, p. 2]]".replace(" ", "") in mean.replace("\u00a0", "").replace(" ", "")
    page = Person(draft.made_by).opens(door(draft)).text
    assert "pièce n° 1, p. 2" in page
    assert "Les images sont conservées trente jours." in page


def test_a_section_that_nobody_wrote_follows_the_facts(draft: Draft, here: Observatory) -> None:
    before = said(draft)["facts"]
    latest = seen(draft)
    drafting.choose(
        draft, seen=latest.version.number, means=latest.choices.means, facts=[], **by(draft)
    )
    assert here.kept.pk in latest.choices.facts
    assert said(draft)["facts"] != before


def test_a_section_that_was_written_keeps_its_text_and_says_that_the_facts_changed(
    draft: Draft, here: Observatory
) -> None:
    write(draft, "facts", "Nos mots.")
    assert seen(draft).parts["facts"].standing is Standing.OWN
    census.withdraw([here.kept.pk], actor=here.editor, now=at("03-12"), reason="Erreur.")
    part = seen(draft).parts["facts"]
    assert (part.standing, part.section.body) == (Standing.BEHIND, "Nos mots.")
    person = Person(draft.made_by)
    assert "Les faits ont changé depuis" in person.opens(door(draft)).text
    person.sends(door(draft, "partie", "facts", "reprendre"), act="own", base=part.basis)
    assert seen(draft).parts["facts"].standing is Standing.OWN
    person.sends(door(draft, "partie", "facts", "reprendre"), act="facts")
    assert seen(draft).parts["facts"].standing is Standing.COMPUTED
    assert "Nos mots." in person.opens(door(draft, "histoire")).text


# Written by several


def test_two_who_write_the_same_section_see_both_texts(draft: Draft) -> None:
    other = make.user("relais")
    cases.seat(draft.action, user=other, role="COUNSEL", now=at("03-11"))
    write(draft, "facts", "Le premier texte.", actor=other)
    with pytest.raises(Changed):
        write(draft, "facts", "Le second texte.")
    person = Person(draft.made_by)
    page = person.sends(
        door(draft, "partie", "facts"), act="keep", texte="Le second texte.", vu="0"
    )
    assert page.status == 409
    assert "Le premier texte." in page.text
    assert "Le second texte." in page.text
    assert 'name="vu" value="1"' in page.text
    person.sends(door(draft, "partie", "facts"), act="keep", texte="Les deux textes.", vu="1")
    assert said(draft)["facts"] == "Les deux textes."
    person.sends(door(draft, "partie", "facts", "reprendre"), act="1")
    assert said(draft)["facts"] == "Le premier texte."


def test_what_two_tick_at_once_is_kept_of_both(draft: Draft) -> None:
    number, means = seen(draft).version.number, seen(draft).choices.means
    drafting.choose(draft, seen=number, means=[*means, "mineurs"], facts=[], **by(draft))
    drafting.choose(draft, seen=number, means=[*means, GROUND], facts=[], **by(draft))
    assert {"mineurs", GROUND} <= set(seen(draft).choices.means)
    assert seen(draft).choices.facts == ()


def test_a_means_is_moved_withdrawn_and_found_again(draft: Draft, here: Observatory) -> None:
    person, number = Person(draft.made_by), seen(draft).version.number
    drafting.choose(draft, seen=number, means=["mineurs", GROUND], facts=[], **by(draft))
    person.sends(door(draft, "moyen"), act="up", cle=GROUND)
    assert seen(draft).choices.means == (GROUND, "mineurs")
    person.sends(door(draft, "moyen"), act="up", cle=GROUND)
    assert seen(draft).choices.means == (GROUND, "mineurs")
    person.sends(door(draft, "moyen"), act="withdraw", cle=GROUND, pourquoi="trop faible")
    assert "trop faible" in person.opens(door(draft, "histoire")).text
    assert "mean-necessite" not in said(draft)
    person.sends(door(draft, "histoire"), vers=f"{number + 1}")
    assert seen(draft).choices.means == ("mineurs", GROUND)
    assert person.sends(door(draft, "histoire"), vers="99").status == 409


def test_a_citation_is_put_at_the_end_and_shown_before_it_is_kept(
    draft: Draft, exhibit: Exhibit
) -> None:
    person = Person(draft.made_by)
    page = person.sends(
        door(draft, "partie", "facts"),
        act="cite",
        texte="#read *x* @y $z$",
        piece=exhibit.pk,
        page="p. [3]",
        vu="0",
    ).text
    assert f"#read *x* @y $z$ [[{exhibit.pk}, p. 3]]</textarea>" in page
    assert "pièce n° 1, p. 3" in page
    assert draft.texts.count() == 0


# Final


def test_a_paper_is_not_final_while_something_forbids_it(
    draft: Draft, here: Observatory, exhibit: Exhibit
) -> None:
    with pytest.raises(Refused):
        drafting.finish(draft, site=SITE, **by(draft))
    settle(draft, here, exhibit)
    with pytest.raises(Refused, match=r"délai"):
        drafting.finish(draft, site=SITE, **by(draft, "2026-06-20"))
    drafting.ask(draft, options={"override": "La publication est contestée."}, **by(draft))
    drafting.finish(draft, site=SITE, **by(draft, "2026-06-20"))
    assert "La publication est contestée." in draft.versions.latest("number").why


def test_a_final_paper_does_not_change_until_it_is_opened_again(
    draft: Draft, here: Observatory, exhibit: Exhibit
) -> None:
    settle(draft, here, exhibit)
    drafting.finish(draft, site=SITE, **by(draft))
    before = said(draft)
    census.withdraw([here.kept.pk], actor=here.editor, now=at("03-12"), reason="Erreur.")
    assert said(draft) == before
    with pytest.raises(Refused):
        write(draft, "facts", "Autre chose.")
    with pytest.raises(Refused):
        drafting.throw_away(draft, now=at("03-12"))
    person = Person(draft.made_by)
    person.sends(door(draft, "joindre"), document=f"/documents/{here.sha256}")
    assert f"/documents/{here.sha256}" in person.opens(door(draft)).text
    assert person.sends(door(draft, "final"), act="reopen").status == 409
    person.sends(door(draft, "final"), act="reopen", pourquoi="une erreur de date")
    assert seen(draft).draft.state == Draft.State.DRAFT
    assert said(draft) != before


# Files


@pytest.mark.parametrize("form", ["pdf", "docx", "odt", "txt"])
def test_a_paper_is_taken_away(draft: Draft, form: str) -> None:
    answer = Person(draft.made_by).opens(f"{door(draft)}.{form}")
    assert answer.status == 200
    assert (
        f"Requete_en_annulation-{draft.action_id}.{form}" in answer.headers["Content-Disposition"]
    )
    if form in {"docx", "odt"}:
        with zipfile.ZipFile(BytesIO(answer.content)) as archive:
            assert archive.testzip() is None
    if form == "txt":
        assert "PROJET" in answer.text
    assert Person(draft.made_by).opens(f"{door(draft)}.exe").status == 404


# Who may


def test_a_reader_reads_counsel_writes_and_others_know_of_nothing(draft: Draft) -> None:
    reader, counsel, other = (make.user(name) for name in ("lectrice", "avocate", "autre"))
    cases.seat(draft.action, user=reader, role="READER", now=at("03-11"))
    cases.seat(draft.action, user=counsel, role="COUNSEL", now=at("03-11"))
    cases.set_public(draft.action, is_public=True, now=at("03-11"))
    assert Person(reader).opens(door(draft)).status == 200
    assert "Modifier" not in Person(reader).opens(door(draft)).text
    for rest in (("choix",), ("demandes",), ("partie", "facts")):
        assert Person(counsel).opens(door(draft, *rest)).status == 200
        assert Person(reader).opens(door(draft, *rest)).status == 404
    for address in ("", "/choix", "/histoire", "/partie/facts", ".pdf"):
        assert Person(other).opens(door(draft) + address).status == 404
    assert draft.pk not in Person(other).opens(f"/actions/{draft.action_id}").text


def test_a_member_does_not_say_that_a_paper_is_final(draft: Draft) -> None:
    member = make.user("relais")
    cases.seat(draft.action, user=member, role="MEMBER", now=at("03-11"))
    assert Person(member).sends(door(draft, "final"), act="final").status == 404


def test_the_private_request_of_another_stays_out_of_a_paper(lead_of_refusal: Request) -> None:
    owner = lead_of_refusal.author
    action = opened(
        owner,
        target_kind=TargetKind.REQUEST,
        target=lead_of_refusal.pk,
        target_title="un refus",
    )
    counsel = make.user("avocate")
    cases.seat(action, user=counsel, role="COUNSEL", now=at("01-21"))
    draft = drafting.begin(action, PaperKind.ANNULMENT, actor=owner, now=at("01-21"))
    assert lead_of_refusal.title in said(draft)["attacked"]
    paper = seen(draft, counsel).paper
    assert all(lead_of_refusal.title not in each.body for each in paper.sections)
    assert lead_of_refusal.title not in Person(counsel).opens(door(draft)).text


@pytest.fixture
def lead_of_refusal() -> Request:
    """A private request of somebody's."""
    found = requests.asked(make.user("meneuse"))
    Request.objects.filter(pk=found.pk).update(
        title="Le contrat de la place haute", is_public=False
    )
    found.refresh_from_db()
    return found


def test_what_a_paper_cites_and_nobody_has_forbids_the_bundle(
    action: Action, exhibit: Exhibit, here: Observatory
) -> None:
    def said() -> set[str]:
        found = cases.prepare(action, actor=here.author, now=at("03-11"), is_looking=False).found
        return {each.about for each in found if each.code == "unknown_exhibit"}

    by: dict[str, Any] = {"actor": here.author, "now": at("03-11")}
    paper = drafting.begin(action, PaperKind.ANNULMENT, **by)
    text = f"Cité ([[{exhibit.pk}]]) et perdu ([[exh-0000000000]])."
    assert said() == set()
    drafting.write(paper, "facts", text=text, seen=0, basis="", **by)

    assert said() == {"exh-0000000000"}
