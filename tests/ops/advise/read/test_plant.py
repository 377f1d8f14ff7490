"""What every reader of a study of the process keeps, on the example of its analysis."""

import copy
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.advise.case import StoredRun
from ops.advise.evidence import Evidence
from ops.advise.read.any_page import page_cases
from ops.advise.read.cases import READERS, cases_of, reads_result
from ops.advise.read.further import FURTHER
from ops.analyses.registry import find
from tests.ops.advise.read.plant import AT, changed, numbers_in, stored
from tests.strategies import few

NAMES = sorted(set(READERS) - set(FURTHER))
WEEK, MILLION = 7.0, 1e6
DERIVED = {  # stated in docs/methods/advisor-evidence.md
    "event-lag", "recovered-share", "off-centre", "programs-off", "hidden-drifts",
}  # fmt: skip
STATED = {0.0, 5.0}  # no bias; least distinct categories


def evidence_of(run: StoredRun) -> list[Evidence]:
    return [one for case in cases_of(run) for one in case.evidence]


@pytest.mark.parametrize("name", sorted(READERS))
def test_a_reader_reads_the_version_that_the_analysis_has(name: str) -> None:
    assert reads_result(name, find(name).version)
    assert not reads_result(name, 99)
    assert not reads_result("never-heard-of", 1)


@pytest.mark.parametrize("name", NAMES)
def test_results_are_read_by_their_reader_in_a_fixed_order(name: str) -> None:
    run = stored(name)
    found = cases_of(run)
    assert found == tuple(READERS[name].read(run)), "the reader of pages had to step in"
    assert found
    assert cases_of(copy.deepcopy(run)) == found


@pytest.mark.parametrize("name", NAMES)
def test_evidence_has_an_id_of_its_own_and_says_where_it_is_from(name: str) -> None:
    run = stored(name)
    found = evidence_of(run)
    assert len({one.id for one in found}) == len(found)
    for case in cases_of(run):
        assert case.id.startswith("57ad12bd")
        assert (case.found, case.run_id, case.link) == (AT, run.id, f"/runs/{run.id}")
        for one in case.evidence:
            assert one.id.startswith(f"{case.id}.{one.quantity}")
            assert (one.case, one.run_id, one.analysis) == (case.id, run.id, name)
            assert (one.window_start, one.window_end, one.at) == (AT - 10, AT - 5, AT)
            assert (one.link, one.topic, one.subject) == (case.link, case.topic, case.subject)
    assert any(one.quantity == "verdict" for one in found)


@pytest.mark.parametrize("name", NAMES)
def test_every_number_is_one_of_the_result_or_a_stated_conversion(name: str) -> None:
    run = stored(name)
    plain = set(numbers_in(run.result)) | set(numbers_in(run.params)) | STATED
    for one in evidence_of(run):
        if one.kind == "text" or one.quantity in DERIVED:
            continue
        factor = WEEK if one.unit.endswith("/week") else 1.0
        if one.quantity == "contact-probability":
            factor = MILLION
        known = {factor * number for number in plain} | plain
        held = {one.number, one.lower, one.upper} - {None}
        assert held <= known, (one.id, held - known)
        reference = one.reference
        assert reference is None or {reference, -reference} & known, one.id


@pytest.mark.parametrize("name", NAMES)
def test_an_interval_has_its_confidence_and_its_number(name: str) -> None:
    for one in evidence_of(stored(name)):
        if one.lower is not None or one.upper is not None:
            assert one.confidence in (0.8, 0.9, 0.95), one.id
        else:
            assert one.confidence is None, one.id
        assert one.number is None or math.isfinite(one.number)


@pytest.mark.parametrize("name", NAMES)
def test_levels_are_those_of_the_page(name: str) -> None:
    run = stored(name)
    said = {verdict["level"] for verdict in run.page["verdicts"]}
    assert {case.level for case in cases_of(run)} <= said | {"info", "warn"}


@pytest.mark.parametrize("name", NAMES)
def test_a_result_without_a_field_is_left_to_its_page(name: str) -> None:
    run = stored(name)
    assert cases_of(changed(run, {})) == page_cases(changed(run, {}))


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Paths of a JSON value, the long lists of numbers left out."""
    found = [path] if path else []
    if isinstance(value, dict):
        for key, one in value.items():
            found += places(one, (*path, key))
    elif isinstance(value, list):
        for key, one in enumerate(value[:2]):
            found += places(one, (*path, key))
    return found


JUNK = st.one_of(
    st.none(), st.booleans(), st.text(max_size=3), st.floats(), st.integers(),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=2), st.none(), max_size=1),
)  # fmt: skip


@few(60)
@given(data=st.data())
def test_what_is_spoilt_never_raises(data: st.DataObject) -> None:
    run = stored(data.draw(st.sampled_from(NAMES)))
    result: Any = copy.deepcopy(run.result)
    path = data.draw(st.sampled_from(places(result)))
    holder = result
    for key in path[:-1]:
        holder = holder[key]
    if isinstance(holder, dict) and data.draw(st.booleans()):
        del holder[path[-1]]
    else:
        holder[path[-1]] = data.draw(JUNK)
    found = cases_of(changed(run, result))
    ids = [one.id for case in found for one in case.evidence]
    assert len(set(ids)) == len(ids)


@few(60)
@given(
    name=st.sampled_from(NAMES),
    result=st.dictionaries(st.text(max_size=9), JUNK, max_size=4),
    page=st.dictionaries(st.sampled_from(["verdicts", "sections", "title"]), JUNK, max_size=3),
)
def test_what_is_no_result_at_all_never_raises(name: str, result: Any, page: Any) -> None:
    assert isinstance(cases_of(changed(stored(name), result, page)), tuple)


def test_a_result_that_names_the_same_thing_twice_is_left_to_its_page() -> None:
    run = stored("capability")
    twice = dict(run.result) | {"characteristics": 2 * run.result["characteristics"]}
    assert cases_of(changed(run, twice)) == page_cases(changed(run, twice))
