"""The review inbox: facts beside their passages, messages, held names, documents."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from contrechamp.census import queries, services
from contrechamp.census.forms.entities import AnswerForm
from contrechamp.census.models import Notice
from contrechamp.census.shown import working
from contrechamp.census.shown.histories import Diff, compare
from contrechamp.documents import queries as documents
from contrechamp.foundation.access import editors_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

from .finding import claim_or_404, has_one_reviewer, reader_of

PER_PAGE = 20


@editors_only
@require_http_methods(["GET", "POST"])
def inbox(request: HttpRequest) -> HttpResponse:
    context: dict[str, Any] = {"refused": []}
    if request.method == "POST":
        try:
            answer = _decide(request, context)
        except Refused as refusal:
            context["why"] = say(refusal)
        else:
            if not context["refused"]:
                return answer
    reader = reader_of(request)
    text = request.GET.get("a", "")
    start = int(text) if text.isdecimal() and len(text) < 7 else 0
    waiting = queries.review_inbox(reader)
    claims = list(waiting[start : start + PER_PAGE + 1])
    context |= {
        "tabs": tabs(request, "facts"),
        "claims": working.lines_of(
            claims[:PER_PAGE], reader, single=has_one_reviewer(), with_pictures=True
        ),
        "done": context.get("done") or _done(request),
        "next_url": f"?a={start + PER_PAGE}" if len(claims) > PER_PAGE else "",
        "first_url": reverse("census:review") if start else "",
    }
    return render(request, "census/review.html", context)


def _done(request: HttpRequest) -> str:
    count = request.GET.get("publies", "")
    if count.isdecimal() and len(count) < 7:
        return ngettext("{count} fait publié.", "{count} faits publiés.", int(count)).format(
            count=count
        )
    return {
        "renvoye": gettext("Renvoyé à l'auteur."),
        "lu": gettext("Votre lecture est notée."),
        "prevu": gettext("Acceptée : la publication est prévue."),
    }.get(request.GET.get("fait", ""), "")


def _decide(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Do what the pressed button says."""
    sent, reader, now = request.POST, reader_of(request), timezone.now()
    here = reverse("census:review")
    if evidence := sent.get("read") or sent.get("reject"):
        verdict = "CONFIRMS" if sent.get("read") else "REJECTS"
        found = queries.find_evidence(evidence, reader)
        if found is None:
            raise Http404
        services.check_evidence(found.pk, actor=reader, now=now, verdict=verdict)
        return redirect(f"{here}?fait=lu#{found.claim_id}")
    ids = _chosen(request)
    if sent.get("return") or sent.get("act") == "return":
        reason = sent.get("reason", "")
        if only := sent.get("return"):
            reason = sent.get(f"reason-{only}", "") or reason
        services.return_to_author(ids, reviewer=reader, now=now, reason=reason[:2000])
        return redirect(f"{here}?fait=renvoye")
    if sent.get("accept") or sent.get("act") == "accept":
        return _accept(request, ids, context)
    return redirect("census:review")


def _chosen(request: HttpRequest) -> list[str]:
    if only := request.POST.get("accept") or request.POST.get("return"):
        return [only]
    return request.POST.getlist("ids")[:500]


def _accept(request: HttpRequest, ids: list[str], context: dict[str, Any]) -> HttpResponse:
    """Publish: those ticked as alleged apart from the rest."""
    reader, now = reader_of(request), timezone.now()
    later = _later(request.POST.get("publish_at", ""))
    published, scheduled = 0, 0
    for as_alleged in (False, True):
        part = [one for one in ids if bool(request.POST.get(f"alleged-{one}")) is as_alleged]
        if not part:
            continue
        report = services.publish(
            part, reviewer=reader, now=now, as_alleged=as_alleged, publish_at=later
        )
        published += len(report.published)
        scheduled += len(report.scheduled)
        context["refused"] += report.refused
    if context["refused"]:
        context["done"] = ngettext(
            "{count} fait publié.", "{count} faits publiés.", published
        ).format(count=published)
    query = "fait=prevu" if scheduled else f"publies={published}"
    return redirect(f"{reverse('census:review')}?{query}")


def _later(text: str) -> datetime | None:
    if not text:
        return None
    try:
        day = datetime.fromisoformat(text)
    except ValueError:
        raise Refused(
            gettext("« {text} » n'est pas une date et une heure."), text=text[:40]
        ) from None
    return timezone.make_aware(day) if timezone.is_naive(day) else day


@editors_only
@require_GET
def one(request: HttpRequest, claim: str) -> HttpResponse:
    """Show one claim to review, with the whole form: complete without scripts."""
    found = claim_or_404(request, claim)
    line = working.line_of(found, reader_of(request), single=has_one_reviewer(), with_pictures=True)
    return render(request, "census/review_one.html", {"claim": line})


def tabs(request: HttpRequest, here: str) -> list[dict[str, Any]]:
    """Return the parts of the inbox, each with how much waits. For editors only."""
    reader = reader_of(request)
    waiting_documents = documents.visible_to(reader).filter(state="IN_REVIEW").count()
    rows = [
        ("facts", gettext("Faits"), "census:review", queries.review_inbox(reader).count()),
        (
            "notices",
            gettext("Messages"),
            "census:review-notices",
            queries.notices_waiting(reader).count(),
        ),
        (
            "people",
            gettext("Noms retenus"),
            "census:review-people",
            queries.entities_held(reader).count(),
        ),
        (
            "records",
            gettext("Fiches modifiées"),
            "census:review-records",
            queries.entities_waiting(reader).count(),
        ),
        ("documents", gettext("Documents"), "census:review-documents", waiting_documents),
    ]
    return [
        {"label": label, "url": reverse(name), "count": count, "is_here": code == here}
        for code, label, name, count in rows
    ]


@editors_only
@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    waiting = queries.notices_waiting(reader_of(request)).select_related("entity", "claim")
    done = gettext("La décision est enregistrée.") if request.GET.get("fait") else ""
    return render(
        request,
        "census/review_notices.html",
        {
            "tabs": tabs(request, "notices"),
            "notices": [_shown(notice) for notice in waiting[:100]],
            "done": done,
        },
    )


def _shown(notice: Notice) -> dict[str, Any]:
    about_url = reverse("census:desk", args=[notice.entity_id])
    if notice.claim_id:
        about_url = reverse("census:claim-edit", args=[notice.claim_id])
    return {
        "id": notice.pk,
        "kind_label": notice.get_kind_display().capitalize(),
        "about": notice.entity.name,
        "about_url": about_url,
        "received_on": notice.received_on,
        "capacity": notice.capacity,
        "contact": notice.contact,
        "text": notice.text,
        "source": notice.source,
    }


@editors_only
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, notice: str) -> HttpResponse:
    found = (
        queries.notices_waiting(reader_of(request))
        .select_related("entity", "claim")
        .filter(pk=notice)
        .first()
    )
    if found is None:
        raise Http404
    form = AnswerForm(request.POST or None, initial={"is_public": found.kind == "REPLY"})
    context: dict[str, Any] = {"notice": _shown(found), "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            services.answer_notice(
                found.pk,
                is_accepted=form.cleaned_data["decision"] == "ACCEPTED",
                answer=form.cleaned_data["answer"],
                is_public=form.cleaned_data["is_public"],
                actor=reader_of(request),
                now=timezone.now(),
            )
        except Refused as refusal:
            context["why"] = say(refusal)
        else:
            return redirect(f"{reverse('census:review-notices')}?fait=1")
    return render(request, "census/notice_answer.html", context)


@editors_only
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Decide about names that may be those of private persons."""
    held = queries.entities_held(reader_of(request))
    if request.method == "POST":
        entity = held.filter(pk=request.POST.get("entity", "")).first()
        decision = request.POST.get("decision")
        if entity is None or decision not in {"private", "organisation"}:
            raise Http404
        services.decide_person_hold(
            entity,
            is_private_person=decision == "private",
            actor=reader_of(request),
            now=timezone.now(),
            reason=request.POST.get("reason", "")[:2000],
        )
        return redirect(f"{reverse('census:review-people')}?fait=1")
    return render(
        request,
        "census/review_people.html",
        {
            "tabs": tabs(request, "people"),
            "held": working.cards_of(list(held[:200])),
            "done": gettext("La décision est enregistrée.") if request.GET.get("fait") else "",
        },
    )


@editors_only
@require_http_methods(["GET", "POST"])
def records(request: HttpRequest) -> HttpResponse:
    """Accept what was written on public records themselves: names, numbers."""
    reader = reader_of(request)
    waiting = queries.entities_waiting(reader)
    context: dict[str, Any] = {}
    if request.method == "POST":
        wanted = request.POST.getlist("ids")[:500]
        ids = list(waiting.filter(pk__in=wanted).values_list("pk", flat=True))
        report = services.publish_entities(ids, reviewer=reader, now=timezone.now())
        if not report.refused:
            return redirect(f"{reverse('census:review-records')}?fait=1")
        context["refused"] = report.refused
    rows = []
    for entity in waiting[:100]:
        before = entity.published_as or {}
        names = [row.text for row in entity.names.exclude(role="RAW").order_by("role", "text")]
        numbers = [f"{row.scheme} {row.value}" for row in entity.identifiers.order_by("scheme")]
        old_names = [one["text"] for one in before.get("names", ())]
        old_numbers = [f"{one['scheme']} {one['value']}" for one in before.get("identifiers", ())]
        rows.append(
            {
                "id": entity.pk,
                "name": entity.name,
                "type_label": working.type_label(entity.type),
                "is_mine": reader.pk in entity.authors and not has_one_reviewer(),
                "diffs": [
                    Diff(label=label, parts=compare(", ".join(old), ", ".join(new)))
                    for label, old, new in (
                        (gettext("noms"), old_names, names),
                        (gettext("numéros officiels"), old_numbers, numbers),
                    )
                    if old != new
                ],
            }
        )
    done = gettext("Les fiches acceptées sont publiées.") if request.GET.get("fait") else ""
    context |= {"tabs": tabs(request, "records"), "rows": rows, "done": done}
    return render(request, "census/review_records.html", context)


@editors_only
@require_GET
def waiting_documents(request: HttpRequest) -> HttpResponse:
    rows = (
        documents.visible_to(reader_of(request))
        .filter(state="IN_REVIEW")
        .prefetch_related("versions")
        .order_by("added_at", "pk")[:200]
    )
    shown = []
    for document in rows:
        version = document.versions.order_by("-number").first()
        if version is not None:
            shown.append(
                {
                    "title": document.title,
                    "detail": document.get_origin_display(),
                    "url": reverse("documents:document", args=[version.file_id]),
                }
            )
    return render(
        request,
        "census/review_documents.html",
        {"tabs": tabs(request, "documents"), "documents": shown},
    )
