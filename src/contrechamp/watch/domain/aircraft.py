"""Orders that allow the forces to take images from drones, helicopters and aeroplanes.

Code de la sécurité intérieure, articles L242-1 to L242-8 and R242-8 to R242-14. Only what the
articles decide is read; what they leave out is taken from the recitals, and believed less.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from .act import Act, Context, Draft, Span, Turned
from .finding import Aircraft, Cameras, FoundPlace, Interval, Operator
from .french_dates import When, read_dates, read_times
from .operators import read_operator
from .order_parts import NUMBER, Order, loose, number
from .territory import read_places

TECHNOLOGY = "aerial_camera"
BASIS = r"242-[0-9]{1,2}"

_CHEAP = ("aeronef", "drone", "helicopt", "aeroport", " 242-", ".242-")
"""One of them is whole even in a bad scan; looked for before anything else since it is quick."""
_CAPTURE = re.compile(
    rf"\b(?:{loose('captation')}s?|{loose('capter')}|{loose('capture')}r?|{loose('enregistrement')})\b"
    r"[^.]{0,160}?\b(?:d\s?'\s?)?(?:i\s?mages?|cameras?)"
    r"|\bcameras?\s+(?:\w+\s+){0,2}?(?:aeroportees?|installees?\s+sur\s+(?:un|des|les|\w+)\s+(?:aero|drone|heli))"
)
_FLYING = re.compile(
    rf"\b(?:{loose('aeronef')}s?|aeroneufs?|{loose('drone')}s?|{loose('helicoptere')}s?|aeroportees?"
    r"|avions?|ballons?|ulm|telepilotes?)\b"
)
_OVERFLIGHT = re.compile(
    rf"\b(?:survols?|recours|emploi|usage)\b[^.]{{0,60}}?\b{loose('drone')}s?\b"
)
_ALLOWED = re.compile(
    rf"\b(?:{loose('autorise')}(?:e?s?|nt)?|autorisant|autorisation|{loose('autorisee')}s?|habilites?)\b"
)
_FORBIDDEN = re.compile(
    r"\binterdi(?:t|te|ts|tes|ction|sant)\b|\bspectacles?\s+aeriens?|\bhelisurface|\baerodrome"
    r"|\bbrouill(?:age|eur)s?\b|\bneutralis|moyens\s+de\s+protection\s+contre|\bhelistation"
)
_NATURE = re.compile(
    r"\bfaune\b|\bflore\b|especes?\s+protegees?|\bnatura\b|reserve\s+naturelle|environnement,?\s+notamment"
)
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("modification", re.compile(r"\bmodifi(?:ant|catif|e)\b|portant\s+modification")),
    ("extension", re.compile(r"\bprorog(?:eant|ation|e|ee)\b|\bprolong(?:eant|ation|ee?)\b")),
    ("abrogation", re.compile(r"\babrog(?:eant|ation)\b|portant\s+retrait|\bretirant\b")),
    ("refusal", re.compile(r"\brefus(?:ant|e)?\b|\brejet(?:ant)?\b")),
    ("renewal", re.compile(r"\brenouvel(?:ant|lement)\b")),
)
_REPEALS = re.compile(r"\b(?:est|sont)\s+(?:abrogee?s?|retiree?s?)\b|\babroge\b")

_COUNT = re.compile(
    rf"\b(?:nombre|total)\b[^.]{{0,170}}?\b(?:fixee?|limitee?|porte|est|sont)\s+(?:de|a|au\s+maximum\s+(?:de|a))"
    rf"?\s*(?:maximum\s+)?(?P<n>{NUMBER})\b"
)
_SOME_CAMERAS = re.compile(
    rf"\b(?P<n>{NUMBER})\s*(?:\([0-9]+\)\s*)?(?:cameras?|capteurs?\s+optiques?)\b"
)
_CRAFT = re.compile(
    rf"\b(?P<n>{NUMBER})\s*(?:\([0-9a-z]+\)\s*)?"
    rf"(?P<what>{loose('aeronef')}s?|{loose('drone')}s?|{loose('helicoptere')}s?|avions?|ulm|ballons?)\b"
)
_WHAT = re.compile(
    rf"\b(?P<what>{loose('aeronef')}s?|{loose('drone')}s?|{loose('helicoptere')}s?|avions?|ulm)\b"
)
_TYPE = re.compile(
    r"\s*(?:,?\s*(?:telepilotes?|sans\s+(?:equipage|personne)\s+a\s+bord|captifs?|aeriens?))*"
    r"\s*(?:\(\s*)?(?P<typed>(?:,?\s*(?:de\s+(?:la\s+)?(?:type|marque|modele)s?|type|marque|modele)s?\s*:?\s*)*)"
)
_MODEL_WORDS = re.compile(r"[A-Z0-9][\w+/.-]*(?:[^\S\n]*\n?[^\S\n]*(?:[A-Z0-9][\w+/-]*))*")
_REGISTRATION = re.compile(
    r"(?:immatricul\w+|enregistr\w+\s+sous\s+le\s+(?:n°|numero))\s*:?\s*(?:n°\s*)?"
    r"(?P<mark>(?:uas-fr-[0-9]+|[a-z]{1,3}-?[a-z0-9]{3,20}))"
)
_MANNED = re.compile(rf"\b(?:{loose('helicoptere')}s?|avions?|ulm|autogires?)\b")
_UNMANNED = re.compile(
    rf"\b(?:{loose('drone')}s?|telepilotes?|sans\s+(?:equipage|personne|pilote)|ballons?\s+captifs?)\b"
)
_WAIVED = re.compile(
    r"\bderog\w*\b[^.]{0,80}?\binformation\b|\bsans\s+information\s+(?:prealable\s+)?du\s+public"
    r"|information\s+du\s+public[^.]{0,60}\bn'est\s+pas\b"
)
_PURPOSES = (
    ("security_of_persons_and_goods", r"atteintes\s+a\s+la\s+securite\s+des\s+personnes"),
    (
        "public_order",
        r"maintenir\s+ou\s+de\s+retablir\s+l'ordre|rassemblements?|manifestations?|maintien\s+de\s+l'ordre",
    ),
    ("terrorism", r"actes?\s+de\s+terrorisme"),
    ("traffic", r"regulation\s+des\s+flux|rodeos?"),
    ("borders", r"surveillance\s+des\s+frontieres|franchissement\s+irregulier"),
    ("rescue", r"secours\s+aux?\s+personnes?|recherche\s+de\s+personnes?"),
    ("drugs", r"stupefiants"),
)
_ASKED = re.compile(
    r"\bdemande\b[^.;]{0,120}?\b(?:formee|formulee|presentee|emanant|par|du|de\s+la)\b"
)


def read(act: Act, context: Context) -> Iterable[Draft]:
    """Yield the flight that an act allows, extends, changes, refuses or repeals, if it does.

    Never for bans on flying, shows, airfields, delegations, jamming of drones.
    """
    order = Order(act)
    if not _may_be(order):
        return
    reader = _Flight(order, context)
    if reader.why_not() is None:
        yield reader.draft()


def turned(act: Act, context: Context) -> list[Turned]:
    """Return why an act allows no images from the air; nothing when it decides of that."""
    order = Order(act)
    if not _may_be(order):
        return [Turned("aircraft.no_capture")]
    why = _Flight(order, context).why_not()
    return [why] if why else []


def model_key(model: str) -> str:
    """Return a model as it compares: "DJI MAV IC 3 T" and "DJI Mavic 3T" are one."""
    return re.sub(r"[^a-z0-9]", "", model.lower())


def _may_be(order: Order) -> bool:
    raw = order.act.pages.folded
    if not any(word in raw for word in _CHEAP):
        return False
    text = order.text
    return bool((_FLYING.search(text) and _CAPTURE.search(text)) or _OVERFLIGHT.search(text))


class _Flight:
    """What one order says of one flight."""

    def __init__(self, order: Order, context: Context) -> None:
        self.order, self.context = order, context
        self.printed = order.act.pages.text
        self.spans: dict[str, Span] = {}

    def why_not(self) -> Turned | None:
        """Return why the articles allow no images from the air to a force; None when they do."""
        order = self.order
        if order.is_delegation:
            return Turned("delegation")
        operative = order.operative
        captured = _CAPTURE.search(operative)
        flies = _FLYING.search(operative) or _FLYING.search(order.name)
        if not captured or not flies:
            overflight = _OVERFLIGHT.search(operative)
            if banned := _FORBIDDEN.search(order.name):
                return Turned("aircraft.ban", *banned.span())
            if not overflight or not self._is_of_forces():
                return Turned("aircraft.no_capture")
            captured = overflight
        if not _ALLOWED.search(operative) and self._decision() == "authorisation":
            return Turned("aircraft.nothing_decided")
        if (banned := _FORBIDDEN.search(order.name)) and not _CAPTURE.search(order.name):
            return Turned("aircraft.ban", *banned.span())
        basis, span = order.legal_basis(BASIS)
        if not basis and not self._is_of_forces():
            return Turned("aircraft.no_basis")
        if not basis and (nature := _NATURE.search(order.text)):
            return Turned("aircraft.nature", *nature.span())
        at = order.start + captured.start()
        self.spans["technology"] = Span(at, at + len(captured[0]), 0.99 if basis else 0.9)
        if span:
            self.spans["legal_basis"] = span
        return None

    def _is_of_forces(self) -> bool:
        found = read_operator(self.order.text, self.printed, self.order.start, self.order.end)
        return found is not None and found.operator.class_ != "municipal_police"

    def draft(self) -> Draft:
        """Return all that the order says."""
        order = self.order
        warnings: list[str] = []
        decision = self._decision()
        operator = self._operator()
        intervals, told = self._intervals()
        warnings.extend(told)
        signed = order.signed
        if signed:
            self.spans["signed_on"] = signed[1]
        if order.order:
            self.spans["order"] = order.order[1]
        court = order.court
        if court:
            self.spans["court"] = court[1]
        if order.order_year_differs():
            warnings.append("order_year_differs")
        if order.lost_first_page:
            warnings.append("first_page_lost")
        return Draft(
            technology=TECHNOLOGY,
            decision=decision,
            technologies=(TECHNOLOGY,),
            decisions=(decision,),
            order=order.order[0] if order.order else None,
            signed_on=signed[0] if signed else None,
            repeals=self._repeals(),
            places=self._places(),
            cameras=self._cameras(),
            purposes=self._purposes(),
            aircraft=self._aircraft(),
            operator=operator,
            intervals=intervals,
            public_information_waived=self._waived(),
            legal_basis=order.legal_basis(BASIS)[0],
            court=court[0] if court else None,
            spans=self.spans,
            warnings=tuple(dict.fromkeys(warnings)),
        )

    def _decision(self) -> str:
        name, operative = self.order.name, self.order.operative
        word = re.search(
            r"\b(?:portant|autoris\w+|modifi\w+|prorog\w+|prolong\w+|abrog\w+|retirant)\b", name
        )
        stretch = name[word.start() : word.start() + 160] if word else ""
        for kind, pattern in _KINDS:
            if pattern.match(stretch) or (
                stretch.startswith("portant") and pattern.search(stretch[:60])
            ):
                return kind
        if re.search(r"\b(?:est|sont)\s+(?:refusee?s?|rejetee?s?)\b", operative):
            return "refusal"
        allowed = _ALLOWED.search(operative)
        self.spans["decision"] = (
            Span(self.order.start + allowed.start(), self.order.start + allowed.end(), 0.99)
            if allowed
            else Span(self.order.start, min(self.order.start + 80, self.order.end), 0.8)
        )
        return "authorisation"

    def _operator(self) -> Operator | None:
        """Return who flies: by the articles, else who asked for it."""
        order = self.order
        text, images = order.text, re.compile(r"images?\b[^.;]{0,120}?\bpar\s")
        after = images.search(text, order.start, order.end)
        tries: list[tuple[int, int, float]] = []
        if after:
            tries.append((after.end(), min(after.end() + 160, order.end), 0.99))
        allowed = _ALLOWED.search(text, order.start, order.end)
        if allowed:
            tries.append((order.start, allowed.start(), 0.95))
        tries.append((order.start, order.told, 0.9))
        asked = _ASKED.search(text, *order.recitals)
        if asked:
            tries.append((asked.end() - 8, asked.end() + 160, 0.8))
        tries.append((*order.recitals, 0.6))
        for start, end, confidence in tries:
            found = read_operator(text, self.printed, max(start, 0), end)
            while found and found.operator.class_ == "municipal_police":
                found = read_operator(text, self.printed, found.end, end)
            if found:
                self.spans["operator"] = Span(found.start, found.end, confidence)
                return found.operator
        return None

    def _cameras(self) -> Cameras | None:
        order = self.order
        for start, end, confidence in ((order.start, order.end, 0.99), (*order.recitals, 0.7)):
            found = _COUNT.search(order.text, start, end) or _SOME_CAMERAS.search(
                order.text, start, end
            )
            if found and (count := number(found["n"])):
                self.spans["cameras"] = Span(found.start(), found.end(), confidence)
                if found.end() - found.start() > 250:
                    self.spans["cameras"] = Span(found.start("n"), found.end("n"), confidence)
                return Cameras(total=count)
        return None

    def _aircraft(self) -> Aircraft:
        order = self.order
        text = order.text
        operative = order.operative
        count = model = registration = None
        crafts = [
            found
            for found in _CRAFT.finditer(text, order.start, order.end)
            if number(found["n"]) is not None
        ]
        models: dict[str, str] = {}
        where: tuple[int, int] | None = None
        for found in _WHAT.finditer(text, order.start, order.end):
            read_model = self._model(found.end())
            if read_model:
                words, start, end = read_model
                models.setdefault(model_key(words), words)
                where = where or (found.start(), end)
        if crafts:
            counts = [number(found["n"]) or 0 for found in crafts]
            count = sum(counts) if len(models) > 1 and len(counts) == len(models) else max(counts)
            where = where or crafts[0].span()
        if models:
            model = ", ".join(models.values())
        marked = _REGISTRATION.search(operative)
        if marked:
            start, end = (order.start + at for at in marked.span("mark"))
            registration = self.printed[start:end].upper()
            where = where or (start, end)
        named = f"{operative} {order.name}"
        manned, unmanned = _MANNED.search(named), _UNMANNED.search(named)
        if not manned and not unmanned:
            stretch = text[slice(*order.recitals)]
            manned, unmanned = _MANNED.search(stretch), _UNMANNED.search(stretch)
        is_manned = bool(manned) if bool(manned) != bool(unmanned) else None
        if where:
            self.spans["aircraft"] = Span(*where, 0.98)
        else:
            flying = _FLYING.search(text, order.start, order.end) or _FLYING.search(text)
            if flying:
                self.spans["aircraft"] = Span(flying.start(), flying.end(), 0.8)
        return Aircraft(count=count, model=model, manned=is_manned, registration=registration)

    def _model(self, at: int) -> tuple[str, int, int] | None:
        """Return the words of a model that follow "drone" or "drone de type", as printed."""
        order = self.order
        typed = _TYPE.match(order.text, at, order.end)
        begin = typed.end() if typed else at
        while begin < order.end and self.printed[begin] in ' \n\u00a0«"':
            begin += 1
        words = _MODEL_WORDS.match(self.printed, begin, order.end)
        if not words or ((not typed or not typed["typed"].strip()) and words[0][:1].isdigit()):
            return None
        text = re.sub(r"\s*\n\s*(?:Article|Le|La|Les|Un|Une)\b.*", "", words[0], flags=re.S)
        text = " ".join(text.split()).rstrip(".-/")
        if len(text) < 2 or text.lower() in ("article", "le", "la", "les") or len(text) > 80:
            return None
        return text, words.start(), words.end()

    def _intervals(self) -> tuple[tuple[Interval, ...], tuple[str, ...]]:
        """Return when it is allowed: expressions with hours before those without."""
        order = self.order
        near = self._near()
        for start, end, confidence in ((order.start, order.told, 0.98), (*order.recitals, 0.6)):
            found = [
                each
                for each in read_times(order.text[start:end], near)
                if not each.is_cited and (near is None or not _is_past(each, near))
            ]
            with_hours = [each for each in found if each.has_hours]
            chosen = with_hours or (found if start == order.start else [])
            if chosen:
                first = chosen[0]
                self.spans["intervals"] = Span(
                    start + first.start, start + first.end, confidence if with_hours else 0.8
                )
                intervals = dict.fromkeys(i for each in chosen for i in each.intervals)
                return tuple(intervals), tuple(w for each in chosen for w in each.warnings)
        return (), ()

    def _near(self) -> date | None:
        return self.order.signed[0] if self.order.signed else self.context.published_on

    def _places(self) -> tuple[FoundPlace, ...]:
        order = self.order
        for start, end, confidence in ((order.start, order.told, 0.98), (*order.recitals, 0.6)):
            found = read_places(order.text, self.printed, start, end, self.context.departement)
            if found:
                self.spans["places"] = Span(found[0].start, found[0].end, confidence)
                unique: dict[str, FoundPlace] = {}
                for each in found:
                    unique.setdefault(each.place.insee or each.place.printed, each.place)
                return tuple(unique.values())
        return ()

    def _purposes(self) -> tuple[str, ...]:
        operative = self.order.operative
        return tuple(name for name, pattern in _PURPOSES if re.search(pattern, operative))

    def _waived(self) -> bool:
        found = _WAIVED.search(self.order.text)
        if found:
            self.spans["public_information_waived"] = Span(found.start(), found.end(), 0.98)
        return found is not None

    def _repeals(self) -> tuple[date, ...]:
        order = self.order
        for article in order.articles:
            text = order.text[article.start : article.end]
            if _REPEALS.search(text):
                dates = read_dates(text)
                if dates:
                    self.spans["repeals"] = Span(
                        article.start + dates[0].start, article.start + dates[0].end, 0.9
                    )
                return tuple(each.day for each in dates)
        return ()


def _is_past(when: When, near: date) -> bool:
    """Answer whether it ended long before the order was signed: an event that it recalls."""
    return all(date.fromisoformat(each.end[:10]) < near.replace(day=1) for each in when.intervals)
