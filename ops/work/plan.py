"""Check a schedule before it is stored: its time, its analysis, its parameters, its site."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ops.analyses.registry import find
from ops.db import schedules
from ops.db.models.work import Schedule
from ops.errors import BadData, NotFound, Problem
from ops.timing.cron import parse
from ops.values import Actor
from ops.work.submit import checked, site_of, span_of


def replan(
    session: Session,
    schedule: Schedule,
    changes: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Edit a schedule; what is not changed is not checked: also one that is broken can be paused.

    Raises
    ------
    BadData
        Naming every wrong field.
    """
    fields = dict(changes)
    if "cron" in fields or "zone" in fields:
        parse(fields.get("cron", schedule.cron), fields.get("zone", schedule.zone))
    if "params" in fields:
        names = ("analysis", "cron", "zone")
        whole = {name: getattr(schedule, name) for name in names} | fields
        checked_fields = planned(session, whole, actor=actor, now=now)
        fields |= {name: checked_fields[name] for name in ("params", "site_id", "version")}
    schedules.change(session, schedule, fields, actor=actor, now=now)


def planned(
    session: Session, fields: Mapping[str, Any], *, actor: Actor, now: datetime
) -> dict[str, Any]:
    """Return the fields of a schedule with its site and the version of its analysis.

    Raises
    ------
    BadData
        Naming every wrong field: the cron expression, the zone, the analysis, its parameters.
    """
    parse(fields["cron"], fields["zone"])
    try:
        analysis = find(fields["analysis"])
    except NotFound as error:
        raise BadData(str(error), (Problem("/analysis", str(error)),)) from error
    try:
        params = checked(analysis, dict(fields["params"]))
        site = site_of(session, params.site, actor.scope)
        span_of(session, params.window, site, now=now)
    except BadData as error:
        inside = tuple(Problem(f"/params{p.pointer}", p.detail) for p in error.problems)
        raise BadData(str(error), inside) from error
    return dict(fields) | {
        "site_id": None if site is None else site.id,
        "version": analysis.version,
        "params": params.model_dump(mode="json"),
    }
