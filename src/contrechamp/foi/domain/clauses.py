"""How the words around a reason stand to it: said, told again, denied, still open, or a title.

A reply names reasons that it does not oppose: it tells what was asked, says that no secret stands
in the way, promises to look into one, or is signed by a department that bears the words. Each test
reads a bounded stretch on either side of the words, within their own clause and item. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .canonical import Span
from .patterns import tolerant

SEEN = 180
"""Signs that are read before and after the words of a reason."""

_TURN = re.compile(
    r"\b(?:mais|toutefois|cependant|neanmoins|pourtant|en revanche|par contre|contrairement)\b"
)
_ITEM = re.compile(r" ?(?:[-•*▪·]|\d{1,2} ?[°.)]|[a-z]\))[ ]")

_RETOLD = re.compile(
    tolerant(
        r"^\W*(?:par [^\n]{0,120}?,? ?)?vous (?:me |m.|nous )?"
        r"(?:avez|aviez|sollicitez|demandez|souhaitez|souhaitiez|demandiez|invoquez"
        r"|faites valoir)\b"
        r"(?! (?:pas|plus|nullement)\b)"
    )
)
_RECALLED = re.compile(
    tolerant(
        r"\bav(?:ai(?:s|t|ent)|ions) (?:[\w']+ ){0,3}(?:oppos|refus|rejet|indiqu|ecart|estim"
        r"|consider|ete)\w*"
        r"|\b(?:retir|annul|revien|rapport|abrog)\w* (?:donc |sur )*(?:ma|la|notre|cette)"
        r" (?:decision|position|reponse)|\ble temps d|revien\w* vers vous"
        r"|dans l.attente d.(?!vous)"
    )
)
_UNDECIDED = re.compile(
    tolerant(
        r"(?:examin|verifi|determin|appreci|analys|etudi)\w* (?:actuellement |encore )?(?:si"
        r"|que|qu.|dans quelle mesure)\b"
        r"|aucune? (?:raison|motif|obstacle|objection)|merci de noter"
        r"|\b(?:merci|veuillez|prie|prions|vouloir|remercie) (?:de )?ne pas\b"
        r"|rgpd\b[^\n]{0,120}\b(?:vos|votre|droits? d|traitements?|traite\w*|delegue"
        r"|reutilis\w*)\b"
        r"|\b(?:vos|votre|droits? d|traite\w*|delegue|respect\w*)\b[^\n]{0,120}\brgpd"
        r"|ne \w+ (?!vous|etre transm)(?:[^\n.;]{0,40} )?qu.(?:apres|une fois)"
    )
)
_DENIED_BEFORE = re.compile(
    tolerant(
        r"\b(?:(?:ne|n.) ?(?:relev|comport|contien|met|touch|port|present|mentionn|constitu"
        r"|concern"
        r"|revel|fai|souleve|menac|nui|compromet)\w* (?:pas|aucun\w*|nullement|ni|plus|en rien)"
        r"|(?:n.est|ne sont|n.etant|n.etait|ne serait|ne seraient|ne semble\w*|ne parai\w+)"
        r" (?:donc |toutefois )?(?:pas|nullement|aucunement|ni|plus|en rien) (?:\w+ )?"
        r"(?:de nature|susceptib|couvert|protege|concern|oppos|contraire|soumi|vise)\w*"
        r"|(?:aucune?|nulle?)\b(?! suite\b)[^,;\n]{0,60}? (?:ne|n.) ?(?:relev|comport|contien"
        r"|port|est"
        r"|sont|touch|met)\w*"
        r"|sans (?:que [^,;\n]{0,40})?(?:porter|nuire|compromettre|prejudice)"
        r"|renon\w* a|(?:ne |n')(?:[\w']+ ){0,2}\w*(?:pas|aucunement|nullement|plus)"
        r" (?:prevalu|oppose|invoque|fait valoir|souleve|demande)\w*"
        r"|dans le respect|(?<!pour )(?<!afin de )respect(?:er|ant)|initialement|ni\b"
        r"|pas (?:de |d')|lev(?:e|er|ee|ant))"
        r"(?:[^,;\n]|, (?:a|au|aux|de|du|des|d.|ni|ou|et)\b){0,150}$"
    )
)
_CANNOT_BEFORE = re.compile(
    tolerant(
        r"\b(?:ne |n')(?:peu|saur|pourr|puis)\w* [^;\n]{0,60}\bsans "
        r"(?:que [^;\n]{0,40})?(?:porter|nuire|compromettre|mettre|reveler|risquer)[^;\n]{0,60}$"
    )
)
"""What cannot be given "without harm" is refused for that harm."""
_DENIED_AFTER = re.compile(
    tolerant(
        r"^[^,;\n]{0,40}?\b(?:(?:ne|n.) ?(?:(?:fai|fon|s.oppos|s.y oppos|interdi|justifi)\w*"
        r"|met\w*)"
        r" (?:donc |ici )?(?:pas|plus|nullement|aucunement|en rien)"
        r"|(?:ne|n.) ?(?:\w+ )(?:donc |ici )?(?:pas|plus|nullement|aucunement|en rien)"
        r" (?:etre |un |d.|donc |ici |utilement )*"
        r"(?:obstacle|oppos\w*|invoqu\w*|en cause|applicables?|concerne\w*|de nature)"
        r"|(?:ne |n')(?:pouv|peu|saur)\w* (?:donc |plus |pas |ici )*(?:etre )?(?:oppos|invoqu)\w*"
        r"|(?:a|ont) ete (?:lev|ecart)\w+)"
    )
)
_OPEN_BEFORE = re.compile(
    tolerant(
        r"(?:\b(?:(?<!aus)(?<!meme )si|s.ils?|au cas ou|dans l.hypothese|a supposer|le cas echeant"
        r"|eventuel\w*|en cas d.)\b[^,;\n]{0,90}"
        r"|\b(?:consult|interrog|question|conseil|reflexion|echang|concert)\w*"
        r" (?:sur|quant|au regard|touchant|relativ)[^;\n]{0,90}"
        r"|\b(?:(?:ai|avons|a) demande|verifi|examin|determin|identifi|evalu|appreci|signal"
        r"|list|recens)\w*"
        r"[^;\n]{0,60}\b(?:ce qui|quel\w*|(?:passages|elements|mentions|parties))\b[^;\n]{0,50}"
        r"|\b(?:proced\w*|en cours|prepar\w*|prevoi\w*|prevoir) (?:a |de |d')?(?:l'|la |les )?"
        r"(?:occult|masqu|anonymis)\w*[^;\n]{0,80}"
        r"|\b(?:s.assur|veill)\w*[^,;\n]{0,60})$"
    )
)
_MAYBE_BEFORE = re.compile(
    tolerant(
        r"\b(?:pouvant|pourrai\w*|pourront|peuvent|susceptibles? d.)"
        r" ?(?:etre |s.averer )?(?:relever|couvert\w*|proteg\w*|concern\w*|soumi\w*)[^,;\n]{0,40}$"
    )
)
_TITLE_BEFORE = re.compile(
    tolerant(
        r"\b(?:direct(?:ion|eur|rice)|services?|deleguee?|delegation|adjointe?|conseill\w+|pole"
        r"|bureau|chargee?|departement|politiques?|police|projets?|deliberation|compagnie"
        r"|commission|conseil|strategie|contrats?|code|convention|responsable|budget|reunion"
        r"|missions?|forces?|acteurs?|dispositifs?|en matiere|commissariat|circonscription)"
        r"(?: (?:departementale?|generale?|municipale?|locale?|centrale?|intercommunale?))?"
        r"(?: (?:relative?s?))? (?:a la|de la|pour la|sur la|des|du|de|d.|a|a l.|:) ?$"
    )
)
_CAUSE_BEFORE = re.compile(
    tolerant(
        r"\b(?:raisons?|motifs?|car|parce|couv\w+|relev\w+|proteg\w*|titre|lie?e?s? a|touch\w+"
        r"|tenant|tient|port(?:er\w*|ent|ant)|atteinte|compromet\w*|compromis\w*|risqu\w*|peril"
        r"|danger|nui\w*|garanti\w*"
        r"|secrets?|imperatifs?|considerations?|mesure d|question d|de nature a|susceptib\w*"
        r"|facilit\w*|c.est d|preserv\w*|exceptions?"
        r"|oppos\w*|ressorti\w*|vise?e?s? (?:a|au|par)|en vertu|en application|aux termes|fonde\w*"
        r"|interess\w*|egard|compte tenu|au nom d|invoqu\w*|caractere|sensibles?|dispositions"
        r"|protection|exigences?|conformement|prevue?s? (?:a|au|par)|au sens|menac\w*|fragilis\w*"
        r"|comport\w*|contien\w*|contenant|met\w*|revel\w*"
        r"|viol\w*|meconnai\w*|heurt\w*|respect\w*|sensibilite|avantag\w*|favoris\w*"
        r"|devoil\w*|expos\w*|decri\w*|figur\w*)\b"
    )
)
_CAUSE_AFTER = re.compile(
    tolerant(
        r"^ ?(?:etant|s.oppos\w*|(?:fai|fon)t obstacle|impos\w*|command\w*|interdi\w*|exig\w*"
        r"|justifi\w*"
        r"|prim\w*|oblige|empech\w*|(?:en )?(?:serait|seraient|depend\w*|pourrait))"
    )
)
_ALONE_AFTER = re.compile(r"^ ?(?:[.;,:)!]|$)")
_ALONE_BEFORE = re.compile(
    r"(?:^|[:,(]|\bpour|\bpar) ?(?:(?:la|le|les|l'|du|de|art|articles?|crpa)[ .]*)*$"
)


def is_retold(sentence: str) -> bool:
    """Answer whether a sentence only tells what was asked: its words are the requester's."""
    return bool(_RETOLD.search(sentence))


def is_undecided(sentence: str) -> bool:
    """Answer whether a sentence looks into a reason, recalls an old one, or tells of data kept."""
    return bool(_UNDECIDED.search(sentence) or _RECALLED.search(sentence))


def clause(text: str, sentence: Span, at: int) -> Span:
    """Return the part of a sentence that holds a place, between words such as "mais"."""
    start, end = sentence
    for turn in _TURN.finditer(text, start, end):
        if turn.start() > at:
            return start, turn.start()
        start = turn.start()
    return start, end


def is_opposed(text: str, sentence: Span, match: Span) -> bool:
    """Answer whether the words of a reason are neither denied nor still open in their clause."""
    start, end = clause(text, sentence, match[0])
    before = text[max(start, match[0] - SEEN) : match[0]]
    after = text[match[1] : min(end, match[1] + SEEN)]
    if _CANNOT_BEFORE.search(before):
        return True
    return not (
        _DENIED_BEFORE.search(before) or _DENIED_AFTER.search(after) or _OPEN_BEFORE.search(before)
    )


def is_title(text: str, sentence: Span, at: int) -> bool:
    """Answer whether the words at a place belong to the name of a department or an office."""
    return bool(_TITLE_BEFORE.search(text, max(sentence[0], at - SEEN), at))


def is_cause(text: str, sentence: Span, match: Span, *, refused: bool) -> bool:
    """Answer whether words that merely name a reason are given as the cause of a refusal.

    `refused`: the same sentence refuses, so that what may be covered is taken for covered.
    """
    start, end = clause(text, sentence, match[0])
    before = text[max(start, match[0] - SEEN) : match[0]]
    if _TITLE_BEFORE.search(before) or (not refused and _MAYBE_BEFORE.search(before)):
        return False
    after = text[match[1] : min(end, match[1] + SEEN)]
    return bool(
        _CAUSE_BEFORE.search(before)
        or _CAUSE_AFTER.search(after)
        or (_ALONE_BEFORE.search(before) and _ALONE_AFTER.search(after))
    )


def neighbours(text: str, sentences: Sequence[Span]) -> list[tuple[int, ...]]:
    """Return for each sentence those whose verdict may be its own, itself among them.

    The one before and the one after; but an item of a list answers for itself, with the words
    that open the list.
    """
    items, heads = _items(text, sentences)
    near: list[tuple[int, ...]] = []
    for n, item in enumerate(items):
        around = range(max(0, n - 1), min(len(items), n + 2))
        same = [other for other in around if items[other] == item]
        head = heads[n]
        near.append((*same, head) if head is not None and head not in same else tuple(same))
    return near


def _items(text: str, sentences: Sequence[Span]) -> tuple[list[int], list[int | None]]:
    """Return the item each sentence is in (0: in none), and the words that open its list."""
    items: list[int] = []
    heads: list[int | None] = []
    item, count, head = 0, 0, None
    for n, (start, end) in enumerate(sentences):
        begins = start == 0 or text[start - 1] == "\n"
        if begins and _ITEM.match(text, start, end):
            count += 1
            if not item:
                head = (
                    n - 1 if n and text[slice(*sentences[n - 1])].rstrip().endswith(":") else None
                )
            item = count
        elif begins:
            item, head = 0, None
        items.append(item)
        heads.append(head if item else None)
    return items, heads
