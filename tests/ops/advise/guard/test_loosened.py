"""Slips of form are mended, and free words that are true pass; what is near to them does not."""

from functools import cache

import pytest

from ops.advise.guard.check import check_claim
from ops.advise.guard.repair import mended
from ops.advise.guard.retold import retold
from ops.advise.guard.said import SaidClaim
from tests.ops.advise.asked import Situation, asked_of
from tests.ops.advise.case_samples import creep, index
from tests.ops.advise.guard.loosened import LOOSENED, False_
from tests.ops.advise.guard.paraphrases import PARAPHRASES, Paraphrase
from tests.ops.advise.guard.worded_plant import CHOSEN, alias, context, worded


def passes(row: Paraphrase | False_) -> bool:
    case, role, (text, *compared) = row
    said = worded(case, role, text, *compared)
    return check_claim(said, context(), chosen=(CHOSEN[case],))[0] is not None


@pytest.mark.parametrize("row", LOOSENED)
def test_what_is_false_is_refused(row: False_) -> None:
    assert not passes(row)


def test_there_are_enough_of_both() -> None:
    assert len(LOOSENED) >= 100
    assert len(PARAPHRASES) >= 150


def test_most_of_what_is_worded_freely_and_true_passes() -> None:
    assert sum(passes(row) for row in PARAPHRASES) >= 0.85 * len(PARAPHRASES)


MENDED = (
    ("The slope is {slope.full} um/week.", "The slope is {slope.full}."),
    ("The slope is {slope} µm per week (E1, E2).", "The slope is {slope}."),
    ("The slope is approximately {slope}.", "The slope is {slope}."),
    ("It is reached in {crossing-days} days.", "It is reached in {crossing-days}."),
    ("Acting costs {cost-acting} EUR.", "Acting costs {cost-acting}."),
    ("The chance is {crossing-probability} %.", "The chance is {crossing-probability}."),
    ("The 95 % confidence interval is {slope.interval}.",
     "The confidence interval is {slope.interval}."),
)  # fmt: skip


@pytest.mark.parametrize(("said", "meant"), MENDED)
def test_slips_of_form_are_taken_out(said: str, meant: str) -> None:
    one = mended(worded("drift", "finding", said), context())
    assert one.text == worded("drift", "finding", meant).text


def test_an_id_in_the_words_is_a_citation() -> None:
    said = worded("drift", "finding", "Loop height WB-06 drifts by {slope} (E3).", "slope rises")
    one = mended(said, context())
    assert one.cites == [alias("drift", "slope"), "E3"]
    assert mended(one, context()) is one


@cache
def situation() -> Situation:
    return asked_of((creep(), index(1.08)))


def own(role: str, case: str = "C1") -> list[SaidClaim]:
    said = retold(situation().answer, situation().context).claims
    return [one for one in said if (one.role, one.case) == (role, case)]


def released(one: SaidClaim, **update: object) -> bool:
    said = one.model_copy(update=update)
    return check_claim(said, situation().context, chosen=(("creep", "recalibrate"),))[0] is not None


def test_sentences_of_the_rules_may_be_joined_and_end_early() -> None:
    first, second = own("finding")
    both = {
        "text": f"{first.text} {second.text}", "places": [*first.places, *second.places],
        "cites": [*first.cites, *second.cites],
    }  # fmt: skip
    assert released(first, **both)
    (cause,) = own("cause")
    assert released(cause, text=cause.text.split(". ")[0] + ".", places=[])
    assert released(first, text=f"  {first.text.rstrip('.')}")


def test_pieces_that_are_not_the_rules_own_are_no_sentence_of_theirs() -> None:
    first, second = own("finding")
    (cause,), (cost,) = own("cause"), own("cost")
    places = [*first.places, *second.places]
    for one, text in (
        (first, f"{second.text} Not so: {first.text}"),
        (first, f"{first.text} Not: {second.text}"),
        (first, f"{first.text} However, {second.text}"),
        (first, f"{first.text} {cost.text}"),
        (cause, cause.text.split(". ", 1)[1]),
        (cause, cause.text.split(",")[0] + ", and it stays so."),
        (cause, "Not the likely cause: creep."),
        (cost, cost.text.replace(";", ". Not so:")),
        (cost, cost.text.split(";")[0].replace("costs", "saves") + "."),
    ):
        assert not released(one, text=text, places=places + list(cost.places)), text
