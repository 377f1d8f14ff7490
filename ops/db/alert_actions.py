"""What was done about alerts: events that name the alert, its actions, parts and whether it helped.

They are events like any other: charts and analyses of drift see them as maintenance of the tool.
What is said later, e.g. that it helped, is an event more: nothing is written over.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
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
MOST = 1000  # earlier events, the newest ones, that names are suggested from
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
    note
        What else is to be said.
    outcome_of
        Id of the earlier event whose outcome alone this tells; None: it stands for itself.
    """

    at: datetime
    actions: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    helped: bool | None = None
    module: str = ""
    note: str = ""
    outcome_of: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What was done about an alert, with the outcome that was told then or later.

    Parameters
    ----------
    outcome
        The event that told the outcome last: the same, or a later one; None: nobody did.
    """

    event: Event
    outcome: Event | None

    @property
    def helped(self) -> bool | None:
        """Whether it helped; None: not known yet."""
        return None if self.outcome is None else helped_of(self.outcome)


def record(session: Session, row: Finding, done: Done, *, actor: Actor, now: datetime) -> Event:
    """Keep what was done about an alert, as an event of its tool.

    Raises
    ------
    BadData
        If nothing is said, it was done in the future, or the outcome is of no entry of the alert.
    """
    if done.outcome_of is not None:
        _check_outcome(session, row, done)
    elif not (done.actions or done.parts) and done.helped is None:
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


def entries(events: Iterable[Event]) -> tuple[Entry, ...]:
    """Join what was done about an alert with the outcomes that were told of it later."""
    told: dict[int, Event] = {}
    own: list[Event] = []
    for event in sorted(events, key=lambda one: (one.created_at, one.id)):
        about = event.detail.get("outcome_of")
        if helped_of(event) is not None:
            told[about if isinstance(about, int) else event.id] = event
        if not isinstance(about, int):
            own.append(event)
    own.sort(key=lambda one: (one.ts, one.id))
    return tuple(Entry(event, told.get(event.id)) for event in own)


def suggestions(session: Session, site_id: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of actions and of parts that a site has recorded, the most used first."""
    query = select(Event).where(Event.site_id == site_id, Event.kind == KIND)
    newest = session.scalars(query.order_by(*(key.desc() for key in KEY)).limit(MOST))
    actions: Counter[str] = Counter()
    parts: Counter[str] = Counter()
    for event in newest:
        actions.update(names_of(event, "actions", "action"))
        parts.update(names_of(event, "parts", "part"))
    return _by_use(actions), _by_use(parts)


def helped_of(event: Event) -> bool | None:
    """Whether an event says that it helped; None: it says nothing."""
    helped = event.detail.get("helped")
    return helped if isinstance(helped, bool) else None


def tool_of(row: Finding) -> str:
    """Code of the tool that an alert is about; "" if it is about none."""
    stratum: Any = row.evidence.get("stratum") or {}
    return str(stratum.get("tool") or "")


def names_of(event: Event, plural: str, single: str) -> tuple[str, ...]:
    """Names that the detail of an event gives, under the one word or the other."""
    said = event.detail.get(plural) or event.detail.get(single) or ()
    every: Sequence[Any] = said if isinstance(said, list | tuple) else (said,)
    return tuple(dict.fromkeys(str(name) for name in every if isinstance(name, str) and name))


def _by_use(names: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(names, key=lambda name: (-names[name], name)))


def _check_outcome(session: Session, row: Finding, done: Done) -> None:
    """Refuse an outcome that is of nothing, or comes with something more that was done."""
    earlier = session.scalars(listed(row).where(Event.id == done.outcome_of)).first()
    if earlier is None or "outcome_of" in earlier.detail:
        problem = Problem("/outcome_of", "must be an event that says what was done about the alert")
        raise BadData(f"event {done.outcome_of} is no entry of alert {row.id}", (problem,))
    if done.actions or done.parts or done.helped is None:
        problem = Problem("/helped", "say whether it helped, and name no action or part")
        raise BadData(f"only the outcome of event {done.outcome_of} is told", (problem,))


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
    said = {"module": done.module, "note": done.note, "outcome_of": done.outcome_of}
    return detail | {name: value for name, value in said.items() if value}
