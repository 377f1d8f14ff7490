"""A run of a scenario is pinned to the revision that was the newest when it was submitted."""

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import Field

from ops.analysis import Analysis, AnalysisParams, AnalysisResult, Example
from ops.db import scenario_revisions, scenarios
from ops.db.engine import Database
from ops.db.load import load
from ops.db.models.plant import Site
from ops.db.models.work import Run
from ops.db.scenario_revisions import Origin
from ops.db.scenario_text import packed
from ops.errors import BadData
from ops.forecast_query import ForecastQuery
from ops.page import Page
from ops.query import MeasurementQuery, ScenarioData, ScenarioQuery
from ops.values import Actor, Scope
from ops.work.run import pinned
from ops.work.scenario_pin import pin_revision
from solvers.scenario.document import Scenario

NOW = datetime(2026, 1, 10, tzinfo=UTC)
PLANNER = Actor("planner", "planner")


class LooseParams(AnalysisParams):
    """Parameters that name a scenario, not a revision."""

    scenario: str = Field(description="Code of the scenario.")


class PinnedParams(LooseParams):
    """Parameters that may name a revision too."""

    revision: int | None = Field(default=None, description="Revision.")


class WatchParams(LooseParams):
    """Parameters that watch the plan of a scenario."""

    plan: str | None = Field(default=None, description="Run.")


class PlainParams(AnalysisParams):
    """Parameters of something else."""


def _analysis(params: type[AnalysisParams]) -> Analysis:
    if params is WatchParams:
        needs = lambda p: ForecastQuery(MeasurementQuery())  # noqa: E731
    else:
        needs = lambda p: ScenarioQuery(p.scenario, revision=getattr(p, "revision", None))  # noqa: E731
    return Analysis(
        name="stub",
        title="Stub",
        summary="Asks for a scenario.",
        version=1,
        params=params,
        result=AnalysisResult,
        needs=needs,
        compute=lambda data, params, progress: AnalysisResult(),
        view=lambda result: Page(title="Stub"),
        example=Example(params=params.model_construct(), data=ScenarioData),
    )


@pytest.fixture
def shelf(sqlite_database: Database) -> Database:
    """A database with a scenario of two revisions at each of two sites."""
    with sqlite_database.write.begin() as session:
        for site_id in (1, 2):
            session.add(Site(id=site_id, code=f"S{site_id}", title="", created_at=NOW))
            session.flush()
            fields = {"code": f"EU{site_id}", "site_id": site_id, "title": ""}
            row = scenarios.create(session, fields, actor=PLANNER, now=NOW)
            how = Origin("create")
            first, second = (packed(Scenario(title=t)) for t in ("first", "second"))
            scenario_revisions.begin(session, row, first, how, actor=PLANNER, now=NOW)
            later = NOW + timedelta(hours=1)
            scenario_revisions.add(session, row, second, how, actor=PLANNER, now=later)
    return sqlite_database


def _pin(database: Database, params: AnalysisParams, scope: Scope = Scope()) -> AnalysisParams:  # noqa: B008
    with database.read() as session:
        return pin_revision(session, _analysis(type(params)), params, scope)


def test_newest_revision_is_written_into_the_parameters(shelf: Database) -> None:
    assert _pin(shelf, PinnedParams(scenario="EU1")) == PinnedParams(scenario="EU1", revision=2)
    given = PinnedParams(scenario="EU1", revision=1)
    assert _pin(shelf, given) == given
    loose, plain = LooseParams(scenario="EU1"), PlainParams()
    assert _pin(shelf, loose) is loose
    assert _pin(shelf, plain) is plain


@pytest.mark.parametrize(
    ("params", "pointer"),
    [
        ({"scenario": "NO"}, "/scenario"),
        ({"scenario": "EU2"}, "/scenario"),
        ({"scenario": "EU1", "site": "S2"}, "/scenario"),
        ({"scenario": "EU1", "revision": 9}, "/revision"),
    ],
)
def test_what_is_not_there_is_refused_at_submit(
    shelf: Database, params: dict, pointer: str
) -> None:
    with pytest.raises(BadData) as refused:
        _pin(shelf, PinnedParams(**params), Scope(frozenset({1})))
    assert [p.pointer for p in refused.value.problems] == [pointer]


def test_archived_scenario_is_not_planned(shelf: Database) -> None:
    with shelf.write.begin() as session:
        row = scenarios.find(session, Scope(), "EU1")
        scenarios.archive(session, row, actor=PLANNER, now=NOW)
    with pytest.raises(BadData, match="archived"):
        _pin(shelf, PinnedParams(scenario="EU1"))


@pytest.mark.parametrize(("hours", "title"), [(0.5, "first"), (1, "second"), (2, "second")])
def test_run_without_a_revision_sees_that_of_its_instant(
    shelf: Database, hours: float, title: str
) -> None:
    as_of = NOW + timedelta(hours=hours)
    run = Run(params={"scenario": "EU1", "site": "S1"}, as_of=as_of, max_batch=0, sites=[1])
    query = pinned(ScenarioQuery("EU1"), run)
    assert (query.as_of, query.site, query.scope) == (as_of, "S1", Scope(frozenset({1})))
    scenario = load(shelf, query).scenario
    assert scenario is not None
    assert scenario.title == title


def test_plan_that_is_watched_is_the_approved_one(shelf: Database) -> None:
    watch = WatchParams(scenario="EU1")
    assert _pin(shelf, watch) is watch
    plan = Run(
        id="plan",
        site_id=1,
        analysis="network-plan",
        version=1,
        params={"scenario": "EU1"},
        as_of=NOW,
        max_batch=0,
        state="succeeded",
        submitted_by="x",
        submitted_at=NOW,
    )
    with shelf.write.begin() as session:
        session.add(plan)
        session.flush()
        row = scenarios.find(session, Scope(), "EU1")
        scenarios.approve(session, row, plan, actor=PLANNER, now=NOW)
    assert _pin(shelf, watch) == WatchParams(scenario="EU1", plan="plan")
    named = WatchParams(scenario="EU1", plan="other")
    assert _pin(shelf, named) is named
    assert _pin(shelf, WatchParams(scenario="NO")) == WatchParams(scenario="NO")
