"""What mail servers and mail programs report of a message of ours (RFC 3464, RFC 8098)."""

from __future__ import annotations

import re
from email.message import Message as Entity

from .entities import Leaf, children, content_of, parsed
from .headers import ids, ids_in, shown, value
from .shapes import DeliveryReport, Kind

STATUS, RECEIPT = "message/delivery-status", "message/disposition-notification"
_HELD = frozenset({"message/rfc822", "message/global", "text/rfc822-headers", RECEIPT})
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_CODE = re.compile(r"(?<![\d.])([45]\d\d)[ -](?:#?([45]\.\d{1,3}\.\d{1,3}))?")
_FULL = re.compile(
    r"(?i)over ?quota|quota (?:exceeded|d[ée]pass[ée])|mailbox (?:is )?full|insufficient (?:storage"
    r"|space)"
    r"|bo[iî]te (?:aux lettres|de r[ée]ception|mail)?\s?(?:est )?(?:pleine|satur[ée]e)"
    r"|storage limit"
)
_DAEMON = re.compile(
    r"(?i)^(?:mailer[-_.]?daemon|postmaster|mail[-_.]?daemon|microsoftexchange\w*|bounces?|"
    r"mdaemon|no-?reply-?bounce)(?:[+@_-]|$)"
)
_FAILED = re.compile(
    r"(?i)undeliver|non[- ]remis|[ée]chec de (?:la )?(?:remise|distribution|livraison|l['’]envoi)"
    r"|returned mail"
    r"|delivery (?:status notification|failure|has failed|incomplete|delayed)|delivery failed"
    r"|failure notice|non (?:distribu|d[ée]livr)[ée]|mail delivery (?:failed|system)"
    r"|impossible de (?:remettre|distribuer)"
    r"|message delayed|warning: (?:message|could not send)|rejected|n['’]a pas pu [êe]tre (?:remis"
    r"|distribu|d[ée]livr)"
    r"|remise (?:retard[ée]e|diff[ée]r[ée]e|en attente)|retard de remise"
)
_DELAYED = re.compile(
    r"(?i)delayed|warning: message|still (?:trying|being retried)|will (?:keep trying|retry"
    r"|be retried)"
    r"|retard[ée]|diff[ée]r[ée]|nouvelles? tentatives?|not yet been delivered|remise en attente"
)
_BODY_RECIPIENT = re.compile(r"(?<![\w.@-])<?([\w.+-]{1,100}@[\w.-]{1,150}\w)>?")
_ID_LINE = re.compile(r"(?im)^[ >|]{0,6}message-id:\s{0,3}(<[^<>\s]{1,400}@[^<>\s]{1,400}>)")
_READ = re.compile(
    r"(?i)^\s*(?:lu\s?:|read\s?:|confirmation de lecture|accus[ée] de lecture|read receipt|"
    r"return receipt|notification de lecture|non lu\s?:|not read\s?:)"
)
_WAS_READ = re.compile(
    r"(?i)\b(?:a [ée]t[ée] (?:lu|ouvert|affich[ée])|was (?:read|displayed|opened))"
)


def delivery_reports(leaves: list[Leaf], inner_ids: tuple[str, ...]) -> tuple[DeliveryReport, ...]:
    """Read each recipient's group of a delivery status."""
    found: list[DeliveryReport] = []
    for leaf in leaves:
        if leaf.media_type == STATUS:
            groups = children(leaf.entity)
            for group in groups[1:] or groups:
                found += _report(group, inner_ids)
    return tuple(found[:100])


def _report(group: Entity, inner_ids: tuple[str, ...]) -> list[DeliveryReport]:
    told = shown(group, "Original-Recipient") or shown(group, "Final-Recipient")
    final = shown(group, "Final-Recipient") or told
    action = (shown(group, "Action").lower().split() or [""])[0].strip(";(")
    status = _STATUS.search(shown(group, "Status"))
    if not (final and (action or status)):
        return []
    return [
        DeliveryReport(
            recipient=_address(final),
            status=status[1] if status else "",
            action=action,
            diagnostic=shown(group, "Diagnostic-Code").partition(";")[2].strip()[:500],
            original_message_id=next(iter(inner_ids), ""),
        )
    ]


def _address(field: str) -> str:
    """Return the address of a field such as `rfc822; <prada@ville.example>`."""
    return field.rpartition(";")[2].strip(" <>")


def bounce_in_words(
    message: Entity, sender: str, subject: str, text: str, inner_ids: tuple[str, ...]
) -> tuple[tuple[DeliveryReport, ...], tuple[str, ...]]:
    """Read a bounce that is in no standard form: a mail system must write, and say it failed.

    Return its reports and the signs; nothing when a person may have written it.
    """
    is_daemon = _DAEMON.match(sender) is not None
    is_null = value(message, "Return-Path").strip() == "<>"
    listed = value(message, "X-Failed-Recipients")
    failed = _FAILED.search(subject)
    if not (is_daemon or listed) or not (failed or listed):
        return (), ()
    code, status = _CODE.search(text), _STATUS.search(text)
    is_delay = _DELAYED.search(subject) or (_DELAYED.search(text) and not code)
    others = [
        one for one in _BODY_RECIPIENT.findall(text[:20_000]) if one.lower() != sender.lower()
    ]
    report = DeliveryReport(
        recipient=(listed.split(",")[0].strip() or next(iter(others), "")),
        status=status[1] if status else (f"{code[1][0]}.0.0" if code else ""),
        action="delayed" if is_delay else "failed",
        diagnostic=_line_around(text, code or status),
        original_message_id=next(iter(inner_ids), ""),
    )
    signs = [f"Return-Path: {value(message, 'Return-Path')}" if is_null else "", f"From: {sender}"]
    signs += [subject, f"X-Failed-Recipients: {listed}" if listed else ""]
    return (report,), tuple(sign for sign in signs if sign)


def _line_around(text: str, found: re.Match[str] | None) -> str:
    if not found:
        return ""
    start = text.rfind("\n", 0, found.start()) + 1
    end = text.find("\n", found.end())
    return text[start : end if end >= 0 else len(text)].strip()[:500]


def kind_of(reports: tuple[DeliveryReport, ...], text: str) -> Kind:
    """Return the gravest that the reports say; a full mailbox may be emptied: it is soft."""
    kinds = {_kind_of(one, text) for one in reports}
    order = (Kind.HARD_BOUNCE, Kind.SOFT_BOUNCE, Kind.DELIVERY_NOTICE)
    return next(kind for kind in order if kind in kinds)


def _kind_of(report: DeliveryReport, text: str) -> Kind:
    if report.action in {"delivered", "relayed", "expanded"}:
        return Kind.DELIVERY_NOTICE
    if not report.action and report.status.startswith("2"):
        return Kind.DELIVERY_NOTICE
    is_soft = report.action == "delayed" or report.status.startswith("4.")
    is_full = report.status == "5.2.2" or _FULL.search(report.diagnostic or text)
    return Kind.SOFT_BOUNCE if is_soft or is_full else Kind.HARD_BOUNCE


def reported_ids(leaves: list[Leaf]) -> tuple[str, ...]:
    """Return the Message-IDs inside reports and messages inside, and those they answer."""
    found: list[str] = []
    names = (
        "Message-ID",
        "Original-Message-ID",
        "X-Original-Message-ID",
        "In-Reply-To",
        "References",
    )
    for leaf in leaves:
        if leaf.media_type in _HELD:
            inner = children(leaf.entity)
            held = inner[0] if inner else parsed(content_of(leaf))
            found += ids(held, *names)
    return tuple(dict.fromkeys(found))[:200]


def ids_in_words(text: str) -> tuple[str, ...]:
    """Return the Message-IDs of headers that a bounce copies into its text."""
    found = [one for line in _ID_LINE.findall(text) for one in ids_in(line)]
    return tuple(dict.fromkeys(found))[:20]


def read_receipt(leaves: list[Leaf], subject: str, text: str) -> tuple[str, ...]:
    """Return the signs of a read receipt; none when it is something else."""
    for leaf in leaves:
        if leaf.media_type == RECEIPT:
            inner = children(leaf.entity)
            told = shown(inner[0], "Disposition") if inner else ""
            return (RECEIPT, *([f"Disposition: {told}"] if told else []))
    if (found := _READ.match(subject)) and (read := _WAS_READ.search(text[:2000])):
        return found[0].strip(), read[0]
    return ()
