"""What a table does not prove: said beside every result, printed with it, kept with it."""

from __future__ import annotations

from dataclasses import dataclass

from contrechamp.lab.model import Text


@dataclass(frozen=True, slots=True)
class Warning_:  # noqa: N801  # `Warning` is Python's own.
    """A limit of what is said, with a key that a program can know it by."""

    id: str
    text: Text


OF_DECISIONS = (
    Warning_(
        "recorded-outcome",
        Text(
            "« Ce qui s'est passé » est ce qui a été enregistré. Si un groupe est plus contrôlé, "
            "on y constate davantage, et la machine semble y avoir raison plus souvent.",
            "“What happened” is what was recorded. Where a group is checked more, more is found, "
            "and the machine seems to be right there more often.",
        ),
    ),
    Warning_(
        "no-cause",
        Text(
            "Un écart entre groupes ne dit pas d'où il vient : de la machine, des données qu'on "
            "lui a données, de ce qui a été constaté, ou des groupes eux-mêmes.",
            "A gap between groups does not say where it comes from: the machine, the data it was "
            "given, what was found, or the groups themselves.",
        ),
    ),
    Warning_(
        "no-gap-no-proof",
        Text(
            "Ne pas trouver d'écart ne prouve pas que la machine est juste : le tableau peut être "
            "trop court, le groupe mal choisi, ou les deux fautes se compenser.",
            "Finding no gap does not prove that the machine is fair: the table may be too short, "
            "the group ill chosen, or two faults may cancel out.",
        ),
    ),
    Warning_(
        "only-the-table",
        Text(
            "On ne voit que les personnes du tableau. Celles que la machine n'a pas notées, ou "
            "dont on ignore la suite, manquent, et elles ne manquent pas au hasard.",
            "Only the people of the table are seen. Those whom the machine did not score, or of "
            "whom the rest is unknown, are missing, and not at random.",
        ),
    ),
    Warning_(
        "not-the-law",
        Text(
            "Un écart statistique n'est pas, à lui seul, une discrimination au sens de la loi. Il "
            "peut en être un commencement de preuve : demandez les données et la méthode.",
            "A statistical gap is not, by itself, discrimination in law. It may be first evidence "
            "of it: ask for the data and the method.",
        ),
    ),
)
OF_PATROLS = (
    Warning_(
        "recorded-not-crime",
        Text(
            "Le tableau compte des faits enregistrés, non des faits commis. Une machine formée sur "
            "les mêmes registres les devine sans rien savoir de la délinquance.",
            "The table counts recorded incidents, not incidents. A machine trained on the same "
            "records guesses them without knowing anything of crime.",
        ),
    ),
    Warning_(
        "patrols-record",
        Text(
            "Si des patrouilles ont suivi les prévisions, elles ont pu trouver ce qui, ailleurs, "
            "n'a pas été vu : un bon taux peut venir de la patrouille elle-même.",
            "Where patrols followed the predictions, they may have found what was not seen "
            "elsewhere: a good rate may come from the patrol itself.",
        ),
    ),
    Warning_(
        "no-effect",
        Text(
            "Tomber juste n'est pas être utile : ce tableau ne dit pas si la délinquance a baissé, "
            "ni ce que les patrouilles ont fait sur place.",
            "To be right is not to be of use: this table does not say whether crime fell, nor what "
            "the patrols did there.",
        ),
    ),
    Warning_(
        "boxes-of-the-file",
        Text(
            "Le hasard se compte sur la carte entière. Si le fichier ne nomme pas les cases sans "
            "fait ni prévision, donnez leur nombre, sans quoi la machine paraît moins bonne.",
            "Chance is counted over the whole map. Where the file does not name the boxes without "
            "incident or prediction, give their number, else the machine looks worse.",
        ),
    ),
    Warning_(
        "replay-is-a-model",
        Text(
            "Le rejeu montre qu'un mécanisme suffit à déformer le registre. Il ne montre pas que "
            "cela s'est passé ici.",
            "The replay shows that a mechanism suffices to bend the record. It does not show that "
            "this happened here.",
        ),
    ),
)
