"""Compute an analysis in this process, storing nothing: the library behind `longrun run --here`."""

from typing import Any

from ops.analyses.registry import find
from ops.analysis import AnalysisResult, Progress
from ops.db.engine import Database
from ops.db.load import load
from ops.settings import Settings
from ops.work.fetch_answers import with_answers
from ops.work.run import pinned
from ops.work.submit import Submission, checked, draft


def compute_here(database: Database, submission: Submission, progress: Progress) -> AnalysisResult:
    """Compute the result that a run of `submission` would store.

    Raises
    ------
    NotFound
        If there is no such analysis.
    BadData
        If the parameters are wrong.
    NotEnoughData
        If the window holds too little.
    """
    analysis = find(submission.analysis)
    with database.read() as session:
        run = draft(session, submission)
    params = checked(analysis, run.params)
    query = pinned(analysis.needs(params), run)
    data: Any = with_answers(
        query, load(database, query), Settings(), lambda message: progress(0.0, message)
    )
    result: AnalysisResult = analysis.compute(data, params, progress)
    return result
