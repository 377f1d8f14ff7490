"""The loader of results: several runs side by side, with a scenario if one is named."""

from ops.db.engine import Database
from ops.db.load_scenario import load_scenario, result_of
from ops.query import RunResultsData, RunResultsQuery, ScenarioQuery


def load_run_results(database: Database, query: RunResultsQuery) -> RunResultsData:
    """Answer a query: each run's result, from its row or its artifact.

    Raises
    ------
    NotFound
        If a run or the scenario does not exist within the scope.
    BadData
        If a run has no result, or the scenario cannot be read.
    """
    with database.read() as session:
        found = {run_id: result_of(session, query.scope, run_id) for run_id in query.runs}
    scenario = None
    if query.scenario:
        asked = ScenarioQuery(
            code=query.scenario,
            revision=query.revision,
            as_of=query.as_of,
            site=query.site,
            scope=query.scope,
        )
        scenario = load_scenario(database, asked)
    return RunResultsData(found, scenario)
