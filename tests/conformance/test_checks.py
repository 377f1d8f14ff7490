"""Each check objects to what it is for, and names the mend."""

from collections.abc import Callable
from dataclasses import replace
from itertools import count

import pytest
from pydantic import Field

from ops.analyses.capability import CAPABILITY
from ops.analyses.capability_params import CapabilityParams
from ops.analyses.capability_result import CapabilityResult
from ops.analyses.conformance import CHECKS, findings, title_of
from ops.analysis import AnalysisParams, AnyAnalysis, Progress
from ops.page import Page, Section, Verdict
from ops.page_chart import Chart, Layer
from ops.page_table import Column, Table
from ops.values import Measurements

_TURN = count()
_GOOD = Page(title="t", verdicts=(Verdict(level="info", sentence="All is 1."),))


class Mute(AnalysisParams):
    wordless: int = 1


class Loose(CapabilityParams, frozen=False, extra="ignore"):
    pass


class MuteResult(CapabilityResult):
    wordless: int = 1


class Stamped(CapabilityResult):
    turn: int = Field(description="Counts.")


def _stamped(data: Measurements, params: CapabilityParams, progress: Progress) -> Stamped:
    found = CAPABILITY.compute(data, params, progress)
    return Stamped(turn=next(_TURN), **dict(found))


def _scribbling(data: Measurements, params: CapabilityParams, progress: Progress) -> object:
    data.series[0].value[0] += 1.0
    return CAPABILITY.compute(data, params, progress)


def _telling(*told: tuple[float, str]) -> Callable[..., object]:
    def compute(data: Measurements, params: CapabilityParams, progress: Progress) -> object:
        for fraction, message in told:
            progress(fraction, message)
        return CAPABILITY.compute(data, params, lambda *_: None)

    return compute


def _page(*blocks: Table | Chart) -> Callable[[object], Page]:
    return lambda _: _GOOD.model_copy(update={"sections": (Section(title="s", blocks=blocks),)})


def _answering(data: Measurements, params: CapabilityParams, progress: Progress) -> object:
    return CAPABILITY.compute(data if data.series else CAPABILITY.example.data(), params, progress)


_RAGGED = Table(title="T", columns=(Column(label="a"),), rows=((1, 2),))
_NAN = Table(title="T", columns=(Column(label="a"),), rows=((float("nan"),),))
_CHART = (
    CAPABILITY.view(
        CAPABILITY.compute(CAPABILITY.example.data(), CAPABILITY.example.params, lambda *_: None)
    )
    .sections[1]
    .blocks[1]
)
_UNEVEN = Layer(mark="line", label="l", x=(1.0, 2.0), y=(1.0,))


def _uneven() -> Chart:
    assert isinstance(_CHART, Chart)
    return _CHART.model_copy(update={"layers": (_UNEVEN,)})


BAD: list[tuple[str, dict[str, object], str]] = [
    ("declaration", {"summary": "no end"}, "not a sentence"),
    ("declaration", {"title": " "}, "title is empty"),
    ("declaration", {"params": dict}, "AnalysisParams"),
    ("described-parameters", {"params": Mute}, "Mute.wordless has no description"),
    ("described-result", {"result": MuteResult}, "MuteResult.wordless has no description"),
    ("model-names", {"name": "twin"}, "also the name of a model of capability"),
    ("strict-parameters", {"params": Loose}, "frozen"),
    ("example-parameters", {"params": Mute}, "CapabilityParams"),
    ("query", {"needs": lambda _: object()}, "two queries"),
    ("query", {"needs": lambda _: 7}, "a int"),
    ("result-type", {"result": Stamped}, "CapabilityResult"),
    ("repeatable-compute", {"compute": _stamped}, "differ"),
    ("compute-leaves-its-data", {"compute": _scribbling}, "changes its data"),
    ("progress", {"compute": _telling((0.5, "a"), (0.4, "b"))}, "goes back"),
    ("progress", {"compute": _telling((1.5, "a"))}, "leaves 0 to 1"),
    ("progress", {"compute": _telling((0.5, ""))}, "without a message"),
    ("json-round-trip", {"view": _page(_NAN)}, "page"),
    ("page", {"view": _page(_RAGGED)}, "rows of [1, 2] cells"),
    ("page", {"view": _page(_NAN)}, "page/sections/0/blocks/0/rows/0/0 holds nan"),
    ("page", {"view": _page(_uneven())}, "sides of [1, 2]"),
    ("page", {"view": lambda _: _GOOD.model_copy(update={"verdicts": ()})}, "no verdict"),
    ("empty-data", {"compute": _answering}, "NotEnoughData"),
    ("process-boundary", {"needs": lambda _: lambda: None}, "pickle"),
]


@pytest.mark.parametrize(("check", "wrong", "words"), BAD, ids=[f"{b[0]}: {b[2]}" for b in BAD])
def test_a_check_objects(check: str, wrong: dict[str, object], words: str) -> None:
    analysis: AnyAnalysis = replace(CAPABILITY, **wrong)
    reasons = {finding.check: finding.reason for finding in findings(analysis)}
    assert words in reasons[check]


def test_every_check_is_shown_to_object() -> None:
    assert {title_of(check) for check in CHECKS} == {name for name, _, _ in BAD}
