"""What a message is, from its headers and its words: the machine proposes, the raw stays.

When signs disagree the message is a person's: it will be read. So a header that says "automatic"
loses against a text that decides something, and a subject alone decides nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import Message as Entity

from .french import plain
from .headers import value
from .receipts import quote, sentences
from .shapes import Acknowledgement, Kind, Message, Part

AT_ONCE = timedelta(seconds=90)
"""No agent answers faster (mysociety/alaveteli#2045)."""

SHORT = 25
"""Letters of a sentence that says nothing: a greeting, a name, a street."""

_AUTO_SUBJECT = re.compile(
    r"(?i)^\s*(?:\[[^\]]{1,40}\]\s*)?(?:r[ée]ponse automatique|automatic reply|auto(?:matique)?\s?:"
    r"|absence du bureau|"
    r"out of (?:the )?office|absente?\b|absent\(e\)|message d['’]absence|auto-?reply"
    r"|notification automatique)"
)
_ABSENT = re.compile(
    r"(?:je suis|nous sommes|est|serai)\s+(?:actuellement\s+|momentanement\s+)?(?:absente?|absents"
    r"|en conges?|indisponible|en arret"
    r"|en formation)\b|\babsente?(?:\(e\))?\s+(?:du|jusqu|a compter|pour|le)\b|absence du bureau"
    r"|en mon absence|de retour (?:le|a partir)"
    r"|out of (?:the )?office|pendant (?:cette|mon) absence|je (?:n'ai|n'aurai) pas acces a (?:ma"
    r"|mes) (?:messagerie|mails|courriels)"
    r"|absent\(e\)|actuellement en conges?|ferme(?:e|s|es)? (?:du|jusqu|exceptionnellement)"
)
_ROBOT = re.compile(
    r"(?:ne pas|pas) repondre a ce|message (?:est )?automatique|envoye automatiquement"
    r"|reponse automatique"
    r"|boite (?:mail |aux lettres )?n'est pas (?:relevee|consultee)|genere automatiquement"
    r"|no-?reply"
)
_RECEIPT = re.compile(
    r"accus(?:e|er|ons|es|ant) (?:de |bonne |d')?(?:reception|enregistrement)|(?:avons|ai"
    r"|a) bien recu votre|bien ete (?:recue?s?|enregistree?s?|receptionnee?s?|prise?s? en compte)"
    r"|enregistree?s? sous (?:le |la )?(?:n[°o]|numero|ref)|recepisse|recue? et enregistree?"
    r"|a ete (?:recue?|enregistree?|prise?s? en compte)\b"
)
_FIRM_RECEIPT = re.compile(
    r"accus(?:e|ons)|enregistre|recepisse|decision implicite|prise en compte"
)
_BACKGROUND = re.compile(
    r"implicit|silence|defaut de reponse|absence de reponse|recours|\bcada\b|acces aux documents"
    r"|accus(?:e|ons) (?:de|d'|reception)|ne pas repondre|automatique"
)
_DECIDES = re.compile(
    r"\bne (?:peu(?:t|vent|x)|pourr\w+|saur\w+|sont|puis|sera)\b[^.]{0,90}\b(?:communi|transmi"
    r"|satisf|suite|reserver|donn)"
    r"|\bn'est pas (?:possible|communicable|en mesure)|ne (?:detien|dispos|figur)\w+"
    r"|n'existe(?:nt)?\b|inexistant"
    r"|rejet|refus|(?:ci-|en |piece )joints?\b|vous trouverez|veuillez trouver|competence"
    r"|(?:ai|avons|avoir) transmis|devis|frais d|frais se|preciser|precisions?\b|clarifi"
    r"|deja (?:public|diffus|ete)"
    r"|(?:accessible|consultable|disponible|publie)e?s? (?:en ligne|sur|dans)|je vous (?:adresse"
    r"|transmets|communique|prie de)"
    r"|favorable|occult|secret|consultation sur place|pourquoi"
)
_ASKS = re.compile(
    r"\?\s*(?:\n|$|[a-z])|confidentiel|couvert|vous adresser|s'adresser|adresser a\b|informons que"
    r"|informe que"
    r"|veuillez\b(?! (?:noter|agreer|conserver|recevoir|ne pas))|merci de (?!ne pas|conserver"
    r"|rappeler|votre)"
)
_USUAL = re.compile(
    r"^\W*(?:bonjour|bonsoir|madame|monsieur|mesdames|cordialement|bien a vous|cdt)\b[^.]{0,40}$"
    r"|sera (?:traite|examine|instruit|etudie|transmis)|(?:repon|revien)\w+|meilleurs delais"
    r"|(?:recevrez|serez)\b|suivre|suivi|instruction|traitement|agreer|salutations|numero|reference"
    r"|(?:ete )?transmise? (?:au|a la|aux?) |\bservices?\b|a bien ete|telephone|courriel|conserve"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the kind of a message from a person or a robot is judged by."""

    subject: str
    fresh: str
    facts: Acknowledgement | None
    strong: tuple[str, ...]
    """Headers that only robots write."""
    weak: tuple[str, ...]
    """Headers that people's mail may carry too."""
    has_files: bool


def robot_headers(message: Entity) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the headers that say a robot wrote, those that only robots write first."""
    strong: list[str] = []
    weak: list[str] = []
    submitted = value(message, "Auto-Submitted").lower().split(";")[0].strip()
    if submitted and submitted != "no":
        (strong if submitted.startswith("auto-replied") else weak).append(
            f"Auto-Submitted: {submitted}"
        )
    for name in ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply"):
        if (told := value(message, name)) and told.lower() not in {"no", "false", "0"}:
            strong.append(f"{name}: {told}")
    precedence = value(message, "Precedence").lower()
    if precedence in {"auto_reply", "auto-reply"}:
        strong.append(f"Precedence: {precedence}")
    elif precedence in {"bulk", "junk", "list"}:
        weak.append(f"Precedence: {precedence}")
    if told := value(message, "X-Auto-Response-Suppress"):
        weak.append(f"X-Auto-Response-Suppress: {told}")
    return tuple(strong), tuple(weak)


def kind_of_answer(told: Evidence) -> tuple[Kind, tuple[str, ...]]:
    """Tell a robot, a receipt and a person apart; return the kind and what decided it."""
    folded = plain(told.fresh)
    headers = (*told.strong, *told.weak)
    absent, robot = _found(_ABSENT, told.fresh), _found(_ROBOT, told.fresh)
    named = _AUTO_SUBJECT.match(told.subject)
    subject = (told.subject,) if named else ()
    decides = _decision(told.fresh, folded)
    other: tuple[str, ...] = ()
    is_robot = bool(told.strong or told.weak or subject)
    if is_robot and absent and not (decides and told.has_files):
        return Kind.AUTOMATIC, (*headers, *subject, *absent)
    receipt = _found(_RECEIPT, told.fresh) or _found(_RECEIPT, told.subject)
    if receipt and not decides and not (other := _beyond(told.fresh, folded)):
        firm = _FIRM_RECEIPT.search(f"{plain(told.subject)}\n{folded}")
        if (told.facts and told.facts.quotes) or firm or not is_robot:
            return Kind.ACKNOWLEDGEMENT, receipt
        return Kind.AUTOMATIC, (*headers, *subject, *receipt)
    if told.strong and not (decides or told.has_files):
        return Kind.AUTOMATIC, (*headers, *subject, *absent)
    if (told.weak or subject) and robot and not (decides or told.has_files):
        return Kind.AUTOMATIC, (*headers, *subject, *robot)
    return Kind.HUMAN, decides or other


def _beyond(fresh: str, folded: str) -> tuple[str, ...]:
    """Return what a receipt says beyond what receipts say: then a person reads it."""
    for start, end in sentences(fresh):
        sentence = folded[start:end]
        is_known = any(form.search(sentence) for form in (_RECEIPT, _BACKGROUND, _ROBOT, _USUAL))
        is_short = sum(sign.isalpha() for sign in sentence) < SHORT
        if _ASKS.search(sentence) or not (is_known or is_short):
            return (quote(fresh, start, end),)
    return ()


def _found(form: re.Pattern[str], text: str) -> tuple[str, ...]:
    found = form.search(plain(text))
    return (quote(text, *found.span()),) if found else ()


def _decision(fresh: str, folded: str) -> tuple[str, ...]:
    """Return words that decide or ask something, outside what the law makes every receipt say."""
    for start, end in sentences(fresh):
        sentence = folded[start:end]
        if not _BACKGROUND.search(sentence) and (found := _DECIDES.search(sentence)):
            return (quote(fresh, start + found.start(), start + found.end()),)
    return ()


def is_letter(parts: tuple[Part, ...]) -> bool:
    """Answer whether a file came that may hold what the text leaves out."""
    return any(
        not part.is_inline and not part.media_type.startswith(("message/", "text/calendar"))
        and part.media_type not in SIGNATURES
        for part in parts
    )  # fmt: skip


SIGNATURES = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
)


def spam_sign(message: Entity, has_references: bool) -> tuple[str, ...]:
    """Return what a filter wrote when it took the message for spam and nothing is answered.

    Only a proposal: one that carries a token of ours is to be treated as a person's.
    """
    if has_references:
        return ()
    for name in ("X-Spam-Flag", "X-Spam-Status", "X-Spam"):
        if (told := value(message, name)).lower().startswith("yes"):
            return (f"{name}: {told[:80]}",)
    return ()


def kind_after(message: Message, our_last_sent_at: datetime | None) -> Kind:
    """Return the message's kind, knowing when we last wrote (aware): at once is automatic."""
    at = message.received_at or message.sent_at
    is_early = our_last_sent_at and at and timedelta(0) <= at - our_last_sent_at < AT_ONCE
    return Kind.AUTOMATIC if is_early and message.kind is Kind.HUMAN else message.kind
