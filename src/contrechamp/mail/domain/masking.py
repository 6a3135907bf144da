"""The public text of a message: no address, no telephone number, no name of an agent.

Hides too much rather than too little; the raw message and its text stay as they are, private.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from contrechamp.documents.domain.personal import names as persons
from contrechamp.kernel.errors import gettext_noop

from .quoting import blocks_of
from .shapes import Span

NAME = gettext_noop("[nom masqué]")
ADDRESS = gettext_noop("[adresse masquée]")
TELEPHONE = gettext_noop("[téléphone masqué]")

_AT = re.compile(
    r"[ ]?@\s?|\s?[\[({]\s?(?:at|arobase|chez|@|a)\s?[\])}]\s?|\s(?:AT|arobase)\s", re.IGNORECASE
)
_ENDS = frozenset(' \t\n\r\x0b\x0c\u00a0\u202f\u2009<>()[]{}"«»,;:')
_HOST = re.compile(
    r"[^\s<>()\[\]{}\"«»,;:]+(?:(?:\s?[\[({]\s?(?:dot|point)\s?[\])}]\s?|\s(?:DOT"
    r"|point)\s)[\w.-]{1,60}){0,6}"
)
_DOT = re.compile(r"\.|\b(?:dot|point)\b", re.IGNORECASE)
_TOKEN = re.compile(
    r"\[?\bcc ?- ?[a-z]{1,4} ?- ?[0-9a-z]{10} ?- ?[0-9a-z]{10}\b\]?"
    r"|(?<![a-z0-9])[a-z]{1,4}[-‐‑–—][0-9a-z]{10}[-‐‑–—][0-9a-z]{10}(?![a-z0-9])",
    re.IGNORECASE,
)
_GAP = r"[ .\-/_\u00a0\u202f]"
_TELEPHONE = re.compile(
    rf"(?<![\d/])(?:(?:\+|00){_GAP}{{0,2}}\d{{1,3}}{_GAP}{{0,2}}(?:\(\s?0\s?\){_GAP}{{0,2}})?"
    rf"(?:\d{_GAP}{{0,2}}){{5,12}}(?<=\d)|0{_GAP}?[1-9](?:{_GAP}{{0,3}}\d){{8}})(?!\d)"
    r"|(?i:\bpostes?\s{1,2}(?:n°\s?)?\d{3,6}\b)"
)
_CAPITAL = r"(?:(?:[dDlL]['’])?[A-ZÀ-ÖØ-Þ][\w'’]*|d[eu]|des|la|le|van|von)"
_FULL = rf"[A-ZÀ-ÖØ-Þ][\w'’]*\.?(?:(?:[ \u00a0]|-){{1,2}}{_CAPITAL}\.?){{0,5}}"
_TITLED = re.compile(
    rf"(?<!\w)(?:MM?\.|Mmes?|Mlles?|Mr\.?|Monsieur|Madame|Mademoiselle|Ma[îi]tre|Me|Dr\.?|Docteur)"
    rf"[ \u00a0]{{1,2}}(?P<name>{_FULL})"
)
_FOLLOWED = re.compile(
    r"(?i)(?:dossier|affaire|demande|courrier)?\s?(?:suivie?|instruite?|trait[ée]e?|r[ée]dig[ée]e?"
    r"|g[ée]r[ée]e?)"
    r" par\s?:?\s{0,3}|(?:votre|vos) (?:interlocut\w+|correspondante?|contact)\s?:\s?"
    r"|\bcontacts?\s?:\s?"
    r"|\b(?:r[ée]dacteur|r[ée]dactrice|gestionnaire|instructeur|instructrice|sign[ée]|signataire"
    r"|r[ée]f[ée]rente?)\s?:\s?"
)
_FIELD = re.compile(
    r"(?im)^[>\s*|]{0,8}(?:de|from|[àa]|to|cc|cci|bcc|pour|exp[ée]diteur|destinataires?"
    r"|envoy[ée] par)"
    r"[*\s]{0,3}:(?P<name>[^\n]{1,500})"
)
_WROTE = re.compile(
    r"(?im)^[>\s]{0,8}(?:(?:le|on)\s[^\n]{0,60}?\d{1,2}[:h]\d{2}(?::\d{2})?|(?:le"
    r"|on)\s[^\n]{0,40}?\d{4})?"
    r"(?P<name>[^\n]{1,160}?)\s(?:a (?:é|e)crit|wrote)\s?:"
)
_NOTES_NAME = re.compile(
    r"(?m)^[>\s\"]{0,8}(?P<name>[A-ZÀ-Þ][^\n/:.!?]{1,60})(?:/[A-ZÀ-Þ][\w .-]{0,40}){2,6}\s*$"
)
_ORGANISATION_WORDS = (
    "mairie ville commune prefecture sous service services direction departement region "
    "metropole conseil communaute agglomeration cabinet bureau pole secretariat juridique "
    "affaires accueil tribunal ministere police municipale association collectif observatoire "
    "contact courrier archives documentation securite informatique numerique centre office "
    "etablissement republique francaise france direct general generale generaux publique "
    "publics public urbaine urbain tranquillite prada cada commission acces documents "
    "administratifs administratif delegue deleguee donnees protection technique techniques "
    "reglementation reponse reponses marches le la les de du des et en au aux un une pour par "
    "sur dans avec l d responsable chef cheffe adjoint adjointe directeur directrice charge "
    "chargee mission madame monsieur maire prefet prefete president presidente secretaire "
    "place rue avenue boulevard hotel cedex bp cs tel fax courriel mail www messagerie "
    "notification systeme noreply no reply"
)
_ORGANISATION = frozenset(_ORGANISATION_WORDS.split())
_OFFICES_WORDS = (
    "le la les maire prefet prefete president presidente directeur directrice secretaire "
    "ministre chef cheffe delegue deleguee responsable adjoint adjointe conseiller "
    "conseillere depute deputee commissaire recteur rectrice procureur procureure monsieur "
    "madame et ou"
)
_OFFICES = frozenset(_OFFICES_WORDS.split())
Passage = tuple[int, int, str]


def public_text(text: str, *, names: Iterable[str] = ()) -> str:
    """Return the text with e-mail addresses, telephone numbers and agents' names replaced.

    Names are those of signatures, of "Dossier suivi par …", after "Madame" and "Monsieur", and
    those given (pass `Message.sender_name` and the names of known agents).
    """
    seen = "".join(sign for sign in unicodedata.normalize("NFC", text) if _is_seen(sign))
    seen = seen.replace("＠", "@").replace("﹫", "@")
    hidden = _replaced(seen, sorted([*_contacts(seen), *_people(seen), *_given(seen, names)]))
    # A second look: what was hidden may have stood between the halves of something else.
    again = sorted([*_contacts(hidden), *_given(hidden, names)])
    return _replaced(hidden, again)


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign) not in {"Cf", "Cs"}


def _replaced(text: str, passages: list[Passage]) -> str:
    out, at = [], 0
    for start, end, mark in passages:
        if end <= at:
            continue
        start = max(start, at)
        out += [text[at:start], mark]
        at = end
    return "".join([*out, text[at:]])


def _contacts(text: str) -> Iterator[Passage]:
    yield from _addresses(text)
    for found in _TOKEN.finditer(text):
        yield *found.span(), ADDRESS
    for found in _TELEPHONE.finditer(text):
        yield *found.span(), TELEPHONE


def _addresses(text: str) -> Iterator[Passage]:
    """Yield what stands on both sides of each @, or of what is written for one."""
    done = 0
    for found in _AT.finditer(text):
        start = found.start()
        if start < done:
            continue
        while start > done and text[start - 1] not in _ENDS:
            start -= 1
        host = _HOST.match(text, found.end())
        is_disguised = "@" not in found[0]
        if is_disguised and (start == found.start() or not host or not _DOT.search(host[0])):
            continue
        done = host.end() if host else found.end()
        yield start, done, ADDRESS


def _people(text: str) -> Iterator[Passage]:
    for form in (_TITLED, _FIELD, _WROTE, _NOTES_NAME):
        for found in form.finditer(text):
            yield from _name_in(text, *found.span("name"), is_field=form is not _TITLED)
    for found in _FOLLOWED.finditer(text):
        end = text.find("\n", found.end())
        stop = min(end if end >= 0 else len(text), found.end() + 80)
        if name := re.compile(_FULL).search(text, found.end(), stop):
            yield from _name_in(text, *name.span())
    for passage in persons.find(text):
        yield passage.start, passage.end, NAME
    for block in blocks_of(text):
        if block.span is Span.SIGNATURE:
            yield from _signed(text, block.start, block.end)


def _name_in(text: str, start: int, end: int, *, is_field: bool = False) -> Iterator[Passage]:
    """Yield the passage unless it names an office or a body alone."""
    words = [(one, _folded(one.group())) for one in re.finditer(r"[^\W\d_]+", text[start:end])]
    if not is_field and words and words[0][1] in _OFFICES - {"le", "la", "les"}:
        return
    if (
        not is_field
        and len(words) > 1
        and words[0][1] in {"le", "la", "les"}
        and words[1][1] in _OFFICES
    ):
        return
    own = [one for one, folded in words if folded not in _ORGANISATION and len(folded) > 1]
    if own:
        yield start + own[0].start(), start + own[-1].end(), NAME


def _signed(text: str, start: int, end: int) -> Iterator[Passage]:
    """Yield the names in a signature: what has capitals and names no office or body."""
    for line in re.finditer(r"[^\n]+", text[start:end]):
        for found in re.finditer(_FULL, line.group()):
            at = start + line.start()
            words = re.findall(r"[^\W\d_]+", found.group())
            folded = [_folded(word) for word in words]
            if 2 <= len(words) <= 5 and not set(folded) & (
                _ORGANISATION - {"de", "du", "la", "le", "d"}
            ):
                yield at + found.start(), at + found.end(), NAME


def _given(text: str, names: Iterable[str]) -> Iterator[Passage]:
    """Yield the names that are given, whole and word by word, whatever their accents and case."""
    folded, places = _folded_with_places(text)
    for name in names:
        words = re.findall(r"[^\W_]+", _folded(name))
        if not words or set(words) <= _ORGANISATION:
            continue
        told = [word for word in words if word not in _ORGANISATION and len(word) > 2]
        whole = r"[\W_]{1,3}".join(map(re.escape, words))
        for form in [whole, *map(re.escape, told)]:
            for found in re.finditer(rf"(?<![^\W_]){form}(?![^\W_])", folded):
                yield places[found.start()], places[found.end() - 1] + 1, NAME


def _folded(text: str) -> str:
    return _folded_with_places(text)[0]


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """Return the text without accents and case, and where each sign of it stood."""
    out: list[str] = []
    places: list[int] = []
    for at, sign in enumerate(text):
        for one in unicodedata.normalize("NFKD", sign.casefold()):
            if not unicodedata.combining(one):
                out.append(one)
                places.append(at)
    return "".join(out), places
