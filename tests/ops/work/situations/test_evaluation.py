"""The evaluation of the advisor: bars are cleared, and what would miss them is seen."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from ops.advise.provider.capabilities import Capabilities
from ops.advise.provider.chat import Budget
from ops.advise.provider.decoding import controls_of
from ops.advise.provider.server import Server
from ops.advise.truth import KINDS
from ops.simulate.chance import stream
from ops.work.advise.language_model import LanguageModel
from ops.work.situations.all import situations
from ops.work.situations.answer import draft_of
from ops.work.situations.bars import bars, share, table
from ops.work.situations.drift_costs import drawn_policy
from ops.work.situations.drift_truth import PlantedLine, accepted_actions
from ops.work.situations.evaluation import Evaluation, Reached, evaluated
from ops.work.situations.network_truth import PlantedNetwork, best_plan
from tests.llm.fake_server import Asked, FakeServer
from tests.ops.work.situations import scripted

CHEAP = ("capability", "network", "nothing")
UNSEEN = (101, 102)  # never looked at while rules were written


@contextmanager
def _reached(answer: Callable[[Asked], str]) -> Generator[Reached]:
    with FakeServer(answer=answer) as server:
        controls = controls_of(
            temperature=0.0, seed=0, max_tokens=1024, stop=(), effort="", bias=""
        )
        model = LanguageModel(Server(server.url, "tiny"), controls, Budget())
        able = Capabilities(
            server=server.url, model="tiny", context_length=32_768, json_schema=True, stream=True
        )
        yield Reached(model, able)


def _misses(found: Evaluation) -> list[str]:
    return [f"{bar.title}: {bar.found}" for bar in bars(found) if not bar.clears]


def test_a_short_evaluation_of_every_kind_clears_every_bar() -> None:
    found = evaluated(situations(1, count=1))
    assert not _misses(found)
    assert {one.kind for one in found.rules} == set(KINDS)
    assert len(table(found.rules)) == len(KINDS) + 1
    assert len(found.prompts) == len(set(found.prompts)) == 6


@pytest.mark.long
@pytest.mark.parametrize("seed", UNSEEN)
def test_all_situations_of_seeds_never_seen_clear_every_bar(seed: int) -> None:
    found = evaluated(situations(seed))
    assert len(found.rules) == 200
    assert not _misses(found)


def test_a_model_that_answers_well_words_the_answers() -> None:
    with _reached(scripted.answers_well) as reached:
        found = evaluated(situations(1, CHEAP, 3), reached)
    assert not _misses(found)
    assert found.fallbacks.get("model", 0) >= 5


def test_nothing_that_a_lying_model_says_is_released() -> None:
    with _reached(scripted.lies) as reached:
        found = evaluated(situations(1, (*CHEAP, "injected"), 1), reached)
    assert not _misses(found)
    assert set(found.fallbacks) == {"guard", "rules"}
    assert [replace(one) for one in found.model] == list(found.rules)


@pytest.mark.long
@pytest.mark.parametrize("answer", [scripted.answers_well, scripted.lies])
def test_all_situations_clear_every_bar_with_a_model(answer: Callable[[Asked], str]) -> None:
    with _reached(answer) as reached:
        assert not _misses(evaluated(situations(UNSEEN[0]), reached))


def test_bars_are_missed_by_answers_that_are_wrong() -> None:
    good = evaluated(situations(1, ("network", "injected"), 1)).rules
    bad = tuple(
        replace(one, cause=False, refusal=False, unsupported=("7",), injected=("other numbers",))
        for one in good
    )
    missed = " ".join(_misses(Evaluation(rules=bad, unsteady=("x",), missing=("x: question",))))
    for said in ("without evidence", "injections", "in spite of it", "cause", "same", "hold all"):
        assert said in missed
    assert str(share(bad, "cause")) == "0/2 (0-66 %)"


def test_equal_seeds_make_equal_situations_and_answers() -> None:
    one, other = (tuple(situations(5, CHEAP, 2)) for _ in range(2))
    assert one == other
    assert draft_of(one[0]).answer == draft_of(other[0]).answer


def test_the_best_plan_found_by_trying_is_that_of_a_linear_program() -> None:
    from scipy.optimize import linprog  # noqa: PLC0415  (slow to load)

    rng = stream(3, "plans")
    for _ in range(30):
        net = PlantedNetwork(
            capacity=(float(rng.integers(20, 150)), float(rng.integers(20, 150))),
            making=(200.0, 240.0),
            demand=(float(rng.integers(40, 100)), float(rng.integers(40, 100))),
            freight=((float(rng.integers(1, 60)), float(rng.integers(1, 60))),
                     (float(rng.integers(1, 60)), float(rng.integers(1, 60)))),
            lost=900.0,
        )  # fmt: skip
        prices = [net.making[p] + net.freight[p][c] - 900.0 for p in (0, 1) for c in (0, 1)]
        rows = [[1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 1, 0], [0, 1, 0, 1]]
        best = linprog(prices, A_ub=rows, b_ub=[*net.capacity, *net.demand])
        found = best_plan(net)
        assert found is not None
        assert best.fun is not None
        assert found.cost == pytest.approx(best.fun + 900.0 * sum(net.demand))


def test_a_line_that_never_meets_a_limit_is_left_as_it_is() -> None:
    policy = drawn_policy(stream(1, "policy"))
    still = PlantedLine(home=150.0, offset=0.0, pace=0.0, sigma=1.0, limits=(139.0, 161.0))
    assert accepted_actions(still, policy) == ("keep",)
    gone = replace(still, offset=9.0, pace=0.3)
    assert "keep" not in accepted_actions(gone, policy)
