"""The review room: what the machine found, beside the words that it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from contrechamp.foundation.access import editors_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused
from contrechamp.watch import queries, services
from contrechamp.watch.forms import CorrectionForm
from contrechamp.watch.models import Found
from contrechamp.watch.queries import inbox as reads
from contrechamp.watch.services.deciding import Decided

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

PER_PAGE = 15
GROUPS_PER_PAGE = 30


@editors_only
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Show the documents that hold findings, and the findings of the chosen one."""
    context: dict[str, Any] = {}
    if request.method == "POST":
        try:
            decided = _decide(request)
        except Refused as refusal:
            context["why"] = say(refusal)
        else:
            if not decided.refused:
                return redirect(_back(request, decided))
            context["refused"], context["act"] = decided.refused, decided.act
            context["done"] = _done(len(decided.done)) if decided.done else ""
    asked = request.POST if request.method == "POST" else request.GET
    state = asked.get("etat", "WAITING")
    state = state if state in dict(tabs()) else "WAITING"
    context |= _shown(request, state, asked.get("document", ""))
    return render(request, "watch/inbox.html", context)


@editors_only
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, found: str) -> HttpResponse:
    """Show one finding with a form for what the machine read wrongly."""
    row = Found.objects.filter(pk=found).first()
    if row is None:
        raise Http404
    context: dict[str, Any] = {}
    form = CorrectionForm(request.POST or None, finding=row)
    if request.method == "POST" and form.is_valid():
        try:
            decided = services.correct(
                row.pk,
                form.corrections(),
                actor=_reader(request),
                now=timezone.now(),
                note=form.cleaned_data["note"],
            )
        except Refused as refusal:
            context["why"] = say(refusal)
        else:
            if not decided.refused:
                return redirect(f"{reverse('watch:inbox')}?{_query(row, decided)}#{row.pk}")
            context["why"] = decided.refused[0][1]
    context |= {
        "line": reads.lines([row], _reader(request))[0],
        "form": form,
        "history": row.verdicts.select_related("by").order_by("-at", "-pk"),
        "group": reads.find_group(row.sha256, row.state),
    }
    return render(request, "watch/found.html", context)


def _shown(request: HttpRequest, state: str, sha256: str) -> dict[str, Any]:
    group = reads.find_group(sha256, state) if sha256 else None
    counted = reads.counts()
    here = reverse("watch:inbox")
    context: dict[str, Any] = {
        "state": state,
        "tabs": [
            {
                "label": label,
                "count": counted.get(code, 0),
                "url": f"{here}?etat={code}",
                "is_here": code == state,
            }
            for code, label in tabs()
        ],
        "reasons": reasons(),
        "group": group,
    }
    context.setdefault("done", "")
    count, act = request.GET.get("fait", ""), request.GET.get("acte", "")
    if count.isdecimal() and len(count) < 6:
        context["done"] = _done(int(count))
        context["act"] = act if queries.newest_act(act).exists() else ""
    number = request.GET.get("page")
    if group is None:
        documents = Paginator(reads.groups(state), GROUPS_PER_PAGE).get_page(number)
        context["pages"] = documents
        context["groups"] = reads.shown_groups(list(documents.object_list))
        return context
    pages = Paginator(reads.of_document(group.sha256, state), PER_PAGE).get_page(number)
    context["pages"] = pages
    rows = list(pages.object_list)
    context["lines"] = reads.lines(rows, _reader(request), suggest=state == "WAITING")
    context["sure"] = len(reads.sure(group.sha256)) if state == "WAITING" else 0
    context["threshold"] = round(reads.CONFIDENT * 100)
    return context


def tabs() -> list[tuple[str, str]]:
    """Return the states of a finding that a reviewer looks at, in the reader's language."""
    return [
        ("WAITING", gettext("à relire")),
        ("ACCEPTED", gettext("à publier")),
        ("PUBLISHED", gettext("publiées")),
        ("REJECTED", gettext("écartées")),
    ]


def reasons() -> list[tuple[str, str]]:
    """Return why a finding can be set aside, in the reader's language."""
    return [
        ("not_a_decision", gettext("ce n'est pas une décision")),
        ("wrong_place", gettext("lieu faux")),
        ("wrong_reading", gettext("mal lu")),
        ("duplicate", gettext("en double")),
        ("private", gettext("concerne une personne privée")),
        ("other", gettext("autre raison (à écrire)")),
    ]


def _decide(request: HttpRequest) -> Decided:
    """Do what the pressed button says. A button names one finding or those that are ticked."""
    sent, actor, now = request.POST, _reader(request), timezone.now()
    if act := sent.get("undo"):
        return services.undo(act, actor=actor, now=now)
    if sha256 := sent.get("accept-sure"):
        return services.accept(reads.sure(sha256), actor=actor, now=now)
    if only := sent.get("accept"):
        return services.accept([only], actor=actor, now=now)
    if both := sent.get("merge-into"):
        only, _, project = both.partition(" ")
        return services.accept([only], actor=actor, now=now, project_id=project)
    if only := sent.get("merge"):
        project = sent.get(f"project-{only}", "").strip()
        if not project:
            raise Refused(gettext("Choisissez la fiche à laquelle rattacher."))
        return services.accept([only], actor=actor, now=now, project_id=project)
    if only := sent.get("reject"):
        reason, note = sent.get(f"reason-{only}", ""), sent.get(f"note-{only}", "")
        return services.reject([only], actor=actor, now=now, reason=reason, note=note[:2000])
    if only := sent.get("publish"):
        return services.publish([only], reviewer=actor, now=now)
    if only := sent.get("withdraw"):
        reason, note = sent.get(f"reason-{only}", ""), sent.get(f"note-{only}", "")
        return services.withdraw([only], actor=actor, now=now, note=note[:2000], reason=reason)
    return _decide_many(request, sent.getlist("ids")[:500])


def _decide_many(request: HttpRequest, ids: list[str]) -> Decided:
    sent, actor, now = request.POST, _reader(request), timezone.now()
    match sent.get("many"):
        case _ if not ids:
            raise Refused(gettext("Cochez d'abord des lignes."))
        case "accept":
            return services.accept(ids, actor=actor, now=now)
        case "publish":
            return services.publish(ids, reviewer=actor, now=now)
        case "reject":
            reason, note = sent.get("reason", ""), sent.get("note", "")
            return services.reject(ids, actor=actor, now=now, reason=reason, note=note[:2000])
    raise Refused(gettext("Choisissez ce qu'il faut faire."))


def _back(request: HttpRequest, decided: Decided) -> str:
    query = {
        "etat": request.POST.get("etat", "WAITING"),
        "document": request.POST.get("document", ""),
        "page": request.POST.get("page", ""),
        "fait": str(len(decided.done)),
        "acte": decided.act,
    }
    kept = urlencode({name: value for name, value in query.items() if value})
    return f"{reverse('watch:inbox')}?{kept}"


def _query(row: Found, decided: Decided) -> str:
    return urlencode({"etat": row.state, "document": row.sha256, "fait": "1", "acte": decided.act})


def _done(count: int) -> str:
    return ngettext("{count} découverte décidée.", "{count} découvertes décidées.", count).format(
        count=count
    )


def _reader(request: HttpRequest) -> User:
    return cast("User", request.user)
