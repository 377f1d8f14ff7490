"""Simulated cases become alerts that the ranking learns from."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ops.action_query import ActionQuery
from ops.analyses.action_ranking import ACTION_RANKING, ActionRankingParams
from ops.analysis import silent
from ops.db.engine import Database
from ops.db.load import load
from ops.db.models.plant import Site
from ops.settings import Settings
from ops.simulate.action_cases import ActionPlan, simulate_actions
from ops.work.demo_actions import plant_actions
from ops.work.engine import open_queue, prepare
from ops.work.run import Bench, execute
from ops.work.slots import Slots
from ops.work.submit import Submission, submit
from tests.api.plant import HERE, NOW, add_plant
from tests.ops.work.probe import ACTOR, run_of


def test_the_open_alert_is_answered_from_the_planted_past(sqlite_database: Database) -> None:
    add_plant(sqlite_database)
    cases = simulate_actions(ActionPlan(cases=140, items=20), seed=4)
    with sqlite_database.write.begin() as session:
        site = session.get_one(Site, HERE)
        asked = plant_actions(session, site, cases, characteristic_id=HERE, until=NOW)
    data = load(sqlite_database, ActionQuery(alert=asked, as_of=NOW + timedelta(hours=1)))
    assert len(data.cases) == 139
    done = sum(len(case.actions) + len(case.parts) for case in data.cases)
    assert done == sum(len(case.actions) + len(case.parts) for case in cases[:-1])
    params = ActionRankingParams(alert=asked, method="co-occurrence")
    result = ACTION_RANKING.compute(data, params, silent)
    assert result.source == "cases"
    assert cases[-1].truth in [item.name for item in result.ranked[:5]]


@pytest.mark.long  # a child process and the tables of the queue
def test_a_run_of_an_alert_is_carried_to_its_page(
    sqlite_database: Database, tmp_path: Path
) -> None:
    add_plant(sqlite_database)
    now = datetime.now(UTC)
    cases = simulate_actions(ActionPlan(cases=60, items=12), seed=4)
    with sqlite_database.write.begin() as session:
        site = session.get_one(Site, HERE)
        asked = plant_actions(session, site, cases, characteristic_id=HERE, until=now)
    prepare(sqlite_database)
    params = {"alert": asked, "site": "HERE", "method": "co-occurrence"}
    queue = open_queue(sqlite_database)
    with sqlite_database.write.begin() as session:
        said = Submission("action-ranking", params, ACTOR, now)
        run_id = submit(session, queue, said).id
    queue.close()
    settings = Settings(data_dir=tmp_path, database_url=sqlite_database.url)
    execute(Bench(sqlite_database, settings, "here", Slots(1)), run_id)
    run = run_of(sqlite_database, run_id)
    assert run.state == "succeeded", run.error
    assert run.result is not None
    assert (run.result["alert"], run.result["cases"]) == (str(asked), 59)
