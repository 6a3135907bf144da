"""Actions and the law: what is public, and what is a team's alone, whatever one's role here."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO

from contrechamp.cases import services
from contrechamp.cases.domain.kinds import ActionKind
from contrechamp.cases.domain.papers import PaperKind
from contrechamp.cases.models import Action, Invitation, Reminder, SourceDecision
from contrechamp.cases.queries.holding import held
from contrechamp.cases.services import drafting, exhibiting
from tests.access.rows import (
    DONE,
    EDITORS,
    EVERYBODY,
    GONE,
    MEMBERS,
    NO_SUCH_ACT,
    OK,
    REFUSED,
    SIGN_IN,
    Args,
    Factory,
    Row,
    World,
)
from tests.cases.actions import at, judged, opened
from tests.census import facts
from tests.documents.made import document, key
from tests.make import user

NEVER = ["cse-0000000000"]
TEAM = (GONE, GONE, OK, GONE, GONE)
"""A private action of marianne's: editors and administrators know no more than anybody."""
REFUSES = (SIGN_IN, GONE, REFUSED, GONE, GONE)
LEADS = (SIGN_IN, GONE, OK, GONE, GONE)
TELLS = (SIGN_IN, GONE, DONE, GONE, GONE)
NOT_YET = (SIGN_IN, GONE, REFUSED, GONE, GONE)


def made(world: World) -> Action:
    """An action of marianne's."""
    return opened(world.marianne)


def private(world: World) -> Sequence[object]:
    """It, as nobody has published it."""
    return [made(world).pk]


def public(world: World) -> Sequence[object]:
    """It, published."""
    action = made(world)
    services.set_public(action, is_public=True, now=at("01-21"))
    return [action.pk]


def ended(world: World) -> Sequence[object]:
    """It, judged and published."""
    services.set_public(judged(made(world)), is_public=True, now=at("10-06"))
    return ()


def fact(world: World) -> Sequence[object]:
    """One of its facts."""
    action = made(world)
    return [action.pk, action.facts.get().pk]


def party(world: World) -> Sequence[object]:
    """One of its organisations."""
    action = made(world)
    row = services.add_party(
        action,
        side="CLAIMANT",
        name="Les Yeux ouverts",
        number="W991234567",
        actor=world.marianne,
        now=at("01-21"),
    )
    return [action.pk, row.pk]


def member(world: World) -> Sequence[object]:
    """Somebody of its team who does not lead."""
    action = made(world)
    row = services.seat(action, user=user("relais"), role="MEMBER", now=at("01-21"))
    return [action.pk, row.pk]


def exhibit(world: World) -> Sequence[object]:
    """An exhibit of marianne's action."""
    action = made(world)
    row = services.add_exhibit(
        action,
        sha256=key(document(by=world.marianne)),
        told=services.Told(label="Décision attaquée"),
        actor=world.marianne,
        now=at("01-21"),
    )
    return [action.pk, row.pk]


def scan(world: World) -> Sequence[object]:
    """A scan that marianne's team keeps."""
    action = made(world)
    row = exhibiting.add_held(
        action,
        held=exhibiting.Held(sha256=held().put(BytesIO(b"scan")), kind="pdf", pages=1),
        told=services.Told(label="Scan"),
        actor=world.marianne,
        now=at("01-21"),
    )
    return [action.pk, row.pk]


def decision(world: World) -> Sequence[object]:
    """A source's document that somebody proposed for marianne's action."""
    action = made(world)
    row = SourceDecision.objects.create(
        action=action, sha256="0" * 64, proposed_by=world.marianne, proposed_at=at("01-21")
    )
    return [action.pk, row.pk]


def argument(world: World) -> Sequence[object]:
    """A ground of marianne's action."""
    action = made(world)
    row = services.add_argument(action, title="Durée", actor=world.marianne, now=at("01-21"))
    return [action.pk, row.pk]


def bundle(world: World) -> Sequence[object]:
    """A bundle of marianne's action that waits."""
    action = made(world)
    return [
        action.pk,
        services.want_bundle(action, actor=world.marianne, now=at("01-21")).pk,
    ]


def bundle_file(world: World) -> Sequence[object]:
    """A file of it, which is not there yet."""
    return [*bundle(world), "depot"]


def invitation(world: World) -> Sequence[object]:
    """An invitation of marianne's."""
    Invitation.objects.create(request="req-0000000001", owner=world.marianne, made_at=at("01-21"))
    return ["req-0000000001"]


def paper(world: World) -> Sequence[object]:
    """A paper that is being written in marianne's action."""
    action = made(world)
    row = drafting.begin(action, PaperKind.ANNULMENT, actor=world.marianne, now=at("01-21"))
    return [action.pk, row.pk]


def of_paper(*rest: object) -> Factory:
    """An address below it."""
    return lambda world: [*paper(world), *rest]


def collective(world: World) -> Sequence[object]:
    """A collective complaint of marianne's, with a mandate."""
    action = opened(world.marianne, kind=ActionKind.COLLECTIVE, published="")
    services.add_mandate(
        action,
        name="Camille Invente",
        day=at("01-10").date(),
        scope="La plainte",
        proof="Feuille signée",
        actor=world.marianne,
        now=at("01-21"),
    )
    return [action.pk]


def mandate(world: World) -> Sequence[object]:
    """Its mandate."""
    return [*collective(world), 1]


def court(world: World) -> Sequence[object]:
    """A court of marianne's action."""
    action = made(world)
    row = services.add_instance(action, court="TA", actor=world.marianne, now=at("01-21"))
    return [action.pk, row.pk]


def money(world: World) -> Sequence[object]:
    """Money of marianne's action."""
    action, day = made(world), at("01-21")
    row = services.add_cost(
        action, kind="SPENT", amount=Decimal(5), day=day.date(), actor=world.marianne, now=day
    )
    return [action.pk, row.pk]


def reminder(world: World) -> Sequence[object]:
    """A reminder of marianne's."""
    made(world)
    services.note_due(now=at("03-10"))
    return [Reminder.objects.get().pk]


def suspended(world: World) -> Sequence[object]:
    """A judgment of a public action about a public project."""
    (key,) = project(world)
    action = judged(opened(world.marianne, projects=[str(key)]))
    services.set_public(action, is_public=True, now=at("10-06"))
    return [action.facts.get(kind="JUDGED").pk, key]


EDITORS_TELL = (SIGN_IN, GONE, GONE, DONE, DONE)
NOBODY = (GONE,) * 5
FOLLOWED = ("atom", "jsonfeed")
NO_PROJECT = ["prj-0000000000"]


def project(world: World) -> Args:
    """Return a public project."""
    entity = facts.entity("Exemple", "project", "trial")
    facts.published(facts.claim(entity, "description", value="Une phrase."))
    return [entity.pk]


def draft(world: World) -> Args:
    """Return a project that nobody has published."""
    entity = facts.entity("Exemple", "project", "trial")
    facts.claim(entity, "description", value="Une phrase.")
    return [entity.pk]


def ground(world: World) -> Args:
    return ["analyse-d-impact"]


POST = {
    "cases:instance": {"instance-court": "Tribunal administratif de Toulon"},
    "cases:party": {
        "partie-side": "CLAIMANT",
        "partie-name": "Les Yeux ouverts",
        "partie-number": "W991234567",
    },
    "cases:cost": {"argent-kind": "SPENT", "argent-amount": "20", "argent-day": "2026-01-21"},
    "cases:seat": {"equipe-name": "noor", "equipe-role": "READER"},
    "cases:publish": {"publier": "1"},
}
TAKEN_BACK = {"annuler": "1", "pourquoi": "erreur"}
GIVEN = {"name": "Camille", "day": "2026-01-10", "scope": "La plainte", "proof": "Feuille"}

ROWS = [
    Row("cases:index", EVERYBODY, lambda w: public(w) and ()),
    Row("cases:index", EVERYBODY, lambda w: private(w) and (), about="nothing public"),
    Row("cases:index-json", EVERYBODY, lambda w: public(w) and ()),
    Row("cases:index-csv", EVERYBODY, lambda w: public(w) and ()),
    Row("cases:worked", EVERYBODY, ended),
    Row("cases:worked-json", EVERYBODY, ended),
    Row("cases:worked-csv", EVERYBODY, ended),
    Row("cases:mine", MEMBERS, lambda w: private(w) and ()),
    Row("cases:put-away", (SIGN_IN, *(DONE,) * 4), invitation, method="POST"),
    Row("cases:put-away", (NO_SUCH_ACT,) * 5, invitation, about="read"),
    Row("cases:new", MEMBERS),
    Row("cases:new", (SIGN_IN, *(GONE,) * 4), query="?acte=zorglub", about="of no act"),
    Row(
        "cases:new",
        (SIGN_IN, *(DONE,) * 4),
        method="POST",
        fields={"kind": "ANNULMENT", "title": "Contre un acte"},
    ),
    Row("cases:action", EVERYBODY, public),
    Row("cases:action", TEAM, private, about="private", never=NEVER),
    Row("cases:action-json", EVERYBODY, public),
    Row("cases:action-json", (GONE,) * 5, private, about="private", never=NEVER),
    Row("cases:action-ics", EVERYBODY, public),
    Row("cases:action-ics", TEAM, private, about="private", never=NEVER),
    Row("cases:follow", LEADS, private),
    Row("cases:follow", LEADS, public, about="public"),
    Row(
        "cases:follow",
        TELLS,
        private,
        method="POST",
        fields={"kind": "CLAIM_FILED", "first": "2026-02-02", "proof": "RECEIPT"},
    ),
    Row("cases:take-back", TELLS, fact, method="POST", fields={"pourquoi": "erreur"}),
    Row("cases:take-back", (SIGN_IN, GONE, OK, GONE, GONE), fact, method="POST", about="no reason"),
    Row("cases:take-back", (NO_SUCH_ACT,) * 5, fact, about="read"),
    *(Row(name, TELLS, private, method="POST", fields=fields) for name, fields in POST.items()),
    *(Row(name, (NO_SUCH_ACT,) * 5, private, about="read") for name in POST),
    Row("cases:remove-party", TELLS, party, method="POST"),
    Row("cases:remove-party", (NO_SUCH_ACT,) * 5, party, about="read"),
    Row("cases:settings", LEADS, private),
    Row("cases:unseat", TELLS, member, method="POST"),
    Row("cases:unseat", (NO_SUCH_ACT,) * 5, member, about="read"),
    # Exhibits and bundles.
    Row("cases:exhibits", LEADS, private),
    Row("cases:exhibits", LEADS, public, about="public"),
    Row("cases:exhibit", LEADS, exhibit),
    Row("cases:exhibit", TELLS, exhibit, method="POST", fields={"retirer": "1"}),
    # Papers that are being written.
    Row("cases:drafts", LEADS, private),
    Row("cases:drafts", LEADS, public, about="public"),
    Row("cases:drafts", TELLS, private, method="POST", fields={"kind": "ANNULMENT"}),
    *(
        Row(f"cases:{name}", LEADS, paper)
        for name in ("draft", "draft-choices", "draft-asked", "draft-history")
    ),
    Row("cases:draft-choices", TELLS, paper, method="POST", fields={"vu": "1"}),
    Row("cases:draft-asked", TELLS, paper, method="POST", fields={"enjoin": "de cesser"}),
    Row("cases:draft-history", TELLS, paper, method="POST", fields={"vers": "1"}),
    Row("cases:draft-section", LEADS, of_paper("facts")),
    Row(
        "cases:draft-section",
        TELLS,
        of_paper("facts"),
        method="POST",
        fields={"act": "keep", "texte": "Nos mots.", "vu": "0"},
    ),
    Row("cases:draft-restore", TELLS, of_paper("facts"), method="POST", fields={"act": "facts"}),
    Row(
        "cases:draft-mean",
        TELLS,
        paper,
        method="POST",
        fields={"act": "add", "moyen-title": "Un moyen"},
    ),
    Row("cases:draft-final", NOT_YET, paper, method="POST", about="not ready"),
    Row("cases:draft-attach", LEADS, paper, method="POST", about="no document"),
    Row("cases:draft-throw", TELLS, paper, method="POST"),
    Row("cases:draft-file", LEADS, of_paper("txt")),
    Row("cases:draft-file", (SIGN_IN, *(GONE,) * 4), of_paper("exe"), about="no form"),
    *(
        Row(f"cases:{name}", (NO_SUCH_ACT,) * 5, thing, about="read")
        for name, thing in (
            ("draft-restore", of_paper("facts")),
            ("draft-mean", paper),
            ("draft-final", paper),
            ("draft-attach", paper),
            ("draft-throw", paper),
        )
    ),
    Row("cases:exhibit-file", LEADS, scan),
    Row("cases:exhibit-file", (SIGN_IN, *(GONE,) * 4), exhibit, about="of the library"),
    *(
        Row("cases:choose", LEADS, private, about=place, query=f"?de={place}")
        for place in ("faits", "bibliotheque", "demandes", "avis", "actes", "fichier")
    ),
    Row("cases:choose", LEADS, public, about="public"),
    Row("cases:choose", REFUSES, private, method="POST", about="nothing ticked"),
    Row("cases:exhibit-order", TELLS, private, method="POST", fields={"date": "1"}),
    Row("cases:exhibit-order", (NO_SUCH_ACT,) * 5, private, about="read"),
    Row("cases:restore-exhibit", TELLS, exhibit, method="POST"),
    Row("cases:restore-exhibit", (NO_SUCH_ACT,) * 5, exhibit, about="read"),
    Row("cases:source-document", (SIGN_IN, *(GONE,) * 4), private, about="no document"),
    Row("cases:decide-source", LEADS, decision, method="POST", about="no editor"),
    Row("cases:decide-source", (NO_SUCH_ACT,) * 5, decision, about="read"),
    Row("cases:arguments", LEADS, private),
    Row("cases:arguments", LEADS, public, about="public"),
    Row("cases:arguments", TELLS, private, method="POST", fields={"titre": "Durée"}),
    Row("cases:argument", TELLS, argument, method="POST", fields={"retirer": "1"}),
    Row("cases:argument", (NO_SUCH_ACT,) * 5, argument, about="read"),
    Row("cases:bundles", LEADS, private),
    Row("cases:bundles", LEADS, public, about="public"),
    Row("cases:bundles", TELLS, private, method="POST"),
    Row("cases:bundle", LEADS, bundle),
    Row("cases:bundle-file", (SIGN_IN, *(GONE,) * 4), bundle_file, about="not made"),
    # The library of arguments.
    *(Row(f"cases:grounds{kind}", EVERYBODY) for kind in ("", "-json", "-csv")),
    Row("cases:grounds", EVERYBODY, about="a search", query="?q=drone&theme=drones"),
    *(Row(f"cases:sources{kind}", EVERYBODY) for kind in ("", "-csv")),
    Row("cases:ground", EVERYBODY, ground),
    Row("cases:ground", NOBODY, lambda w: ["zorglub"], about="none", never=["nulle-part"]),
    *(
        row
        for name in ("cases:project-law", "cases:project-law-json")
        for row in (
            Row(name, EVERYBODY, project, about="public"),
            Row(name, EVERYBODY, project, about="answered", query="?aipd=non&son=oui"),
            Row(name, NOBODY, draft, about="draft", never=NO_PROJECT),
        )
    ),
    # Windows of a territory.
    *(
        Row(f"cases:windows{kind}", EVERYBODY)
        for kind in ("", "-json", "-csv", "-atom", "-jsonfeed", "-ics", "-month", "-note-atom")
    ),
    Row("cases:windows", EVERYBODY, about="narrowed", query="?departement=83&statut=unknown"),
    *(
        row
        for name in ("cases:project-windows-atom", "cases:project-windows-ics")
        for row in (
            Row(name, EVERYBODY, project, about="public"),
            Row(name, NOBODY, draft, about="draft", never=NO_PROJECT),
        )
    ),
    # Following public actions.
    *(Row(f"cases:index-{form}", EVERYBODY, lambda w: public(w) and ()) for form in FOLLOWED),
    *(
        Row(f"cases:index-{form}", EVERYBODY, lambda w: private(w) and (), about="nothing public")
        for form in FOLLOWED
    ),
    Row("cases:index", EVERYBODY, about="narrowed", query="?sur=commune:06088&technique=drone"),
    # Following: corrections, mandates, reminders, sequels.
    Row("cases:correct-fact", LEADS, fact),
    Row("cases:correct-instance", LEADS, court),
    Row("cases:correct-instance", TELLS, court, method="POST", fields=TAKEN_BACK),
    Row("cases:correct-cost", LEADS, money),
    Row("cases:correct-cost", TELLS, money, method="POST", fields=TAKEN_BACK),
    *(
        row
        for name in ("cases:hearing", "cases:costs")
        for row in (Row(name, LEADS, private), Row(name, LEADS, public, about="public"))
    ),
    Row("cases:mandates", LEADS, collective),
    Row("cases:mandates", (SIGN_IN, *(GONE,) * 4), private, about="of an action that takes none"),
    *(
        Row(name, answers, made_, method="POST", fields=fields)
        for name, answers, made_, fields in (
            ("cases:add-mandate", TELLS, collective, GIVEN),
            ("cases:import-mandates", LEADS, collective, {}),
            ("cases:show-mandates", TELLS, collective, {"montrer": "1"}),
            ("cases:change-mandate", TELLS, mandate, {"effacer": "1"}),
        )
    ),
    *(
        Row(name, (NO_SUCH_ACT,) * 5, made_, about="read")
        for name, made_ in (
            ("cases:add-mandate", collective),
            ("cases:import-mandates", collective),
            ("cases:show-mandates", collective),
            ("cases:change-mandate", mandate),
            ("cases:see-reminder", reminder),
            ("cases:sequel", suspended),
        )
    ),
    Row("cases:reminders", MEMBERS, lambda w: reminder(w) and ()),
    Row(
        "cases:reminders",
        (SIGN_IN, *(DONE,) * 4),
        method="POST",
        fields={"voeu": "titres-non"},
    ),
    Row("cases:see-reminder", (SIGN_IN, *(DONE,) * 4), reminder, method="POST"),
    Row("cases:sequels", EDITORS, lambda w: suspended(w) and ()),
    Row("cases:sequel", EDITORS_TELL, suspended, method="POST", fields={"laisser": "1"}),
]
