"""Cameras that nobody has looked at for years: small tasks for who passes by."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.timezone import localdate
from django.utils.translation import gettext

from contrechamp.cameras import published
from contrechamp.foundation.plug import Choice, Errands, Matter
from contrechamp.foundation.words import written
from contrechamp.kernel.errors import gettext_noop
from contrechamp.places import queries as places

from .words import kind_word, scope_word

REF = "cameras:camera:"
YEARS = 3


def find(most: int) -> Iterable[str]:
    """Yield cameras that nobody has seen for three years, those never dated first."""
    today = localdate()
    before = today.replace(year=today.year - YEARS, day=1)
    return (f"{REF}{key}" for key in published.unseen_since(before, most))


def show(ref: str) -> Matter | None:
    """Return what is said of a camera that is shown."""
    each = published.find_camera(ref.removeprefix(REF))
    town = places.find_territory(f"commune:{each.commune}") if each and each.commune else None
    if each is None or town is None:
        return None
    camera = each.camera
    url = f"/cameras/{town.slug}?lon={camera.lon:.5f}&lat={camera.lat:.5f}&pres=8#carte"
    lines = (
        (gettext("Commune"), f"{town.name} ({town.departement})"),
        (gettext("Ce qu'elle regarde"), scope_word(camera.scope)),
        (gettext("Sorte"), kind_word(camera.kind)),
        (gettext("Position"), f"{camera.lat:.5f}, {camera.lon:.5f}"),
        (
            gettext("Vue le"),
            written(camera.checked_on, "j F Y") if camera.checked_on else gettext("jamais noté"),
        ),
    )
    return Matter(title=each.camera.site or camera.key, url=url, lines=lines, proof_url=url)


TO_SEE = Errands(
    kind="check_camera",
    title=gettext_noop("Vérifier une caméra dans la rue"),
    question=gettext_noop("Cette caméra est-elle encore là ?"),
    help=gettext_noop(
        "Si vous passez devant, ou si une photo récente la montre. Ne photographiez personne."
    ),
    choices=(
        Choice(code="there", label=gettext_noop("Oui, elle est là")),
        Choice(code="gone", label=gettext_noop("Non, elle n'y est plus")),
        Choice(code="unsure", label=gettext_noop("Je ne peux pas dire")),
    ),
    find=find,
    show=show,
    order=30,
)
