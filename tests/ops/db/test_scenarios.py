"""Scenarios in the database: their codes, revisions that nobody rewrites, and what a run sees."""

import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError

from ops.db import artifacts, scenario_revisions, scenarios
from ops.db.engine import Database
from ops.db.load import load
from ops.db.models.plant import Site
from ops.db.models.work import Run
from ops.db.scenario_revisions import Origin
from ops.db.scenario_text import packed, scenario_of, text_of
from ops.errors import BadData, Conflict, NotFound
from ops.query import RunResultsQuery, ScenarioQuery
from ops.values import Actor, Scope
from solvers.scenario.document import Scenario
from solvers.scenario.goods import Commodity, Demand, ForecastRef
from solvers.scenario.place import Site as Place
from solvers.scenario.policy import Period
from tests.strategies import few

NOW = datetime(2026, 1, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
PLANNER = Actor("planner", "planner")
ONE = Scenario(title="one", sites=(Place(code="A", kind="plant"),))
TWO = ONE.model_copy(update={"title": "two"})


def _add(
    database: Database, code: str = "EU", *, site_id: int | None = None, document: Scenario = ONE
) -> None:
    fields = {"code": code, "site_id": site_id, "title": code}
    with database.write.begin() as session:
        row = scenarios.create(session, fields, actor=PLANNER, now=NOW)
        scenario_revisions.begin(
            session, row, packed(document), Origin("create"), actor=PLANNER, now=NOW
        )


def _revise(database: Database, document: Scenario, now: datetime) -> None:
    with database.write.begin() as session:
        row = scenarios.find(session, Scope(), "EU")
        origin = Origin("upload", parent=row.newest)
        scenario_revisions.add(session, row, packed(document), origin, actor=PLANNER, now=now)


def _sites(database: Database) -> None:
    with database.write.begin() as session:
        session.add_all(Site(id=i, code=f"S{i}", title="", created_at=NOW) for i in (1, 2))


def test_document_is_kept_as_it_was_given(database: Database) -> None:
    _add(database)
    with database.read() as session:
        row = scenarios.find(session, Scope(), "EU")
        revision = scenario_revisions.find(session, row)
        assert scenario_revisions.document(session, revision) == ONE
        kept = scenario_revisions.text(session, revision)
    assert (revision.size, revision.sha256) == (len(kept), hashlib.sha256(kept).hexdigest())


@few(40)
@given(
    title=st.text(max_size=200), days=st.floats(0.1, 1e6), codes=st.sets(st.integers(), max_size=5)
)
def test_packing_loses_nothing(title: str, days: float, codes: set[int]) -> None:
    sites = tuple(Place(code=f"s{c}", kind="dc", latitude=1 / 3, tags=("x",)) for c in codes)
    try:
        title.encode()
    except UnicodeEncodeError:
        return
    document = Scenario(title=title, periods=(Period(code="P", days=days),), sites=sites)
    assert scenario_of(packed(document).data) == document
    assert json.loads(text_of(document))["format"] == "longrun-scenario/1"


def test_code_is_unique_at_a_site_and_among_those_without(database: Database) -> None:
    _sites(database)
    for site_id in (None, 1, 2):
        _add(database, site_id=site_id)
        with pytest.raises(Conflict, match="already"):
            _add(database, site_id=site_id)


def test_code_of_several_sites_needs_one_named(database: Database) -> None:
    _sites(database)
    _add(database, site_id=1)
    _add(database, site_id=2)
    with database.read() as session:
        with pytest.raises(Conflict, match="several sites"):
            scenarios.find(session, Scope(), "EU")
        assert scenarios.find(session, Scope(), "EU", site="S2").site_id == 2
        assert scenarios.find(session, Scope(frozenset({1})), "EU").site_id == 1
        with pytest.raises(NotFound):
            scenarios.find(session, Scope(frozenset({1})), "EU", site="S2")


def test_scenario_without_a_site_is_seen_by_who_sees_all(database: Database) -> None:
    _sites(database)
    _add(database)
    with database.read() as session:
        assert scenarios.find(session, Scope(), "EU", site="S1", shared=True).site_id is None
        with pytest.raises(NotFound):
            scenarios.find(session, Scope(), "EU", site="S1")
        with pytest.raises(NotFound):
            scenarios.find(session, Scope(frozenset({1, 2})), "EU")


@pytest.mark.parametrize(
    "verb", ["UPDATE scenario_revision SET note = 'x'", "DELETE FROM scenario_revision"]
)
def test_revision_cannot_be_rewritten(database: Database, verb: str) -> None:
    _add(database)
    with pytest.raises(DBAPIError, match="is fixed"), database.engine.begin() as connection:
        connection.execute(text(verb))


def test_second_of_two_revisers_is_stale(database: Database) -> None:
    _add(database)
    with database.read() as session:
        seen = scenarios.find(session, Scope(), "EU")
        session.expunge(seen)
    _revise(database, TWO, NOW + HOUR)
    origin = Origin("upload", parent=1)
    with pytest.raises(StaleDataError), database.write.begin() as session:
        scenario_revisions.add(
            session, session.merge(seen, load=False), packed(ONE), origin, actor=PLANNER, now=NOW
        )


def test_run_sees_the_newest_revision_of_its_instant(database: Database) -> None:
    _add(database)
    _revise(database, TWO, NOW + HOUR)

    def at(instant: datetime | None, revision: int | None = None) -> tuple[int, str]:
        data = load(database, ScenarioQuery("EU", revision=revision, as_of=instant))
        assert data.scenario is not None
        return data.revision, data.scenario.title

    assert at(NOW) == at(NOW + HOUR / 2) == at(None, 1) == (1, "one")
    assert at(NOW + HOUR) == at(None) == at(NOW, 2) == (2, "two")
    with pytest.raises(NotFound, match="newest is 2"):
        at(NOW - HOUR)


def test_archived_scenario_can_be_read_but_not_revised(database: Database) -> None:
    _add(database)
    with database.write.begin() as session:
        row = scenarios.find(session, Scope(), "EU")
        scenarios.archive(session, row, actor=PLANNER, now=NOW)
        assert session.scalars(scenarios.listed(Scope())).all() == []
        assert session.scalars(scenarios.listed(Scope(), archived=True)).all() == [row]
    assert load(database, ScenarioQuery("EU")).scenario == ONE
    with pytest.raises(Conflict, match="archived"):
        _revise(database, TWO, NOW)


def test_results_of_runs_are_read_from_row_and_artifact(database: Database) -> None:
    _add(database)
    _sites(database)
    whole = artifacts.Content(artifacts.RESULT, "application/json", b'{"cost": 2}')
    with database.write.begin() as session:
        session.add_all([_run("small", {"cost": 1}), _run("large", None), _run("none", None)])
        session.flush()
        artifacts.store(session, "large", whole, url="", now=NOW)
    data = load(database, ScenarioQuery("EU", runs=("small", "large")))
    assert data.results == {"small": {"cost": 1}, "large": {"cost": 2}}
    with pytest.raises(BadData, match="has no result"):
        load(database, ScenarioQuery("EU", runs=("none",)))
    with pytest.raises(NotFound):
        load(database, ScenarioQuery("EU", runs=("absent",)))


def test_forecast_is_filled_from_the_newest_run_before_the_instant(database: Database) -> None:
    demand = Demand(customer="A", commodity="X", forecast=ForecastRef(series="X"))
    document = Scenario(
        sites=ONE.sites,
        commodities=(Commodity(code="X"),),
        periods=(Period(code="P", start=NOW.date(), days=7),),
        demands=(demand,),
    )
    _add(database, document=document)
    with pytest.raises(BadData, match="cannot be filled") as refused:
        load(database, ScenarioQuery("EU", as_of=NOW))
    assert refused.value.problems[0].pointer == "/demands/0/forecast/run"
    bounds = ["2026-01-10", "2026-01-17"]
    with database.write.begin() as session:
        for day, mean in ((0, 7.0), (1, 9.0)):
            result = {"bounds": bounds, "series": [{"name": "X", "mean": [mean], "sd": [1.0]}]}
            session.add(_run(f"f{day}", result, day=day, analysis="demand-forecast"))
        other = {"bounds": bounds, "series": [{"name": "Y", "mean": [1.0], "sd": [1.0]}]}
        session.add(_run("of something else", other, day=1, analysis="demand-forecast"))
    for day, mean in ((0, 7.0), (1, 9.0)):
        as_of = NOW + timedelta(days=day, hours=12)
        filled = load(database, ScenarioQuery("EU", as_of=as_of)).scenario
        assert filled is not None
        assert filled.demands[0].quantity_by_period[0].amount == mean


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"analysis": "greenfield"}, "network-plan"),
        ({"params": {"scenario": "US"}}, "plans the scenario 'US'"),
        ({"state": "failed"}, "is failed"),
    ],
)
def test_only_a_succeeded_plan_is_approved(
    sqlite_database: Database, fields: dict, reason: str
) -> None:
    _add(sqlite_database)
    with sqlite_database.write.begin() as session:
        row = scenarios.find(session, Scope(), "EU")
        run = _run("plan", {}, analysis="network-plan", params={"scenario": "EU"})
        for name, value in fields.items():
            setattr(run, name, value)
        with pytest.raises(BadData, match=reason):
            scenarios.approve(session, row, run, actor=PLANNER, now=NOW)
        assert row.approved_run is None


def _run(run_id: str, result: dict | None, *, day: int = 0, **fields: object) -> Run:
    at = NOW + timedelta(days=day)
    values = {"analysis": "probe", "params": {}, "state": "succeeded"} | fields
    return Run(
        id=run_id,
        version=1,
        as_of=at,
        max_batch=0,
        result=result,
        submitted_by="x",
        submitted_at=at,
        finished_at=at,
        **values,
    )


def test_runs_are_read_side_by_side_and_within_the_scope(database: Database) -> None:
    _add(database)
    _sites(database)
    whole = artifacts.Content(artifacts.RESULT, "application/json", b'{"cost": 2}')
    with database.write.begin() as session:
        session.add_all([_run("small", {"cost": 1}), _run("large", None), _run("none", None)])
        session.flush()
        artifacts.store(session, "large", whole, url="", now=NOW)
    data = load(database, RunResultsQuery(("small", "large")))
    assert {k: v.result for k, v in data.runs.items()} == {
        "small": {"cost": 1},
        "large": {"cost": 2},
    }
    assert {v.analysis for v in data.runs.values()} == {"probe"}
    assert data.scenario is None
    beside = load(database, RunResultsQuery(("small",), scenario="EU"))
    assert beside.scenario is not None
    assert (beside.scenario.scenario, beside.scenario.revision) == (ONE, 1)
    assert beside.fingerprint() != load(database, RunResultsQuery(("small",))).fingerprint()
    with pytest.raises(BadData, match="has no result"):
        load(database, RunResultsQuery(("none",)))
    with pytest.raises(NotFound):
        load(database, RunResultsQuery(("small",), scope=Scope(frozenset())))
