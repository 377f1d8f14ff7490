"""Lessons of a drift result, of an alert, and of an advice whose outcome a person told."""

from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from typing import Any

from ops.advise.answer import Answer, Judged
from ops.advise.catalogue import ACTIONS, ActionId
from ops.advise.question import About
from ops.advise.recall.lesson import Lesson, Sentence

_WORDS: tuple[tuple[str, ActionId], ...] = (  # what plants call an action; the first that fits
    ("recalib", "recalibrate"), ("kalibri", "recalibrate"), ("clean", "clean"),
    ("reinig", "clean"), ("refurb", "refurbish"), ("replace tool", "replace-tool"),
    ("replace", "replace-component"), ("exchange", "replace-component"),
    ("change", "replace-component"), ("tausch", "replace-component"), ("verify", "verify-setup"),
    ("retrain", "retrain"), ("replan", "replan"),
)  # fmt: skip


def lessons_of_drift(result: Mapping[str, Any], run_id: str) -> Iterator[Lesson]:
    """Take what a result of the analysis `drift` measured of each kind of past action.

    An action helped if the whole interval of its jump is towards home, and did not if the whole of
    it is away from home; between them its effect is not certain.
    """
    tags = {"characteristic": str(result.get("code", "")), **_level(result)}
    for effect in result.get("effects") or ():
        kind, jump = str(effect.get("action")), effect.get("jump")
        lower, upper = effect.get("lower"), effect.get("upper")
        if kind not in ACTIONS or any(not _is_finite(v) for v in (jump, lower, upper)):
            continue
        helped = True if lower > 0 else False if upper < 0 else None
        said: dict[bool | None, Sentence] = {
            True: "effect-helped", False: "effect-harmed", None: "effect-unclear",
        }  # fmt: skip
        numbers = {
            "jump": abs(jump) if helped is False else jump,
            "lower": -upper if helped is False else lower,
            "upper": -lower if helped is False else upper,
        }
        facts = {name: effect.get(name) for name in ("jump", "lower", "upper", "n", "improved")}
        facts |= {"unit": result.get("unit", ""), "run": run_id}
        yield Lesson(
            sentence=said[helped],
            values={
                "action": action_title(kind), "thing": " ".join(tags.values()),
                "unit": str(result.get("unit") or "units"), "n": effect.get("n"),
                "improved": effect.get("improved"), **numbers,
            },
            key=f"effect|{result.get('site', '')}|{'|'.join(tags.values())}|{kind}|{run_id}",
            tags=tags, facts=facts, action=kind, helped=helped,
        )  # fmt: skip


def lesson_of_closing(
    alert_id: int, outcome: str, *, tags: Mapping[str, str], found: str
) -> Lesson | None:
    """Whether an alert was real, as whoever closed it said; None if it was not said."""
    said: dict[str, Sentence] = {"confirmed": "alert-confirmed", "false-alarm": "alert-false"}
    if outcome not in said:
        return None
    return Lesson(
        sentence=said[outcome],
        values={"thing": " ".join(tags.values()), "found": found},
        key=f"alert|{alert_id}|closing",
        tags=tags,
        facts={"alert": alert_id, "outcome": outcome, "found": found},
    )


def lesson_of_action(
    alert_id: int,
    entry: tuple[int, int],
    done: Sequence[str],
    *,
    helped: bool,
    tags: Mapping[str, str],
    found: str,
) -> Lesson:
    """Whether what was done about an alert helped.

    Parameters
    ----------
    entry
        Ids of the event that it was done by, and of the one that told the outcome.
    done
        Names of the actions and parts, as people wrote them.
    """
    event, outcome = entry
    return Lesson(
        sentence="action-helped" if helped else "action-failed",
        values={"done": ", ".join(done), "thing": " ".join(tags.values()), "found": found},
        key=f"alert|{alert_id}|event|{event}|{outcome}",
        tags=tags,
        facts={"alert": alert_id, "done": list(done), "found": found},
        action=action_named(done),
        helped=helped,
    )


def lesson_of_advice(
    advice_id: str, times: int, answer: Answer, about: Sequence[About], *, helped: bool
) -> Lesson | None:
    """Whether the action for the gravest case of an answer helped; None if it recommends none.

    Of the answer only the closed cause and action and the codes of the subject are taken, never its
    words.
    """
    if not answer.judged:
        return None
    first = answer.judged[0]
    tags = _tags_of(first, answer, about)
    cause = first.cause.replace("-", " ")
    return Lesson(
        sentence="advice-helped" if helped else "advice-failed",
        values={
            "action": action_title(first.action),
            "cause": cause,
            "thing": " ".join(tags.values()) or "the plant",
        },
        key=f"advice|{advice_id}|{times}",
        tags=tags,
        facts={"advice": advice_id, "counted": True},
        cause=first.cause,
        action=first.action,
        helped=helped,
    )


def action_title(action: str) -> str:
    """Name of an action for readers.

    Examples
    --------
    >>> action_title("replace-component")
    'Replace component'
    """
    return action.replace("-", " ").capitalize()


def action_named(names: Sequence[str]) -> ActionId | None:
    """Find the action of the catalogue that names of a plant stand for; None if not exactly one.

    Examples
    --------
    >>> action_named(["Clean the clamp"]), action_named(["Recalibrate", "Clean the clamp"])
    ('clean', None)
    """
    found: set[ActionId] = set()
    for name in names:
        fits: list[ActionId] = [action for word, action in _WORDS if word in name.casefold()]
        found.update(fits[:1])
    return found.pop() if len(found) == 1 else None


def _tags_of(first: Judged, answer: Answer, about: Sequence[About]) -> dict[str, str]:
    for one in answer.evidence:
        if one.case == first.case and one.subject is not None:
            code = one.subject.characteristic
            return ({"characteristic": code} if code else {}) | one.subject.factors
    return {one.kind: one.code for one in about if one.kind not in ("run", "alert", "analysis")}


def _level(result: Mapping[str, Any]) -> dict[str, str]:
    tool = str(result.get("tool") or "")
    return {str(result.get("stream") or "tool"): tool} if tool else {}


def _is_finite(value: Any) -> bool:
    return isinstance(value, int | float) and isfinite(value)
