"""Past actions: what was done about findings, whether it helped, nothing of the future."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from ops.action_query import ActionQuery
from ops.db import alert_actions, findings, reaction_plans
from ops.db.alert_actions import Done
from ops.db.engine import Database
from ops.db.findings import Report
from ops.db.load import load
from ops.db.models.control import Finding
from ops.db.models.plant import Characteristic, Event, Site, Tool
from ops.errors import BadData, NotFound
from ops.values import Actor, Scope
from tests.api.plant import HERE, NOW, THERE

BY = Actor(name="Ada", role="engineer", correlation_id="c")
DAY = timedelta(days=1)
LATER = NOW + 100 * DAY


def found(database: Database, cause: str, at: datetime, site: int = HERE, **more: object) -> int:
    evidence = {
        "analysis": "drift-screen",
        "mechanism": "step",
        "stratum": {"tool": "WB-1", "lot": "L1", "product": "QFN"},
    } | more
    said = Report(site_id=site, cause=cause, title="t", disposition="warn", evidence=evidence,
                  points=1, first_ts=at, last_ts=at, characteristic_id=site)  # fmt: skip
    with database.write.begin() as session:
        return findings.report(session, said, now=at).id


def closed(database: Database, key: int, at: datetime, outcome: str | None = "confirmed") -> None:
    with database.write.begin() as session:
        row = session.get_one(Finding, key)
        findings.close(session, row, "n", actor=BY, now=at, outcome=outcome)  # type: ignore[arg-type]


def said(database: Database, key: int, at: datetime, **done: object) -> None:
    with database.write.begin() as session:
        row = session.get_one(Finding, key)
        alert_actions.record(session, row, Done(at=at, **done), actor=BY, now=at)  # type: ignore[arg-type]


def happened(database: Database, kind: str, at: datetime, **detail: object) -> None:
    with database.write.begin() as session:
        session.add(Event(site_id=HERE, tool_id=HERE, kind=kind, ts=at, title=kind, detail=detail,
                          created_by="x", created_at=at))  # fmt: skip


@pytest.fixture
def plant(database: Database) -> Database:
    with database.write.begin() as session:
        for key, code in ((HERE, "HERE"), (THERE, "THERE")):
            session.add(Site(id=key, code=code, title=code, created_at=NOW))
            session.flush()
            own = {"id": key, "site_id": key, "created_at": NOW}
            session.add(Tool(code="WB-1", title="Bonder", family="CX-300", **own))
            session.add(Characteristic(code="LOOP", title="Loop", unit="um", **own))
    return database


def test_what_was_done_is_what_people_recorded_and_events_of_the_tool(plant: Database) -> None:
    key = found(plant, "a", NOW + DAY)
    happened(plant, "cleaning", NOW + DAY / 2)  # before it was found
    happened(plant, "capillary-change", NOW + 2 * DAY)
    happened(plant, "component-change", NOW + 2.5 * DAY, part="Clamp 4", family="clamp")
    said(plant, key, NOW + 2 * DAY, actions=("Teach camera",), module="camera", helped=True)
    closed(plant, key, NOW + 3 * DAY)
    happened(plant, "calibration", NOW + 4 * DAY)  # after it was closed
    data = load(plant, ActionQuery(as_of=LATER))
    (case,) = data.cases
    assert case.actions == ("Teach camera", "capillary-change")
    assert (case.parts, case.helped, case.closed_at) == (("Clamp 4",), True, NOW + 2 * DAY)
    assert case.context == {
        "tool": "WB-1", "product": "QFN", "characteristic": "LOOP", "mechanism": "step",
        "found by": "drift-screen", "tool family": "CX-300",
    }  # fmt: skip
    assert data.catalogue == {"Clamp 4": {"family": "clamp"}, "Teach camera": {"module": "camera"}}


def test_it_helped_if_it_stayed_away_and_did_not_if_it_came_back(plant: Database) -> None:
    for cause in ("stays", "back", "fresh"):
        at = NOW + (60 * DAY if cause == "fresh" else DAY)
        key = found(plant, cause, at)
        said(plant, key, at, actions=("Clean",))
        closed(plant, key, at + DAY)
    again = found(plant, "back", NOW + 7 * DAY)
    cases = {c.finding: c for c in load(plant, ActionQuery(as_of=NOW + 65 * DAY)).cases}
    assert [cases[str(i)].helped for i in (1, 2, 3)] == [True, False, None]
    assert cases["1"].closed_at == NOW + 16 * DAY
    assert cases["2"].closed_at == NOW + 7 * DAY
    assert cases[str(again)].actions == ()


def test_what_was_known_later_is_not_seen(plant: Database) -> None:
    key = found(plant, "a", NOW + DAY)
    said(plant, key, NOW + 2 * DAY, actions=("Clean",))
    said(plant, key, NOW + 9 * DAY, helped=False)
    found(plant, "later", NOW + 20 * DAY)
    seen = [load(plant, ActionQuery(as_of=NOW + n * DAY)).cases for n in (0, 1, 3, 10)]
    assert [[(c.actions, c.helped) for c in cases] for cases in seen] == [
        [], [((), None)], [(("Clean",), None)], [(("Clean",), False)],
    ]  # fmt: skip
    early = load(plant, ActionQuery(as_of=NOW + 3 * DAY))
    assert early.fingerprint() == load(plant, ActionQuery(as_of=NOW + 3 * DAY)).fingerprint()
    with pytest.raises(NotFound):
        load(plant, ActionQuery(alert=2, as_of=NOW + 10 * DAY))


def test_the_last_word_on_whether_it_helped_counts(plant: Database) -> None:
    key = found(plant, "a", NOW)
    said(plant, key, NOW + DAY, actions=("Clean",), helped=True)
    said(plant, key, NOW + 2 * DAY, helped=False)
    (case,) = load(plant, ActionQuery(as_of=LATER)).cases
    assert (case.actions, case.helped) == (("Clean",), False)
    with plant.read() as session:
        rows = session.scalars(alert_actions.listed(session.get_one(Finding, key))).all()
        assert [row.kind for row in rows] == ["maintenance", "note"]


def test_false_alarms_other_sites_and_what_is_outside_the_window_are_left_out(
    plant: Database,
) -> None:
    closed(plant, found(plant, "false", NOW), NOW + DAY, "false-alarm")
    found(plant, "old", NOW - 9 * DAY)
    found(plant, "there", NOW, site=THERE)
    mine = found(plant, "mine", NOW)
    query = ActionQuery(start=NOW - DAY, end=LATER, as_of=LATER, scope=Scope(frozenset({HERE})))
    assert [c.finding for c in load(plant, query).cases] == [str(mine)]
    there = load(plant, replace(query, scope=Scope(None), site="THERE"))
    assert [c.context["characteristic"] for c in there.cases] == ["LOOP"]
    with pytest.raises(NotFound):
        load(plant, replace(query, alert=3))


def test_the_finding_in_question_comes_with_its_plan_and_is_no_case(plant: Database) -> None:
    with plant.write.begin() as session:
        about = session.scalars(select(Characteristic).where(Characteristic.id == HERE)).one()
        fields = {
            "disposition": "warn",
            "title": "t",
            "owner": "o",
            "minutes": 5,
            "steps": ["Look"],
        }
        reaction_plans.create(session, about, fields, actor=BY, now=NOW)
    point = {"ts": NOW.isoformat(), "seq": 0, "value": 1.0, "z": -3.5, "rules": []}
    key = found(plant, "a", NOW + DAY, analysis=None, points=[point])
    said(plant, key, NOW + DAY, actions=("Clean",))
    data = load(plant, ActionQuery(alert=key, as_of=LATER))
    assert data.cases == ()
    assert data.finding is not None
    assert data.finding.actions == ()
    assert data.reaction_plan == ("Look",)
    assert data.finding.context["direction"] == "down"
    assert data.finding.evidence["z"] == -3.5


def test_nothing_or_the_future_cannot_be_recorded(plant: Database) -> None:
    key = found(plant, "a", NOW)
    with plant.write.begin() as session:
        row = session.get_one(Finding, key)
        with pytest.raises(BadData):
            alert_actions.record(session, row, Done(at=NOW), actor=BY, now=NOW)
        late = Done(at=NOW + DAY, actions=("Clean",))
        with pytest.raises(BadData):
            alert_actions.record(session, row, late, actor=BY, now=NOW)
