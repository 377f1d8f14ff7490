"""What every analysis must keep, as plain functions: each takes a declaration and objects, or not.

`longrun conformance PACKAGE` runs them on an installed package; the test suite runs them on the
house. A check raises `Nonconforming` with the reason and the mend.
"""

import dataclasses
import json
import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Any

from pydantic import BaseModel, ValidationError

from ops.analyses.registry import all_analyses
from ops.analysis import AnalysisParams, AnalysisResult, AnyAnalysis, silent
from ops.errors import NotEnoughData
from ops.page import Page
from ops.page_chart import Chart, Layer
from ops.page_table import Matrix, Table

RESULT_BYTES = 256 * 1024
_LAST: list["_Computed"] = []  # computed last, for the checks that only read it


class Nonconforming(Exception):
    """An analysis does not keep a rule; the message says which and how to mend it."""


Check = Callable[[AnyAnalysis], None]


@dataclass(frozen=True, slots=True)
class Finding:
    """One check of one analysis; `reason` is empty where it is kept."""

    analysis: str
    check: str
    reason: str = ""


def findings(analysis: AnyAnalysis) -> Iterator[Finding]:
    """Run every check on one analysis."""
    for check in CHECKS:
        yield Finding(analysis.name, title_of(check), _reason(check, analysis))


def title_of(check: Check) -> str:
    """Name of a check as a reader sees it: ``json-round-trip``.

    Examples
    --------
    >>> title_of(check_empty_data)
    'empty-data'
    """
    return check.__name__.removeprefix("check_").replace("_", "-")


def check_declaration(analysis: AnyAnalysis) -> None:
    """Title and summary are there; parameters and result have the bases of the house."""
    _require(bool(analysis.title.strip()), "the title is empty")
    summary = analysis.summary.strip()
    _require(summary.endswith("."), f"the summary {summary!r} is not a sentence: end it with '.'")
    _require(issubclass(analysis.params, AnalysisParams), "params must derive from AnalysisParams")
    _require(issubclass(analysis.result, AnalysisResult), "result must derive from AnalysisResult")


def check_described_parameters(analysis: AnyAnalysis) -> None:
    """Every parameter says what it is, in the schema that makes the form and the command."""
    _described(analysis.params, "validation")


def check_described_result(analysis: AnyAnalysis) -> None:
    """Every field of the result says what it is and in which unit."""
    _described(analysis.result, "serialization")


def check_model_names(analysis: AnyAnalysis) -> None:
    """No other analysis names its models so: OpenAPI and the typed client use the bare names."""
    ours = {analysis.params.__name__, analysis.result.__name__}
    for other in all_analyses():
        if other.name != analysis.name:
            shared = ours & {other.params.__name__, other.result.__name__}
            _require(not shared, f"{sorted(shared)} is also the name of a model of {other.name}")


def check_strict_parameters(analysis: AnyAnalysis) -> None:
    """Parameters are frozen, and refuse what they do not know."""
    _require(bool(analysis.params.model_config.get("frozen")), "params must be frozen")
    given = analysis.example.params.model_dump(mode="json") | {"no_such_parameter": 1}
    try:
        analysis.params.model_validate(given)
    except ValidationError:
        return
    raise Nonconforming("params take an unknown field: keep extra='forbid'")


def check_example_parameters(analysis: AnyAnalysis) -> None:
    """Parameters of the example are of the declared type and survive JSON, as a run stores it."""
    params = analysis.example.params
    _require(type(params) is analysis.params, f"the example is a {type(params).__name__}")
    again = analysis.params.model_validate(_json(params.model_dump_json()))
    _require(again == params, "the example's parameters change in a JSON round trip")


def check_query(analysis: AnyAnalysis) -> None:
    """`needs` is pure and answers a query value that the shell can pin to a window."""
    first, second = (analysis.needs(analysis.example.params) for _ in range(2))
    _require(first == second, "needs() answers two queries for the same parameters")
    _require(
        dataclasses.is_dataclass(first) and hasattr(first, "empty"),
        f"needs() answers a {type(first).__name__}: it must be a dataclass with empty()",
    )


def check_result_type(analysis: AnyAnalysis) -> None:
    """Compute the example: the declared type, small enough to be stored as JSON."""
    result = _computed(analysis).result
    _require(type(result) is analysis.result, f"compute() answers a {type(result).__name__}")
    size = len(result.model_dump_json())
    _require(size <= RESULT_BYTES, f"the example's result has {size} bytes, over {RESULT_BYTES}")


def check_repeatable_compute(analysis: AnyAnalysis) -> None:
    """Equal data and parameters give an equal result: no clock, no chance, no order of sets."""
    example = analysis.example
    second = analysis.compute(example.data(), example.params, silent)
    _require(
        _computed(analysis).result.model_dump_json() == second.model_dump_json(),
        "two computations of the example differ: take time and chance as data",
    )


def check_compute_leaves_its_data(analysis: AnyAnalysis) -> None:
    """Nothing that was handed in is changed."""
    _require(_computed(analysis).left_alone, "compute() changes its data or parameters")


def check_progress(analysis: AnyAnalysis) -> None:
    """Progress goes from 0 to 1 and never back, each time with a word."""
    told = _computed(analysis).told
    fractions = [fraction for fraction, _ in told]
    _require(all(0.0 <= f <= 1.0 for f in fractions), f"progress leaves 0 to 1: {fractions}")
    _require(fractions == sorted(fractions), f"progress goes back: {fractions}")
    _require(all(message.strip() for _, message in told), "progress comes without a message")


def check_json_round_trip(analysis: AnyAnalysis) -> None:
    """Nothing is lost in JSON, nothing is NaN; a stored result shows the same page."""
    result = _computed(analysis).result
    page = analysis.view(result)
    stored = analysis.result.model_validate(_json(result.model_dump_json()))
    _require(stored == result, "the result changes in a JSON round trip")
    _require(Page.model_validate(_json(page.model_dump_json())) == page, "the page changes in JSON")
    _require(analysis.view(stored) == page, "a stored result shows another page")


def check_page(analysis: AnyAnalysis) -> None:
    """Look the page over: a verdict, rectangular tables, even layers, finite numbers."""
    page = analysis.view(_computed(analysis).result)
    _require(bool(page.title and page.verdicts), "the page has no title or no verdict")
    for verdict in page.verdicts:
        said = verdict.sentence
        _require(said.endswith("."), f"the verdict {said!r} is not a sentence: end it with '.'")
    for block in (block for section in page.sections for block in section.blocks):
        if isinstance(block, Matrix):
            _require(len(block.rows) == len(block.values), f"matrix {block.title!r} has odd rows")
        if isinstance(block, Table | Matrix):
            table = block.table() if isinstance(block, Matrix) else block
            widths = {len(row) for row in table.rows} | {len(table.columns)}
            _require(len(widths) == 1, f"table {table.title!r} has rows of {sorted(widths)} cells")
        if isinstance(block, Chart):
            for layer in block.layers:
                _even(layer, block.title)
    _finite(page.model_dump(), "page")


def check_empty_data(analysis: AnyAnalysis) -> None:
    """No data is no result: `NotEnoughData`, with the number and the mend."""
    params = analysis.example.params
    try:
        analysis.compute(analysis.needs(params).empty(), params, silent)
    except NotEnoughData as error:
        _require(bool(str(error)), "NotEnoughData comes without a message")
        return
    raise Nonconforming("compute() answers on empty data: raise NotEnoughData")


def check_process_boundary(analysis: AnyAnalysis) -> None:
    """Parameters, query and data cross to a child process; there they give the same result."""
    data, params = analysis.example.data(), analysis.example.params
    sent_data, sent_params, _ = pickle.loads(pickle.dumps((data, params, analysis.needs(params))))
    there = analysis.compute(sent_data, sent_params, silent).model_dump_json()
    here = _computed(analysis).result.model_dump_json()
    _require(there == here, "the result of pickled data differs")


CHECKS: tuple[Check, ...] = (
    check_declaration,
    check_described_parameters,
    check_described_result,
    check_model_names,
    check_strict_parameters,
    check_example_parameters,
    check_query,
    check_result_type,
    check_repeatable_compute,
    check_compute_leaves_its_data,
    check_progress,
    check_json_round_trip,
    check_page,
    check_empty_data,
    check_process_boundary,
)


def _reason(check: Check, analysis: AnyAnalysis) -> str:
    try:
        check(analysis)
    except Nonconforming as objection:
        return str(objection)
    except Exception as error:  # noqa: BLE001  (foreign code: whatever it raises is a finding)
        return f"{type(error).__name__}: {error}"
    return ""


def _require(kept: bool, objection: str) -> None:
    if not kept:
        raise Nonconforming(objection)


@dataclass(frozen=True, slots=True)
class _Computed:
    """One computation of an example: its result, what it told, whether its data stayed alike."""

    analysis: AnyAnalysis
    result: Any
    told: tuple[tuple[float, str], ...]
    left_alone: bool


def _computed(analysis: AnyAnalysis) -> _Computed:
    """Compute the example and watch, or take what was seen for the check before."""
    if not (_LAST and _LAST[0].analysis is analysis):
        _LAST[:] = [_watched(analysis)]
    return _LAST[0]


def _watched(analysis: AnyAnalysis) -> _Computed:
    told: list[tuple[float, str]] = []

    def tell(fraction: float, message: str, /, **more: object) -> None:
        del more
        told.append((fraction, message))

    data, params = analysis.example.data(), analysis.example.params
    before = pickle.dumps((data, params))
    result = analysis.compute(data, params, tell)
    return _Computed(analysis, result, tuple(told), pickle.dumps((data, params)) == before)


def _json(text: str) -> Any:
    def refuse(constant: str) -> None:
        raise Nonconforming(f"the JSON holds {constant}: write null")

    return json.loads(text, parse_constant=refuse)


def _described(model: type[BaseModel], mode: Any) -> None:
    schema = model.model_json_schema(mode=mode)
    for name, part in ((model.__name__, schema), *schema.get("$defs", {}).items()):
        for field, declared in part.get("properties", {}).items():
            _require(
                bool(declared.get("description")) or "$ref" in declared,
                f"{name}.{field} has no description: say what it is and in which unit",
            )


def _even(layer: Layer, chart: str) -> None:
    sizes = {len(axis) for axis in (layer.x, layer.y, layer.y2) if axis}
    _require(len(sizes) <= 1, f"layer {layer.label!r} of {chart!r} has sides of {sorted(sizes)}")


def _finite(value: Any, where: str) -> None:
    if isinstance(value, float):
        _require(isfinite(value), f"{where} holds {value}: write None")
    elif isinstance(value, dict):
        for key, inner in value.items():
            _finite(inner, f"{where}/{key}")
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value):
            _finite(inner, f"{where}/{place}")
