"""An alert as a case: what it says and rests on, since when, and what people noted on it.

Quantities: title, since, last-seen, points, opened, due, closed, violated-rule,
not-seen-since, event-title, comment. Its title, the sentences of its rules, events and
notes may hold what people wrote: they are quoted. Who closed it, and the operator of its stratum,
are left out.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ops.advise.case import Case
from ops.advise.evidence import Evidence, EvidenceKind
from ops.advise.read.alert_title import alert_title, phrases_in, stratum_of
from ops.advise.sources import AlertRecord
from ops.page import Subject
from ops.page_value import Level, Phrase

MOST_RULES = 5
_LEVELS: Mapping[str, Level] = {"bad": "bad", "warn": "warn", "good": "good", "info": "info"}
_Phrases = tuple[Phrase, ...]
_Told = tuple[EvidenceKind, str, str, float | str, _Phrases]  # kind, quantity, label, value


def alert_case(alert: AlertRecord) -> Case:
    """Case of an alert; what its evidence lacks, or has of another shape, is passed over."""
    case, link = f"alert/{alert.id}", f"/alerts/{alert.id}"
    stratum = stratum_of(alert.evidence)
    subject = Subject(
        site=alert.site, characteristic=alert.characteristic, factors=stratum,
        mechanism=_text(alert.evidence.get("mechanism")),
    )  # fmt: skip
    level = _level(alert)
    told: list[Evidence] = []
    seen: dict[str, int] = {}
    for kind, quantity, label, value, phrases in _told(alert):
        count = seen[quantity] = seen.get(quantity, 0) + 1
        told.append(
            Evidence(
                id=f"{case}.{quantity}" if count == 1 else f"{case}.{quantity}.{count}",
                case=case, topic="alert", kind=kind, quantity=quantity, label=label, value=value,
                phrases=phrases,
                level=level, analysis=_text(alert.evidence.get("analysis")), run_id=alert.run_id,
                link=link, subject=subject, window_start=alert.first, window_end=alert.last,
                at=alert.last, quoted=kind == "text",
            )
        )  # fmt: skip
    levels = (stratum["tool"],) if "tool" in stratum else tuple(stratum.values())[:1]
    about = (alert.characteristic or "", *(levels or (alert.stream,)))
    title = " ".join(dict.fromkeys(part for part in about if part))
    heading = Phrase.of("Alert {id}: {what}", id=str(alert.id), what=title)
    return Case(
        case, "alert", _text(alert.evidence.get("analysis")), heading.english(), level,
        alert.last, link, tuple(told), alert.run_id, subject, _facts(alert, stratum),
        (heading,),
    )  # fmt: skip


def _told(alert: AlertRecord) -> Iterator[_Told]:
    title = alert_title(alert.title, alert.characteristic, alert.evidence)
    yield from _text_of("title", "title", title.bare, title.phrases)
    yield "number", "points", "points that it rests on", alert.points, ()
    times = (
        ("since", "first point", alert.first),
        ("last-seen", "last point", alert.last),
        ("opened", "opened", alert.opened),
        ("due", "due", alert.due),
        ("closed", "closed", alert.closed),
    )
    for quantity, label, at in times:
        if at is not None:
            yield "time", quantity, label, at, ()
    for rule in _items(alert, "rules")[:MOST_RULES]:
        said = _text(rule.get("sentence")).rstrip(". ")
        yield from _text_of("violated-rule", "rule", said, phrases_in(rule.get("phrases")))
    for event in _items(alert, "events")[:1]:
        yield from _text_of("event-title", "newest event before it", event.get("title"))
    gone = _mapping(alert.evidence.get("not_seen_since"))
    yield from _text_of(
        "not-seen-since",
        "what a later run found",
        gone.get("sentence"),
        phrases_in(gone.get("phrases")),
    )
    yield from _text_of("comment", "note on closing", alert.note)


def _text_of(quantity: str, label: str, value: Any, phrases: _Phrases = ()) -> Iterator[_Told]:
    if _text(value):
        yield "text", quantity, label, _text(value), phrases


def _items(alert: AlertRecord, name: str) -> list[Mapping[str, Any]]:
    found: Any = alert.evidence.get(name)
    return [_mapping(one) for one in found] if isinstance(found, list) else []


def _level(alert: AlertRecord) -> Level:
    if alert.state == "closed":
        return "info"
    usual: Level = "bad" if alert.disposition == "hold" else "warn"
    return _LEVELS.get(_text(alert.evidence.get("level")), usual)


def _facts(alert: AlertRecord, stratum: Mapping[str, str]) -> dict[str, str]:
    factor, level = next(iter(sorted(stratum.items())), ("", ""))
    facts = {
        "site": alert.site,
        "characteristic": alert.characteristic or "",
        "tool": stratum.get("tool", ""),
        "state": alert.state,
        "disposition": alert.disposition,
        "analysis": _text(alert.evidence.get("analysis")),
        "mechanism": _text(alert.evidence.get("mechanism")),
        "direction": _text(alert.evidence.get("direction")),
        "stratum-factor": factor,
        "stratum-level": level,
        "event-kind": next((_text(e.get("kind")) for e in _items(alert, "events")), ""),
        "withdrawn": "yes" if alert.evidence.get("withdrawn") is True else "",
        "not-seen": "yes" if _mapping(alert.evidence.get("not_seen_since")) else "",
    }
    return {name: fact for name, fact in facts.items() if fact}


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
