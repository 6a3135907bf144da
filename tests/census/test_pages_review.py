"""Editors read, accept, send back, merge, answer; nobody reviews what they wrote."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from contrechamp.census import published, services
from contrechamp.census.models import Change, Claim, Entity, ImportIssue, ImportRun, Notice
from tests.census import facts
from tests.census.facts import NOW
from tests.people import Answer, Person

pytestmark = pytest.mark.django_db


def said(answer: Answer) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", answer.text))


def waiting(property_: str = "retention_days", **more: object) -> Claim:
    """Put a claim with an act into the inbox."""
    claim = facts.claim(None, property_, **more)
    facts.act(claim)
    services.submit([claim.pk], actor=facts.marianne(), now=NOW)
    return Claim.objects.get(pk=claim.pk)


@pytest.mark.parametrize(
    "url",
    [
        "/relecture", "/relecture/messages", "/relecture/noms", "/relecture/fiches",
        "/relecture/documents", "/fusions", "/imports",
    ],
)  # fmt: skip
def test_a_member_learns_nothing_of_the_inbox(noor: Person, amina: Person, url: str) -> None:
    assert noor.opens(url).status == 404
    assert amina.opens(url).status == 200


def test_an_editor_accepts_line_by_line(amina: Person, visitor: Person) -> None:
    one, other = waiting(), waiting("cameras_count", value=12)

    page = amina.opens("/relecture")
    answer = amina.sends("/relecture", accept=one.pk)

    assert one.pk in page.text
    assert other.pk in page.text
    assert answer.location == "/relecture?publies=1"
    assert visitor.opens(f"/fait/{one.pk}").status == 200
    assert visitor.opens(f"/fait/{other.pk}").status == 404


def test_several_lines_are_accepted_at_once(amina: Person) -> None:
    claims = [waiting(value=n) for n in range(3)]

    amina.sends("/relecture", act="accept", ids=[claim.pk for claim in claims])

    assert Claim.objects.filter(state="PUBLISHED").count() == 3


def test_what_one_wrote_another_reads(amina: Person) -> None:
    claim = facts.claim(actor=facts.amina())
    facts.act(claim, actor=facts.amina())
    services.submit([claim.pk], actor=facts.amina(), now=NOW)

    page = amina.opens("/relecture")
    refused = amina.sends("/relecture", accept=claim.pk)

    assert "une autre personne doit le relire" in said(page)
    assert f'name="accept" value="{claim.pk}"' not in page.text
    assert "une autre personne le relit" in said(refused)
    assert Claim.objects.get().state == "IN_REVIEW"


def test_alleged_needs_a_tick(amina: Person) -> None:
    claim = facts.claim()
    facts.page(claim)
    services.submit([claim.pk], actor=facts.marianne(), now=NOW)

    refused = amina.sends("/relecture", accept=claim.pk)
    accepted = amina.sends("/relecture", **{"accept": claim.pk, f"alleged-{claim.pk}": "1"})

    assert "publier comme allégué" in said(refused)
    assert accepted.status == 302
    fact = published.find_fact(claim.pk)
    assert fact is not None
    assert fact.status == "ALLEGED"


def test_a_line_is_sent_back_with_its_reason(amina: Person, marianne: Person) -> None:
    claim = waiting()

    without = amina.sends("/relecture", **{"return": claim.pk})
    amina.sends("/relecture", **{"return": claim.pk, f"reason-{claim.pk}": "Quelle page ?"})

    assert "ce qu'il faut changer" in said(without)
    assert "Quelle page ?" in said(marianne.opens("/faits/brouillons"))
    assert Claim.objects.get().state == "DRAFT"


def test_reading_the_passage_verifies_the_fact(amina: Person) -> None:
    _, sha256 = facts.document()
    claim = facts.claim()
    evidence = facts.passage(claim, sha256)
    services.submit([claim.pk], actor=facts.marianne(), now=NOW)

    page = amina.opens(f"/relecture/faits/{claim.pk}")
    amina.sends("/relecture", read=evidence.pk)

    assert facts.SENTENCE in said(page)
    assert f'name="read" value="{evidence.pk}"' in page.text
    assert Claim.objects.get().status == "VERIFIED"


def test_a_passage_is_read_by_others_than_who_cited_it(marianne: Person) -> None:
    """Members have no inbox; and the page of the fact offers them no such button."""
    _, sha256 = facts.document()
    claim = facts.claim()
    facts.passage(claim, sha256)

    assert 'name="read"' not in marianne.opens(f"/faits/{claim.pk}/modifier").text


def test_publication_can_wait(amina: Person, visitor: Person) -> None:
    claim = waiting()
    later = timezone.localtime() + timedelta(days=2)

    answer = amina.sends("/relecture", accept=claim.pk, publish_at=f"{later:%Y-%m-%dT%H:%M}")
    wrong = amina.sends("/relecture", accept=claim.pk, publish_at="demain")

    assert answer.location == "/relecture?fait=prevu"
    assert visitor.opens(f"/fait/{claim.pk}").status == 404
    assert "n'est pas une date" in said(wrong)


def test_a_message_is_answered_once(amina: Person) -> None:
    [claim] = facts.published(facts.claim())
    notice = services.receive_notice(
        entity=claim.subject, kind="CORRECTION", text="C'est 14 jours.", received_on=NOW.date()
    )
    url = f"/relecture/messages/{notice.pk}"

    empty = amina.sends(url, decision="ACCEPTED")
    amina.sends(url, decision="ACCEPTED", answer="Corrigé.", is_public="on")

    assert empty.status == 200
    assert "Corrigé." in amina.opens(f"/projet/{claim.subject_id}").text
    assert Notice.objects.get().decision == "ACCEPTED"
    assert amina.opens(url).status == 404


def test_a_name_that_is_held_is_decided_by_a_human(amina: Person) -> None:
    held = facts.entity("Camille Exemple", person_hold=True)

    page = amina.opens("/relecture/noms")
    amina.sends("/relecture/noms", entity=held.pk, decision="private", reason="C'est une personne.")

    assert "Camille Exemple" in page.text
    assert Entity.objects.get().state == "WITHDRAWN"
    assert "Camille Exemple" not in amina.opens("/relecture/noms").text


def test_changed_names_of_a_public_record_are_accepted_by_another(
    amina: Person, visitor: Person
) -> None:
    [claim] = facts.published(facts.claim())
    services.rename_entity(claim.subject, name="Nouveau nom", actor=facts.marianne(), now=NOW)
    url = f"/projet/{claim.subject_id}"

    assert "Nouveau nom" not in visitor.opens(url).text
    page = amina.opens("/relecture/fiches")
    amina.sends("/relecture/fiches", ids=[claim.subject_id])

    assert "<ins>" in page.text
    assert "Nouveau nom" in visitor.opens(url).text


def test_a_merge_says_what_moves_and_can_be_undone(amina: Person, visitor: Person) -> None:
    one = facts.entity("Exemple", identifiers=[("siren", "732829320")])
    other = facts.entity("EXEMPLE")
    facts.published(facts.claim(other, "employees_count", value=4))

    listed = amina.opens("/fusions")
    compared = amina.opens(f"/fusions/{other.pk}/{one.pk}")
    amina.sends(f"/fusions/{other.pk}/{one.pk}", decision="same", reason="même entreprise")

    assert (
        f"/fusions/{one.pk}/{other.pk}" in listed.text
        or f"/fusions/{other.pk}/{one.pk}" in listed.text
    )
    assert "elle a un numéro officiel" in said(compared)
    other.refresh_from_db()
    assert other.merged_into == one
    undo = re.search(r'action="(/fusions/\d+/annuler)"', amina.opens("/fusions").text)
    assert undo is not None
    amina.sends(undo[1])
    other.refresh_from_db()
    assert other.merged_into is None


def test_a_pair_judged_different_is_not_proposed_again(amina: Person) -> None:
    one, other = facts.entity("Exemple"), facts.entity("EXEMPLE")

    amina.sends(f"/fusions/{one.pk}/{other.pk}", decision="different", reason="deux villes")

    assert "Aucune paire à comparer" in said(amina.opens("/fusions"))
    assert "différentes" in said(
        amina.sends(f"/fusions/{one.pk}/{other.pk}", decision="same", reason="si")
    )


def test_an_import_shows_what_it_did_not_understand(amina: Person) -> None:
    run = ImportRun.objects.create(
        kind="carto", dataset="essai", sha256="0" * 64, by=facts.marianne(), at=NOW,
        report={"rows": {"edges": 3}, "misspelt": [{"value": "fait du <b>", "count": 1}]},
    )  # fmt: skip
    ImportIssue.objects.create(run=run, code="relation_misspelt", line=7, value="<i>lobbbying")
    claim = facts.claim(run=run)
    facts.act(claim)

    assert "essai" in amina.opens("/imports").text
    page = amina.opens(f"/imports/{run.pk}?code=relation_misspelt")
    answer = amina.sends(f"/imports/{run.pk}")

    assert "relation mal écrite" in said(page)
    assert "<i>lobbbying" not in page.text
    assert "publies=1" in answer.location


def test_an_editor_goes_back_on_a_change(amina: Person) -> None:
    [claim] = facts.published(facts.claim(value=30))
    services.change_claim(
        claim.pk, expected_version=claim.version, value=31, actor=facts.marianne(), now=NOW
    )
    change = Change.objects.get(verb="change_claim")

    page = amina.opens(f"/fiches/{claim.subject_id}/historique")
    assert f"/modifications/{change.pk}/annuler" in page.text
    amina.sends(f"/modifications/{change.pk}/annuler", reason="Erreur de lecture")

    claim.refresh_from_db()
    assert claim.value == 30


def test_one_reviewer_alone_is_said_to_be_alone(
    amina: Person, visitor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from django.conf import settings

    monkeypatch.setattr(settings, "CONTRECHAMP", replace(settings.CONTRECHAMP, reviewers=1))
    claim = facts.claim(actor=facts.amina())
    facts.act(claim, actor=facts.amina())
    services.submit([claim.pk], actor=facts.amina(), now=NOW)

    amina.sends("/relecture", accept=claim.pk)

    assert "Relu par une seule personne" in said(visitor.opens(f"/fait/{claim.pk}"))
