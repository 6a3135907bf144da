"""Published acts for two more pairs of eyes: does the page say what we say?"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from django.utils.timezone import localdate
from django.utils.translation import gettext

from contrechamp.foundation.plug import Choice, Errands, Matter
from contrechamp.kernel.errors import gettext_noop
from contrechamp.watch import published

from .one import page_of

REF = "watch:act:"


def find(most: int) -> Iterable[str]:
    """Yield acts that somebody can check: those with a page or an official address."""
    checkable = (
        f"{REF}{act.id}"
        for act in published.all_acts()
        if (act.data.get("document") or {}).get("url")
    )
    return islice(checkable, most)


def show(ref: str) -> Matter | None:
    """Return what we say of an act, and where to read it."""
    act = next(iter(published.some_acts([ref.removeprefix(REF)])), None)
    if act is None or act.withdrawn_at:
        return None
    page = page_of(act, [], localdate())
    quote = next((value.quote for value in page.values if value.quote), "")
    lines = tuple((value.label, value.text) for value in page.values)
    if page.page:
        lines = (*lines, (gettext("Page"), str(page.page)))
    return Matter(
        title=page.line.title,
        url=act.url,
        lines=lines,
        quote=quote,
        proof_url=page.document_url or page.official_url,
    )


TO_CHECK = Errands(
    kind="check_act",
    title=gettext_noop("Vérifier un acte"),
    question=gettext_noop("L'acte dit-il bien tout cela ?"),
    help=gettext_noop("Ouvrez le document à la page indiquée et comparez ligne par ligne."),
    choices=(
        Choice(code="right", label=gettext_noop("Oui, tout est juste")),
        Choice(code="wrong", label=gettext_noop("Non, quelque chose est faux")),
        Choice(code="unsure", label=gettext_noop("Je ne peux pas dire")),
    ),
    find=find,
    show=show,
    order=10,
)
