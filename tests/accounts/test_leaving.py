"""Taking everything away, and leaving: in every room, by the tables themselves."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import CASCADE, SET_NULL
from django.db.models.fields.related import ForeignKey, ManyToManyField
from django.utils import timezone
from django.utils.translation import gettext, override

from contrechamp.accounts import queries, services
from contrechamp.accounts.domain import Leaves, PersonalData, PersonalRows, Role
from contrechamp.accounts.models import Act, Erasure, User
from contrechamp.foundation.plug import offered
from contrechamp.kernel.errors import Refused
from contrechamp.search.models import SavedSearch
from tests import make
from tests.people import Person

pytestmark = pytest.mark.django_db(transaction=False)
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
PHRASE = "lampadaire girouette tambour noisette"
LIST = "erased-accounts.jsonl"


@pytest.fixture(autouse=True)
def _list() -> Iterator[None]:
    path = Path(settings.CONTRECHAMP.data) / LIST
    path.unlink(missing_ok=True)
    yield
    path.unlink(missing_ok=True)


def saved(user: User, name: str = "drones") -> SavedSearch:
    return SavedSearch.objects.create(
        owner=user, name=name, query="q=drone", saved_at=NOW, seen_at=NOW
    )


def parts(person: Person) -> dict[str, list[dict[str, object]]]:
    answer = person.opens("/compte/donnees/archive.zip")
    assert answer.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as bundle:
        assert {"data.json", "index.html"} <= set(bundle.namelist())
        assert "<h1>" in bundle.read("index.html").decode()
        data = json.loads(bundle.read("data.json"))
    return {key: part["rows"] for key, part in data["parts"].items()}


def test_every_column_that_names_an_account_has_its_rule() -> None:
    known = {column.name for column in queries.columns()}
    known |= {column for offer in offered(PersonalData) for column in offer.columns}
    naming = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label != "accounts"
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey | ManyToManyField) and field.related_model is User
    }
    assert naming - known == set()


def test_a_rule_of_a_room_names_a_column_that_exists() -> None:
    for offer in offered(PersonalData):
        for column in offer.columns:
            label, _, field = column.rpartition(".")
            assert apps.get_model(label)._meta.get_field(field)


def test_what_goes_with_its_person_is_held_back_by_nothing() -> None:
    held = {
        (column.name, relation.related_model._meta.label)
        for column in queries.columns()
        if column.rule.leaves == Leaves.DELETED
        for relation in column.model._meta.related_objects
        if relation.on_delete not in {CASCADE, SET_NULL}
    }
    assert held == set()


def test_no_table_has_a_column_for_an_address() -> None:
    """Nor do migrations: a column that was is read in old backups."""
    words = {"ip", "ip_address", "remote_addr", "user_agent", "useragent", "agent", "fingerprint"}
    found = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.get_internal_type() in {"GenericIPAddressField", "IPAddressField"}
        or field.name in words - {"fingerprint"}
    ]
    package = Path(settings.ROOT_URLCONF and services.__file__).parents[2]
    migrations = [
        path.name
        for path in package.glob("*/migrations/*.py")
        if "IPAddressField" in path.read_text() or "user_agent" in path.read_text()
    ]
    assert found == migrations == []


def test_every_part_of_an_export_has_a_name_in_both_languages() -> None:
    labels = {column.name: column.rule.label for column in queries.columns()}
    labels |= {offer.key: offer.label for offer in offered(PersonalData)}
    assert [name for name, label in labels.items() if not label] == []
    with override("en"):
        assert [name for name, label in labels.items() if gettext(label) == label] == []


def test_a_rule_names_a_column_that_there_is() -> None:
    known = {column.name for column in queries.columns()}
    assert {rule.column for rule in offered(PersonalRows)} - known == set()


def read(person: Person) -> str:
    answer = person.opens("/compte/donnees/archive.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as bundle:
        return unescape(bundle.read("index.html").decode())


def test_the_page_of_an_export_is_read_by_its_person(noor: Person) -> None:
    assert noor.user
    saved(noor.user)
    services.block(noor.user, make.user("marianne"), now=NOW)
    page = read(noor)

    assert "Recherches que vous gardez" in page
    assert "<dt>enregistré le</dt><dd>30 novembre 2026" in page
    assert "<dt>personne bloquée</dt><dd>marianne</dd>" in page
    shown = re.sub(r"<details>.*?</details>|<style>.*?</style>", "", page, flags=re.S)
    assert "SavedSearch" not in re.sub(r'(id|href)="[^"]*"', "", shown)
    assert not re.search(r"https?://|<script|<link|<img", page)


def test_the_page_of_an_export_is_in_english_too() -> None:
    page = read(Person(make.user("noor"), language="en"))
    assert '<html lang="en">' in page
    assert "<dt>last month signed in</dt>" not in page  # Never yet: what is empty is not told.
    assert "<dt>name</dt><dd>noor</dd>" in page


def test_everything_is_exported_at_once_and_no_secret_is(noor: Person) -> None:
    assert noor.user
    saved(noor.user)
    services.make_welcome(noor.user, uses=1, days=1, note="réunion", now=NOW)
    found = parts(noor)

    assert [row["name"] for row in found["search.SavedSearch.owner"]] == ["drones"]
    assert any(row.get("note") == "réunion" for row in found["accounts"])
    text = json.dumps(found)
    assert noor.user.password not in text
    assert "digest" not in text


def test_nobody_exports_the_rows_of_another(noor: Person, marianne: Person) -> None:
    assert marianne.user
    saved(marianne.user)
    assert "search.SavedSearch.owner" not in parts(noor)


def test_leaving_takes_the_passphrase(noor: Person) -> None:
    page = noor.sends("/compte/donnees/effacer/", texts="keep", when="now", passphrase="wrong")
    assert "actuelle" in page.text
    assert not Erasure.objects.exists()


def test_one_leaves_in_seven_days_and_may_stay_after_all(noor: Person) -> None:
    assert noor.user
    noor.sends("/compte/donnees/effacer/", texts="keep", when="later", passphrase=PHRASE)
    assert "sera effacé le" in noor.opens("/compte/donnees/").text
    assert services.erase_due(timezone.now() + timedelta(days=6)) == 0
    noor.sends("/compte/donnees/rester/")
    assert services.erase_due(timezone.now() + timedelta(days=8)) == 0
    noor.user.refresh_from_db()
    assert noor.user.erased_at is None


def test_after_seven_days_the_account_is_empty_and_names_nobody(
    noor: Person, django_capture_on_commit_callbacks: object
) -> None:
    assert noor.user
    user = noor.user
    user.email = "noor@exemple.fr"
    user.save()
    saved(user)
    services.block(make.user("marianne"), user, now=NOW)
    services.ask_erasure(user, passphrase=PHRASE, with_texts=True, at_once=False, now=NOW)

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert services.erase_due(NOW + timedelta(days=7)) == 1
        assert services.erase_due(NOW + timedelta(days=8)) == 0

    user.refresh_from_db()
    assert str(user) == "compte supprimé"
    assert user.username.startswith("compte-supprime-")
    assert not any([user.email, user.is_active, user.has_usable_password()])
    assert not SavedSearch.objects.exists()
    assert noor.opens("/compte/").asks_to_sign_in
    assert "noor" not in json.dumps(list(Act.objects.values_list("detail", flat=True)))
    listed = (Path(settings.CONTRECHAMP.data) / LIST).read_text()
    assert json.loads(listed) == {"id": user.public_id, "with_texts": True}


def test_the_name_is_free_again() -> None:
    user = make.user("noor")
    services.erase_account(user, with_texts=False, now=NOW)
    assert make.user("noor") != user


def test_a_restored_copy_erases_again_whom_the_list_names() -> None:
    user = make.user("noor")
    line = json.dumps({"id": user.public_id, "with_texts": False})
    assert services.erase_again([line, "", '{"id": "acc-unknown", "with_texts": true}'], now=NOW)
    assert services.erase_again([line], now=NOW) == 0
    user.refresh_from_db()
    assert user.erased_at == NOW


def test_at_once_means_at_once(noor: Person) -> None:
    page = noor.sends("/compte/donnees/effacer/", texts="erase", when="now", passphrase=PHRASE)
    assert "est effacé" in page.text
    assert noor.opens("/compte/").asks_to_sign_in


def test_the_last_administrator_stays() -> None:
    io = make.user("io", Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="dernier compte"):
        services.ask_erasure(io, passphrase=PHRASE, with_texts=False, at_once=True, now=NOW)


def test_of_the_last_sign_in_the_month_is_kept(visitor: Person) -> None:
    make.user("noor")
    visitor.sends("/connexion/", name="noor", passphrase=PHRASE)
    last = User.objects.get(username="noor").last_login
    assert last
    assert (last.day, last.hour, last.minute) == (1, 0, 0)


def test_the_page_of_data_says_what_is_not_kept(noor: Person) -> None:
    assert "Ni adresse réseau" in unescape(noor.opens("/compte/donnees/").text)
