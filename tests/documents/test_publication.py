"""From draft to public: two people, embargo kept, nobody's change lost, news sent once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import Settings

from contrechamp.accounts.domain import Role
from contrechamp.accounts.models import User
from contrechamp.documents import queries, services
from contrechamp.documents.models import Document, File
from contrechamp.foundation.signals import public_changed
from contrechamp.kernel.errors import Refused
from tests import make
from tests.documents import files

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def sarah(db: None) -> User:
    return make.user("sarah")


@pytest.fixture
def editor(db: None) -> User:
    return make.user("editor", Role.EDITOR)


@pytest.fixture
def draft(
    sarah: User, settings: Settings, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Document:
    settings.CONTRECHAMP = replace(
        settings.CONTRECHAMP, data=tmp_path_factory.mktemp("data"), workers=1
    )
    report = services.add_paths([files.pdf(tmp_path / "a.pdf", 2)], actor=sarah, now=NOW)
    return Document.objects.get(pk=report.documents[0].id)


@pytest.fixture
def news() -> Iterator[list[str]]:
    heard: list[str] = []
    public_changed.connect(lambda refs, **_: heard.extend(refs), weak=False, dispatch_uid="test")
    yield heard
    public_changed.disconnect(dispatch_uid="test")


def sha256() -> str:
    return File.objects.get().pk


def test_a_draft_does_not_exist_for_visitors(draft: Document, sarah: User) -> None:
    assert queries.find_public(sha256()) is None
    assert not queries.visible_to(AnonymousUser()).exists()
    assert queries.find_visible(sha256(), sarah) is not None


def test_a_second_person_publishes(draft: Document, editor: User, news: list[str]) -> None:
    services.submit_document(draft, actor=draft.added_by, now=NOW)
    services.publish_document(draft, reviewer=editor, now=NOW)

    found = queries.find_public(sha256(), NOW)
    assert found is not None
    assert (found.document, found.document.published_by) == (draft, editor)
    assert news == [
        f"documents:document:{draft.pk}",
        f"documents:page:{sha256()}/1",
        f"documents:page:{sha256()}/2",
    ]
    services.publish_document(draft, reviewer=editor, now=NOW)
    assert len(news) == 3


def test_nobody_publishes_what_they_added(editor: User, draft: Document) -> None:
    Document.objects.update(added_by=editor)

    with pytest.raises(Refused, match="seconde personne"):
        services.publish_document(draft, reviewer=editor, now=NOW)


def test_one_person_alone_may_where_the_setting_says_so(
    editor: User, draft: Document, settings: Settings
) -> None:
    settings.CONTRECHAMP = replace(settings.CONTRECHAMP, reviewers=1)
    Document.objects.update(added_by=editor)

    assert services.publish_document(draft, reviewer=editor, now=NOW).state == "PUBLISHED"


def test_a_member_publishes_nothing(draft: Document) -> None:
    with pytest.raises(Refused):
        services.publish_document(draft, reviewer=make.user("noor"), now=NOW)


def test_an_embargo_hides_until_its_moment_and_is_announced_once(
    draft: Document, editor: User, news: list[str]
) -> None:
    end = NOW + timedelta(days=2)
    services.describe_document(
        draft, expected_version=draft.version, actor=editor, now=NOW, embargo_until=end
    )
    services.publish_document(draft, reviewer=editor, now=NOW)

    assert news == []
    assert queries.find_public(sha256(), end - timedelta(seconds=1)) is None
    assert services.announce_ended_embargoes(now=end - timedelta(seconds=1)) == 0
    assert queries.find_public(sha256(), end) is not None
    assert services.announce_ended_embargoes(now=end) == 1
    assert services.announce_ended_embargoes(now=end) == 0
    assert len(news) == 3


def test_a_withdrawn_document_leaves_its_reason(
    draft: Document, editor: User, news: list[str]
) -> None:
    services.publish_document(draft, reviewer=editor, now=NOW)
    news.clear()

    with pytest.raises(Refused, match="pourquoi"):
        services.withdraw_document(draft, actor=editor, now=NOW, reason=" ")
    services.withdraw_document(draft, actor=editor, now=NOW, reason="nom d'un particulier")

    assert queries.find_public(sha256()) is None
    found = queries.find_withdrawn(sha256())
    assert found is not None
    assert found.document.withdrawn_reason == "nom d'un particulier"
    assert len(news) == 3


def test_what_was_never_public_is_not_said_to_be_withdrawn(draft: Document, editor: User) -> None:
    services.withdraw_document(draft, actor=editor, now=NOW, reason="doublon")
    assert queries.find_withdrawn(sha256()) is None


def test_two_who_write_at_once_are_told(draft: Document, sarah: User, editor: User) -> None:
    seen = draft.version
    services.describe_document(draft, expected_version=seen, actor=sarah, now=NOW, title="Un")

    with pytest.raises(services.Conflict) as caught:
        services.describe_document(draft, expected_version=seen, actor=editor, now=NOW, title="2")

    assert caught.value.current.title == "Un"
    assert Document.objects.get().title == "Un"


@pytest.mark.parametrize("fields", [{"title": "  "}, {"doc_type": "nothing"}])
def test_a_description_makes_sense(draft: Document, sarah: User, fields: dict[str, str]) -> None:
    with pytest.raises(Refused):
        services.describe_document(
            draft, expected_version=draft.version, actor=sarah, now=NOW, **fields
        )


def test_a_member_does_not_change_what_is_public(
    draft: Document, sarah: User, editor: User
) -> None:
    published = services.publish_document(draft, reviewer=editor, now=NOW)

    with pytest.raises(Refused, match="éditeur"):
        services.describe_document(
            published, expected_version=published.version, actor=sarah, now=NOW, title="x"
        )


def test_a_private_document_is_its_owners_alone(draft: Document, sarah: User, editor: User) -> None:
    Document.objects.update(access="PRIVATE")

    assert queries.visible_to(sarah).count() == 1
    assert queries.visible_to(editor).count() == 0
    with pytest.raises(Document.DoesNotExist):
        services.publish_document(draft, reviewer=editor, now=NOW)


def test_a_beginning_of_the_hash_finds_it_when_there_is_one_only(
    draft: Document, editor: User
) -> None:
    services.publish_document(draft, reviewer=editor, now=NOW)
    key = sha256()

    assert queries.find_public(key[:12], NOW) is not None
    assert queries.find_public(key[:11], NOW) is None
    assert queries.find_public(key[:20] + "zz", NOW) is None
    File.objects.create(sha256=key[:20] + "0" * 44, bytes=1, kind="pdf")
    assert queries.find_public(key[:12], NOW) is not None  # The other is not public.


def test_a_document_that_is_returned_is_a_draft_again(draft: Document, editor: User) -> None:
    services.submit_document(draft, actor=draft.added_by, now=NOW)

    returned = services.return_document(draft, reviewer=editor, now=NOW, reason="date ?")

    assert returned.state == "DRAFT"
    assert returned.custody.filter(what="returned", detail="date ?").exists()
