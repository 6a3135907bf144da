"""Search and directory of a copy, from the same entries as the search of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from contrechamp.foundation.plug import Entry
from contrechamp.mirror.domain import shards
from contrechamp.mirror.domain.addresses import normal
from contrechamp.mirror.domain.directory import Line, Section, letter, section
from contrechamp.mirror.domain.shards import Shown
from contrechamp.places import queries as places
from contrechamp.search.domain.words import STOPWORDS, stem, tokens

SNIPPET = 160
ORDER = (
    *("place", "project", "technology", "actor", "contract", "act", "action", "document"),
    *("fact", "page"),
)
"""What comes first among results that are alike."""
COMMUNE = "/commune/"

Find = Callable[[str], str | None]
"""The file of an address in the language of the index."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is kept of an entry: a copy of a large site has many."""

    title: str
    url: str
    kind: str
    note: str
    weight: float
    departement: str
    titles: frozenset[str]
    texts: frozenset[str]


def words_of_kinds() -> dict[str, str]:
    """Return what each kind of result is called, in the reader's language."""
    return {
        "place": gettext("Lieu"),
        "project": gettext("Projet"),
        "technology": gettext("Technique"),
        "actor": gettext("Acteur"),
        "contract": gettext("Contrat"),
        "act": gettext("Acte"),
        "opinion": gettext("Avis de la CADA"),
        "document": gettext("Document"),
        "fact": gettext("Fait"),
        "page": gettext("Page d'un document"),
        "request": gettext("Demande de documents"),
        "action": gettext("Action en justice"),
    }


def read_entries(entries: Iterable[Entry], find: Find) -> list[Found]:
    """Return what is in the copy, in the order in which results that are alike are shown."""
    found = [_found(entry) for entry in entries if find(_address(entry.url))]
    rank = {kind: place for place, kind in enumerate(ORDER)}
    found.sort(key=lambda one: (rank.get(one.kind, 99), -one.weight, one.title, one.url))
    return found


def _address(url: str) -> str:
    return normal(url.partition("#")[0])


def _found(entry: Entry) -> Found:
    note = " ".join(entry.text.split())
    short = f"{note[:SNIPPET].rsplit(' ', 1)[0]}…" if len(note) > SNIPPET else note
    departements = [key for key in entry.places if key.startswith("departement:")]
    return Found(
        title=entry.title,
        url=entry.url,
        kind=entry.kind,
        note=short,
        weight=entry.weight,
        departement=departements[0].partition(":")[2] if departements else "",
        titles=_stems(f"{entry.title} {entry.also}"),
        texts=_stems(entry.text),
    )


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in set(tokens(text)) if word not in STOPWORDS)


def index_files(found: list[Found], find: Find) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the search index."""
    words = shards.posted((set(one.titles), set(one.texts)) for one in found)
    shown = [
        Shown(title=one.title, file=_file(one.url, find), kind=one.kind, text=one.note)
        for one in found
    ]
    yield from shards.files(shown, words, words_of_kinds())


def _file(url: str, find: Find) -> str:
    address, _, fragment = url.partition("#")
    file = find(normal(address)) or ""
    return f"{file}#{fragment}" if fragment else file


def sections(found: Iterable[Found], addresses: Iterable[str]) -> list[Section]:
    """Return the directory: records, documents and acts, and the communes among the addresses."""
    lines: dict[str, list[tuple[str, Line]]] = {}
    for one in found:
        line = Line(title=one.title, url=one.url)
        if one.kind == "act":
            lines.setdefault("act", []).append((one.departement or "—", line))
        elif one.kind in NAMED:
            lines.setdefault(one.kind, []).append((letter(one.title), line))
    titles: Mapping[str, tuple[str, str]] = {
        "project": ("projets", gettext("Projets")),
        "actor": ("acteurs", gettext("Acteurs")),
        "technology": ("techniques", gettext("Techniques")),
        "contract": ("contrats", gettext("Contrats")),
        "document": ("documents", gettext("Documents")),
        "act": ("actes", gettext("Actes, par département")),
        "action": ("actions", gettext("Actions en justice")),
    }
    made = [section(*titles[kind], lines[kind]) for kind in titles if lines.get(kind)]
    if communes := list(_communes(addresses)):
        made.insert(0, section("communes", gettext("Communes, par département"), communes))
    return made


NAMED = {"project", "actor", "technology", "contract", "document", "action"}


def _communes(addresses: Iterable[str]) -> Iterator[tuple[str, Line]]:
    urls = {}
    for address in addresses:
        if address.startswith(COMMUNE) and "." not in address:
            urls[f"commune:{address.removeprefix(COMMUNE).partition('-')[0]}"] = address
    for key, territory in places.territories(urls).items():
        if key in urls:
            yield territory.departement or "—", Line(title=territory.name, url=urls[key])
