"""Opening an account alone: nobody is turned away, nothing typed is lost, no address is kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.core import mail
from django.utils import timezone

from contrechamp.accounts import domain, queries, services
from contrechamp.accounts.models import Act, Answer, User
from contrechamp.accounts.views.entering import start_form
from contrechamp.kernel.errors import Refused
from tests import make
from tests.people import Answer as Page
from tests.people import Person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
PHRASE = "lampadaire girouette tambour noisette"
OPEN = "/compte/ouvrir/"
CODE = r"<li>([a-z0-9]{5}-[a-z0-9]{5})</li>"


def hidden(page: Page, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found
    return unescape(found[1])


def proposed(page: Page) -> str:
    return unescape(re.findall(r"<textarea class=.phrase.[^>]*>([^<]+)<", page.text)[0])


def start(*, before: timedelta = timedelta(seconds=10), phrase: str = "") -> str:
    return start_form(timezone.now() - before, phrase)


def opens_account(visitor: Person, name: str = "noor", **fields: str) -> Page:
    return visitor.sends(OPEN, **{"name": name, "noted": "on", "start": start(), **fields})


def newcomer(name: str = "noor", *, now: datetime = NOW, **more: str) -> User:
    user, _ = services.sign_up(name=name, passphrase=PHRASE, now=now, **more)
    return user


def crowd(count: int = domain.CEILING, *, now: datetime | None = None) -> None:
    user = make.user("somebody")
    at = now or timezone.now()
    Act.objects.bulk_create(
        Act(kind=Act.Kind.SIGNED_UP, user=user, at=at - timedelta(minutes=5)) for _ in range(count)
    )


def test_a_visitor_opens_an_account_with_the_proposed_passphrase_and_comes_back(
    visitor: Person,
) -> None:
    phrase = proposed(visitor.opens(OPEN))
    assert len(phrase.split()) == 6
    page = opens_account(visitor, start=start(phrase=phrase))

    assert len(re.findall(CODE, page.text)) == 10
    assert "seul moyen de revenir" in page.text
    assert visitor.opens("/compte/").status == 200
    assert services.check_sign_in("noor", phrase, now=timezone.now()).standing == "QUEUED"


def test_the_words_are_a_list_of_our_own() -> None:
    words = services.entering._words()
    assert len(set(words)) == 7776
    assert len({word[:5] for word in words}) == 7776
    assert all(re.fullmatch("[a-z]{4,8}", word) for word in words)
    domain.check_passphrase(services.propose_passphrase(), name="noor")


def test_what_was_typed_and_proposed_stays_when_something_is_wrong(visitor: Person) -> None:
    make.user("marie")
    phrase = proposed(visitor.opens(OPEN))
    page = opens_account(visitor, "rnarie", start=start(phrase=phrase), email="a@exemple.fr")

    assert "se lit comme un nom déjà pris" in page.text
    assert proposed(page) == phrase
    assert 'value="rnarie"' in page.text
    assert 'value="a@exemple.fr"' in page.text


def test_the_passphrase_must_be_noted(visitor: Person) -> None:
    page = visitor.sends(OPEN, name="noor", start=start())
    assert not User.objects.exists()
    assert "noted" in page.text


def test_an_own_passphrase_follows_the_rules(visitor: Person) -> None:
    assert "trop courte" in opens_account(visitor, own="court").text
    opens_account(visitor, own=PHRASE)
    assert services.check_sign_in("noor", PHRASE, now=timezone.now()).username == "noor"


@pytest.mark.parametrize(
    ("before", "trap", "words"),
    [
        (timedelta(seconds=1), "", "comme le fait une machine"),
        (timedelta(hours=25), "", "ouverte depuis longtemps"),
        (timedelta(seconds=10), "https://spam.example", "doit rester vide"),
    ],
)
def test_a_form_that_a_machine_sends_comes_back_whole(
    visitor: Person, before: timedelta, trap: str, words: str
) -> None:
    page = opens_account(visitor, start=start(before=before, phrase=PHRASE), website=trap)

    assert words in page.text
    assert 'value="noor"' in page.text
    assert proposed(page) == PHRASE
    assert not User.objects.exists()


def test_a_form_that_was_too_old_is_young_again(visitor: Person) -> None:
    page = opens_account(visitor, start=start(before=timedelta(hours=25)))
    again = opens_account(visitor, start=hidden(page, "start"))
    assert "comme le fait une machine" in again.text


def test_a_made_up_start_is_none(visitor: Person) -> None:
    assert "ouverte depuis longtemps" in opens_account(visitor, start="made:up").text


def test_who_is_signed_in_opens_no_second_account(noor: Person) -> None:
    assert noor.opens(OPEN).location == "/compte/"


def test_the_day_is_kept_and_not_the_hour() -> None:
    user = newcomer()
    assert user.opened_at == NOW.replace(hour=0)


def test_above_the_ceiling_an_answer_is_asked_and_nobody_is_refused(visitor: Person) -> None:
    crowd()
    assert "Ce qui vous amène" in visitor.opens(OPEN).text
    asked = opens_account(visitor, answer="")
    assert "Beaucoup de comptes" in asked.text
    assert 'value="noor"' in asked.text

    opens_account(visitor, answer="Je suis du quartier et je lis les marchés publics.")

    user = User.objects.get(username="noor")
    assert user.standing == "ANSWERING"
    assert user.answer.text.startswith("Je suis du quartier")


def test_the_ceiling_counts_an_hour(visitor: Person) -> None:
    crowd(domain.CEILING - 1)
    assert not services.asks_for_answer(timezone.now())
    crowd_before = timezone.now() - timedelta(hours=2)
    Act.objects.update(at=crowd_before)
    assert not services.asks_for_answer(timezone.now())


def test_the_switch_asks_for_answers_too(visitor: Person) -> None:
    services.take_by_invitation_only(timezone.now() + timedelta(hours=1))
    assert "Ce qui vous amène" in visitor.opens(OPEN).text


def test_a_moderator_reads_answers_and_they_are_gone(io: Person) -> None:
    crowd(now=NOW)
    first = newcomer("first", answer="Je viens pour les caméras de ma rue.")
    second = newcomer("second", answer="Achetez mes montres, vraiment pas chères.")
    page = io.opens("/moderation/reponses/")
    assert "caméras de ma rue" in page.text

    io.sends(f"/moderation/reponses/{first.public_id}/", act="accept")
    io.sends(f"/moderation/reponses/{second.public_id}/", act="decline")

    first.refresh_from_db()
    second.refresh_from_db()
    assert first.standing == "QUEUED"
    assert not second.is_active
    assert not Answer.objects.exists()
    assert "Personne n'attend" in unescape(io.opens("/moderation/reponses/").text)


def test_a_link_of_a_member_confirms_and_does_not_say_who_used_it(
    noor: Person, visitor: Person
) -> None:
    made = noor.sends("/compte/invitations/", uses="1", days="7", note="réunion")
    link = re.findall(r'<pre id="link">http://testserver(/bienvenue/[^<]+)</pre>', made.text)[0]
    crowd()

    page = visitor.opens(link)
    assert "Un membre vous invite" in page.text
    assert "Ce qui vous amène" not in page.text
    visitor.sends(link, name="camille", noted="on", start=start())

    camille = User.objects.get(username="camille")
    assert camille.is_confirmed
    assert "a servi 1 fois" in noor.opens("/compte/invitations/").text
    assert "camille" not in noor.opens("/compte/invitations/").text
    assert camille.acts.get(kind="CONFIRMED").actor is None
    assert Person().opens(link).status == 404


def test_a_member_who_waits_is_confirmed_by_a_link(noor: Person) -> None:
    assert noor.user
    secret = services.make_welcome(noor.user, uses=1, days=1, now=timezone.now())
    waiting = newcomer("camille", now=timezone.now())
    camille = Person(waiting)
    assert "se porte garant" in camille.opens(f"/bienvenue/{secret}/").text
    camille.sends(f"/bienvenue/{secret}/")
    waiting.refresh_from_db()
    assert waiting.is_confirmed


def test_a_link_that_is_closed_opens_nothing(noor: Person, visitor: Person) -> None:
    assert noor.user
    secret = services.make_welcome(noor.user, uses=5, days=1, now=timezone.now())
    number = noor.user.welcomes.get().pk
    noor.sends(f"/compte/invitations/{number}/fermer/")
    assert visitor.opens(f"/bienvenue/{secret}/").status == 404


def test_who_is_not_confirmed_invites_nobody() -> None:
    with pytest.raises(Refused, match="membre confirmé"):
        services.make_welcome(newcomer(), uses=1, days=1, now=NOW)


@pytest.mark.parametrize(("uses", "days"), [(0, 1), (51, 1), (1, 0), (1, 91)])
def test_a_link_has_limits(uses: int, days: int) -> None:
    with pytest.raises(Refused):
        services.make_welcome(make.user("noor"), uses=uses, days=days, now=NOW)


def test_a_link_serves_as_often_as_it_says() -> None:
    secret = services.make_welcome(make.user("noor"), uses=2, days=1, now=NOW)
    for name in ("first", "second"):
        assert newcomer(name, welcome=secret).is_confirmed
    with pytest.raises(services.WelcomeGone):
        newcomer("third", welcome=secret)
    assert not User.objects.filter(username="third").exists()


def test_a_code_on_paper_leads_back(visitor: Person) -> None:
    user, codes = services.sign_up(name="noor", passphrase=PHRASE, now=timezone.now())
    elsewhere = Person(user)
    new = "grillon marmelade boussole tonnerre"
    page = visitor.sends(
        "/connexion/retrouver/", name="Noor", code=codes[3].upper(), new=new, again=new
    )
    assert "Phrase de passe changée" in page.text
    assert elsewhere.opens("/compte/").asks_to_sign_in
    assert services.check_sign_in("noor", new, now=timezone.now()) == user
    assert queries.recovery_codes_left(user) == 9


@pytest.mark.parametrize("name", ["noor", "nobody"])
def test_a_wrong_code_is_wrong_in_the_same_words(visitor: Person, name: str) -> None:
    newcomer(now=timezone.now())
    page = visitor.sends(
        "/connexion/retrouver/", name=name, code="aaaaa-aaaaa", new=PHRASE, again=PHRASE
    )
    assert page.status == 403
    assert "ne vont pas ensemble" in page.text


def test_a_weak_passphrase_takes_no_code() -> None:
    user, codes = services.sign_up(name="noor", passphrase=PHRASE, now=NOW)
    with pytest.raises(domain.Weak):
        services.recover("noor", codes[0], passphrase="court", now=NOW)
    assert queries.recovery_codes_left(user) == 10


def link_in(message: mail.EmailMessage) -> str:
    return str(re.findall(r"http://[^/]+(/\S+)", str(message.body))[0])


def test_an_address_is_kept_only_when_its_link_is_confirmed(visitor: Person) -> None:
    opens_account(visitor, email="noor@exemple.fr")
    user = User.objects.get(username="noor")
    assert not user.email
    (message,) = mail.outbox
    assert message.to == ["noor@exemple.fr"]
    link = link_in(message)

    stranger = Person()
    assert "Joindre noor@exemple.fr" in stranger.opens(link).text
    user.refresh_from_db()
    assert not user.email

    stranger.sends(link)
    stranger.sends(link)
    user = User.objects.get(username="noor")
    assert user.email == "noor@exemple.fr"
    assert user.acts.filter(kind="EMAIL_SET").count() == 1
    assert "noor@exemple.fr" in visitor.opens("/compte/adresse/").text

    visitor.sends("/compte/adresse/retirer/")
    user.refresh_from_db()
    assert user.email is None


def test_a_link_of_before_does_not_bring_back_what_was_changed(noor: Person) -> None:
    noor.sends("/compte/adresse/", email="a@exemple.fr")
    noor.sends("/compte/adresse/", email="b@exemple.fr")
    first, second = (link_in(message) for message in mail.outbox)
    noor.sends(second)
    assert noor.opens(first).status == 404
    assert noor.sends(first).status == 404


def test_a_mailbox_leads_back_and_says_nothing_to_others(visitor: Person) -> None:
    user = newcomer(now=timezone.now())
    user.email = "noor@exemple.fr"
    user.save()
    ask: Callable[[str, str], Page] = lambda name, to: visitor.sends(  # noqa: E731
        "/connexion/retrouver/courriel/", name=name, email=to
    )
    pages = {ask("noor", "x@exemple.fr").text, ask("nobody", "noor@exemple.fr").text}
    assert mail.outbox == []
    pages.add(ask("Noor", "NOOR@exemple.fr").text)
    assert len({re.sub(r'value="[^"]*"', "", page) for page in pages}) == 1

    link = link_in(mail.outbox[0])
    new = "grillon marmelade boussole tonnerre"
    assert visitor.sends(link, new=new, again=new).asks_to_sign_in
    assert services.check_sign_in("noor", new, now=timezone.now()) == user


def test_without_mail_no_address_is_asked_for(visitor: Person, settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # type: ignore[attr-defined]
    assert "Adresse e-mail" not in visitor.opens(OPEN).text
    assert visitor.opens("/connexion/retrouver/courriel/").status == 404
    assert "n'envoie pas" in unescape(Person(newcomer()).opens("/compte/adresse/").text)


def test_turning_the_second_code_off_leaves_the_codes_on_paper() -> None:
    user, codes = services.sign_up(name="noor", passphrase=PHRASE, now=NOW)
    secret = domain.new_secret()
    code = domain.code_at(secret, int(NOW.timestamp()) // 30)
    codes = services.turn_totp_on(user, secret=secret, code=code, now=NOW)
    services.turn_totp_off(user, code=codes[0], now=NOW)
    assert queries.recovery_codes_left(user) == 9


def test_new_codes_for_the_passphrase_where_there_is_no_second_code(noor: Person) -> None:
    assert "actuelle" in noor.sends("/compte/codes-de-secours/", code="wrong").text
    page = noor.sends("/compte/codes-de-secours/", code=PHRASE)
    assert len(re.findall(CODE, page.text)) == 10
