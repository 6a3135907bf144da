"""Actors of ActivityPub, and their inbox. All of it is absent while federation is off."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from contrechamp.forum.domain import activitypub as ap
from contrechamp.forum.domain import outside, signatures
from contrechamp.forum.domain.following import Followed
from contrechamp.forum.queries import federation as queries
from contrechamp.forum.services import federating
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused, Unavailable

View = Callable[..., HttpResponse]
COUNTED = 1000


def _of_actor(view: View) -> View:
    @wraps(view)
    def found(request: HttpRequest, name: str, *args: object, **kwargs: object) -> HttpResponse:
        followed = queries.find_followed(name) if queries.is_on() else None
        if followed is None:
            raise Http404
        return view(request, followed, *args, **kwargs)

    return found


def _json(said: Any, kind: str = ap.TYPE, status: int = 200) -> HttpResponse:
    return JsonResponse(
        said, content_type=kind, status=status, json_dumps_params={"ensure_ascii": False}
    )


@require_safe
def webfinger(request: HttpRequest) -> HttpResponse:
    name = ap.read_resource(request.GET.get("resource", ""), queries.host())
    followed = queries.find_followed(name) if name and queries.is_on() else None
    if followed is None:
        raise Http404
    answer = _json(ap.webfinger(queries.actor_of(followed), queries.host()), ap.JRD_TYPE)
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


@require_safe
@_of_actor
def actor(request: HttpRequest, followed: Followed) -> HttpResponse:
    one = queries.actor_of(followed)
    wants_page = "text/html" in request.headers.get("accept", "")
    if wants_page:
        return redirect(one.page)
    return _json(ap.actor(one, signatures.public_of(federating.key_of(followed.name))))


@require_safe
@_of_actor
def followers(request: HttpRequest, followed: Followed) -> HttpResponse:
    one = queries.actor_of(followed)
    return _json(ap.count(one, one.followers, queries.follower_count(followed.name)))


@require_safe
@_of_actor
def outbox(request: HttpRequest, followed: Followed) -> HttpResponse:
    one, notes = queries.actor_of(followed), queries.notes_of(followed, COUNTED)
    text = request.GET.get("page", "")
    if not text:
        return _json(ap.outbox(one, len(notes)))
    page = int(text) if text.isdecimal() and 0 < len(text) < 5 else 1
    first = (page - 1) * ap.AT_ONCE
    part = notes[first : first + ap.AT_ONCE]
    return _json(ap.outbox_page(one, page, part, has_more=len(notes) > first + ap.AT_ONCE))


@require_safe
@_of_actor
def note(request: HttpRequest, followed: Followed, key: str) -> HttpResponse:
    one, said = queries.actor_of(followed), queries.find_note(followed, key)
    if said is None:
        if queries.was_told(followed.name, key):
            return _json({"@context": ap.STREAMS, **ap.tombstone(one, key)}, status=410)
        raise Http404
    if "text/html" in request.headers.get("accept", ""):
        return redirect(said.url)
    return _json(ap.note(one, said))


@csrf_exempt
@require_POST
@_of_actor
def inbox(request: HttpRequest, followed: Followed) -> HttpResponse:
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > outside.BODY_MOST:
        return HttpResponse(status=413)
    headers = {name.lower(): value for name, value in request.headers.items()}
    try:
        federating.receive(
            followed,
            request.body,
            target=f"post {request.get_full_path()}",
            headers=headers,
            now=timezone.now(),
        )
    except (Refused, Unavailable) as error:
        # 202 would promise what does not happen; a status by itself tells no more than it must.
        return HttpResponse(say(error), status=error.status, content_type="text/plain")
    return HttpResponse(status=202)
