"""Scores of versions: what they were registered with, and what later evaluations found.

A version is never edited, so a score that came later stands in the result of its evaluation:
``scored``, a list of ``{"version": number, "metrics": {...}}`` with metrics as in
`ops.classify.draft.ModelDraft`. Two versions that one run has scored were tested on the same rows.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ops.classify.promotion import headline
from ops.db import model_versions, results
from ops.db.models.classify import Model, ModelVersion
from ops.db.models.work import Run

EVALUATE = "classifier-evaluate"
LOOKED_AT = 20  # newest evaluations that are read
Metrics = Mapping[str, Any]


def of(session: Session, row: Model, numbers: Iterable[int]) -> dict[int, Metrics]:
    """Metrics of versions that are to be compared.

    Where one evaluation has scored all of them, its metrics; else each its own, or those of the
    newest evaluation if it was registered without any.
    """
    wanted = tuple(dict.fromkeys(numbers))
    query = model_versions.listed(row).where(ModelVersion.number.in_(wanted))
    found: dict[int, Metrics] = {v.number: v.metrics for v in session.scalars(query)}
    if len(wanted) < 2 and all(headline(m) is not None for m in found.values()):
        return found
    evaluations = [_scored(session, run) for run in _evaluations(session, row)]
    for scored in evaluations:
        if len(wanted) > 1 and set(wanted) <= set(scored):
            return {n: scored[n] for n in wanted}
    for number, metrics in found.items():
        if headline(metrics) is None:
            later = (s[number] for s in evaluations if number in s)
            found[number] = next(later, metrics)
    return found


def _evaluations(session: Session, row: Model) -> list[Run]:
    query = (
        select(Run)
        .where(Run.analysis == EVALUATE, Run.state == "succeeded")
        .where(Run.params["model"].as_string() == row.code)
        .order_by(Run.submitted_at.desc(), Run.id)
        .limit(LOOKED_AT)
    )
    if row.site_id is not None:
        query = query.where(or_(Run.site_id == row.site_id, Run.site_id.is_(None)))
    return list(session.scalars(query))


def _scored(session: Session, run: Run) -> dict[int, Metrics]:
    told = (results.whole(session, run) or {}).get("scored")
    if not isinstance(told, list):
        return {}
    return {
        one["version"]: one["metrics"]
        for one in told
        if isinstance(one, Mapping)
        and isinstance(one.get("version"), int)
        and isinstance(one.get("metrics"), Mapping)
    }
