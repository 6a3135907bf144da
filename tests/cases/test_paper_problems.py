"""What forbids to file a draft, what is only said, and papers that are not made at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from contrechamp.cases.domain.papers import (
    AttackedKind,
    CannotCompose,
    Material,
    Paper,
    PaperKind,
    Party,
    Standing,
    compose,
    edited,
    problems,
    refusal,
)
from contrechamp.cases.domain.papers.plain import plain_text
from contrechamp.kernel.dates import add_days

from . import drafts
from .drafts import ORDER, algorithms, cameras, processing, proved, refused, urgent
from .test_papers import made


def codes(paper: Paper, material: Material, *, forbids: bool | None = None) -> set[str]:
    """Return the codes of what is wrong."""
    found = problems(paper, material)
    return {each.code for each in found if forbids in (None, each.forbids)}


@pytest.mark.parametrize(
    "kind",
    [PaperKind.GRACIEUX, PaperKind.HIERARCHICAL, PaperKind.PREFECT, PaperKind.REPEAL],
)
def test_a_refused_access_has_no_letter_to_reconsider(kind: PaperKind) -> None:
    assert "L412-4" in refusal(kind, refused())
    with pytest.raises(CannotCompose):
        compose(kind, refused())


def test_a_refused_access_goes_to_the_court_after_the_cada() -> None:
    text = plain_text(compose(PaperKind.ANNULMENT, refused()))
    assert "Commission d’accès aux documents administratifs a été saisie avant le juge" in text
    assert "née du silence" in text


def test_no_suspension_before_the_claim_is_filed() -> None:
    for claim in (None, replace(drafts.FILED, filed_on=add_days(drafts.TODAY, 1))):
        material = replace(urgent(), claim=claim)
        with pytest.raises(CannotCompose):
            compose(PaperKind.SUSPENSION, material)
    assert refusal(PaperKind.SUSPENSION, urgent()) == ""


def test_a_suspension_joins_the_copy_of_its_claim() -> None:
    material = replace(urgent(), claim=replace(drafts.FILED, exhibit=""))
    found = codes(compose(PaperKind.SUSPENSION, material), material, forbids=True)
    assert found == {"no_copy_of_claim", "blank"}


def test_a_suspension_without_a_dated_urgency_is_to_be_proved() -> None:
    material = replace(urgent(), urgency=())
    assert "to_prove" in codes(compose(PaperKind.SUSPENSION, material), material, forbids=True)


def test_a_whole_case_has_nothing_that_forbids_to_file_it() -> None:
    for kind, material in (
        (PaperKind.ANNULMENT, proved(cameras())),
        (PaperKind.SUSPENSION, urgent()),
        (PaperKind.GRACIEUX, algorithms()),
        (PaperKind.PREFECT, algorithms()),
        (PaperKind.REPEAL, algorithms()),
        (PaperKind.ANNULMENT, refused()),
        (PaperKind.MANDATE, processing()),
    ):
        assert codes(compose(kind, material), material, forbids=True) == set(), kind


def test_an_argument_that_cites_no_exhibit_is_to_be_proved() -> None:
    material = cameras()
    paper = compose(PaperKind.ANNULMENT, material)
    (found,) = (each for each in problems(paper, material) if each.code == "to_prove")
    assert (found.section, found.forbids) == ("mean-competence", True)
    mended = edited(paper, {"mean-competence": f"La région est seule compétente ([[{ORDER}]])."})
    assert codes(mended, material, forbids=True) == set()


def test_an_unknown_exhibit_is_reported_and_not_numbered() -> None:
    material = proved(cameras())
    paper = edited(
        compose(PaperKind.ANNULMENT, material), {"facts": "Voir [[exh-9999999999, p. 2]]."}
    )
    (found,) = (each for each in problems(paper, material) if each.code == "unknown_exhibit")
    assert (found.about, found.section, found.forbids) == ("exh-9999999999", "facts", True)
    assert "Voir pièce à désigner, p. 2." in plain_text(paper)


def test_what_is_left_to_write_forbids_to_file() -> None:
    material = replace(proved(cameras()), standing=Standing(), court=None)
    found = codes(compose(PaperKind.ANNULMENT, material), material, forbids=True)
    assert found == {"blank", "no_court"}


def test_a_claim_needs_its_decision_means_and_conclusions() -> None:
    base = replace(proved(cameras()), means=())
    material = replace(base, attacked=replace(base.attacked, exhibit="", author=Party()))
    paper = edited(compose(PaperKind.ANNULMENT, material), {"relief": " "})
    found = codes(paper, material, forbids=True)
    assert {"no_attacked", "no_author", "no_means", "no_relief"} <= found


def test_a_letter_without_motives_is_only_told() -> None:
    material = replace(algorithms(), means=())
    paper = compose(PaperKind.GRACIEUX, material)
    assert "no_means" in codes(paper, material, forbids=False)


def test_after_the_safe_day_a_reason_is_needed() -> None:
    late = replace(proved(cameras()), today=date(2026, 3, 16))
    paper = compose(PaperKind.ANNULMENT, late)
    assert {"window_closed", "blank"} <= codes(paper, late, forbids=True)
    said = replace(late, override="Le 15 mars 2026 est un dimanche : le délai va au lendemain")
    paper = compose(PaperKind.ANNULMENT, said)
    assert codes(paper, said, forbids=True) == set()
    assert "window_closed" in codes(paper, said, forbids=False)
    assert "est un dimanche" in plain_text(paper)


def test_a_day_without_proof_is_told() -> None:
    material = replace(proved(cameras()), items=())
    assert "no_window" in codes(compose(PaperKind.ANNULMENT, material), material)


def test_the_window_of_a_letter_to_the_prefect_is_its_own() -> None:
    late = replace(algorithms(), today=date(2026, 4, 3))
    assert "window_closed" in codes(compose(PaperKind.PREFECT, late), late, forbids=True)


def test_a_decision_set_aside_or_adverse_is_never_in_support() -> None:
    means = drafts.ground("video-algorithmique")
    assert all("489990" not in each.name for each in means.support)
    adverse = next(each for each in means.against if "489990" in each.name)
    fallen = next(each for each in means.against if "TA Caen" in each.name)
    assert fallen.is_overturned
    material = algorithms()
    paper = compose(PaperKind.GRACIEUX, material)
    assert "489990" not in plain_text(paper)
    assert {"adverse_known", "overturned_known"} <= codes(paper, material, forbids=False)
    wrong = replace(material, means=(replace(means, support=(adverse,)),))
    assert "489990" not in plain_text(compose(PaperKind.GRACIEUX, wrong))
    assert "adverse_support" in codes(compose(PaperKind.GRACIEUX, wrong), wrong, forbids=True)
    quoted_by_hand = edited(paper, {"mean-base-legale": f"Voir CE n° 489990 ([[{ORDER}]])."})
    assert "adverse_quoted" in codes(quoted_by_hand, material, forbids=False)


def test_a_contract_is_not_annulled_and_a_state_act_not_referred() -> None:
    base = proved(cameras())
    contract = replace(base, attacked=replace(base.attacked, kind=AttackedKind.CONTRACT))
    assert "contract" in codes(compose(PaperKind.ANNULMENT, contract), contract, forbids=True)
    assert "not_local" in codes(compose(PaperKind.PREFECT, base), base, forbids=True)
    assert "not_rule" in codes(compose(PaperKind.REPEAL, base), base, forbids=False)


def test_a_collective_complaint_needs_a_mandate() -> None:
    material = replace(processing(), standing=replace(drafts.STANDING, mandates=0))
    found = codes(compose(PaperKind.COLLECTIVE, material), material, forbids=True)
    assert {"no_mandate", "blank"} <= found


def test_an_organisation_complains_for_people_alone() -> None:
    material = processing()
    assert "no_data" in codes(compose(PaperKind.COMPLAINT, material), material, forbids=True)
    alone = replace(material, applicant=drafts.RESIDENT)
    assert "no_data" not in codes(compose(PaperKind.COMPLAINT, alone), alone)


def test_to_stop_is_not_to_repeal() -> None:
    stop = plain_text(compose(PaperKind.REPEAL, processing()))
    assert "de mettre fin au traitement « Lecture" in stop.replace("\u00a0", " ")
    assert "règlement illégal" not in stop
    assert "jamais tardive" in plain_text(made(PaperKind.REPEAL))


def test_other_local_bodies_have_articles_of_their_own() -> None:
    base = algorithms()
    region = replace(base, attacked=replace(base.attacked, author=Party(name="Région Imaginaire")))
    assert "other_local" in codes(compose(PaperKind.PREFECT, region), region, forbids=False)
    assert "other_local" not in codes(compose(PaperKind.PREFECT, base), base)


def test_a_person_who_seems_named_is_told() -> None:
    material = proved(cameras())
    paper = edited(compose(PaperKind.ANNULMENT, material), {"facts": "Selon Mme Exemple, oui."})
    (found,) = (each for each in problems(paper, material) if each.code == "person_named")
    assert found.about == "Mme Exemple"
    clean = compose(PaperKind.ANNULMENT, material)
    assert "person_named" not in codes(clean, material)
    assert "names" in codes(clean, material)


def test_what_forbids_comes_first() -> None:
    material = cameras()
    found = [each.forbids for each in problems(compose(PaperKind.ANNULMENT, material), material)]
    assert found == sorted(found, reverse=True)


def test_a_decision_never_published_needs_no_day() -> None:
    base = proved(cameras())
    attacked = replace(base.attacked, is_never_published=True, dates=())
    hidden = replace(base, items=(), attacked=attacked)
    assert "no_window" not in codes(compose(PaperKind.ANNULMENT, hidden), hidden)
