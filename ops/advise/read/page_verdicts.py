"""Verdicts of a page as evidence of the case that a whole run is about."""

from ops.advise.case import StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.stored import level_of, verdicts_of
from ops.page_value import Level

MOST = 6  # sentences of a run; the first ones are its answer


def tell_verdicts(of: Dossier, run: StoredRun, *written: str) -> Level:
    """Add the first verdicts of a run; their worst level.

    Parameters
    ----------
    written
        Words of people that the sentences may repeat: a title, a name.
    """
    verdicts = verdicts_of(run)
    for verdict in verdicts[:MOST]:
        of.verdict(verdict, *written)
    return level_of(verdicts)
