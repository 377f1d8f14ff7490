"""What a run of a life test is pinned to at submit: the revision that is the newest one then."""

from sqlalchemy.orm import Session

from ops.analysis import AnalysisParams, AnyAnalysis
from ops.db import life_revisions, life_tests
from ops.db.load_life import refuse_kind
from ops.errors import BadData, Conflict, NotFound, Problem
from ops.life_query import LifetimeQuery
from ops.values import Scope


def pin_life_test(
    session: Session, analysis: AnyAnalysis, params: AnalysisParams, scope: Scope
) -> AnalysisParams:
    """Check that the life test exists, and write its newest revision into the parameters.

    Parameters without a field `life_test`, or with an empty one, are returned as they are; those
    without a field `revision` are pinned by the `as_of` of the run alone.

    Raises
    ------
    BadData
        With the pointer `/life_test` or `/revision`, if there is none within `scope`, if it is
        archived, has no rows, or rows of another kind.
    """
    if "life_test" not in type(params).model_fields:
        return params
    query = analysis.needs(params)
    if not isinstance(query, LifetimeQuery) or query.code == "":
        return params
    pointer = "/life_test"
    try:
        row = life_tests.find(
            session, scope, query.code, site=query.site or params.site, shared=True
        )
        life_tests.refuse_archived(row)
        refuse_kind(row, query)
        pointer = "/revision" if query.revision is not None and row.newest else pointer
        revision = life_revisions.find(session, row, query.revision)
    except (NotFound, Conflict) as error:
        raise BadData(str(error), (Problem(pointer, str(error)),)) from error
    if "revision" not in type(params).model_fields:
        return params
    return params.model_copy(update={"revision": revision.number})
