"""What a run predicted, kept so that the honesty ledger can hold it against what happens."""

from datetime import timedelta

from sqlalchemy.orm import Session

from ops.analyses.registry import find
from ops.db import predictions
from ops.db.models.work import Run
from ops.prediction import Issued
from ops.values import Scope
from ops.work.submit import checked

MOST = 500  # predictions of one run
_FRESH = timedelta(hours=1)  # what was asked of the past on a later day predicts nothing


def file_predictions(session: Session, run_id: str, result: bytes) -> int:
    """Keep what a succeeded run predicted; the number that is kept.

    A run that somebody started on a window that had long ended says what was, and is not kept; what
    a schedule submitted is, also where it had to be made up for. Predictions are issued at the end
    of the window: that is what was known.

    Parameters
    ----------
    result
        Result of the run as JSON.
    """
    run = session.get(Run, run_id)
    if run is None:
        return 0
    analysis = find(run.analysis)
    end = run.window_end or run.as_of
    if analysis.predictions is None or (
        run.schedule_id is None and end < run.submitted_at - _FRESH
    ):
        return 0
    issued = Issued(run.id, run.as_of, run.window_start, end)
    params = checked(analysis, run.params)
    said = list(analysis.predictions(analysis.result.model_validate_json(result), params, issued))
    scope = Scope(None if run.sites is None else frozenset(run.sites))
    return predictions.keep(session, run.id, run.analysis, said[:MOST], issued_at=end, scope=scope)
