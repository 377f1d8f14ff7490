"""Text to value: strict, with a reason."""

import json
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.advise.guard.parse import DEEPEST, LONGEST_ANSWER, NotAnAnswer, parsed
from ops.advise.guard.stream import ClaimStream
from tests.ops.advise.guard.plant import claim
from tests.strategies import few

GOOD = json.dumps(
    {
        "refusal": None,
        "judged": [{"case": "C1", "cause": "creep", "action": "recalibrate"}],
        "claims": [claim('A "slope" of {E1}.').model_dump(), claim("[so] {E2} \\").model_dump()],
    },
    ensure_ascii=False,
)


@pytest.mark.parametrize(
    "text",
    [
        GOOD, f"\ufeff{GOOD}", f"  {GOOD}\n", f"```json\n{GOOD}\n```", f"```\n{GOOD}\n```\n",
        f"<think>maybe {{ 12 }}</think>\n{GOOD}", f"<think>x</think>```json\n{GOOD}\n```",
    ],
)  # fmt: skip
def test_fences_and_reasoning_are_taken_off(text: str) -> None:
    assert [one.case for one in parsed(text).claims] == ["C1", "C1"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no JSON"), ("Sorry!", "no JSON"), (GOOD + "}", "no JSON"),
        (GOOD + " Done.", "no JSON"),
        ("Here: " + GOOD, "no JSON"), (GOOD[:-9], "no JSON"), ("[]", "ModelAnswer"),
        ('{"claims": [], "claims": []}', "twice"), ('{"claims": NaN}', "NaN"),
        ('{"claims": 1}', "bare number"), ('{"claims": 1e9}', "bare number"),
        ('{"claims": [], "extra": []}', "/extra"), ('{"refusal": "because"}', "/refusal"),
        ('{"claims": ' + "[" * 20 + "]" * 20 + "}", f"deeper than {DEEPEST}"),
        ('{"claims": "' + "x" * LONGEST_ANSWER + '"}', "characters"),
        ('{"judged": [{"case": "C1", "cause": "ghosts", "action": "keep"}]}', "/judged/0/cause"),
        ('{"claims": [{"role": "finding", "text": "x", "value": "y"}]}', "/claims/0/value"),
        ('{"claims": [{"role": "finding", "text": "x", "cites": ["E1; x"]}]}', "/claims/0/cites"),
        ('{"claims": [{"role": "refusal", "text": "x"}]}', "/claims/0/role"),
    ],
)  # fmt: skip
def test_what_is_not_of_the_form_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(NotAnAnswer, match=reason):
        parsed(text)


def test_a_case_is_judged_once() -> None:
    one = '{"case": "C1", "cause": "creep", "action": "clean"}'
    with pytest.raises(NotAnAnswer, match="more than once"):
        parsed(f'{{"judged": [{one}, {one}]}}')


@few(50)
@given(st.text(max_size=300))
def test_random_text_is_an_answer_or_refused(text: str) -> None:
    with suppress(NotAnAnswer):
        said = parsed(text)
        assert parsed(said.model_dump_json()) == said


@few(30)
@given(st.lists(st.integers(0, len(GOOD)), max_size=30))
def test_a_stream_gives_each_claim_once_however_it_is_cut(cuts: list[int]) -> None:
    stream, at = ClaimStream(), sorted({0, len(GOOD), *cuts})
    found = [c for a, b in pairwise(at) for c in stream.feed(GOOD[a:b])]
    assert found == parsed(GOOD).claims


def test_a_stream_gives_a_claim_with_its_closing_brace() -> None:
    stream = ClaimStream()
    end = GOOD.index("}, {", GOOD.index('"claims"')) + 1
    assert [len(stream.feed(GOOD[:end])), len(stream.feed(GOOD[end:]))] == [1, 1]


def test_a_stream_refuses_a_claim_that_is_none() -> None:
    with pytest.raises(NotAnAnswer):
        ClaimStream().feed('{"claims": [{"text": 12}]')


@few(50)
@given(st.text(max_size=200))
def test_a_stream_of_random_text_gives_nothing_or_refuses(text: str) -> None:
    with suppress(NotAnAnswer):
        assert ClaimStream().feed(text) == ()
