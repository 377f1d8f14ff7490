"""What the advisor reads: newest runs, alerts and events of a scope."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from ops.advise.sources import Found, Wanted
from ops.db import findings, load_advice
from ops.db.engine import Database
from ops.db.findings import Report
from ops.db.models.control import Finding
from ops.db.models.plant import Characteristic, Event, Site, Tool
from ops.db.models.work import Run, Schedule
from ops.db.types import to_micros
from ops.values import EVERYWHERE, Actor, Scope
from tests.api.plant import HERE, NOW, THERE

DAY = timedelta(days=1)
BY = Actor(name="Ada", role="engineer", correlation_id="c")


def filled(database: Database) -> Database:
    with database.write.begin() as session:
        for key, code in ((HERE, "HERE"), (THERE, "THERE")):
            session.add(Site(id=key, code=code, title=code, created_at=NOW))
            session.flush()
            own: dict[str, Any] = {"id": key, "site_id": key, "created_at": NOW}
            session.add(Tool(code=f"WB-{key}", title="Bonder", **own))
            session.add(Characteristic(code=f"LOOP-{key}", title="Loop", unit="um", **own))
            timed = {"cron": "0 0 * * *", "zone": "UTC", "created_by": "x", "updated_at": NOW}
            session.add(Schedule(name="n", analysis="drift", version=1, params={}, **timed, **own))
    return database


@pytest.fixture
def plant(database: Database) -> Database:
    """For what each kind of database does in its own way."""
    return filled(database)


@pytest.fixture
def small(sqlite_database: Database) -> Database:
    """For what does not depend on the kind of database."""
    return filled(sqlite_database)


def ran(database: Database, run_id: str, at: datetime, **columns: Any) -> None:
    values: dict[str, Any] = {
        "analysis": "drift", "version": 1, "params": {}, "as_of": at, "max_batch": 0,
        "state": "succeeded", "submitted_by": "x", "submitted_at": at, "finished_at": at,
        "result": {"of": run_id}, "page": {"title": "T", "verdicts": [{"sentence": run_id}]},
        "log_tail": "", "site_id": HERE,
    }  # fmt: skip
    with database.write.begin() as session:
        session.add(Run(id=run_id, **(values | columns)))


def found(database: Database, scope: Scope = EVERYWHERE, **wanted: Any) -> Found:
    with database.read() as session:
        return load_advice.found(session, scope, Wanted(**wanted), now=NOW)


def runs(database: Database, scope: Scope = EVERYWHERE, **wanted: Any) -> list[str]:
    return [run.id for run in found(database, scope, **wanted).runs]


def test_nothing_is_read_that_is_not_wanted(small: Database) -> None:
    ran(small, "a", NOW - DAY)
    assert found(small) == Found()


def test_of_each_analysis_site_and_schedule_the_newest_succeeded_run_is_read(
    plant: Database,
) -> None:
    ran(plant, "older", NOW - 2 * DAY)
    ran(plant, "newer", NOW - DAY)
    ran(plant, "failed", NOW - DAY / 2, state="failed")
    ran(plant, "nightly", NOW - 3 * DAY, schedule_id=HERE)
    ran(plant, "there", NOW - 4 * DAY, site_id=THERE)
    ran(plant, "other", NOW - 5 * DAY, analysis="capability", version=3)
    ran(plant, "long-ago", NOW - 31 * DAY, analysis="drift-screen")
    wanted = ("drift", "capability", "drift-screen")
    assert runs(plant, analyses=wanted) == ["newer", "nightly", "there", "other"]
    assert runs(plant, analyses=("capability",)) == ["other"]


def test_runs_are_told_with_what_a_reader_needs(plant: Database) -> None:
    ran(plant, "read", NOW - DAY, window_start=NOW - 2 * DAY, window_end=NOW - DAY)
    ran(plant, "page", NOW - 2 * DAY, analysis="wire-sweep")
    read, page = found(plant, analyses=("drift", "wire-sweep")).runs
    assert (read.result, read.page) == ({"of": "read"}, {"verdicts": [{"sentence": "read"}]})
    assert (read.site, read.at) == ("HERE", to_micros(NOW - DAY))
    assert (read.window_start, read.window_end) == (to_micros(NOW - 2 * DAY), read.at)
    assert (page.result, page.page["title"]) == ({}, "T")  # nobody knows its result


def test_a_run_without_a_result_or_verdicts_is_no_trouble(small: Database) -> None:
    ran(small, "large", NOW - DAY, result=None)  # its result is an artifact: its page is read
    ran(small, "bare", NOW - 2 * DAY, analysis="drift-screen", page=None)
    large, bare = found(small, analyses=("drift", "drift-screen")).runs
    assert (large.id, large.result, large.page["title"]) == ("large", {}, "T")
    assert (bare.id, bare.page) == ("bare", {"verdicts": []})


def test_a_run_that_is_named_is_read_whatever_its_age_once(small: Database) -> None:
    ran(small, "old", NOW - 300 * DAY)
    ran(small, "new", NOW - DAY)
    ran(small, "failed", NOW - DAY, state="failed")
    named = ("old", "new", "failed", "never")
    assert runs(small, runs=named, analyses=("drift",)) == ["new", "old"]


def test_nobody_reads_beyond_his_scope(small: Database) -> None:
    ran(small, "here", NOW - DAY)
    ran(small, "there", NOW - DAY, site_id=THERE)
    ran(small, "all", NOW - DAY, site_id=None)
    key = filed(small, "c", THERE)
    happened(small, NOW - DAY, site_id=THERE, tool_id=THERE)
    scope = Scope(sites=frozenset({HERE}))
    asked: dict[str, Any] = {"analyses": ("drift",), "runs": ("there", "all"), "alerts": True,
             "alert_ids": (key,), "events_since": 0}  # fmt: skip
    said = found(small, scope, **asked)
    assert [run.id for run in said.runs] == ["here"]
    assert (said.alerts, said.events) == ((), ())
    everything = found(small, **asked)
    assert {run.id for run in everything.runs} == {"here", "there", "all"}
    assert (len(everything.alerts), len(everything.events)) == (1, 1)


def test_a_site_has_its_own_runs_and_those_over_all_sites(small: Database) -> None:
    ran(small, "here", NOW - DAY)
    ran(small, "there", NOW - 2 * DAY, site_id=THERE)
    ran(small, "all", NOW - 3 * DAY, site_id=None)
    assert runs(small, analyses=("drift",), site="THERE") == ["there", "all"]
    assert runs(small, analyses=("drift",), site="NOWHERE") == ["all"]


def test_codes_are_held_against_what_runs_study(plant: Database) -> None:
    ran(plant, "hts", NOW - 3 * DAY, analysis="lifetime-fit", params={"life_test": "HTS"})
    ran(plant, "tc", NOW - DAY, analysis="lifetime-fit", params={"life_test": "TC"})
    ran(plant, "balls", NOW - DAY, analysis="classifier-monitor",
        params={"dataset": "bonds", "model": "balls"})  # fmt: skip
    ran(plant, "drift", NOW - 2 * DAY)
    wanted = ("lifetime-fit", "classifier-monitor", "drift")
    assert runs(plant, analyses=wanted, codes=("HTS",)) == ["drift", "hts"]
    assert runs(plant, analyses=wanted, codes=("balls", "TC")) == ["balls", "tc", "drift"]


def test_what_was_known_later_is_left_out(small: Database) -> None:
    ran(small, "then", NOW - 3 * DAY)
    ran(small, "later", NOW - DAY)
    key = filed(small, "then", HERE, at=NOW - 3 * DAY)
    filed(small, "later", HERE, at=NOW - DAY)
    happened(small, NOW - 3 * DAY)
    happened(small, NOW - DAY)
    closed(small, key)
    said = found(small, analyses=("drift",), alerts=True, events_since=0,
                 known_by=to_micros(NOW - 2 * DAY))  # fmt: skip
    assert [run.id for run in said.runs] == ["then"]
    assert [alert.cause for alert in said.alerts] == ["then"]  # it was open then
    assert [event.at for event in said.events] == [to_micros(NOW - 3 * DAY)]


def test_beyond_the_most_runs_are_counted(small: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load_advice, "MOST_RUNS", 1)
    ran(small, "a", NOW - DAY)
    ran(small, "b", NOW - 2 * DAY, schedule_id=HERE)
    said = found(small, analyses=("drift",))
    assert [run.id for run in said.runs] == ["a"]
    assert said.left_out == {"runs": 1}


def filed(database: Database, cause: str, site: int, at: datetime = NOW - DAY, **more: Any) -> int:
    said = Report(site_id=site, cause=cause, title="t", disposition="warn", points=2,
                  evidence={"stratum": {"tool": more.get("tool", "WB-9")}}, first_ts=at,
                  last_ts=at, characteristic_id=site, stream=more.get("stream", ""))  # fmt: skip
    with database.write.begin() as session:
        return findings.report(session, said, now=at).id


def closed(database: Database, key: int) -> None:
    with database.write.begin() as session:
        findings.close(session, session.get_one(Finding, key), "done", actor=BY, now=NOW)


def happened(database: Database, at: datetime, **columns: Any) -> None:
    values: dict[str, Any] = {
        "site_id": HERE, "kind": "cleaning", "ts": at, "title": "Cleaned",
        "detail": {"kit": "A", "empty": ""}, "created_by": "Ada", "created_at": at,
    }  # fmt: skip
    with database.write.begin() as session:
        session.add(Event(**(values | columns)))


def alerts(database: Database, **wanted: Any) -> list[str]:
    return [alert.cause for alert in found(database, **wanted).alerts]


def test_open_alerts_are_of_the_tools_and_characteristics_that_are_wanted(
    plant: Database,
) -> None:
    filed(plant, "tool", HERE, tool="WB-5")
    filed(plant, "stream", HERE, stream="WB-5")
    filed(plant, "there", THERE, at=NOW - 2 * DAY)
    shut = filed(plant, "shut", HERE)
    closed(plant, shut)
    assert alerts(plant, alerts=True) == ["stream", "tool", "there"]
    assert alerts(plant, alerts=True, tools=("WB-5",)) == ["stream", "tool"]
    assert alerts(plant, alerts=True, characteristics=(f"LOOP-{THERE}",)) == ["there"]
    assert alerts(plant, alerts=True, site="THERE") == ["there"]
    assert alerts(plant, alert_ids=(shut,), tools=("WB-7",)) == ["shut"]
    (one,) = found(plant, alert_ids=(shut,)).alerts
    assert (one.state, one.note, one.closed, one.points) == ("closed", "done", to_micros(NOW), 2)
    assert (one.site, one.characteristic) == ("HERE", f"LOOP-{HERE}")


def test_events_are_the_newest_first_with_those_that_concern_all(plant: Database) -> None:
    happened(plant, NOW - DAY, tool_id=HERE)
    happened(plant, NOW - 2 * DAY, kind="note")
    happened(plant, NOW - 3 * DAY, characteristic_id=HERE)
    happened(plant, NOW - 4 * DAY, site_id=THERE, tool_id=THERE)
    happened(plant, NOW + DAY)
    said = found(plant, events_since=to_micros(NOW - 10 * DAY)).events
    assert [(one.at, one.site) for one in said] == [
        (to_micros(NOW - days * DAY), site)
        for days, site in ((1, "HERE"), (2, "HERE"), (3, "HERE"), (4, "THERE"))
    ]
    assert (said[0].tool, said[0].note, said[0].by) == (f"WB-{HERE}", "kit: A", "Ada")
    since = to_micros(NOW - 10 * DAY)
    assert len(found(plant, events_since=since, tools=("WB-9",)).events) == 2
    assert len(found(plant, events_since=since, characteristics=("X",)).events) == 3
    assert len(found(plant, events_since=since, site="THERE").events) == 1
    assert len(found(plant, events_since=to_micros(NOW - 2 * DAY)).events) == 2
