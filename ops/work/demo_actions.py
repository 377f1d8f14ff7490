"""Past alerts of the demo plant with what was done about them, from simulated cases.

Alerts, events and closings go through the same doors as real ones. The newest alert stays open:
it is the one that asks what to do.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ops.db import alert_actions, findings
from ops.db.alert_actions import Done
from ops.db.findings import Report
from ops.db.models.control import Finding
from ops.db.models.plant import Site, Tool
from ops.simulate.action_cases import SimulatedAction
from ops.work.demo_actor import ACTOR

_HOURS = 24.0 * 365.0  # that simulated cases span


def plant_actions(
    session: Session,
    site: Site,
    cases: Sequence[SimulatedAction],
    *,
    characteristic_id: int,
    until: datetime,
    tools: Sequence[str] = (),
) -> int:
    """File simulated cases as alerts of a site, with actions and outcomes; the last stays open.

    Parameters
    ----------
    cases
        The oldest first; their tools are mapped onto `tools`.
    characteristic_id
        Characteristic that the alerts are about; what the cases call theirs is kept as a level.
    until
        The present: cases lie in the year before it.
    tools
        Codes of tools of the site; empty: all of them, in the order of codes.

    Returns
    -------
    int
        Id of the alert that is left open; 0 without cases.
    """
    query = select(Tool.code).where(Tool.site_id == site.id).order_by(Tool.code)
    known = tools or list(session.scalars(query))
    last = 0
    for case in cases:
        opened = until - timedelta(hours=_HOURS - case.opened_h)
        closed = min(until - timedelta(hours=_HOURS - case.closed_h), until)
        said = _report(case, site.id, characteristic_id, _tool(case, known), opened)
        row = findings.report(session, said, now=opened)
        last = row.id
        if case is not cases[-1]:
            _end(session, row, case, closed)
    return last


def _tool(case: SimulatedAction, tools: Sequence[str]) -> str:
    number = int(case.context["tool"].rpartition("-")[2])
    return tools[number % len(tools)] if tools else ""


def _report(
    case: SimulatedAction, site_id: int, characteristic_id: int, tool: str, at: datetime
) -> Report:
    known = case.context
    stratum = {"tool": tool, "machine": known["family"], "feature": known["characteristic"]}
    evidence: dict[str, Any] = {
        "analysis": "drift-screen",
        "mechanism": known["mechanism"],
        "direction": known["direction"],
        "stratum": {name: level for name, level in stratum.items() if level},
        "rules": [],
        "points": [],
        "recent": [],
        "limits": None,
        "events": [],
        "withdrawn": False,
    }
    return Report(
        site_id=site_id,
        cause=f"simulated case {case.id}",
        title=f"{tool}: {known['characteristic']} drifts {known['direction']}",
        disposition="warn",
        evidence=evidence,
        points=1,
        first_ts=at,
        last_ts=at,
        characteristic_id=characteristic_id,
    )


def _end(session: Session, row: Finding, case: SimulatedAction, at: datetime) -> None:
    done = Done(at=at, actions=case.actions, parts=case.parts, helped=case.helped)
    alert_actions.record(session, row, done, actor=ACTOR, now=at)
    note = ", ".join((*case.actions, *case.parts))
    findings.close(session, row, note, actor=ACTOR, now=at, outcome="confirmed")
