"""How often the guard refuses a truth, and how often it releases one that was changed."""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.advise.case import Case
from ops.advise.guard.check import check_claim
from ops.advise.guard.context import GuardContext, guard_context
from ops.advise.read.cases import READERS, cases_of
from ops.advise.rules.allowed import allowed
from tests.ops.advise.case_samples import ALL, NOW
from tests.ops.advise.guard.true_sentences import MUTATIONS, true_claims
from tests.ops.advise.read.plant import stored
from tests.strategies import few

SETS = tuple((one,) for one in ALL if one.evidence)
EVER = (
    "number", "unit", "label", "action", "cause", "citation", "name", "flipped", "unbacked",
    "denied", "judged",
)  # fmt: skip


def seen(cases: Sequence[Case]) -> GuardContext:
    """What the guard knows of cases, without any answer of the rules."""
    pairs = {one.id: allowed(one, cases) for one in cases}
    return guard_context(cases, pairs, names=[one.title for one in cases], now_us=NOW)


def rates(contexts: Sequence[GuardContext], seed: int) -> tuple[float, float, int, int]:
    """Share of truths that are refused, of changed ones that are released; how many of each."""
    chance = Random(seed)
    truths = refused = changed = holes = 0
    for context in contexts:
        for one in true_claims(context, chance):
            chosen = context.allowed[one.case][:1]
            truths += 1
            refused += check_claim(one, context, chosen=chosen)[0] is None
            for mutate in MUTATIONS.values():
                other = mutate(one, context, chance)
                if other is not None:
                    changed += 1
                    holes += check_claim(other, context, chosen=chosen)[0] is not None
    return refused / truths, holes / changed, truths, changed


@few(3)
@given(st.integers(0, 10**6))
def test_few_truths_are_refused_and_hardly_a_changed_one_is_released(seed: int) -> None:
    contexts = [seen(one) for one in SETS[seed % 4 :: 4]]
    alarm, hole, truths, changed = rates(contexts, seed)
    assert truths >= 12
    assert changed >= 90
    assert alarm <= 0.15  # labels of the samples are slugs, of which some say a day
    assert hole <= 0.012  # what is above its requirement may be called capable


@few(40)
@given(number=st.integers(0, len(SETS) - 1), seed=st.integers(0, 10**6), way=st.sampled_from(EVER))
def test_these_changes_are_never_released(number: int, seed: int, way: str) -> None:
    context, chance = seen(SETS[number]), Random(seed)
    for one in true_claims(context, chance):
        other = MUTATIONS[way](one, context, chance)
        backed = way == "judged" and one.comparisons  # what is compared may be judged
        if other is not None and not backed:
            assert check_claim(other, context, chosen=context.allowed[one.case][:1])[0] is None


@pytest.mark.long
def test_the_rates_of_all_analyses() -> None:
    known = [cases for name in sorted(READERS) if (cases := cases_of(stored(name)))]
    alarm, hole, truths, _ = rates([seen(one) for one in known], 7)
    assert truths > 900
    assert alarm <= 0.015
    assert hole <= 0.0005
