"""Cases: what a tolerance allows, what fails, what is no number."""

from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.validation.case import EXACT, Case, Outcome, Tolerance, judge, printed, significant
from ops.validation.run import run
from ops.validation.topics import TOPICS


def case_of(*expected: float, tolerance: Tolerance = EXACT, **changes: object) -> Case:
    made = Case("file/entry", "Title", "Source", expected, tolerance, lambda: expected)
    return made if not changes else Case(**{f: getattr(made, f) for f in made.__slots__} | changes)


@pytest.mark.parametrize(
    ("tolerance", "expected", "allowed", "words"),
    [
        (EXACT, 8.0, 0.0, "exact"),
        (printed(2), 12.37, 0.005, "±0.005"),
        (significant(3), 88.8, 0.05, "3 digits"),
        (significant(3), -500.0, 0.5, "3 digits"),
        (Tolerance("", 0.1, 0.01), 100.0, 1.0, "±0.1 or ±0.01 relative"),
        (Tolerance("", 0.1, 0.01), 0.0, 0.1, "±0.1 or ±0.01 relative"),
    ],
)
def test_a_tolerance_allows_its_widest_part(
    tolerance: Tolerance, expected: float, allowed: float, words: str
) -> None:
    assert tolerance.allowed(expected) == pytest.approx(allowed)
    assert str(tolerance) == words


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_a_wrong_expectation_fails_and_is_named(topic: str) -> None:
    cases = list(topic.cases())
    case = min(cases, key=lambda c: len(c.expected))
    at = len(case.expected) - 1
    off = 3 * case.tolerance.allowed(case.expected[at]) + 1e-9 * abs(case.expected[at]) + 1e-6
    wrong = Case(
        case.id, case.title, case.source, (*case.expected[:at], case.expected[at] + off),
        case.tolerance, case.obtain,
    )  # fmt: skip
    (outcome,) = run([wrong])
    assert not outcome.passed
    assert outcome.worst == at
    assert outcome.error is None


def test_the_worst_number_is_that_which_uses_up_most_of_its_tolerance() -> None:
    found = judge(case_of(1000.0, 1.0, tolerance=Tolerance("", relative=0.01)), [1005.0, 1.009])
    assert found.passed
    assert found.worst == 1
    assert found.deviation == pytest.approx(0.009)
    assert found.allowed == pytest.approx(0.01)


def test_an_exception_is_an_outcome_that_failed_and_the_others_go_on() -> None:
    def broken() -> list[float]:
        raise ZeroDivisionError("by nothing")

    first, second = run([case_of(1.0, obtain=broken), case_of(2.0)])
    assert not first.passed
    assert first.error == "ZeroDivisionError: by nothing"
    assert second.passed


@pytest.mark.parametrize("bad", [nan, inf, -inf])
def test_what_is_no_number_fails_and_is_null_in_json(bad: float) -> None:
    found = judge(case_of(1.0, 2.0, tolerance=printed(0)), [1.0, bad])
    assert not found.passed
    assert (found.obtained, found.worst, found.deviation) == ((1.0, None), 1, None)
    assert Outcome.model_validate_json(found.model_dump_json()) == found


@pytest.mark.parametrize("came", [(), (1.0,), (1.0, 2.0, 3.0)])
def test_too_few_and_too_many_numbers_fail(came: tuple[float, ...]) -> None:
    found = judge(case_of(1.0, 2.0), came)
    assert not found.passed
    assert found.error == f"2 numbers are published, {len(came)} came"


def test_long_cases_run_only_when_asked_for() -> None:
    heard: list[float] = []
    cases = [case_of(1.0), case_of(2.0, long=True)]
    assert len(run(cases, heard=lambda share, what: heard.append(share))) == 1
    assert (heard[0], heard[-1]) == (0.0, 1.0)
    assert len(run(cases, long=True)) == 2


@given(
    expected=st.floats(-1e6, 1e6), digits=st.integers(1, 9), share=st.floats(0, 0.99)
)  # fmt: skip
def test_a_number_rounds_to_the_printed_one_exactly_within_its_tolerance(
    expected: float, digits: int, share: float
) -> None:
    shown = float(f"{expected:.{digits}g}")
    if abs(shown) < 1e-6:  # denormal numbers have no digits
        return
    assert judge(case_of(shown, tolerance=significant(digits)), [expected]).passed
    allowed = significant(digits).allowed(shown)
    assert judge(case_of(shown, tolerance=significant(digits)), [shown + share * allowed]).passed
    assert not judge(case_of(shown, tolerance=significant(digits)), [shown + 1.01 * allowed]).passed
