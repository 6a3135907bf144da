"""Documents, places and experiments as threads are about them: their rooms stand beside the forum
and know nothing of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, gettext

from contrechamp.documents import queries as documents
from contrechamp.documents.domain import QuoteAction
from contrechamp.forum.domain.filing import Tags
from contrechamp.forum.domain.subjects import SubjectCard, SubjectKind, after
from contrechamp.forum.shown.panel import passages_panel
from contrechamp.foundation.plug import Panel
from contrechamp.kernel.errors import gettext_noop
from contrechamp.lab import registry
from contrechamp.places import queries as places

MOST = 200


def _documents(keys: Sequence[str]) -> Mapping[str, SubjectCard]:
    return {
        key: SubjectCard(title=title, url=f"/documents/{key}")
        for key, title in documents.public_titles(keys).items()
    }


def _contents(user: Any) -> Any:
    return documents.public_contents()


def _contents_named(refs: Sequence[str]) -> Sequence[str]:
    """Return the contents that refs of documents and of their pages name."""
    pages = {ref.partition("/")[0] for ref in after("documents:page:")(refs)}
    return sorted(pages | set(documents.contents_of(list(after("documents:document:")(refs)))))


def _passages(keys: Sequence[str]) -> Mapping[str, SubjectCard]:
    return {
        key: SubjectCard(
            title=gettext("{title}, p. {page}").format(title=found.title, page=found.page),
            url=found.url,
            quote=found.words or gettext("Une zone de l'image"),
        )
        for key, found in documents.passages(keys).items()
    }


def _quotes(user: Any) -> Any:
    return documents.open_quotes()


def _quotes_named(refs: Sequence[str]) -> Sequence[str]:
    """Return the passages of the contents that refs name: they are read as these are."""
    return documents.quotes_in(_contents_named(refs))


def _passage_talk(key: str) -> str:
    """Draw the talk about passages of a document, or of one page of it (`hash/12`)."""
    if settings.CONTRECHAMP.forum_external_url:
        return ""
    sha256, _, number = key.partition("/")
    quotes = (
        documents.quotes_on(sha256, int(number), public_only=False)
        if number
        else documents.quotes_of(sha256, public_only=False)
    )
    return passages_panel({quote.pk: " ".join(quote.exact.split()) for quote in quotes[:MOST]})


def _places(keys: Sequence[str]) -> Mapping[str, SubjectCard]:
    return {
        key: SubjectCard(title=found.name, url=found.get_absolute_url())
        for key, found in places.territories(keys).items()
    }


def _names(keys: Sequence[str]) -> Mapping[str, str]:
    return {key: found.name for key, found in places.territories(keys).items()}


def _experiments(keys: Sequence[str]) -> Mapping[str, SubjectCard]:
    known = {one.id: one for one in registry.experiments()}
    language = "en" if get_language() == "en" else "fr"
    return {
        key: SubjectCard(title=getattr(known[key].title, language), url=f"/labo/{key}")
        for key in keys
        if key in known
    }


def _everything(user: Any) -> None:
    """Nothing of this kind is private."""


SUBJECTS = (
    SubjectKind(
        kind="document",
        label=gettext_noop("document"),
        cards=_documents,
        visible=_contents,
        key="file",
        named=_contents_named,
        order=20,
    ),
    SubjectKind(
        kind="passage",
        label=gettext_noop("passage d'un document"),
        cards=_passages,
        visible=_quotes,
        named=_quotes_named,
        order=22,
    ),
    QuoteAction(
        label=gettext_noop("Discuter ce passage"),
        url_name="forum:about",
        parameter="sujet",
        prefix="passage:",
        is_for_all=True,
        is_of_public=True,
        is_here=lambda: not settings.CONTRECHAMP.forum_external_url,
        order=60,
    ),
    Panel(kinds=("document", "page"), draw=_passage_talk, order=91),
    SubjectKind(
        kind="place",
        label=gettext_noop("lieu"),
        cards=_places,
        visible=_everything,
        places=lambda key: (key,),
        order=50,
    ),
    SubjectKind(
        kind="experiment",
        label=gettext_noop("expérience du labo"),
        cards=_experiments,
        visible=_everything,
        order=60,
    ),
    Tags(kind="place", label=gettext_noop("lieu"), names=_names),
)
