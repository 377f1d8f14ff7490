"""Runs and analyses of what has a code within a site, as its page lists them."""

from sqlalchemy import Select
from sqlalchemy.orm import Session

from ops.analyses.registry import all_analyses
from ops.analysis import AnyAnalysis
from ops.db import runs
from ops.db.coded import Coded
from ops.db.models.work import Run
from ops.values import Scope

NEWEST = 12


def takers(parameter: str, query: type, kind: str) -> list[AnyAnalysis]:
    """Every analysis with a `parameter` whose `query` takes what is of a kind."""
    return [a for a in all_analyses() if _takes(a, parameter, query, kind)]


def _takes(analysis: AnyAnalysis, parameter: str, query: type, kind: str) -> bool:
    if parameter not in analysis.params.model_fields:
        return False
    asked = analysis.needs(analysis.example.params)
    return isinstance(asked, query) and getattr(asked, "kind", None) in (None, kind)


def runs_of(row: Coded, parameter: str, scope: Scope) -> Select[Run]:
    """Select the runs that name one by `parameter`, the newest first."""
    ours = runs.visible(scope).options(*runs.BRIEF)
    ours = ours.where(Run.params[parameter].as_string() == row.code)
    if row.site_id is not None:
        ours = ours.where((Run.site_id == row.site_id) | Run.site_id.is_(None))
    return ours.order_by(Run.submitted_at.desc(), Run.id)


def newest_runs(session: Session, row: Coded, parameter: str, scope: Scope) -> list[Run]:
    """Newest runs that name one by `parameter`."""
    return list(session.scalars(runs_of(row, parameter, scope).limit(NEWEST)))
