"""What acts and their statistics give to others: citations, pictures of links, frames."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext, ngettext

from contrechamp.ui.domain.share import Bar, Gone, Share, Shared
from contrechamp.watch import published
from contrechamp.watch.published import Act, Filter, find_act

from .acts import ShownAct, shown, summary
from .plots import LEAST, PLOTS, plot

BARS = 10


def read_act(slug: str) -> Shared:
    """Return what a public act gives to others."""
    act = find_act(slug)
    if act is None:
        return None
    if act.withdrawn_at:
        return Gone()
    return act_share(shown([act], localdate())[0])


def act_share(line: ShownAct) -> Share:
    """Return what an act gives to others: nothing in it hangs on the day."""
    act = line.act
    cameras = act.cameras
    figures = [
        line.decision,
        ngettext("{n} caméra", "{n} caméras", cameras).format(n=cameras) if cameras else "",
    ]
    return Share(
        sort="act",
        id=act.id,
        label=line.technology,
        title=line.title,
        url=act.url,
        at=act.changed_at,
        place=", ".join(name for name, _ in line.places[:2]),
        summary=summary(line),
        figures=tuple(filter(None, figures)),
        dated=f"{act.published_on or act.signed_on or ''}",
        source=_source(act),
    )


def _source(act: Act) -> str:
    return " ".join(filter(None, [gettext("Acte"), act.act_number])) if act.act_number else ""


def read_list() -> Share:
    """Return what the list of acts gives to others."""
    return _dataset("actes", gettext("Actes de surveillance"), reverse("watch:week"), LIST)


def read_open() -> Share:
    """Return what the list of acts that can be challenged gives to others."""
    title = gettext("Actes de surveillance à contester")
    return _dataset("a-contester", title, reverse("watch:open"), OPEN)


def read_renewals() -> Share:
    """Return what the list of authorisations that end gives to others."""
    title = gettext("Autorisations de surveillance qui arrivent à échéance")
    return _dataset("renouvellements", title, reverse("watch:renewals"), OPEN)


LIST, OPEN = True, False


def _dataset(id_: str, title: str, url: str, is_whole: bool) -> Share:
    total, _ = published.count_of(Filter())
    figures = (ngettext("{n} acte publié", "{n} actes publiés", total).format(n=total),)
    return Share(
        sort="dataset",
        id=id_,
        label=gettext("Jeu de données"),
        title=title,
        url=url,
        at=_last(),
        figures=figures if is_whole else (),
    )


def _last() -> datetime:
    changed = published.changed_acts(Filter(), 1)
    return changed[0].changed_at if changed else now()


def read_statistics() -> Share:
    """Return what the statistics of acts give to others, with their first chart."""
    return _plot(next(iter(PLOTS)), reverse("watch:statistics"), "statistiques") or _dataset(
        "statistiques", gettext("Statistiques des actes"), reverse("watch:statistics"), LIST
    )


def read_plot(slug: str) -> Shared:
    """Return what one chart gives to others."""
    return _plot(slug, reverse("watch:plot", args=[slug]), f"statistiques-{slug}")


def _plot(slug: str, url: str, id_: str) -> Share | None:
    acts = published.counted()
    made = plot(acts, slug) if len(acts) >= LEAST else None
    if made is None or not made.bars:
        return None
    is_time = slug in {"cameras-par-mois", "decisions-par-mois"}
    bars = made.bars[-BARS:] if is_time else made.bars[:BARS]
    return Share(
        sort="dataset",
        id=id_,
        label=gettext("Actes de surveillance en chiffres"),
        title=made.title,
        url=url,
        at=_last(),
        summary=made.lead,
        figures=(made.unit,),
        bars=tuple(Bar(words=bar.name, text=bar.text, share=bar.share) for bar in bars),
        method=made.method,
    )
