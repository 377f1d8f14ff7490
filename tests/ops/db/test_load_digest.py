"""The digest out of a database: runs, alerts, models and failures of a stretch of time."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from ops.advise.digest.item import Digest
from ops.db import advice_visits, audit, findings, raised
from ops.db.audit import AuditFilter
from ops.db.engine import Database
from ops.db.findings import Report
from ops.db.load_digest import digest_of
from ops.db.models.classify import Model, ModelPromotion
from ops.db.models.plant import Characteristic, Site
from ops.db.models.work import Run
from ops.db.types import to_micros
from ops.values import EVERYWHERE, Actor, Scope
from tests.api.plant import HERE, NOW, THERE

DAY = timedelta(days=1)
SINCE = NOW - DAY


def add_plant(database: Database) -> None:
    """Two sites with a characteristic each."""
    with database.write.begin() as session:
        for key, code in ((HERE, "HERE"), (THERE, "THERE")):
            session.add(Site(id=key, code=code, title=code, created_at=NOW))
            session.flush()
            session.add(Characteristic(id=key, site_id=key, code="LOOP", title="Loop height",
                                       unit="um", created_at=NOW))  # fmt: skip


def told(database: Database, scope: Scope = EVERYWHERE, site: str | None = None) -> Digest:
    with database.read() as session:
        return digest_of(session, scope, since=SINCE, now=NOW, site=site)


def add_run(database: Database, key: str, **more: Any) -> None:
    ended = more.pop("ended", NOW - DAY / 2)
    fields: dict[str, Any] = {
        "analysis": "network-plan", "version": 1, "params": {"scenario": "N", "edits": []},
        "as_of": ended, "max_batch": 0, "state": "succeeded", "submitted_by": "test",
        "submitted_at": ended, "finished_at": ended, "site_id": HERE, "page": {"verdicts": []},
    }  # fmt: skip
    with database.write.begin() as session:
        session.add(Run(id=key, **(fields | more)))


def plan(cost: float) -> dict[str, Any]:
    return {"scenario": "N", "status": "optimal", "money": "EUR",
            "figures": {"landed_cost": cost}}  # fmt: skip


def report(database: Database, *, at: Any, site: int = HERE, cause: str = "c",
           disposition: Any = "hold") -> int:  # fmt: skip
    said = Report(site_id=site, cause=cause, title="too high", disposition=disposition, points=1,
                  evidence={"stratum": {"tool": f"WB-{site}"}}, characteristic_id=site,
                  first_ts=at, last_ts=at)  # fmt: skip
    with database.write.begin() as session:
        return findings.report(session, said, now=at).id


def test_a_plan_is_held_against_the_last_one_before_the_stretch(database: Database) -> None:
    add_plant(database)
    add_run(database, "a", result=plan(90.0), ended=SINCE - 3 * DAY)
    add_run(database, "b", result=plan(100.0), ended=SINCE - DAY)
    add_run(database, "c", result=plan(110.0), ended=NOW - DAY / 2)
    add_run(database, "d", result=plan(120.0), ended=NOW - DAY / 4)
    add_run(database, "e", result=plan(1.0), params={"scenario": "N", "edits": [{"kind": "x"}]})
    add_run(database, "f", result=plan(1.0), ended=NOW + DAY)
    (item,) = told(database).items
    cost = {one.run_id: one.value for one in item.evidence if one.quantity == "total-cost"}
    assert cost == {"d": 120.0, "b": 100.0}
    assert item.kind == "plan"


def test_another_scenario_is_another_plan(database: Database) -> None:
    add_plant(database)
    add_run(database, "a", result=plan(90.0), ended=SINCE - DAY)
    add_run(database, "b", result=plan(100.0), params={"scenario": "M", "edits": []})
    (item,) = told(database).items
    assert "New plan" in item.claims[0].template


def test_alerts_are_told_within_their_scope_and_site(database: Database) -> None:
    add_plant(database)
    old = report(database, at=SINCE - DAY)
    new = report(database, at=NOW - DAY / 2, cause="d")
    there = report(database, at=NOW - DAY / 3, site=THERE)
    with database.write.begin() as session:
        row = findings.get(session, EVERYWHERE, old)
        findings.close(session, row, "clamp cleaned", actor=Actor("test", "engineer"),
                       now=NOW - DAY / 4, outcome="confirmed")  # fmt: skip
    assert {item.id for item in told(database).items} == {
        f"finding-closed/{old}", f"finding-new/{new}", f"finding-new/{there}"}  # fmt: skip
    for found in (told(database, Scope(sites=frozenset({THERE}))), told(database, site="THERE")):
        assert [item.id for item in found.items] == [f"finding-new/{there}"]


def test_a_rise_to_a_hold_is_told_in_its_stretch_only(database: Database) -> None:
    add_plant(database)
    report(database, at=SINCE - DAY, disposition="warn")
    assert told(database).items == ()
    assert report(database, at=NOW - DAY / 2) == report(database, at=NOW - DAY / 4)
    (item,) = told(database).items
    assert (item.kind, item.level, item.at) == ("finding-graver", "bad", to_micros(NOW - DAY / 2))
    assert item.claims[0].template.startswith("It rose from a warning to a hold")
    with database.read() as session:
        later = digest_of(session, EVERYWHERE, since=NOW - DAY / 4, now=NOW, site=None)
        early = digest_of(session, EVERYWHERE, since=SINCE, now=NOW - 3 * DAY / 4, site=None)
        (kept,) = session.scalars(audit.listed(EVERYWHERE, AuditFilter(action="raise")))
    assert later.items == early.items == ()
    assert (kept.before, kept.after, kept.site_id) == (
        {"disposition": "warn", "title": "too high"}, {"disposition": "hold", "title": "too high"},
        HERE,
    )  # fmt: skip


def test_many_reports_at_once_keep_each_rise(database: Database) -> None:
    add_plant(database)
    said = Report(site_id=HERE, cause="c", title="a", disposition="warn", points=1, evidence={},
                  first_ts=NOW, last_ts=NOW)  # fmt: skip
    graver = replace(said, disposition="hold")
    with database.write.begin() as session:
        findings.report_all(session, (said, replace(said, cause="d")), now=SINCE - DAY)
    with database.write.begin() as session:
        rows = findings.report_all(session, (graver, replace(said, cause="d")), now=NOW)
        rose = raised.raised(session, [row.id for row in rows], since=SINCE, now=NOW)
        assert rose == {rows[0].id: NOW}


def test_failed_runs_of_schedules_are_told_and_others_are_not(database: Database) -> None:
    add_plant(database)
    add_run(database, "a", state="failed", error={"message": "no data"}, page=None)
    assert told(database).items == ()


def test_models_that_moved_are_told(database: Database) -> None:
    add_plant(database)
    by = {"created_by": "test", "created_at": NOW, "updated_at": NOW}
    with database.write.begin() as session:
        row = Model(id=1, site_id=HERE, code="m", title="M", task="classify", **by)
        session.add(row)
        session.flush()
        for key, at in ((1, SINCE - DAY), (2, NOW - DAY / 2)):
            session.add(ModelPromotion(id=key, model_id=1, alias="champion", number=key,
                                       previous=key - 1 or None, reason="", waiver="",
                                       evidence={}, moved_by="test", moved_at=at))  # fmt: skip
    (item,) = told(database).items
    assert [one.value for one in item.evidence] == [2, 1]
    assert told(database, Scope(sites=frozenset({THERE}))).items == ()


def test_a_visit_is_kept_and_never_goes_back(database: Database) -> None:
    with database.write.begin() as session:
        assert advice_visits.seen_at(session, "ada") is None
        assert advice_visits.see(session, "ada", NOW) == NOW
        assert advice_visits.see(session, "ada", NOW - DAY) == NOW
    with database.read() as session:
        assert advice_visits.seen_at(session, "ada") == NOW
        assert advice_visits.seen_at(session, "bob") is None
