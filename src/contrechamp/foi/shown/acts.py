"""The buttons of a request's page: what can be done now, the next step first."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from contrechamp.foi.domain.composable import REFERRAL, SLUGS, objection
from contrechamp.foi.domain.facts import standing
from contrechamp.foi.domain.series import SMALLEST
from contrechamp.foi.domain.steps import Act
from contrechamp.foi.models import Request
from contrechamp.foi.queries.facts import facts_of
from contrechamp.foi.queries.page import Page
from contrechamp.foi.queries.series import like, memberships

LABELS = {
    "relance": _("Écrire une relance"),
    "precision": _("Répondre par une précision"),
    "reponse": _("Répondre au refus"),
    "cada": _("Préparer la saisine de la CADA"),
    "motifs": _("Demander les motifs"),
    "apres-avis": _("Écrire à l'administration après l'avis"),
    "avocat": _("Préparer la fiche pour un avocat"),
}
NEXT = {
    Act.REFER: "cada",
    Act.REFER_LATE: "cada",
    Act.COMPLETE: "cada",
    Act.GO_TO_COURT: "avocat",
}


def of_page(page: Page) -> list[tuple[str, str, bool]]:
    """Return address, label and whether it is the next step, of each act that is possible."""
    request = page.request
    if request.sent_on is None:
        return []
    facts = standing(facts_of(request))
    main = NEXT.get(page.step.act, "")
    found = [
        (reverse("foi:compose", args=[request.pk, slug]), gettext(LABELS[slug]), slug == main)
        for slug, kind in SLUGS.items()
        if not objection(kind, facts, page.status)
    ]
    found += _series(page.request, is_referable=not objection(REFERRAL, facts, page.status))
    if page.step.act is Act.CHECK_SILENCE:
        url = reverse("foi:note", args=[request.pk])
        found.insert(
            0, (f"{url}?fait=NOTHING_CAME", gettext("Rien n'est arrivé, je le confirme"), True)
        )
    found.sort(key=lambda each: not each[2])
    found += [
        (reverse("foi:note", args=[request.pk]), gettext("Noter ce qui s'est passé"), False),
        (reverse("foi:enter-letter", args=[request.pk]), gettext("Entrer une lettre reçue"), False),
        (reverse("foi:attach", args=[request.pk]), gettext("Joindre un document obtenu"), False),
    ]
    return found


def _series(request: Request, *, is_referable: bool) -> list[tuple[str, str, bool]]:
    """Return the way to the series that a request is in, or could be in."""
    for one in memberships(request):
        if not one.left_out and one.is_accepted is not False:
            return [(reverse("foi:series", args=[one.series_id]), gettext("Voir la série"), True)]
    if is_referable and len(like(request, request.author)) >= SMALLEST:
        url = reverse("foi:start-series", args=[request.pk])
        return [(url, gettext("Saisir la CADA pour toute la série"), True)]
    return []
