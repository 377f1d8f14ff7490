"""The guard releases what a truthful model says of every case, and none of the lies."""

import json
from functools import cache

import pytest

from ops.advise.guard.check import checked
from ops.advise.guard.parse import NotAnAnswer, parsed
from tests.llm.fake_server import Asked
from tests.llm.good_model import good_model
from tests.llm.lying_model import KINDS, Kind, lying_answer
from tests.llm.prompt_read import seen
from tests.ops.advise.asked import Situation, asked_of
from tests.ops.advise.case_samples import ALL, creep, index, step

CASES = (*((one,) for one in ALL if one.evidence), (creep(), step(), index(1.08)))


@cache
def situation(number: int) -> Situation:
    return asked_of(CASES[number])


def request(text: str) -> Asked:
    return Asked("POST", "/v1/chat/completions", {}, {"messages": [{"content": text}]})


@pytest.mark.parametrize("number", range(len(CASES)))
def test_the_truth_is_released(number: int) -> None:
    asked = situation(number)
    done = checked(parsed(good_model(request(asked.text))), asked.context)
    assert done.verdicts == ()
    assert done.released
    assert {one.role for one in done.claims} >= {"cause", "action"} or not done.claims


FELLING = ("cause-not-allowed", "action-in-prose", "refuses", "empty-claims")


@pytest.mark.parametrize("kind", KINDS)
def test_no_lie_is_released(kind: Kind) -> None:
    for number in range(len(CASES)):
        asked = situation(number)
        said = json.dumps(lying_answer(kind, asked.text))
        try:
            done = checked(parsed(said), asked.context)
        except NotAnAnswer:
            assert kind == "extra-keys"
            continue
        assert done.verdicts
        assert not (done.released and kind in FELLING), CASES[number]
        true = checked(parsed(good_model(request(asked.text))), asked.context).claims
        known = {repr(one) for one in (*true, *(own for _, own in asked.context.own))}
        assert {repr(one) for one in done.claims} <= known
        assert len({repr(one) for one in done.claims}) == len(done.claims)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_released_beside_a_lie_is_whole(kind: Kind) -> None:
    for number in range(len(CASES)):
        asked = situation(number)
        try:
            done = checked(parsed(json.dumps(lying_answer(kind, asked.text))), asked.context)
        except NotAnAnswer:
            continue
        gravest = asked.answer.judged[0].case
        told = {one.role for one in done.claims if one.case == gravest}
        wanted = {one.role for one in asked.answer.claims if one.case == gravest}
        assert not done.released or wanted & {"finding", "cause", "action"} <= told


def test_without_evidence_it_refuses() -> None:
    empty = asked_of(())
    assert json.loads(good_model(request(empty.text)))["refusal"] == "no-evidence"


def test_it_reads_what_stands_in_the_prompt() -> None:
    read = seen(situation(0).text)
    (one,) = read.cases
    assert (one.alias, one.title, one.level) == ("C1", "Loop height WB-07", "bad")
    assert one.allowed[0] == ("creep", "recalibrate")
    assert len(one.lines) == len(situation(0).prompt.evidence)
    assert "Recalibrate the bond head" in read.data
