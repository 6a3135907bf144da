"""Drafts are their author's and the editors'; campaigns are everybody's once shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from contrechamp.foi import services
from contrechamp.foi.models import Campaign, Request
from tests.access.rows import (
    DONE,
    EDITORS,
    EVERYBODY,
    GONE,
    MEMBERS,
    OK,
    REFUSED,
    SIGN_IN,
    Row,
    World,
)
from tests.foi.requests import NOW, WANTED, body, draft, requester

Made = Callable[[World], Sequence[object]]
OWN = (SIGN_IN, GONE, OK, OK, OK)
OWN_ACT = (SIGN_IN, GONE, DONE, DONE, DONE)
EDITORS_ACT = (SIGN_IN, GONE, GONE, DONE, DONE)
IN_PREPARATION = (GONE, GONE, GONE, OK, OK)
NEVER = ["nulle-part"]


def drafted(world: World) -> Sequence[object]:
    """A draft of marianne's, whole."""
    return [draft(world.marianne).pk]


def ready(world: World) -> Sequence[object]:
    """A request of marianne's that is ready."""
    request = draft(world.marianne)
    services.mark_ready(request, actor=world.marianne, now=NOW)
    return [request.pk]


def identity(world: World) -> Sequence[object]:
    """An identity of marianne's own."""
    return [requester(world.marianne).pk]


def batch(world: World) -> Sequence[object]:
    """A batch of marianne's to two towns."""
    request = draft(world.marianne)
    towns = [body("Mairie de Port-Lointain", address="a@port.example").pk]
    return [services.make_batch(request, towns, actor=world.marianne, now=NOW).pk]


def campaign(world: World, *, is_public: bool = True) -> Campaign:
    town = body("Mairie de Bourg-Neuf", address="b@bourg.example")
    plan = services.Plan(
        title="Les contrats de vidéo",
        subject="Contrat de vidéoprotection",
        items=[WANTED],
        bodies=[town.pk],
        is_public=is_public,
    )
    return services.make_campaign(plan, actor=world.amina, now=NOW)


def shown(world: World) -> Sequence[object]:
    """A campaign that everybody sees."""
    return [campaign(world).slug]


def hidden(world: World) -> Sequence[object]:
    """A campaign in preparation."""
    return [campaign(world, is_public=False).slug]


def joined(world: World) -> Sequence[object]:
    """A public campaign with marianne's private draft."""
    found = campaign(world)
    services.join_campaign(found, actor=world.marianne, now=NOW)
    assert Request.objects.filter(campaign=found).exists()
    return [found.slug]


STEPS = (
    "draft-body",
    "draft-documents",
    "draft-items",
    "draft-requester",
    "draft-review",
    "draft-text",
    "draft-send",
    "letter-pdf",
    "letter-odt",
    "letter-txt",
    "batch-new",
)
IDENTITY = {
    "kind": "ASSOCIATION",
    "name": "Les Yeux ouverts",
    "number": "W991234567",
    "representative": "Camille Exemple",
    "address": "1 place du Marché",
}
ROWS = [
    Row("foi:new", MEMBERS),
    Row("foi:new", (SIGN_IN, *(DONE,) * 4), method="POST", about="start"),
    *(Row(f"foi:{name}", OWN, drafted) for name in STEPS),
    *(
        Row(f"foi:{name}", OWN_ACT, drafted, method="POST", fields={"title": "x", "act": ""})
        for name in ("draft-documents", "draft-items", "draft-review")
    ),
    Row("foi:draft-text", (SIGN_IN, GONE, REFUSED, REFUSED, REFUSED), drafted, method="POST"),
    Row("foi:draft-send", OWN, ready, about="ready"),
    Row("foi:draft-send", OWN_ACT, ready, method="POST", fields={"act": "mail"}),
    Row("foi:draft-throw", OWN_ACT, drafted, method="POST"),
    Row("foi:requesters", MEMBERS, lambda w: identity(w) and ()),
    Row("foi:requester-new", MEMBERS),
    Row("foi:requester-new", (SIGN_IN, *(DONE,) * 4), method="POST", fields=IDENTITY),
    Row("foi:requester", (SIGN_IN, GONE, OK, GONE, GONE), identity),
    Row("foi:requester-close", (SIGN_IN, GONE, DONE, GONE, GONE), identity, method="POST"),
    Row("foi:batches", MEMBERS, lambda w: batch(w) and ()),
    Row("foi:batch", OWN, batch),
    Row("foi:batch", OWN_ACT, batch, method="POST", fields={"act": "stop"}),
    Row("foi:campaigns", EVERYBODY, lambda w: shown(w) and ()),
    Row("foi:campaigns", EVERYBODY, lambda w: hidden(w) and (), about="in preparation"),
    *(Row(f"foi:{name}", EVERYBODY, shown) for name in ("campaign", "campaign-csv")),
    Row("foi:campaign-json", EVERYBODY, shown),
    Row("foi:campaign", EVERYBODY, joined, about="joined in private"),
    *(
        Row(f"foi:{name}", IN_PREPARATION, hidden, about="in preparation", never=NEVER)
        for name in ("campaign", "campaign-csv", "campaign-json")
    ),
    Row("foi:campaign-join", (SIGN_IN, *(DONE,) * 4), shown, method="POST"),
    Row("foi:campaign-new", EDITORS),
    Row("foi:campaign-edit", EDITORS, shown),
    Row("foi:campaign-close", EDITORS_ACT, shown, method="POST"),
]
