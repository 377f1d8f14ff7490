"""Shares that are computed, not asked for, are shown with as many digits as are read."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from api.tables import lines_of
from ops.analyses.registry import find
from ops.analysis import silent

Changed = Callable[[Any], dict[str, object]]


def _nothing(result: Any) -> dict[str, object]:
    return {}


def _level(result: Any) -> dict[str, object]:
    return {"level": 0.05 / 30}


def _measured(result: Any) -> dict[str, object]:
    return {"measured": 2 / 3}


def _gap(result: Any) -> dict[str, object]:
    return {"curve": tuple(p.model_copy(update={"gap": 1 / 30}) for p in result.curve)}


def _percentages(name: str, changed: Changed) -> Iterator[str]:
    analysis = find(name)
    result = analysis.compute(analysis.example.data(), analysis.example.params, silent)
    page = analysis.view(result.model_copy(update=changed(result)))
    for line in lines_of(page):
        yield from re.findall(r"[-+.e\d]+ %", line)


@pytest.mark.parametrize(
    ("name", "changed", "shown"),
    [
        ("accelerated-life", _nothing, "1.3 %"),
        ("classifier-monitor", _level, "0.17 %"),
        ("greenfield", _gap, "3.33 %"),
        ("route-plan", _measured, "66.7 %"),
    ],
)
def test_a_computed_share_has_few_digits(name: str, changed: Changed, shown: str) -> None:
    found = set(_percentages(name, changed))
    assert shown in found
    assert not [one for one in found if re.search(r"\.\d{3}", one)]
