"""Runs of the examples of analyses, and the numbers that JSON holds."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from ops.advise.case import StoredRun
from ops.analyses.registry import find

AT = 1_790_000_000_000_000


def quiet(*_: object, **__: object) -> None:
    """Progress that nobody looks at."""


@cache
def stored(name: str) -> StoredRun:
    """Run of the example of an analysis, through JSON."""
    analysis = find(name)
    params = analysis.example.params
    found = analysis.compute(analysis.example.data(), params, quiet)
    return StoredRun(
        "57ad12bd-3a13-4f1c-9a77-000000000001", name, analysis.version,
        json.loads(params.model_dump_json()), json.loads(found.model_dump_json()),
        json.loads(analysis.view(found).model_dump_json()), at=AT, site="PG1",
        window_start=AT - 10, window_end=AT - 5,
    )  # fmt: skip


def changed(run: StoredRun, result: Any, page: Any = None) -> StoredRun:
    """The run with another result."""
    return StoredRun(
        run.id, run.analysis, run.version, run.params, result,
        run.page if page is None else page, run.at, run.site,
    )  # fmt: skip


def numbers_in(value: Any) -> Iterator[float]:
    """Every number of a JSON value."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from numbers_in(one)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield float(value)
