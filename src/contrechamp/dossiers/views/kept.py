"""Dossiers that members keep; public ones for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from contrechamp.dossiers import queries, services
from contrechamp.dossiers.domain import STEPS, Ask, Item, read_addresses, read_query
from contrechamp.dossiers.domain.items import read_ref
from contrechamp.dossiers.forms import CoverForm, NoteForm, PasteForm
from contrechamp.dossiers.models import Dossier
from contrechamp.dossiers.shown import page_of
from contrechamp.foundation.access import members_only
from contrechamp.kernel.errors import gettext_noop

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

NEWS = {
    "garde": gettext_noop("Le dossier est gardé."),
    "ajoute": gettext_noop("C'est ajouté au dossier."),
    "enregistre": gettext_noop("C'est enregistré."),
    "soumis": gettext_noop("Le dossier attend la relecture d'une seconde personne."),
    "public": gettext_noop("Le dossier est public."),
    "prive": gettext_noop("Le dossier est privé."),
    "supprime": gettext_noop("Le dossier est supprimé."),
}


@require_safe
def dossiers(request: HttpRequest) -> HttpResponse:
    """List the dossiers that the person may read."""
    found = list(queries.listed(request.user))
    own = [each for each in found if each.owner_id == request.user.pk]
    others = [each for each in found if each.owner_id != request.user.pk]
    return render(
        request, "dossiers/dossiers.html", {"own": own, "others": others, "done": _news(request)}
    )


@require_safe
def kept(request: HttpRequest, key: str) -> HttpResponse:
    """Show a kept dossier; its owner can change it."""
    found = dossier_or_404(request, key)
    ask = queries.ask_of(found)
    is_own = found.owner_id == request.user.pk
    return render(
        request,
        "dossiers/kept.html",
        {
            "dossier": found,
            "page": page_of(ask),
            "out": page_of(queries.taken_out(found)) if is_own else None,
            "is_own": is_own,
            "may_publish": request.user.is_authenticated
            and request.user.is_editor
            and found.state == Dossier.State.SUBMITTED,
            "cover": CoverForm(initial=_cover(ask)),
            "paste": PasteForm(),
            "done": _news(request),
        },
    )


@require_POST
@members_only
def keep(request: HttpRequest) -> HttpResponse:
    """Keep what stood in an address, or add it to a dossier that is kept."""
    ask, now = read_query(request.POST.get("dossier", "")), timezone.now()
    ask = ask.with_items(services.expand(ask.items))
    if into := request.POST.get("dans", ""):
        found = own_or_404(request, into)
        services.add_to(found, ask.items, actor=member(request), now=now)
        return _to(found, "ajoute")
    title = request.POST.get("titre", "").strip()[:160] or ask.title
    named = Ask(
        items=ask.items,
        title=title,
        author=ask.author,
        introduction=ask.introduction,
        language=ask.language,
    )
    return _to(services.keep(named, actor=member(request), now=now), "garde")


@require_POST
@members_only
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Do one thing to a dossier of one's own."""
    found = own_or_404(request, key)
    act, _, ref = request.POST.get("faire", "").partition(" ")
    by: dict[str, Any] = {"actor": member(request), "now": timezone.now()}
    if act in STEPS:
        services.move(found, ref, STEPS[act], **by)
    elif act == "enlever":
        services.take_out(found, ref, **by)
    elif act == "remettre":
        services.put_back(found, ref, **by)
    elif act == "noter":
        _write_note(request, found, ref)
    elif act == "ajouter":
        return _add(request, found)
    elif act == "decrire":
        _describe(request, found)
    return _to(found, "enregistre", ref)


@require_POST
@members_only
def change_state(request: HttpRequest, key: str) -> HttpResponse:
    """Hand in, publish, take back or delete."""
    found, now = dossier_or_404(request, key), timezone.now()
    match request.POST.get("faire", ""):
        case "soumettre":
            services.submit(found, actor=member(request), now=now)
            return _to(found, "soumis")
        case "publier":
            services.publish(found, reviewer=member(request), now=now)
            return _to(found, "public")
        case "supprimer":
            services.delete_dossier(found, actor=member(request))
            return redirect(f"{reverse('dossiers:dossiers')}?fait=supprime")
        case _:
            services.make_private(found, actor=member(request), now=now)
            is_gone = found.owner_id != request.user.pk
            return redirect("dossiers:dossiers") if is_gone else _to(found, "prive")


def member(request: HttpRequest) -> User:
    """Return who is signed in; the view is for members."""
    if not request.user.is_authenticated:
        raise Http404
    return request.user


def dossier_or_404(request: HttpRequest, key: str) -> Dossier:
    """Return the dossier if the person may read it: hidden and never been answer alike."""
    found = queries.find_dossier(key, request.user)
    if found is None:
        raise Http404
    return found


def own_or_404(request: HttpRequest, key: str) -> Dossier:
    """Return the dossier if the person keeps it."""
    found = dossier_or_404(request, key)
    if found.owner_id != request.user.pk:
        raise Http404
    return found


def _write_note(request: HttpRequest, found: Dossier, ref: str) -> None:
    form = NoteForm(request.POST)
    if form.is_valid():
        note = form.cleaned_data["note"]
        services.write_note(found, ref, note, actor=member(request), now=timezone.now())


def _describe(request: HttpRequest, found: Dossier) -> None:
    form = CoverForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        services.describe(
            found,
            title=said["titre"],
            author=said["par"],
            introduction=said["intro"],
            language=said["langue"] or "fr",
            actor=member(request),
            now=timezone.now(),
        )


def _add(request: HttpRequest, found: Dossier) -> HttpResponse:
    more, _ = read_addresses(request.POST.get("coller", "")[:20_000])
    items: tuple[Item, ...] = services.expand(more)
    if not items:
        return _to(found, "")
    services.add_to(found, items, actor=member(request), now=timezone.now())
    return _to(found, "ajoute")


def _cover(ask: Ask) -> dict[str, str]:
    return {
        "titre": ask.title,
        "par": ask.author,
        "intro": ask.introduction,
        "langue": ask.language,
    }


def _to(found: Dossier, news: str, ref: str = "") -> HttpResponse:
    item = read_ref(ref)
    query = f"?fait={news}" if news else ""
    anchor = f"#{item.kind}-{item.key}" if item else ""
    return redirect(f"{reverse('dossiers:kept', args=[found.pk])}{query}{anchor}")


def _news(request: HttpRequest) -> str:
    said = NEWS.get(request.GET.get("fait", "")) if request.user.is_authenticated else None
    return gettext(said) if said else ""
