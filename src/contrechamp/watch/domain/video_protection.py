"""Orders on systems of video protection (code de la sécurité intérieure, L251-1 and following).

The operative part decides: article 1 must authorise, change, renew, refuse or repeal a system. A
delegation of signature, a commission, a list of staff who may watch only speak of such systems.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from contrechamp.kernel.dates import add_months

from .act import Act, Context, Draft, Span, Turned
from .bundles import Heading, headings
from .courts import court_of, named_court
from .days import COUNT, DAY, day_of, number
from .finding import Beneficiary, Cameras, FoundPlace
from .places import Communes
from .premises import beneficiary, names_in
from .text import folded

VIDEO = r"video[\s-]{0,3}(?:protection|surveillance)"
_ARTICLE_1 = re.compile(r"\barticle\s*:?\s*(?:1(?![0-9])|premier|unique)")
_ARTICLE_2 = re.compile(r"\barticle\s*:?\s*2(?![0-9])")
_ARTICLE_3 = re.compile(r"\barticle\s*:?\s*3(?![0-9])")
_REPEALS = re.compile(r"\b(?:est|sont)\s+abroge")
_DECIDES = re.compile(
    r"^\s*(?:a\s*r\s*r\s*e\s*t\s*e(?:nt)?|d\s*e\s*c\s*i\s*d\s*e)\s*:?\s*$", re.MULTILINE
)
_SYSTEM = re.compile(VIDEO)
_ACTS = re.compile(
    r"\b(?:est|sont|a\s+ete)\s+(?:\w+\s+){0,3}?(?:autorise|refuse|rejete|reconduit|renouvele|abroge|"
    r"modifie|proroge|retire|prolonge|accorde|delivre)|\ba\s+modifier\b|\best\s+accorde|"
    r"\bautorisation\b[^.]{0,160}\best\s|\bsont?\s+reconduite?s?\b|il\s+est\s+mis\s+fin|n'est\s+pas"
)
_NOT = re.compile(
    r"delegation\s+(?:de|permanente)|delegations?\s+de\s+(?:signature|competence)|subdelegation|"
    r"composition\s+de\s+la\s+commission|commission\s+departementale\s+des?\s+systemes|"
    r"portant\s+(?:nomination|designation|habilitation)|habilitation\s+(?:a|des|du)\b|"
    r"personnes?\s+(?:habilite|autorise)e?s?\s+a\s+(?:visionner|acceder|consulter)"
)
_KINDS = (
    ("abrogation", re.compile(r"\babrog|\bretrait\b|\bcessation\b")),
    ("refusal", re.compile(r"\brefus|\brejet")),
    ("renewal", re.compile(r"\brenouvell?e|\breconduction|\breconduit")),
    ("modification", re.compile(r"\bmodifi")),
    ("extension", re.compile(r"\bprorog|\bprolong|\bextension\b")),
    ("authorisation", re.compile(r"\bautoris|\binstallation\b")),
)
_CAMERA = re.compile(
    rf"\b(?P<count>(?<![/\d.])\d{{1,2}} \d{{3}}(?=\s+cameras)|{COUNT})\s+"
    r"(?:\(\s*[a-z0-9-]+\s*\)\s+)?"
    r"(?:nouvelles?\s+|autres\s+)?"
    r"(?:mini-?\s?)?cameras?\b(?:\s+(?:mini-?)?(?:domes?|fixes?|motorisees?|pivotantes?|rotatives?|orientables?|"
    r"tournantes?|numeriques?|analogiques?|ptz|ip)\b){0,2}(?P<kind>(?:\s+(?:dites?\s+|de\s+type\s+)?(?:interieure|exterieure|visionnant|"
    r"filmant|de\s+(?:la\s+)?voies?\s+publiques?|sur\s+(?:la\s+)?voies?\s+publiques?|nomade|mobile|"
    r"perimetri|situees?\s+(?:en|sur)\s+(?:la\s+)?voie|voies?\s+publiques?|deplacable)[^\s,;.]*"
    r"(?:\s+(?:la|les)\s+voies?\s+publiques?)?)?)"
)
_KIND_ONLY = re.compile(
    rf"(?:,|\bet\b|\bdont\b|[(:])\s*(?:de\s+|d')?(?:cameras?\s+)?(?P<count>{COUNT})\s+"
    r"(?:(?:mini-?)?(?:domes?|fixes?)\s+)?(?P<kind>interieures?|exterieures?|"
    r"(?:de\s+|sur\s+(?:la\s+)?)?voies?\s+publiques?|(?:visionn|film)ant\s+la\s+voie\s+publique|nomades?|mobiles?)\b"
)
_TOTAL = re.compile(
    r"\bsoit\s+(?:(?:un|au)\s+total|desormais)|\bportant\s+(?:le|a)\b|\bpour\s+un\s+total|"
    r"\bau\s+total\b|\bnombre\s+total"
)
_ADDS = re.compile(r"\bajout|\brajout|\bsupplementaire|\binstallation\s+de\b|\bextension\b")
_REMOVES = re.compile(r"\bsuppression|\bretrait|\benlevement|\bdepose\b")
_CHANGES = re.compile(r"\bmodifications?\s+portent?\b|\bmodification\s+porte\b")
_PERIMETERS = re.compile(rf"\b(?P<count>{COUNT})\s+perimetres?\b")
_RETENTION = re.compile(
    rf"(?:conserv\w+|detrui\w+|delai|duree)[^.;]{{0,160}}?\b(?P<count>{COUNT})\s*"
    r"(?:\([^)]{1,20}\)\s*)?(?P<unit>jours?|mois|heures?)\b"
)
_CHANGED_TO = re.compile(
    rf"\bde\s+(?:{COUNT})(?:\s+jours?)?\s+a\s+(?P<count>{COUNT})\s+(?P<unit>jours?)\b"
)
_FILES = re.compile(
    r"(?:enregistree?s?\s+sous\s+(?:les?|la|l)\s*(?:numeros?|n\s*[°os]*|references?)|"
    r"\b(?:dossiers?|demandes?)\s+(?:de\s+demande\s+)?(?:numeros?|n\s*[°os]+)|"
    r"\bporte(?:nt)?\s+le\s+(?:numero|n\s*[°o]+)|\boperation\s+n\s*[°o]+)\s*:?\s*"
    r"(?P<list>(?:20\d\d\s*[/_.-]?\s*\d[\d ]{1,7}\d|\d{6,10})"
    r"(?:\s*(?:-|,|et|;)\s*(?:20\d\d\s*[/_.-]\s*\d[\d ]{1,7}\d))*)"
)
_FILE = re.compile(r"20\d\d\s*[/_.-]?\s*\d[\d ]{1,7}\d|\d{6,10}")
_YEARS = re.compile(
    rf"\bduree\s+(?:maximale\s+)?de\s+(?P<count>{COUNT})\s*(?:\(\s*\w+\s*\)\s*)?ans?\b"
)
_SOME_MONTHS = re.compile(
    rf"\bautorise[^.]{{0,200}}?\bduree\s+(?:maximale\s+)?de\s+(?P<count>{COUNT})\s*(?:\(\s*\w+\s*\)\s*)?mois\b"
)
_SIGNED = re.compile(
    rf"(?:fait\s+(?:a|au|aux)\s+[^\n]{{2,40}}?[,\s]\s*(?:le\s*:?\s*)?"
    rf"|^[^\n\d]{{3,40}},?\s*\ble\s*:?\s*){DAY}",
    re.MULTILINE,
)
_SIGNED_BARE = re.compile(rf"^\s*[a-z' -]{{3,30}},\s*(?:le\s*)?{DAY}\s*$", re.MULTILINE)
_REPEALED = re.compile(
    rf"\barretes?\b(?:\s+prefectora(?:l|ux))?(?:\s+n\s*[°o]*\s*\S+)?(?:\s+susvise)?\s+(?:du|en\s+date\s+du)"
    rf"\s+{DAY}[^.]{{0,400}}?\b(?:est|sont)\s+abroge"
)
_AUTHORITY = re.compile(
    r"\bl[ae]\s+prefete?\s+(?:de\s+la\s+|de\s+l'|de\s+|du\s+|des\s+|d')"
    r"[a-z'-]+(?:[ -][a-z'-]+){0,3}(?=\s*,)"
)
_TOWN = re.compile(
    r"\bcommunes?\s+(?P<name>(?:de\s+la\s+|de\s+l'|de\s+|du\s+|des\s+|d')[^\n(,;]{2,60})"
)
_AT = re.compile(
    r"(?:\ba|\bau|\baux|,|-)\s+(?P<name>[a-z][a-z' \n-]{2,40}?)\s*\(\s*(?P<post>\d{2}\s?\d{3})\s*\)"
)
_POST = re.compile(r"\(\s*(\d{2}\s?\d{3})\s*\)")
_PURPOSES = (
    ("building_protection", re.compile(r"protection\s+des\s+batiments")),
    ("crime_prevention", re.compile(r"prevention\s+des?\s+(?:l')?atteintes?\s+a\s+la\s+securite")),
    ("terrorism", re.compile(r"actes?\s+(?:de\s+)?terroris")),
    ("traffic", re.compile(r"regulation\s+(?:du\s+trafic|des\s+flux)|circulation\s+routiere")),
    ("verbalisation", re.compile(r"constatation\s+des\s+infractions\s+aux\s+regles")),
    ("rescue", re.compile(r"secours\s+aux?\s+personnes|defense\s+contre\s+l'incendie")),
    ("waste", re.compile(r"abandon\s+d'ordures|depots?\s+sauvages?|dechets")),
    ("public_order", re.compile(r"tranquillite\s+publique|ordre\s+public")),
)
_BASIS = re.compile(r"\b(?P<letter>[lr])\s*\.?\s*(?P<number>25\d-\d{1,2}(?:-\d)?)\b")
_CODE = re.compile(r"code\s+de\s+la\s+securite\s+interieure")


JUDGED = {
    **{"technology": (80, 80), "decision": (80, 80), "places": (80, 80), "signed_on": (80, 80)},
    **{"file_numbers": (80, 80), "court": (80, 80), "cameras": (78, 79), "beneficiary": (76, 80)},
    **{"retention_days": (75, 75), "duration_years": (75, 75), "repeals": (15, 15)},
    **{"purposes": (64, 75), "perimeters": (5, 5)},
}
"""How many values of a field were right at the first reading of how many judged by hand
(`tests/watch/judged_acts.csv`)."""


def sure(field: str) -> float:
    """Return how far a value of a field is to be believed: its hits, never certain (Laplace)."""
    hits, count = JUDGED[field]
    return round((hits + 1) / (count + 2), 3)


SURE = 0.9
"""Below it the way of reading was not met in what was judged."""
_AT_WHOM = re.compile(
    r"video[\s-]{0,3}(?:protection|surveillance)\s*(?:[-:]\s*)?(?:(?:a|au|aux|dans|pour)\s+(?:l'|la\s|le\s|les\s)?)?"
    r"(?P<in>(?!communes?\b|villes?\b|le\s+prefet|la\s+prefete)[a-z0-9][^\n(]{2,80}?)"
    r"(?=\s*\n|\s+a\s|\s+au\s|\s+situe|\s+sise?\b|\s+sur\s|\s*\(|\s*$)"
)
"""Whom a heading names without a parenthesis."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of an act that are read: offsets in its text."""

    heading: Heading | None
    operative: int
    first: int
    second: int
    end: int


def read(act: Act, context: Context) -> Iterable[Draft]:
    """Yield the decision on a video-protection system that an act takes, if it takes one."""
    judged = _judged(act)
    if isinstance(judged, _Parts):
        yield _draft(act, context, judged)


def turned(act: Act, context: Context) -> list[Turned]:
    """Return why an act decides of no video-protection system; nothing when it does."""
    judged = _judged(act)
    return [] if isinstance(judged, _Parts) else [judged]


def _judged(act: Act) -> _Parts | Turned:
    if not _SYSTEM.search(act.pages.folded):
        return Turned("video_protection.no_system")
    parts = _parts(act)
    if parts is None:
        return Turned("video_protection.no_operative_part")
    return _why_not(act, parts) or parts


def _parts(act: Act) -> _Parts | None:
    flat = act.pages.folded
    body, _ = headings(act.pages)
    heading = body[0] if body else None
    after = heading.end if heading else 0
    verb = _DECIDES.search(flat, after)
    article = _ARTICLE_1.search(flat, verb.start() if verb else after)
    if article is None and verb is None:
        return None
    first = article.start() if article else verb.end() if verb else 0
    second = _ARTICLE_2.search(flat, first)
    if second and _REPEALS.search(flat, first, second.start()):
        # Article 1 repeals an older order; the decision is in the next.
        second = _ARTICLE_3.search(flat, second.end()) or second
    return _Parts(
        heading=heading,
        operative=first,
        first=first,
        second=second.start() if second else min(len(flat), first + 4000),
        end=len(flat),
    )


def _why_not(act: Act, parts: _Parts) -> Turned | None:
    """Return why the operative part decides of no system; None when it does."""
    flat = act.pages.folded
    head = parts.heading.kind if parts.heading else flat[: parts.first][:1500]
    title = folded(act.title or "")
    if friend := _NOT.search(head):
        # A heading's words are joined anew: they have no place of their own.
        at = (0, 0) if parts.heading else friend.span()
        return Turned("video_protection.persons", *at)
    if not parts.heading and _NOT.search(title):
        return Turned("video_protection.persons")
    two = flat[parts.first : parts.second + 1200]
    if parts.heading:
        if not _SYSTEM.search(two):
            return Turned("video_protection.not_in_articles")
        return None if _ACTS.search(two) or _CHANGES.search(two) else _undecided(parts)
    article = flat[parts.first : parts.second]
    if not _SYSTEM.search(article):
        return Turned("video_protection.not_in_articles")
    if not _ACTS.search(article):
        return _undecided(parts)
    if not _SYSTEM.search(title) and not _SYSTEM.search(head):
        return Turned("video_protection.not_in_title")
    return None


def _undecided(parts: _Parts) -> Turned:
    return Turned("video_protection.nothing_decided", parts.first, min(parts.first + 80, parts.end))


def _draft(act: Act, context: Context, parts: _Parts) -> Draft:
    flat = act.pages.folded
    spans: dict[str, Span] = {}
    warnings: list[str] = list(act.warnings)
    decisions = _decisions(act, parts, spans)
    spans["technology"] = _technology(flat, parts)
    places = tuple(_places(act, context, parts, spans, warnings))
    signed = _signed(flat, parts, spans)
    years = _years(flat, parts, spans) if decisions[0] in {"authorisation", "renewal"} else None
    months = (
        12 * years
        if years
        else _provisional(flat, parts)
        if decisions[0] == "authorisation"
        else None
    )
    court = _court(flat, context, spans)
    cameras = None if decisions[0] == "refusal" else _cameras(flat, parts, decisions, spans)
    return Draft(
        technology="video_protection",
        technologies=("video_protection",),
        decision=decisions[0],
        decisions=decisions,
        order=_order(parts, act, spans),
        signed_on=signed,
        authority=_authority(act),
        repeals=tuple(_repeals(flat, parts, spans)),
        places=places,
        beneficiary=_beneficiary(act, parts, spans),
        cameras=cameras,
        perimeters=_perimeters(flat, parts, spans),
        retention_days=None if decisions[0] == "refusal" else _retention(flat, parts, spans),
        file_numbers=tuple(_file_numbers(act, parts, spans)),
        duration_years=years,
        expires_on=add_months(signed, months) if signed and months else None,
        purposes=_purposes(flat, parts),
        legal_basis=_legal_basis(flat),
        court=court,
        spans=spans,
        warnings=tuple(dict.fromkeys(warnings)),
    )


def _decisions(act: Act, parts: _Parts, spans: dict[str, Span]) -> tuple[str, ...]:
    """Return what is decided, the leading word first: of the heading, else of article 1."""
    flat = act.pages.folded
    article = flat[parts.first : parts.second]
    if parts.heading is None:
        start, words = parts.first, article[:600]
        found = _kinds_in_article(words)
        spans["decision"] = Span(start, start + min(len(words), 160), 0.9)
        return found
    found = _kinds_in_heading(parts.heading.kind)
    start = flat.find("portant", parts.heading.start, parts.heading.end)
    start = start if start >= 0 else parts.heading.start
    system = _SYSTEM.search(flat, start, parts.heading.end)
    spans["decision"] = Span(start, system.end() if system else parts.heading.end, sure("decision"))
    if found == ("authorisation",) and re.search(r"\best\s+refuse|\bsont\s+refuse", article):
        return ("refusal",)
    return found


def _kinds_in_heading(kind: str) -> tuple[str, ...]:
    """Return the decisions of "portant abrogation et refus d'autorisation d'installation …"."""
    met = sorted(
        (match.start(), name)
        for name, pattern in _KINDS
        if (match := pattern.search(kind)) is not None
    )
    found: list[str] = []
    at = 0
    for start, name in met:
        between = kind[at:start]
        joined = re.search(r"\bet\b|\bou\b|,", between)
        if not found or (joined and not re.search(r"\bd(?:e|u|es)?\b|d'", between.split("et")[-1])):
            found.append(name)
        at = start
    return tuple(found) or ("authorisation",)


def _kinds_in_article(words: str) -> tuple[str, ...]:
    for name, pattern in (
        ("refusal", re.compile(r"\best\s+(?:refuse|rejete)|n'est\s+pas\s+autorise")),
        ("abrogation", re.compile(r"\b(?:est|sont)\s+(?:abroge|retire)")),
        ("renewal", re.compile(r"\breconduit|\brenouvele|renouvellement")),
        ("modification", re.compile(r"\ba\s+modifier\b|\b(?:est|sont)\s+modifie")),
        ("extension", re.compile(r"\bproroge|\bprolonge")),
    ):
        if pattern.search(words):
            return (name,)
    return ("authorisation",)


def _technology(flat: str, parts: _Parts) -> Span:
    found = _SYSTEM.search(flat, parts.first) or _SYSTEM.search(flat)
    if found is None:
        return Span(parts.first, parts.first + 40, 0.5)
    return Span(found.start(), found.end(), sure("technology"))


def _places(
    act: Act, context: Context, parts: _Parts, spans: dict[str, Span], warnings: list[str]
) -> Iterator[FoundPlace]:
    """Yield the commune of the heading; without one that of article 1."""
    communes = Communes.of(context.departement)
    flat, text = act.pages.folded, act.pages.text
    postal = _post_of_article(flat, parts)
    if parts.heading:
        stop = parts.heading.end
        match = _TOWN.search(flat, parts.heading.start, stop)
        if match:
            printed = text[match.start("name") : match.end("name")].strip()
            code = _POST.search(flat, match.end(), min(stop, match.end() + 12))
            found = communes.resolve(printed, code[1].replace(" ", "") if code else postal)
            spans["places"] = Span(
                match.start("name"), match.end("name"), sure("places") if found.insee else 0.5
            )
            yield found
            other = _town_of_article(flat, text, parts, communes)
            if other and found.insee and other[0].insee and other[0].insee != found.insee:
                warnings.append("places_differ")
            return
    here = _town_of_article(flat, text, parts, communes)
    if parts.heading and (here is None or here[1].confidence < SURE):
        here = _town_of_heading(text, parts.heading, communes) or here
    if here:
        spans["places"] = here[1]
        yield here[0]


def _town_of_heading(
    text: str, heading: Heading, communes: Communes
) -> tuple[FoundPlace, Span] | None:
    """Return the last commune that a heading names: "– Pharmacie des Essais à Alès"."""
    named = list(communes.named_in(text[heading.start : heading.end]))
    if not named:
        return None
    last = named[-1]
    start, end = heading.start + last.start, heading.start + last.end
    return last.place, Span(start, end, 0.9)


def _post_of_article(flat: str, parts: _Parts) -> str | None:
    match = _POST.search(flat, parts.first, parts.second)
    return match[1].replace(" ", "") if match else None


def _town_of_article(
    flat: str, text: str, parts: _Parts, communes: Communes
) -> tuple[FoundPlace, Span] | None:
    for match in _AT.finditer(flat, parts.first, parts.second):
        name = text[match.start("name") : match.end("name")]
        found = communes.resolve(name.split(" - ")[-1], match["post"].replace(" ", ""))
        if found.insee:
            return found, Span(match.start("name"), match.end("name"), 0.95)
    town = _TOWN.search(flat, parts.first, parts.second)
    if town:
        found = communes.resolve(text[town.start("name") : town.end("name")])
        if found.insee:
            return found, Span(town.start("name"), town.end("name"), 0.95)
    for named in communes.named_in(text[parts.first : parts.second]):
        start = parts.first + named.start
        return named.place, Span(start, parts.first + named.end, 0.85)
    return None


def _beneficiary(act: Act, parts: _Parts, spans: dict[str, Span]) -> Beneficiary | None:
    text = act.pages.text
    names = names_in(text[parts.heading.end if parts.heading else 0 : parts.end])
    about = text[parts.first : min(parts.second, parts.first + 1000)]
    printed = ""
    if parts.heading:
        match = re.search(
            r"\((?P<in>[^)]{2,200})\)?", text[parts.heading.start : parts.heading.end]
        )
        if match and not re.fullmatch(r"\s*\d{2}\s?\d{3}\s*", match["in"]):
            printed = match["in"]
            start = parts.heading.start + match.start("in")
            spans["beneficiary"] = Span(start, start + len(match["in"]), sure("beneficiary"))
        elif not match and (
            named := _AT_WHOM.search(folded(text[parts.heading.start : parts.heading.end]))
        ):
            start, end = (
                parts.heading.start + named.start("in"),
                parts.heading.start + named.end("in"),
            )
            printed = text[start:end]
            spans["beneficiary"] = Span(start, end, 0.85)
    found = beneficiary(printed, about, names)
    if found.printed is None:
        spans.pop("beneficiary", None)
    return found


def _cameras(
    flat: str, parts: _Parts, decisions: tuple[str, ...], spans: dict[str, Span]
) -> Cameras | None:
    """Return the numbers of cameras as stated; totals and additions apart in a modification."""
    is_change = "modification" in decisions
    stop = min(parts.end, parts.second + 1500) if is_change else parts.second
    changes = _CHANGES.search(flat, parts.first, stop) if is_change else None
    start = changes.end() if changes else parts.first
    stop = _sentence_end(flat, start, stop) if changes else stop
    counted = list(_counted(flat, start, stop))
    if changes and not counted:  # The change is of something else; article 1 says the numbers.
        changes = None
        counted = list(_counted(flat, parts.first, parts.second))
    if not counted:
        return None
    split = _TOTAL.search(flat, counted[0][0] - 60 if counted[0][0] > 60 else 0, stop)
    at_total = split.start() if is_change and split else None
    before = [each for each in counted if at_total is not None and each[0] < at_total]
    after = [each for each in counted if at_total is None or each[0] > at_total]
    if is_change and at_total is None and changes:
        before, after = after, []
    added = _added(flat, start, before)
    spans["cameras"] = Span(
        (after or before)[0][0],
        min((after or before)[-1][1], (after or before)[0][0] + 300),
        sure("cameras"),
    )
    sums: dict[str, int] = {}
    for _, _, count, kind in after:
        sums[kind] = sums.get(kind, 0) + count
    total = sum(sums.values()) if after else None
    if "plain" in sums and len(sums) > 1:  # "de 12 caméras dont 4 extérieures"
        first = after[0]
        gap = flat[first[1] : after[1][1]]
        total = first[2] if first[3] == "plain" and re.match(r"\s*(?:dont\b|[(:])", gap) else total
    # A system that is said to be composed of some kinds has none of the others.
    unsaid = 0 if sums and "plain" not in sums else None
    return Cameras(
        indoor=sums.get("indoor", unsaid),
        outdoor=sums.get("outdoor", unsaid),
        public_road=sums.get("public_road", unsaid),
        mobile=sums.get("mobile", unsaid),
        total=total,
        added=added,
    )


def _sentence_end(flat: str, start: int, stop: int) -> int:
    """Return where the list of changes ends: at the next article."""
    match = re.compile(r"\barticle\s*\d").search(flat, start, stop)
    return match.start() if match else stop


def _added(flat: str, start: int, before: list[tuple[int, int, int, str]]) -> int | None:
    total, met = 0, False
    at = start
    mode = None
    for begin, end, count, _ in before:
        words = flat[at:begin]
        if _REMOVES.search(words):
            mode = "removes"
        if _ADDS.search(words):
            mode = "adds"
        if mode == "adds":
            total, met = total + count, True
        at = end
    return total if met else None


def _counted(flat: str, start: int, stop: int) -> Iterator[tuple[int, int, int, str]]:
    """Yield each number of cameras: where, how many, of which kind."""
    at = start
    while match := _CAMERA.search(flat, at, stop):
        yield match.start(), match.end(), number(match["count"]), _camera_kind(match["kind"])
        at = match.end()
        while more := _KIND_ONLY.match(flat, at + _blanks(flat, at), stop):
            yield more.start(), more.end(), number(more["count"]), _camera_kind(more["kind"])
            at = more.end()


def _blanks(flat: str, at: int) -> int:
    count = 0
    while at + count < len(flat) and flat[at + count].isspace():
        count += 1
    return count


def _camera_kind(words: str) -> str:
    for kind, stem in (
        ("indoor", "interieure"),
        ("outdoor", "exterieure"),
        ("public_road", "voie"),
        ("mobile", "nomade"),
        ("mobile", "mobile"),
        ("mobile", "deplacable"),
    ):
        if stem in words:
            return kind
    return "plain"


def _perimeters(flat: str, parts: _Parts, spans: dict[str, Span]) -> int | None:
    match = _PERIMETERS.search(flat, parts.first, min(parts.end, parts.second + 1200))
    if match is None or match["count"] in {"un", "une"}:
        return None
    spans["perimeters"] = Span(match.start(), match.end(), sure("perimeters"))
    return number(match["count"])


def _retention(flat: str, parts: _Parts, spans: dict[str, Span]) -> int | None:
    if match := _CHANGED_TO.search(flat, parts.first):
        spans["retention_days"] = Span(match.start(), match.end(), SURE)
        return number(match["count"])
    for match in _RETENTION.finditer(flat, parts.first):
        said = match[0]
        if re.search(
            r"recours|notification|rejet|quatre\s+mois|avant\s+l'echeance|commission", said
        ):
            continue
        around = flat[max(0, match.start() - 200) : match.end()]
        if not re.search(r"enregistrement|image|conserv", around):
            continue
        count = number(match["count"])
        unit = match["unit"]
        days = count * 30 if unit == "mois" else count
        if unit.startswith("heure"):
            if count % 24:
                return None
            days = count // 24
        if not 0 < days <= 31:
            continue
        start = match.start("count")
        spans["retention_days"] = Span(start, match.end("unit"), sure("retention_days"))
        return days
    return None


def _file_numbers(act: Act, parts: _Parts, spans: dict[str, Span]) -> Iterator[str]:
    flat, text = act.pages.folded, act.pages.text
    match = _FILES.search(flat, parts.first, min(parts.end, parts.second + 800))
    confidence = sure("file_numbers")
    if match is None:
        match, confidence = _FILES.search(flat, 0, parts.first), 0.9
    if match is None:
        return
    spans["file_numbers"] = Span(match.start("list"), match.end("list"), confidence)
    for each in _FILE.finditer(flat, match.start("list"), match.end("list")):
        yield "".join(text[each.start() : each.end()].split())


def _years(flat: str, parts: _Parts, spans: dict[str, Span]) -> int | None:
    match = _YEARS.search(flat, parts.first)
    if match is None:
        return None
    spans["duration_years"] = Span(match.start(), match.end(), sure("duration_years"))
    return number(match["count"])


def _provisional(flat: str, parts: _Parts) -> int | None:
    """Return for how many months article 1 authorises; None when it does not say months."""
    match = _SOME_MONTHS.search(flat, parts.first, parts.second)
    return number(match["count"]) if match else None


def _signed(flat: str, parts: _Parts, spans: dict[str, Span]) -> date | None:
    found = None
    for pattern, start in (
        (_SIGNED, parts.second),
        (_SIGNED_BARE, parts.second),
        (_SIGNED, parts.first),
        (_SIGNED_BARE, parts.first),
    ):
        for found in pattern.finditer(flat, start):  # noqa: B007  The last one is the signature's.
            pass
        if found is not None:
            break
    if found is not None and (day := day_of(found)):
        spans["signed_on"] = Span(found.start(), found.end(), sure("signed_on"))
        return day
    if parts.heading:
        flat_head = flat[parts.heading.start : parts.heading.end]
        said = re.search(rf"\bdu\s+{DAY}", flat_head)
        if said and (day := day_of(said)):
            start = parts.heading.start
            spans["signed_on"] = Span(start + said.start(), start + said.end(), 0.85)
            return day
    return None


def _repeals(flat: str, parts: _Parts, spans: dict[str, Span]) -> Iterator[date]:
    for match in _REPEALED.finditer(flat, parts.first):
        if day := day_of(match):
            spans.setdefault(
                "repeals",
                Span(match.start(), min(match.end(), match.start() + 200), sure("repeals")),
            )
            yield day


def _order(parts: _Parts, act: Act, spans: dict[str, Span]) -> str | None:
    if parts.heading is None:
        return None
    match = re.search(r"n\s*[°ºo]\s*:?\s*(?P<number>[\w/._-]*\d[\w/._-]*)", parts.heading.ref)
    if match is None:
        return None
    start = act.pages.text.find(match["number"], parts.heading.start)
    if start >= 0:
        spans["order"] = Span(start, start + len(match["number"]), SURE)
    return match["number"]


def _authority(act: Act) -> str | None:
    match = _AUTHORITY.search(act.pages.folded)
    return " ".join(act.pages.text[match.start() : match.end()].split()) if match else None


def _court(flat: str, context: Context, spans: dict[str, Span]) -> str | None:
    if named := named_court(flat):
        spans["court"] = Span(named[1], named[2], sure("court"))
        return named[0]
    return court_of(context.departement)


def _purposes(flat: str, parts: _Parts) -> tuple[str, ...]:
    text = flat[parts.first : parts.second]
    return tuple(code for code, pattern in _PURPOSES if pattern.search(text))


def _legal_basis(flat: str) -> tuple[str, ...]:
    if not _CODE.search(flat):
        return ()
    found = [f"CSI {m['letter'].upper()}{m['number']}" for m in _BASIS.finditer(flat)]
    return tuple(dict.fromkeys(found))
