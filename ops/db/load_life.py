"""The loader of life tests: a revision's rows and document, earlier runs, approvals."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import or_
from sqlalchemy.orm import Session

from ops.db import life_approvals, life_revisions, life_tests, results
from ops.db.engine import Database
from ops.db.life_rows import rows_of
from ops.db.models.life import LifeApprovalRow, LifeTest
from ops.db.models.work import Run
from ops.db.runs import visible
from ops.errors import BadData, Problem
from ops.forecast_query import EarlierRun
from ops.life_query import LifeApproval, LifetimeData, LifetimeQuery
from ops.lifetime.from_rows import degradation_of, field_of, life_of, of_groups, recurrent_of
from ops.lifetime.rows import LifeRows

MOST_EARLIER = 60
HOLDS = {
    "life": "times to failure of units",
    "field": "field returns",
    "recurrent": "events of repairable systems",
    "degradation": "degradation readings",
}
_END_OF_TIME = datetime.max.replace(tzinfo=UTC)


def load_life(database: Database, query: LifetimeQuery) -> LifetimeData:
    """Answer a query: rows and document of a revision, earlier runs of it, what was approved.

    What came after `as_of` is not seen: a run that is repeated sees what it saw. No code means
    that the analysis needs no life test.

    Raises
    ------
    NotFound
        If the life test or its revision does not exist within the scope.
    BadData
        If its rows are of another kind, or have no such group.
    """
    if query.code == "":
        return LifetimeData()
    with database.read() as session:
        row = life_tests.find(session, query.scope, query.code, site=query.site, shared=True)
        refuse_kind(row, query)
        revision = life_revisions.find(session, row, query.revision, as_of=query.as_of)
        stored = life_revisions.stored(session, revision)
        earlier = _earlier(session, row, query)
        approvals = _approvals(session, row, query)
    rows = of_groups(rows_of(stored), query.groups)
    return LifetimeData(
        code=row.code,
        title=row.title,
        revision=revision.number,
        kind=rows.kind,
        document=revision.document,
        earlier=earlier,
        approvals=approvals,
        **_value(rows),
    )


def refuse_kind(row: LifeTest, query: LifetimeQuery) -> None:
    """Refuse a life test whose rows are not what the query wants.

    Raises
    ------
    BadData
        With the pointer ``/life_test``.
    """
    if query.kind is None or row.kind == query.kind:
        return
    mend = f"name a life test of the kind {query.kind!r}"
    detail = f"holds {HOLDS[row.kind]}, {HOLDS[query.kind]} are needed; {mend}"
    raise BadData(f"the life test {row.code!r} {detail}", (Problem("/life_test", detail),))


def _value(rows: LifeRows) -> dict[str, Any]:
    readers = {
        "life": life_of,
        "field": field_of,
        "recurrent": recurrent_of,
        "degradation": degradation_of,
    }
    return {rows.kind: readers[rows.kind](rows)}


def _earlier(session: Session, row: LifeTest, query: LifetimeQuery) -> tuple[EarlierRun, ...]:
    if not query.analysis:
        return ()
    wanted = (
        visible(query.scope)
        .where(Run.analysis == query.analysis, Run.state == "succeeded")
        .where(Run.finished_at < (query.as_of or _END_OF_TIME))
        .where(Run.params["life_test"].as_string() == row.code)
        .order_by(Run.as_of.desc(), Run.id)
        .limit(MOST_EARLIER)
    )
    if row.site_id is not None:
        wanted = wanted.where(or_(Run.site_id == row.site_id, Run.site_id.is_(None)))
    found = session.scalars(wanted).all()
    return tuple(EarlierRun(r.id, r.as_of, results.whole(session, r) or {}) for r in found)


def _approvals(session: Session, row: LifeTest, query: LifetimeQuery) -> tuple[LifeApproval, ...]:
    given = life_approvals.listed(row, until=query.as_of).order_by(LifeApprovalRow.id.desc())
    return tuple(
        LifeApproval(a.run_id, a.approved_by, a.approved_at, a.rationale, a.waiver)
        for a in session.scalars(given.limit(MOST_EARLIER))
    )
