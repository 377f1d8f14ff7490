"""Documents of scenarios on their way in: from the body, in a thread, to a value or to problems.

A document may have 50 MB. It is streamed to a file, and read and checked in a thread of the pool;
only one large document is in memory at a time, others wait for their turn.
"""

from collections.abc import Iterable
from threading import Semaphore
from typing import Annotated, Any, TypeVar

from fastapi import Depends
from pydantic import BaseModel, ValidationError

from api.deps import Planner
from api.form_words import plain, telling
from api.scenario_bodies import (
    MOST_FLAWS,
    FlawsView,
    FlawView,
    ScenarioDraft,
    ScenarioRevisionDraft,
)
from api.spool import Sent, SpoolDep
from ops.db.scenario_text import uncollected
from ops.errors import BadData, Problem
from solvers.errors import Flaw
from solvers.scenario.document import Scenario
from solvers.scenario.validate import flaws as flaws_of

M = TypeVar("M", bound=BaseModel)
MOST_PROBLEMS = 100
_LARGE = 4 * 2**20
_TURN = Semaphore(1)
_AMOUNT = "float"  # pydantic names the members of the union `Amount` behind the field
_TEXT = "constrained-str"


def parsed(model: type[M], sent: Sent) -> M:
    """Value of a JSON body.

    Raises
    ------
    BadData
        If it is not JSON, or not a `model`; every wrong field has its pointer.
    """
    if sent.media_type not in ("", "application/json"):
        mend = "send it as application/json"
        raise BadData(
            f"the Content-Type is {sent.media_type}; {mend}", (Problem("/content-type", mend),)
        )
    return read_document(model, sent.stream.read())


def read_document(model: type[M], text: bytes) -> M:
    """Value of JSON text.

    Raises
    ------
    BadData
        As `parsed`.
    """
    try:
        if len(text) < _LARGE:
            return model.model_validate_json(text)
        with _TURN, uncollected():
            return model.model_validate_json(text)
    except ValidationError as error:
        raise BadData(*_told(error)) from error


def _told(error: ValidationError) -> tuple[str, tuple[Problem, ...]]:
    found: dict[str, str] = {}
    for entry in telling(error.errors(include_url=False)):
        pointer, detail = _field(entry)
        found.setdefault(pointer, detail)
    shown = list(found.items())[:MOST_PROBLEMS]
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    first = f"{shown[0][0] or '/'}: {shown[0][1]}{more}"
    return first, tuple(Problem(pointer, detail) for pointer, detail in shown)


def _field(entry: Any) -> tuple[str, str]:
    steps, message = list(entry["loc"]), plain(entry)
    if steps and steps[-1] in (_AMOUNT, _TEXT):
        steps.pop()
        message = "give a finite number, or one with its unit such as '420 t'"
    value = entry.get("input")
    if entry["type"] not in ("missing", "json_invalid") and not isinstance(
        value, dict | list | tuple
    ):
        text = repr(value)
        message += f", got {text if len(text) <= 80 else text[:77] + '...'}"
    return pointer_of(steps), message


def pointer_of(steps: Iterable[object]) -> str:
    """JSON pointer of steps."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def _whole(spool: SpoolDep) -> Sent:
    if "" in spool.files:
        return spool.files[""]
    mend = "send the JSON itself as the body; forms go to /v1/scenarios/import"
    raise BadData(f"the body is a form; {mend}", (Problem("/content-type", mend),))


WholeDep = Annotated[Sent, Depends(_whole)]


def _draft(actor: Planner, sent: WholeDep) -> ScenarioDraft:
    del actor  # a body of who may not write is not read
    return parsed(ScenarioDraft, sent)


def _revision(actor: Planner, sent: WholeDep) -> ScenarioRevisionDraft:
    del actor
    return parsed(ScenarioRevisionDraft, sent)


def _document(sent: WholeDep) -> Scenario:
    return parsed(Scenario, sent)


DraftDep = Annotated[ScenarioDraft, Depends(_draft)]
RevisionDep = Annotated[ScenarioRevisionDraft, Depends(_revision)]
DocumentDep = Annotated[Scenario, Depends(_document)]


def judged(scenario: Scenario) -> FlawsView:
    """Find what is wrong with the meaning of a document; its form has been checked."""
    return told(flaws_of(scenario))


def told(found: Iterable[Flaw]) -> FlawsView:
    """Flaws as they are answered: all counted, the first of them shown."""
    every = list(found)
    shown = [FlawView(pointer=f.pointer, detail=f.detail) for f in every[:MOST_FLAWS]]
    return FlawsView(flaw_count=len(every), flaws=shown)


def described(name: str, example: object = None) -> dict[str, Any]:
    """OpenAPI of a JSON body that is read from a file: `name` is that of its schema."""
    media: dict[str, Any] = {"schema": {"$ref": f"#/components/schemas/{name}"}}
    if example is not None:
        media["example"] = example
    return {"requestBody": {"required": True, "content": {"application/json": media}}}
