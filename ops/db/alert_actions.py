"""What was done about alerts: events that name the alert, its actions, parts and whether it helped.

They are events like any other: charts and analyses of drift see them as maintenance of the tool.
What is said later, e.g. that it helped, is an event more: nothing is written over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ops.db import events
from ops.db.models.control import Finding
from ops.db.models.plant import Event, Site, Tool
from ops.errors import BadData, Problem
from ops.values import Actor

KIND = "maintenance"  # of what was done; a note, where only its outcome is told
KEY = (Event.ts, Event.id)
_NOTE = "note"


@dataclass(frozen=True, slots=True)
class Done:
    """What somebody did about an alert.

    Parameters
    ----------
    actions, parts
        Names, as the plant writes them; the parts were put in.
    helped
        Whether it helped; None: not known yet.
    at
        When it was done.
    module
        Part of the tool that it was done to; "" if that is not said.
    """

    at: datetime
    actions: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    helped: bool | None = None
    module: str = ""


def record(session: Session, row: Finding, done: Done, *, actor: Actor, now: datetime) -> Event:
    """Keep what was done about an alert, as an event of its tool.

    Raises
    ------
    BadData
        If nothing is said, or it was done in the future.
    """
    if not (done.actions or done.parts) and done.helped is None:
        problem = Problem("/actions", "name an action or a part, or say whether it helped")
        raise BadData("nothing is said of what was done", (problem,))
    if done.at > now:
        problem = Problem("/at", f"must not be after {now.isoformat()}")
        raise BadData(f"{done.at.isoformat()} is in the future", (problem,))
    site = session.get_one(Site, row.site_id)
    fields = {
        "kind": KIND if done.actions or done.parts else _NOTE,
        "ts": done.at,
        "title": _title(row, done),
        "tool_id": _tool_id(session, row),
        "characteristic_id": row.characteristic_id,
        "detail": _detail(row, done),
    }
    return events.create(session, site, fields, actor=actor, now=now)


def listed(row: Finding) -> Select[Event]:
    """Events that name an alert, by time."""
    named = Event.detail["alert"].as_string() == str(row.id)
    return select(Event).where(Event.site_id == row.site_id, named).order_by(*KEY)


def tool_of(row: Finding) -> str:
    """Code of the tool that an alert is about; "" if it is about none."""
    stratum: Any = row.evidence.get("stratum") or {}
    return str(stratum.get("tool") or "")


def names_of(event: Event, plural: str, single: str) -> tuple[str, ...]:
    """Names that the detail of an event gives, under the one word or the other."""
    said = event.detail.get(plural) or event.detail.get(single) or ()
    every: Sequence[Any] = said if isinstance(said, list | tuple) else (said,)
    return tuple(dict.fromkeys(str(name) for name in every if isinstance(name, str) and name))


def _title(row: Finding, done: Done) -> str:
    said = ", ".join((*done.actions, *done.parts))
    return (said or f"outcome of what was done about alert {row.id}")[:200]


def _tool_id(session: Session, row: Finding) -> int | None:
    code = tool_of(row)
    if not code:
        return None
    return session.scalar(select(Tool.id).where(Tool.site_id == row.site_id, Tool.code == code))


def _detail(row: Finding, done: Done) -> dict[str, Any]:
    detail: dict[str, Any] = {"alert": str(row.id)}  # text: no cast of it can fail
    if done.actions:
        detail["actions"] = list(done.actions)
    if done.parts:
        detail["parts"] = list(done.parts)
    if done.helped is not None:
        detail["helped"] = done.helped
    if done.module:
        detail["module"] = done.module
    return detail
