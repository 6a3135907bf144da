"""The audit of a table of patrols: predictions against chance, a simple count, and a replay."""

from __future__ import annotations

from collections.abc import Mapping

from contrechamp.lab.model import Figure, Series, Text

from .audit import Audit, Options
from .chance import Hits, hits
from .columns import PATROLS
from .feedback import Replay, replay
from .patrols import Patrols, read_patrols
from .saying import Cell, Column, Table, between, count, percent, plain, times
from .sheet import Sheet
from .warnings import OF_PATROLS

WHAT = Column("what", Text("Ce qui est compté", "What is counted"), "name")

CHANCE = Text("Hasard", "Chance")
SIMPLE = Text("Simple comptage", "Simple count")
MACHINE = Text("Machine", "Machine")
NAMES = (Text("Sans ajout", "Nothing added"), Text("Avec ajout", "With what is added"))


def audit_patrols(sheet: Sheet, columns: Mapping[str, str], options: Options) -> Audit:
    """Return what a table of predictions and records says of the machine that predicted."""
    found = read_patrols(
        sheet, columns, boxes_a_day=options.boxes_a_day, map_boxes=options.map_boxes
    )
    said = hits(found, window=options.window, seed=options.seed)
    again = replay(found, extra=options.extra, window=options.window, seed=options.seed)
    tables = [_hits_table(said)]
    if again:
        tables.append(_replay_table(again))
    return Audit(
        kind=PATROLS,
        columns=columns,
        settings={
            "boxes_a_day": found.ranked_by or None,
            "map_boxes": found.map_boxes,
            "window": options.window,
            "extra": options.extra,
            "seed": options.seed,
        },
        rows=found.rows,
        refused=found.refused,
        sentence=sentence(said),
        more=tuple(_more(found, said, again)),
        tables=tuple(tables),
        figures=tuple(_figures(said, again)),
        names=(CHANCE, SIMPLE, MACHINE, *NAMES),
        warnings=OF_PATROLS,
    )


def sentence(said: Hits) -> Text:
    """Return what the predictions were worth in one sentence, against the hardest rival."""
    against = said.against
    if against is None:
        return Text(
            "Les cases prévues contiennent {rate} des faits enregistrés ; des cases tirées au sort "
            "en contiendraient {chance}. Le fichier est trop court pour les comparer à un simple "
            "comptage.",
            "The predicted boxes hold {rate} of the recorded incidents; boxes drawn at random "
            "would hold {chance}. The file is too short to compare them with a simple count.",
        ).fill(rate=between(said.hit_rate), chance=percent(said.chance))
    _, low, high = against.difference
    if low > 0:
        end = Text("la machine fait mieux", "the machine does better")
    elif high < 0:
        end = Text("la machine fait moins bien", "the machine does worse")
    else:
        end = Text("rien ne les distingue", "nothing tells them apart")
    return Text(
        "Les cases prévues contiennent {machine} des faits enregistrés. Compter les faits des "
        "jours d'avant, sans aucun logiciel, en donne {simple} : {end}.",
        "The predicted boxes hold {machine} of the recorded incidents. Counting the incidents of "
        "the days before, with no software at all, gives {simple}: {end}.",
    ).fill(machine=between(against.machine), simple=between(against.simple), end=end)


def _more(found: Patrols, said: Hits, again: Replay | None) -> list[Text]:
    out = [
        Text(
            "{useful} prévisions sur {all} ({share}) tombent sur une case où quelque chose est "
            "enregistré ce jour-là.",
            "{useful} predictions of {all} ({share}) fall on a box where something is recorded on "
            "that day.",
        ).fill(
            useful=count(said.useful),
            all=count(said.predictions),
            share=percent(said.useful / said.predictions),
        )
    ]
    if found.ranked_by:
        out.append(
            Text(
                "« Prévu » est un risque annoncé : on a gardé chaque jour les {many} cases de plus "
                "haut risque.",
                "“Predicted” is a risk announced: the {many} boxes of highest risk were kept each "
                "day.",
            ).fill(many=found.ranked_by)
        )
    if again:
        out.append(
            Text(
                "Rejeu : si chaque patrouille trouve {extra} de faits en plus là où elle passe, "
                "les {many} cases les plus surveillées reçoivent {closed} des patrouilles, contre "
                "{open} sans cet ajout, et {added} faits s'ajoutent au registre en {days} jours.",
                "Replay: if each patrol finds {extra} more incidents where it goes, the {many} "
                "boxes most watched get {closed} of the patrols, against {open} without, and "
                "{added} incidents are added to the record in {days} days.",
            ).fill(
                extra=percent(again.extra),
                many=again.boxes_a_day,
                closed=percent(again.share_closed),
                open=percent(again.share_open),
                added=count(round(again.added)),
                days=again.days,
            )
        )
    return out


def _hits_table(said: Hits) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (Text("Jours avec une prévision", "Days with a prediction"), count(said.days)),
        (Text("Cases prévues par jour", "Boxes predicted a day"), plain(said.boxes_a_day)),
        (Text("Faits enregistrés ces jours-là", "Incidents recorded then"), count(said.crimes)),
        (Text("Faits dans une case prévue", "Incidents in a predicted box"), count(said.hits)),
        (Text("Part des faits trouvés", "Share of incidents found"), between(said.hit_rate)),
        (
            Text("La même, si les faits étaient indépendants", "The same, were they independent"),
            between((said.hits / said.crimes, *said.exact)),
        ),
        (Text("Part attendue au hasard", "Share expected by chance"), percent(said.chance)),
        (Text("Rapport au hasard (PAI)", "Ratio to chance (PAI)"), between(said.pai, "ratio")),
    ]
    if (against := said.against) is not None:
        rows += [
            (
                Text("Jours comparés au simple comptage", "Days compared with the simple count"),
                count(against.days),
            ),
            (
                Text("Ces jours-là, la machine", "On these days, the machine"),
                between(against.machine),
            ),
            (
                Text("Ces jours-là, le simple comptage", "On these days, the simple count"),
                between(against.simple),
            ),
            (
                Text("Différence (machine moins comptage)", "Difference (machine minus count)"),
                between(against.difference),
            ),
            (
                Text("Cases que les deux désignent", "Boxes that both name"),
                percent(against.same_boxes),
            ),
        ]
    return Table(
        "hits",
        Text("Ce que trouvent les prévisions", "What predictions find"),
        (WHAT, Column("value", Text("Valeur", "Value"), "name")),
        tuple(rows),
        Text(
            "Entre parenthèses, l'intervalle à 95 % : 2 000 tirages de journées entières.",
            "In brackets, the interval of 95%: 2,000 draws of whole days.",
        ),
    )


def _replay_table(again: Replay) -> Table:
    def ratio(value: float | None) -> Text | None:
        return None if value is None else times(value)

    return Table(
        "replay",
        Text("Et si les patrouilles trouvaient davantage ?", "What if patrols found more?"),
        (
            WHAT,
            Column("open", NAMES[0], "name"),
            Column("closed", NAMES[1], "name"),
        ),
        (
            (Text("Faits ajoutés", "Incidents added"), count(0), count(round(again.added))),
            (
                Text("Part des patrouilles des cases les plus surveillées", "Share of the patrols"),
                percent(again.share_open),
                percent(again.share_closed),
            ),
            (
                Text("Cases patrouillées au moins une fois", "Boxes patrolled at least once"),
                count(again.ever_open),
                plain(again.ever_closed),
            ),
            (
                Text(
                    "Registre des cases patrouillées sur celui des autres, le dernier mois",
                    "Record of patrolled boxes over that of others, in the last month",
                ),
                ratio(again.ratio_open),
                ratio(again.ratio_closed),
            ),
        ),
        Text(
            "Chaque jour, les cases de plus de faits récents sont patrouillées ; moyenne de "
            "{seeds} tirages.",
            "Each day the boxes of most recent incidents are patrolled; mean of {seeds} draws.",
        ).fill(seeds=again.seeds),
        Text("ne peut être dit", "cannot be said"),
    )


def _figures(said: Hits, again: Replay | None) -> list[Figure]:
    rows: list[tuple[Text, float, float | None, float | None]] = [(CHANCE, said.chance, None, None)]
    if said.against:
        rows += [
            (SIMPLE, *said.against.simple),
            (MACHINE, *said.against.machine),
        ]
    else:
        rows.append((MACHINE, *said.hit_rate))
    figures = [
        Figure(
            id="hits",
            title=Text("Part des faits trouvés", "Share of incidents found"),
            kind="ranges",
            x_label=Text("Méthode", "Method"),
            y_label=Text("Part des faits enregistrés", "Share of recorded incidents"),
            series=(
                Series(
                    label=Text("Part des faits trouvés", "Share of incidents found"),
                    x=[name.fr for name, *_ in rows],
                    y=[value for _, value, _, _ in rows],
                    low=[low for _, _, low, _ in rows],
                    high=[high for *_, high in rows],
                    style="points",
                ),
            ),
            reading=sentence(said),
            y_low=0.0,
        )
    ]
    if again and again.ratio_open and again.ratio_closed:
        figures.append(_replay_figure(again, again.ratio_open, again.ratio_closed))
    return figures


def _replay_figure(again: Replay, still: float, moved: float) -> Figure:
    return Figure(
        id="replay",
        title=Text("Le registre se déforme-t-il ?", "Does the record bend?"),
        kind="bars",
        x_label=Text("Rejeu", "Replay"),
        y_label=Text(
            "Faits d'une case patrouillée sur ceux d'une autre",
            "Incidents of a patrolled box over those of another",
        ),
        series=(
            Series(
                label=Text("Faits", "Incidents"),
                x=[name.fr for name in NAMES],
                y=[still, moved],
                style="bars",
            ),
        ),
        reading=Text(
            "Le dernier mois, une case patrouillée compte {open} fois les faits d'une autre ; "
            "{closed} fois quand chaque patrouille en trouve {extra} de plus.",
            "In the last month a patrolled box has {open} times the incidents of another; {closed} "
            "times where each patrol finds {extra} more.",
        ).fill(open=times(still), closed=times(moved), extra=percent(again.extra)),
        y_low=0.0,
    )
