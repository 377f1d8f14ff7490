"""What a model chose to be looked up, checked against the question and the known names."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from pydantic import ValidationError

from ops.advise.provider.chat import ToolCall
from ops.advise.question import AboutKind, Asks, Intent, Named, Question
from ops.advise.tools.argument import StreamArguments, ToolArguments, WhatIfArguments
from ops.advise.tools.change import edit_of
from ops.advise.tools.spec import ARGUMENTS, MOST_CALLS, TOPIC, ToolName

_LONGEST = 8000  # characters of the arguments of a call
_KINDS: Mapping[str, AboutKind] = {
    "tool": "tool", "characteristic": "characteristic", "life_test": "life-test",
    "scenario": "scenario", "model": "model", "dataset": "dataset", "site": "site",
}  # fmt: skip
_TOKEN = re.compile(r"[a-z]+|\d+|[^\W_]")
_LONGEST_RUN = 20
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Choice:
    """What the model wants looked up, or why the rules choose in its place."""

    intent: Intent | None
    refused: str = ""


class _Refused(ValueError):
    """A call that is not followed; all of its answer is not."""


def chosen(calls: Sequence[ToolCall], names: Sequence[Named], question: Question) -> Choice:
    """Make an intent of calls, or refuse them all.

    A name that the question does not hold is refused, as is a number of a change: a model may
    choose, and not invent. A code that the question holds and nothing bears is unknown.

    Parameters
    ----------
    calls
        As the model returned them, with the names of people put back.
    names
        All that may be named: what the asker may see.
    """
    try:
        if not 0 < len(calls) <= MOST_CALLS:
            raise _Refused(f"{len(calls)} calls: 1 to {MOST_CALLS} are followed")
        return Choice(_intent([_arguments(call) for call in calls], names, question))
    except _Refused as refused:
        return Choice(None, str(refused))


def calls_of(text: str) -> tuple[ToolCall, ...]:
    """Read the calls of an answer in the form of `calls_schema`; none if it is of another form."""
    try:
        raw: Any = json.loads(text[: _LONGEST * MOST_CALLS])
    except (ValueError, RecursionError):
        return ()
    calls: Any = cast(dict[str, Any], raw).get("calls") if isinstance(raw, dict) else None
    if not isinstance(calls, list):
        return ()
    return tuple(
        ToolCall(str(one.get("name", "")), json.dumps(one.get("arguments", {})))
        if isinstance(one, dict) else ToolCall("", "")
        for one in calls
    )  # fmt: skip


def _arguments(call: ToolCall) -> tuple[ToolName, ToolArguments]:
    if call.name not in ARGUMENTS:
        raise _Refused(f"there is no tool {call.name[:80]!r}")
    if len(call.arguments) > _LONGEST:
        raise _Refused(f"{call.name}: {len(call.arguments)} characters of arguments")
    tool = cast(ToolName, call.name)
    try:
        return tool, ARGUMENTS[tool].model_validate_json(call.arguments or "{}")
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = "/".join(str(part) for part in first["loc"])
        raise _Refused(f"{tool}: {place}: {first['msg']}") from None


def _intent(
    calls: Sequence[tuple[ToolName, ToolArguments]], names: Sequence[Named], question: Question
) -> Intent:
    said = _runs(question.text)
    named: list[Named] = []
    unknown: list[str] = []
    for _, arguments in calls:
        for field, code in _codes(arguments):
            bearers = [n for n in names if n.kind == _KINDS[field] and _is_named(n, code)]
            if not _is_said(code, bearers, said):
                raise _Refused(f"{field}: the question names no {code[:80]!r}")
            named += bearers
            unknown += [] if bearers else [code]
    edits, unclear = _edits(calls, question.text, said)
    days = [a.days for _, a in calls if isinstance(a, StreamArguments) and a.days is not None]
    return Intent(
        topics=tuple(dict.fromkeys(TOPIC[tool] for tool, _ in calls)),
        asks=tuple(dict.fromkeys(_asks(calls))),
        named=tuple({(n.kind, n.code, n.site): n for n in named}.values()),
        unknown=tuple(dict.fromkeys(unknown)),
        days=max(days, default=None),
        edits=tuple(edits), unclear=tuple(unclear), chosen_by="model",
    )  # fmt: skip


def _codes(arguments: ToolArguments) -> Iterator[tuple[str, str]]:
    """Codes that a call names, with the field of each."""
    for field, value in arguments.model_dump(include=set(_KINDS)).items():
        if value:
            yield field, value


def _asks(calls: Sequence[tuple[ToolName, ToolArguments]]) -> Iterator[Asks]:
    for tool, arguments in calls:
        if tool == "what_if":
            yield "what-if"
        yield from arguments.asks or ("status",)
        if tool == "events":
            yield "history"


def _edits(
    calls: Sequence[tuple[ToolName, ToolArguments]], text: str, said: frozenset[str]
) -> tuple[list[dict[str, Any]], list[str]]:
    numbers = [float(n.replace(",", ".")) for n in _NUMBER.findall(text)]
    edits: list[dict[str, Any]] = []
    unclear: list[str] = []
    for _, arguments in calls:
        for change in arguments.changes if isinstance(arguments, WhatIfArguments) else ():
            if change.percent is not None and abs(change.percent) not in numbers:
                raise _Refused(f"changes: the question holds no number {abs(change.percent):g}")
            if change.of and _joined(change.of) not in said:
                raise _Refused(f"changes: the question names no {change.of[:80]!r}")
            edit = edit_of(change)
            (unclear if isinstance(edit, str) else edits).append(edit)  # type: ignore[arg-type]
    return edits, unclear


def _is_named(one: Named, code: str) -> bool:
    return _joined(code) in (_joined(one.code), _joined(one.title))


def _is_said(code: str, bearers: Sequence[Named], said: frozenset[str]) -> bool:
    """Whether the question holds a code, or a code or title of what bears it."""
    spelled = [code, *(text for one in bearers for text in (one.code, one.title))]
    return any(_joined(text) in said for text in spelled if _joined(text))


def _tokens(text: str) -> list[str]:
    """Words and numbers of a text, numbers without leading zeros: WB-7 is WB 07."""
    found = _TOKEN.findall(text.casefold())
    return [token.lstrip("0") or "0" if token.isdigit() else token for token in found]


def _joined(text: str) -> str:
    return " ".join(_tokens(text))


def _runs(text: str) -> frozenset[str]:
    """All rows of tokens of a text, as long as a code or title may be."""
    tokens = _tokens(text)
    return frozenset(
        " ".join(tokens[start:end])
        for start in range(len(tokens))
        for end in range(start + 1, min(start + _LONGEST_RUN, len(tokens)) + 1)
    )
