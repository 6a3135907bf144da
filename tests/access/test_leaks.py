"""Private rows change nothing that a visitor can get: not a page, a count, a feed, a header."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from difflib import unified_diff
from random import Random
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as tries
from hypothesis import strategies as st
from pytest_django.plugin import DjangoDbBlocker

from contrechamp.accounts import services as accounts
from contrechamp.accounts.domain import Role
from contrechamp.accounts.domain.notices import Scope
from contrechamp.accounts.services import notices
from contrechamp.archive import services as archive
from contrechamp.archive.models import Copy
from contrechamp.cases import services as cases
from contrechamp.cases.domain.drafting import OwnMean
from contrechamp.cases.domain.facts import Kind as CaseFact
from contrechamp.cases.domain.kinds import ActionKind
from contrechamp.cases.domain.papers import PaperKind
from contrechamp.cases.models import Action
from contrechamp.cases.services import drafting
from contrechamp.census import services as census
from contrechamp.census.models import Claim, Entity
from contrechamp.documents import services as documents
from contrechamp.documents.domain.redaction.plan import Plan, Term
from contrechamp.documents.models import Document, Page, Redaction
from contrechamp.dossiers import services as dossiers
from contrechamp.dossiers.domain import Ask, Item
from contrechamp.foi import models as foi_models
from contrechamp.foi import services as foi
from contrechamp.foi.domain.facts import Kind
from contrechamp.forum.models import Board, Thread
from contrechamp.forum.services import attaching, flagging, marking
from contrechamp.forum.services import drafting as draft_posts
from contrechamp.foundation import signing
from contrechamp.graph import services as graph
from contrechamp.kernel.ids import new_id
from contrechamp.mail import services as mail
from contrechamp.search import services as search
from contrechamp.watch import services as watch
from contrechamp.watch.domain.finding import FoundPlace
from contrechamp.web.services.lab import verifying
from tests import make
from tests.access.crawl import Got, crawl
from tests.access.rows.forum import picture
from tests.cases.actions import judged, opened
from tests.documents import made
from tests.foi import requests
from tests.forum import talking
from tests.observatory import NOW, SENTENCE, Observatory, observatory, proof
from tests.people import Person
from tests.ready import undone_at_the_end
from tests.watch import invented

WORDS = ("Nice", "Optique", "caméras", "vidéosurveillance", "images", "zorglub")
"""Mostly words that are public as well, so that a hidden row has every chance to be counted."""
NICE = FoundPlace(printed="NICE", name="Nice", insee="06088", how="exact")
SEARCHES = (
    *(f"/recherche?q={word}" for word in (*WORDS, "06088", "zorg*")),
    *(f"/communes?q={word}" for word in ("Nice", "06000", "zorglub")),
    "/commune/06029-cannes",
    "/graphe?territoire=commune:06088&au=2023&sans_date=1&largeur=montant",
    "/graphe/chemin?de=Ville de Nice&a=Exemple Optique",
    "/graphe/communs?de=Ville de Nice&a=Exemple Optique",
    *("/recherche.json?q=zorglub", "/recherche.atom?q=Nice", "/recherche.csv?q=Nice"),
    *("/chronologie?du=2023&au=2023&couches=1&couche=news", "/chronologie.ics?de=commune:06088"),
    *("/chronologie.csv?de=zorglub", "/chronologie?lieu=commune:06029"),
    *("/depuis/2026-03-01", "/depuis/2026-03-01.json", "/depuis/2026-03-01.atom"),
    *("/depuis/2026-03-01/jusqu/2026-03-09?de=commune:06088", "/depuis?jour=zorglub"),
    *("/comparer?a=commune:06088&b=commune:06029", "/comparer?a=Nice&b=zorglub"),
    *("/comparer.json?a=commune:06088&b=commune:06029", "/comparer?a=optique&b=nice&sorte=actor"),
    "/recherche.jsonfeed?q=Nice",
    *(f"/recherche/suggestions.json?q={typed}" for typed in ("nic", "opt", "zorg", "vid", "06000")),
    *("/recherche?q=zorgloub", "/recherche?q=cameras&exactement=1", "/recherche?depuis=2020"),
    *("/recherche?montant_min=1", "/recherche?q=images&collection=nice-optique"),
    *("/actes?departement=06", "/actes?departement=83", "/actes/flux.json?lieu=commune:06088"),
    *("/image/commune/06088-nice.png", "/image/accueil.png", "/image/projets.png"),
    *("/recherche.jsonfeed?q=optique", "/documents.jsonfeed", "/commune/06088-nice.jsonfeed"),
    *(
        "/citer/ris/accueil",
        "/citer/csl/commune/06088-nice",
        *("/integrer/commune/06088-nice", "/integrer/projets", "/integrer/accueil"),
        "/oembed?url=http://testserver/projets",
        "/communes.json?q=Nice",
    ),
    *("/actes.geojson?departement=06", "/actes.csv?lieu=commune:06088", "/projets.geojson"),
    *("/dossier?chercher=Nice", "/dossier?chercher=zorglub"),
    *("/actions/delais?departement=06", "/actions/delais.json?lieu=commune:06088"),
    *("/actions/delais.ics?technique=algorithmic_video", "/actions/delais?statut=closed"),
    *("/actions?q=Nice", "/actions?sorte=ANNULMENT&etat=fini", "/actions.csv?q=zorglub"),
    *("/actions.atom?q=Nice", "/actions?sur=commune:06088", "/actions.jsonfeed"),
    *("/api/v1/actions", "/api/v1/actions?technology=video_protection", "/recherche?type=action"),
    *("/actes/statistiques", "/recherche?q=Tournebride", "/actes?lieu=commune:06088"),
    *("/api/v1/claims?territory=commune:06088", "/api/v1/search?q=zorglub", "/api/v1/acts"),
    *("/droit?q=drone", "/droit?technique=lapi&theme=techniques"),
    *("/demandes.csv?q=Nice", "/demandes?etat=refus", "/demandes.atom?etat=attente"),
    *("/demandes/chiffres", "/demandes/classement?departement=06", "/demandes/chiffres.csv"),
    *("/demandes/classement.csv", "/demandes/echeances.ics", "/api/v1/requests"),
    *("/recherche?q=contrat", "/api/v1/requests?state=refus"),
    *("/api/v1/records?q=optique", "/api/v1/identifiers/claims", "/api/v1/claims?limit=1"),
)
TALK = "Les caméras de Nice"
FILES = ("json", "csv", "ics", "atom", "jsonfeed")
NEED_A_QUESTION = {
    "/carte/fond.pmtiles",
    *("/graphe/chemin.json", "/graphe/communs.json", "/graphe/communs.csv"),
    # Nothing was signed here yet.
    "/miroirs/cle.pem",
    *("/forum/a-propos", "/.well-known/webfinger"),
    *("/oembed", "/comparer.json", "/comparer.csv", "/chronologie.csv?de=zorglub"),
}
"""Addresses that answer 404 when nothing is asked."""


@dataclass
class Private:
    """What was added in secret, and the addresses that it would have."""

    here: Observatory
    random: Random
    urls: list[str] = field(default_factory=list)

    @property
    def by(self) -> dict[str, Any]:
        return {
            "actor": self.here.author,
            "now": NOW + timedelta(minutes=self.random.randrange(99)),
        }

    def words(self) -> str:
        return " ".join(self.random.choices(WORDS, k=3))

    def saw(self, *urls: str) -> None:
        self.urls += urls


Act = Callable[[Private], object]


def a_draft_project(to: Private) -> None:
    project = census.add_entity(kind="project", type="trial", name=to.words(), **to.by)
    claim = census.add_claim(subject=project, property="located_in", target=to.here.town, **to.by)
    to.saw(f"/projet/{project.pk}", f"/projet/{project.pk}.json", f"/fait/{claim.pk}")


def a_draft_company_that_supplies_the_city(to: Private) -> None:
    company = census.add_entity(
        kind="actor", type="company", name=to.words(), identifiers=[("siren", "552081317")], **to.by
    )
    claim = census.add_claim(subject=company, property="supplies", target=to.here.city, **to.by)
    to.saw(f"/acteur/{company.pk}", f"/acteur/{company.pk}/historique", f"/fait/{claim.pk}")


def a_draft_in_another_town(to: Private) -> None:
    town = census.ensure_place("commune:06029", **to.by)
    project = census.add_entity(kind="project", type="programme", name=to.words(), **to.by)
    census.add_claim(subject=project, property="located_in", target=town, **to.by)
    to.saw(f"/lieu/{town.pk}", f"/projet/{project.pk}")


def a_draft_fact_on_what_is_public(to: Private) -> None:
    claim = census.add_claim(subject=to.here.project, property="summary", value=to.words(), **to.by)
    to.saw(f"/fait/{claim.pk}", f"/fait/{claim.pk}.json", f"/fait/{claim.pk}/historique")


def a_fact_in_review_with_its_proof(to: Private) -> None:
    quote = documents.cite(to.here.sha256, page=1, exact="autorise le maire à signer", **to.by)
    claim = census.add_claim(
        subject=to.here.project, property="people_covered", value=348_085, **to.by
    )
    census.add_evidence(claim, **proof(to.here.sha256, quote), **to.by)
    census.submit([claim.pk], **to.by)
    to.saw(f"/fait/{claim.pk}")


def a_private_fact(to: Private) -> None:
    claim = census.add_claim(
        subject=to.here.company,
        property="description",
        value=to.words(),
        is_private=True,
        private_reason="sécurité",
        **to.by,
    )
    census.add_evidence(claim, **proof(to.here.sha256, to.here.quote), **to.by)
    to.saw(f"/fait/{claim.pk}")


def a_withdrawn_draft(to: Private) -> None:
    claim = census.add_claim(subject=to.here.city, property="summary", value=to.words(), **to.by)
    census.withdraw([claim.pk], reason="erreur", **to.by)
    to.saw(f"/fait/{claim.pk}")


def a_correction_under_way(to: Private) -> None:
    claim = Claim.objects.get(pk=to.here.kept.pk)
    census.change_claim(
        claim.pk, expected_version=claim.version, value=31, reason=to.words(), **to.by
    )


def a_new_name_under_way(to: Private) -> None:
    census.add_name(to.here.company, text=to.words() + str(to.random.random()), **to.by)


def a_second_source_that_nobody_has_accepted(to: Private) -> None:
    census.add_evidence(
        Claim.objects.get(pk=to.here.claims[1].pk),
        kind="url",
        url=f"https://example.org/{to.random.random()}",
        publisher=to.words(),
        retrieved_on=NOW.date(),
        **to.by,
    )


def somebody_whose_name_is_held(to: Private) -> None:
    person = census.add_entity(
        kind="actor", type="person_in_office", name=to.words(), person_hold=True, **to.by
    )
    to.saw(f"/acteur/{person.pk}", f"/acteur/{person.pk}.json")


def a_message_of_a_reader(to: Private) -> None:
    census.receive_notice(
        entity=to.here.project,
        kind="CORRECTION",
        text=to.words(),
        received_on=NOW.date(),
        contact="camille",
    )


def a_merge_that_was_thought_of(to: Private) -> None:
    twin = census.add_entity(kind="actor", type="company", name="EXEMPLE OPTIQUE", **to.by)
    if to.random.random() < 0.5:
        census.mark_not_same(to.here.company, twin, **to.by)
    to.saw(f"/acteur/{twin.pk}")


def a_document(to: Private, **fields: Any) -> None:
    document = made.document(
        texts=[(to.words(), "Nice vidéosurveillance algorithmique", str(to.random.random()))],
        by=to.here.author,
        title=to.words(),
        place_codes=["commune:06088"],
        **fields,
    )
    key = made.key(document)
    to.saw(f"/documents/{key}", f"/documents/{key}/page/1", f"/documents/{key}/page/1.webp")
    to.saw(f"/documents/{key}/texte", f"/documents/{key}/telecharger", f"/documents/{key[:12]}")


def a_document_for_the_team(to: Private) -> None:
    a_document(to, state=Document.State.DRAFT, access=Document.Access.TEAM, published_at=None)


def a_document_in_review(to: Private) -> None:
    a_document(to, state=Document.State.IN_REVIEW, access=Document.Access.TEAM, published_at=None)


def a_document_for_oneself(to: Private) -> None:
    a_document(to, state=Document.State.DRAFT, access=Document.Access.PRIVATE, published_at=None)


def a_document_under_embargo(to: Private) -> None:
    a_document(to, embargo_until=NOW + timedelta(days=36500))


def a_passage_that_nothing_public_rests_on(to: Private) -> None:
    documents.cite(to.here.sha256, page=2, exact="quarante-deux", **to.by)


def the_same_document_once_more(to: Private) -> None:
    """Somebody else adds what is public already, under a name that tells who they are."""
    made.document(
        texts=[("VILLE DE NICE",)],
        content=made.pdf([(SENTENCE,)]),
        by=to.here.author,
        title=to.words(),
        state=Document.State.DRAFT,
        access=Document.Access.TEAM,
        published_at=None,
    )


def a_public_copy_that_waits(to: Private) -> None:
    """An editor hides words of what is public; nobody has confirmed it yet."""
    editor = accounts.open_account(name=f"ed{to.random.randrange(9**9)}", role=Role.EDITOR)
    plan = Plan(terms=(Term("maire", "private_person"),))
    waiting = documents.propose_copy(to.here.document, plan, actor=editor, now=NOW)
    copy = made.file(made.pdf([(to.words(), str(to.random.random()))]), pages=1)
    made.layer(Page.objects.create(file=copy, number=1), to.words())
    Redaction.objects.filter(pk=waiting.pk).update(copy=copy, state=Redaction.State.MADE)
    waiting.boxes.create(page=1, rect=[0.1, 0.1, 0.2, 0.2], reason="signature", source="box")
    to.saw(f"/documents/{copy.pk}", f"/documents/{copy.pk}/page/1", f"/documents/{copy.pk[:12]}")


def a_collection_for_the_team(to: Private) -> None:
    title = f"{to.words()} {to.random.random()}"
    collection = documents.make_collection(title=title, actor=to.here.author)
    documents.collect(collection, [to.here.document])
    to.saw(f"/documents/collections/{collection.slug}")


def findings_that_wait(to: Private) -> None:
    here = to.random.sample(range(100, 10**9), 4)
    findings = [
        invented.video(here[0], places=(NICE,)),
        invented.shop(here[1]),
        invented.flight(here[2], places=(NICE,)),
        invented.contract(here[3]),
    ]
    watch.take_in(findings, now=to.by["now"])
    ids = [each["id"] for each in findings]
    watch.accept(ids[:2], actor=to.here.author, now=to.by["now"])
    watch.reject(ids[2:3], actor=to.here.author, now=to.by["now"], reason="duplicate")
    to.saw(*(f"/actes/{each.removeprefix('wf-')}" for each in ids))


def somebody_keeps_a_search(to: Private) -> None:
    search.save_search(
        owner=to.here.author, name=to.words(), query=f"q={to.random.random()}", now=NOW
    )


def somebody_joins(to: Private) -> None:
    user = accounts.open_account(name=f"camille{to.random.randrange(9**9)}", role=Role.EDITOR)
    accounts.invite(user, actor=None, now=NOW)
    Person(user).opens("/compte/")


def a_first_post_that_waits_with_its_file(to: Private) -> None:
    newcomer = talking.member(f"neuf{to.random.randrange(9**9)}", confirmed=False)
    about = f"project:{to.here.project.pk}"
    thread = talking.thread(newcomer, to.words(), to.words(), subject=about)
    post = thread.posts.get()
    attaching.attach(post, [picture()])
    to.saw(thread.address, f"/forum/f/{thread.pk}", f"{thread.address}.atom")
    to.saw(f"/forum/m/{thread.pk}/1", f"/forum/m/{thread.pk}/1/piece/0")


def an_answer_that_waits(to: Private) -> None:
    newcomer = talking.member(f"neuf{to.random.randrange(9**9)}", confirmed=False)
    talking.reply(talk(), newcomer, to.words())


def talk_of_members_alone(to: Private) -> None:
    slug = f"entre-nous-{to.random.randrange(9**9)}"
    Board.objects.create(slug=slug, title=to.words(), members_only=True)
    author = talking.member(f"membre{to.random.randrange(9**9)}")
    about = f"project:{to.here.project.pk}"
    thread = talking.thread(author, to.words(), to.words(), where=slug, subject=about)
    talking.reply(thread, author, to.words())
    attaching.attach(thread.posts.get(n=1), [picture()])
    to.saw(f"/forum/{slug}", f"/forum/{slug}.atom", thread.address, f"{thread.address}.atom")
    to.saw(f"/forum/m/{thread.pk}/1", f"/forum/m/{thread.pk}/1/piece/0")


def a_draft_of_a_post(to: Private) -> None:
    author = talking.member(f"membre{to.random.randrange(9**9)}")
    draft_posts.keep_draft(author, f"thread:{talk().pk}", source=to.words(), now=talking.later())


def a_flag(to: Private) -> None:
    reader = talking.member(f"membre{to.random.randrange(9**9)}")
    post = talk().posts.get(n=1)
    if post.flags.count() < 2:  # Five would hide it, as they should.
        flagging.flag(post, "OTHER", to.words(), actor=reader, now=talking.later())


def somebody_follows_and_reads(to: Private) -> None:
    reader = talking.member(f"membre{to.random.randrange(9**9)}")
    accounts.remember_reading(reader, True)
    notices.watch(reader, Scope.THREAD, talk().pk, now=NOW)
    marking.note_read(talk(), 1, user=reader)


def begin_talk(here: Observatory) -> None:
    """Open what the private acts need before the first look: a thread of all, one that waits.

    All are told since when something waits for moderators: since this, before and after.
    """
    talking.thread(here.author, TALK, "Douze caméras.", subject=f"project:{here.project.pk}")
    newcomer = talking.member("neuf", confirmed=False)
    talking.thread(newcomer, "Une question qui attend", "Combien de caméras ?")


def talk() -> Thread:
    """Return the thread that all may read."""
    return Thread.objects.select_related("board").get(title=TALK)


def a_kept_dossier(to: Private) -> None:
    claim = census.add_claim(subject=to.here.project, property="summary", value="Zorglub", **to.by)
    items = (Item("f", claim.pk), Item("d", to.here.sha256))
    kept = dossiers.keep(Ask(items=items, title=to.words()), **to.by)
    dossiers.submit(kept, **to.by)
    to.saw(f"/dossiers/{kept.pk}", f"/dossiers/{kept.pk}/dossier.zip")


def a_copied_source_of_a_draft(to: Private) -> None:
    claim = census.add_claim(subject=to.here.project, property="area_km2", value=3, **to.by)
    census.add_evidence(claim, kind="url", url="https://example.org/zorglub", **to.by)
    archive.note_sources(now=NOW)
    Copy.objects.update(sha256="a" * 64, text="Zorglub", copied_at=NOW, state="alive")


def letters_and_their_answers(to: Private) -> None:
    thread = new_id("req")
    letter = mail.queue(
        thread=thread, to="mairie@nice.invalid", subject=to.words(), text=to.words(), **to.by
    )
    for who in (letter.from_address, "zorglub@nice.invalid"):
        mail.take_in(f"Subject: {to.words()}\r\nTo: {who}\r\n\r\n".encode(), now=to.by["now"])
    # Its pages ask everybody to sign in, whether the thing is there or not: nothing to see.


def an_action_of_a_team(to: Private) -> None:
    """Against what is public, with a judgment, parties and money: only its team knows."""
    action = judged(
        opened(
            to.here.author,
            title=to.words(),
            technology="video_protection",
            projects=[to.here.project.pk],
            target=to.words().split()[0],
        )
    )
    team = {"actor": to.here.author, "now": to.by["now"]}
    cases.add_party(action, side="CLAIMANT", name=to.words(), number="W991234567", **team)
    cases.add_instance(action, court=to.words(), **team)
    told = cases.Told(label=to.words(), source=to.words())
    cases.add_exhibit(action, sha256=to.here.sha256, told=told, **team)
    paper = drafting.begin(action, PaperKind.ANNULMENT, **team)
    drafting.add_mean(paper, OwnMean(title=to.words(), text=to.words()), **team)
    drafting.write(paper, "facts", text=to.words(), seen=0, basis="", **team)
    cases.invite(new_id("req"), owner=to.here.author, now=to.by["now"])
    to.saw(f"/actions/{action.pk}", f"/actions/{action.pk}.ics", f"/api/v1/actions/{action.pk}")


def what_the_team_of_a_public_action_keeps(to: Private) -> None:
    """A note, legal aid, money spent, a strategy, somebody of the team: none is a visitor's."""
    known = Action.objects.filter(is_public=True).first()
    if known is None:
        return
    by: dict[str, Any] = {"actor": to.here.author, "now": timezone.now()}
    for kind in (CaseFact.NOTE, CaseFact.LEGAL_AID_ASKED):
        cases.record(known, kind, first=date(2026, 1, 20), note=to.words(), **by)
    spent: dict[str, Any] = {"kind": "SPENT", "amount": Decimal("30"), "day": date(2026, 2, 1)}
    cases.add_cost(known, note=to.words(), **spent, **by)
    said = {name: getattr(known, name) for name in ("title", "about", "court", "money_needed")}
    cases.change(known, strategy=to.words(), now=by["now"], **said)
    person = make.user(f"conseil{to.random.randrange(9**9)}")
    cases.seat(known, user=person, role="COUNSEL", now=by["now"])


def a_collective_complaint_with_mandates(to: Private) -> None:
    """Who mandated it, a reminder to its team, a court that was taken back."""
    action = opened(to.here.author, kind=ActionKind.COLLECTIVE, published="", title=to.words())
    team = {"actor": to.here.author, "now": to.by["now"]}
    for name in (to.words(), f"{to.words()} zorglub"):
        day = date(2020, 1, 1)
        cases.add_mandate(action, name=name, day=day, scope=to.words(), proof="Feuille", **team)
    cases.show_mandates(action, is_shown=True)
    court = cases.add_instance(action, court=to.words(), **team)
    cases.take_back_row(court, reason=to.words(), **team)
    cases.note_due(now=to.by["now"])
    to.saw(f"/actions/{action.pk}", f"/actions/{action.pk}.ics", f"/actions/{action.pk}.json")


def a_request_under_way(to: Private) -> None:
    items = [foi.Wanted(wording=to.words())]
    draft = foi.start(title=to.words(), items=items, project=to.here.project.pk, **to.by)
    plan = foi.Plan(title=to.words(), subject=to.words(), items=items)
    campaign = foi.make_campaign(plan, actor=to.here.editor, now=to.by["now"])
    foi.join_campaign(campaign, **to.by)
    to.saw(f"/demandes/{draft.pk}", f"/demandes/campagnes/{campaign.slug}")


def requests_that_nobody_has_published(to: Private) -> None:
    """To the same body: one private, one that waits for its day, and what is private of one."""
    known = foi_models.Request.objects.filter(is_public=True).first()
    town = known.body_id if known else requests.body().pk
    for title in (to.words(), to.words()):
        person = make.user(f"autre{to.random.randrange(9**9)}")
        other = requests.asked(person, body=town, title=title)
        to.saw(f"/demandes/{other.pk}", *(f"/demandes/{other.pk}.{kind}" for kind in FILES))
        to.saw(f"/api/v1/requests/{other.pk}")
        # Pages to write on, such as `/publier`, ask everybody to sign in, whatever is there.
    foi.plan(other, until=date(2126, 1, 1), reason=to.words(), actor=to.here.author, now=NOW)
    requests.record(other, Kind.REFUSED, "01-30", values={"reasons": ["L311-6-privacy"]})
    if known is None:
        return
    # Noted today: the state of a request with a fact entered at an earlier hour than the clock's
    # last look would be that of the earlier hour, which is no act of anybody's.
    by: dict[str, Any] = {"actor": to.here.author, "now": timezone.now()}
    day = date(2026, 1, 30)
    foi.record(known, Kind.NOTE, first=day, note=to.words(), **by)
    foi.record(known, Kind.LEGAL_AID_ASKED, first=day, **by)
    foi.enter_letter(known, day=day, text=f"{to.words()} Zorglub", **by)
    foi.prepare_letters(known, **by)
    for letter in known.shown.all():
        foi.hide_words(letter, [to.random.choice(WORDS)])


ACTS: Sequence[Act] = (
    a_request_under_way,
    requests_that_nobody_has_published,
    an_action_of_a_team,
    what_the_team_of_a_public_action_keeps,
    a_collective_complaint_with_mandates,
    letters_and_their_answers,
    a_copied_source_of_a_draft,
    a_kept_dossier,
    a_draft_project,
    a_draft_company_that_supplies_the_city,
    a_draft_in_another_town,
    a_draft_fact_on_what_is_public,
    a_fact_in_review_with_its_proof,
    a_private_fact,
    a_withdrawn_draft,
    a_correction_under_way,
    a_new_name_under_way,
    a_second_source_that_nobody_has_accepted,
    somebody_whose_name_is_held,
    a_message_of_a_reader,
    a_merge_that_was_thought_of,
    a_document_for_the_team,
    a_document_in_review,
    a_document_for_oneself,
    a_document_under_embargo,
    a_passage_that_nothing_public_rests_on,
    the_same_document_once_more,
    a_public_copy_that_waits,
    a_collection_for_the_team,
    findings_that_wait,
    somebody_keeps_a_search,
    somebody_joins,
    a_first_post_that_waits_with_its_file,
    an_answer_that_waits,
    talk_of_members_alone,
    a_draft_of_a_post,
    a_flag,
    somebody_follows_and_reads,
)


@dataclass
class Site:
    """The observatory and what a visitor gets of it before anything private is added."""

    here: Observatory
    before: dict[str, Got] = field(repr=False)

    def check(self, acts: Sequence[Act], seed: int) -> None:
        """Do the acts, look again at every page, and undo them."""
        point = transaction.savepoint()
        try:
            private = Private(self.here, Random(seed))  # noqa: S311  it draws words
            for act in acts:
                act(private)
            settle()
            after = crawl(Person(), *SEARCHES)
            assert self._changes(after) == []
            self._check_hidden(private.urls)
        finally:
            transaction.savepoint_rollback(point)

    def _changes(self, after: dict[str, Got]) -> list[str]:
        """Return the pages that changed, with the first lines that did."""
        nothing: Got = (0, (), b"")
        return [
            f"{url}: {_difference(self.before.get(url, nothing), after.get(url, nothing))}"
            for url in sorted({*self.before, *after})
            if self.before.get(url) != after.get(url)
        ]

    def _check_hidden(self, urls: Sequence[str]) -> None:
        visitor = Person()
        never = visitor.opens("/nothing-is-here")
        for url in urls:
            if url in self.before:
                continue
            bare = url.removesuffix(".json")
            told = (f"/citer/bib{bare}", f"/integrer{bare}", f"/image{bare}.png", f"{bare}.csv")
            for address in (url, *told):
                answer = visitor.opens(address)
                assert answer.status == 404, address
                if address.startswith("/api/"):  # It says in JSON that nothing is there.
                    unknown = visitor.opens(f"{address.rpartition('/')[0]}/{new_id('nil')}")
                    assert answer.content == unknown.content, address
                    continue
                assert answer.content == never.content, address
                assert answer.headers == never.headers, address


def _difference(before: Got, after: Got) -> str:
    if before[:2] != after[:2]:
        return f"{before[:2]} → {after[:2]}"
    lines = unified_diff(
        before[2].decode(errors="replace").splitlines(),
        after[2].decode(errors="replace").splitlines(),
        n=0,
        lineterm="",
    )
    return " ".join(line.strip()[:300] for line in list(lines)[2:8])


def settle() -> None:
    """Do what the house does by itself: bring states, the index and the graph up to date.

    The state of a request is of the day on which the clock last looked, which it does each minute.
    Were it not to look before the first crawl, the first private fact would: then a month that
    passed since, no private row, changes the page.
    """
    foi.derive_due(now=timezone.now())
    cases.derive_due(now=timezone.now())
    search.refresh(wait=True)
    graph.rebuild_layout()


@pytest.fixture(scope="module")
def site(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    """Fill an observatory and look at all of it, once: each test undoes what it adds."""
    with undone_at_the_end(django_db_blocker, tmp_path_factory.mktemp("data")):
        yield _site()


def _site() -> Site:
    signing.own_keys()  # As `contrechamp init` does: the first download would make it otherwise.
    marianne, amina = make.user("marianne"), make.user("amina", Role.EDITOR)
    here = observatory(author=marianne, editor=amina)
    asked = requests.asked(marianne, title="Le contrat de Nice")
    foi.publish(asked, actor=marianne, now=NOW)
    published: dict[str, Any] = {"projects": [here.project.pk], "territories": ["commune:06088"]}
    action = judged(opened(marianne, title="Contre les caméras de Nice", **published))
    cases.set_public(action, is_public=True, now=NOW)
    begin_talk(here)
    search.rebuild()
    verifying.compute_defaults()  # As each night: the pages of the laboratory change when it ends.
    settle()
    search.rebuild()
    return Site(here, crawl(Person(), *SEARCHES))


@pytest.mark.django_db
def test_a_crawl_sees_the_public_observatory_and_no_broken_link(site: Site) -> None:
    pages = site.before
    for url in (
        f"/projet/{site.here.project.pk}",
        f"/projet/{site.here.project.pk}.json",
        f"/acteur/{site.here.company.pk}",
        f"/contrat/{site.here.contract.pk}",
        f"/technologie/{site.here.technology.pk}",
        f"/fait/{site.here.kept.pk}",
        f"/documents/{site.here.sha256}",
        f"/documents/{site.here.sha256}/page/2",
        "/commune/06088-nice",
        "/carte",
        "/graphe",
    ):
        assert url in pages, url
        assert pages[url][0] == 200, url
    broken = [url for url, (status, *_) in pages.items() if status == 404 or status >= 500]
    assert set(broken) <= NEED_A_QUESTION


@pytest.mark.django_db
def test_all_private_acts_together_change_no_byte(site: Site) -> None:
    site.check(ACTS, seed=1)


@pytest.mark.django_db
@given(acts=st.lists(st.sampled_from(ACTS), min_size=2, max_size=8), seed=st.integers(0, 9**9))
@tries(
    max_examples=3,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # To shrink takes minutes.
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_private_rows_change_nothing_that_a_visitor_can_get(
    site: Site, acts: list[Act], seed: int
) -> None:
    site.check(acts, seed)


@pytest.mark.django_db
def test_publishing_does_change_it(site: Site) -> None:
    """Otherwise the tests above could not fail."""
    point = transaction.savepoint()
    try:
        _publish(site)
    finally:
        transaction.savepoint_rollback(point)
        search.rebuild()  # The index is no table: nothing rolls it back.


def _publish(site: Site) -> None:
    here = site.here
    by: dict[str, Any] = {"actor": here.author, "now": NOW}
    claim = census.add_claim(subject=here.project, property="area_km2", value=72, **by)
    census.add_evidence(claim, **proof(here.sha256, here.quote), **by)
    census.submit([claim.pk], **by)
    report = census.publish([claim.pk], reviewer=here.editor, now=NOW)
    settle()

    assert report.refused == []
    assert report.published == [claim.pk]
    after = crawl(Person(), *SEARCHES)
    assert after[f"/projet/{here.project.pk}"] != site.before[f"/projet/{here.project.pk}"]
    assert f"/fait/{claim.pk}" in after
    assert Entity.objects.get(pk=here.project.pk).published_as is not None
