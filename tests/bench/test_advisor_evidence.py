"""Reading a capability study of 26 characteristics as evidence, beside decoding it from JSON."""

import copy
import json
import time
from collections.abc import Callable
from statistics import median

import pytest

from ops.advise.read.cases import cases_of
from tests.ops.advise.read.plant import changed, stored

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(300)]


def _seconds(work: Callable[[], object], rounds: int) -> float:
    """Median processor seconds; the first call is not counted."""
    work()
    spent: list[float] = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return median(spent)


def test_reading_costs_a_few_times_what_decoding_does(capsys: pytest.CaptureFixture[str]) -> None:
    run = stored("capability")
    one = run.result["characteristics"][0]
    many = [copy.deepcopy(one) | {"code": f"C-{k}"} for k in range(26)]
    large = changed(run, dict(run.result) | {"characteristics": many})
    text = json.dumps(large.result)
    found = cases_of(large)
    assert [case.number("mean") for case in found] == [one["pool"]["mean"]] * 26
    assert [case.facts["characteristic"] for case in found] == [f"C-{k}" for k in range(26)]
    read = _seconds(lambda: cases_of(large), 30)
    decoded = _seconds(lambda: json.loads(text), 30)
    pieces = sum(len(case.evidence) for case in found)
    with capsys.disabled():
        print(
            f"\n{len(text) // 1000} kB, {pieces} pieces: read {read * 1e3:.1f} ms,"
            f" decoded {decoded * 1e3:.1f} ms, ratio {read / decoded:.1f}"
        )
