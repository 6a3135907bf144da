"""Clean copies of files of this machine, made in a child; the original stays as it is."""

from __future__ import annotations

from pathlib import Path
from tempfile import NamedTemporaryFile

from contrechamp.documents import workers
from contrechamp.documents.domain.reasons import DIED, CannotRead, Problem
from contrechamp.documents.domain.scrubbing import Scrubbed
from contrechamp.foundation import bulk
from contrechamp.kernel.errors import Refused, gettext_noop


def scrub(path: Path, out: Path) -> Scrubbed:
    """Write a copy without metadata; return what the file told before and after.

    Raise `Refused` when something is at that place already, `CannotRead` when the file cannot be
    cleaned: then nothing is written.
    """
    if out.exists() or out.is_symlink():
        raise Refused(
            gettext_noop("Il y a déjà un fichier à « {path} » : choisissez un autre nom."), path=out
        )
    if not path.is_file():
        raise Refused(gettext_noop("Il n'y a pas de fichier à « {path} »."), path=path)
    if not out.parent.is_dir():
        raise Refused(gettext_noop("Le dossier de « {path} » n'existe pas : créez-le."), path=out)
    with NamedTemporaryFile(dir=out.parent, prefix=".scrub-", suffix=out.suffix) as new:
        unit = workers.Wash(path=str(path.absolute()), out=new.name)
        (outcome,) = bulk.run(workers.wash, [unit], workers=1, cluster="")
        answer = outcome.value if isinstance(outcome, bulk.Done) else DIED
        if isinstance(answer, Problem):
            raise CannotRead(answer.reason, answer.sentence, **answer.values)
        out.hardlink_to(new.name)
    return answer
