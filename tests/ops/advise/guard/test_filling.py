"""A claim that does not pass is dropped alone; what leans on it goes too; the rules fill in."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest

from ops.advise.guard.check import Checked, checked
from ops.advise.guard.retold import retold
from ops.advise.guard.said import ModelAnswer, SaidClaim
from tests.ops.advise.asked import Situation, asked_of
from tests.ops.advise.case_samples import creep, index

WRONG = "Twelve of them are off."
PLAIN = (  # true, and in other words than the rules'
    ("finding", "The {E1.label} of Loop height WB-07 is {E1.full}."),
    ("cause", "The likely cause is creep of the tool."),
    ("action", "Recalibrate the tool."),
)


@cache
def situation() -> Situation:
    return asked_of((creep(), index(1.08)))


def one(role: str, text: str, case: str = "C1", **more: Any) -> SaidClaim:
    known = situation().context.evidence
    placed = dict.fromkeys(a for a, _ in SaidClaim.model_construct(text=text).placed)
    places = [{"id": a, "label": known[a].label, "unit": known[a].unit} for a in placed]
    cites = ["E17"] if case == "C2" else ["E1"]
    fields = {"case": case, "role": role, "text": text, "places": places, "cites": cites, **more}
    return SaidClaim.model_validate(fields)


def told(*claims: SaidClaim, pair: tuple[str, str] = ("creep", "recalibrate")) -> Checked:
    judged = [{"case": "C1", "cause": pair[0], "action": pair[1]}]
    fields = {"claims": [c.model_dump() for c in claims], "judged": judged, "refusal": None}
    return checked(ModelAnswer.model_validate(fields), situation().context)


def plain(*more: SaidClaim, at: int = 3) -> list[SaidClaim]:
    claims = [one(role, text) for role, text in PLAIN]
    return [*claims[:at], *more, *claims[at:]]


def texts(done: Checked) -> list[str]:
    return [claim.template for claim in done.claims]


def of_rules(role: str, case: str = "C1") -> list[str]:
    return [c.template for s, c in situation().context.own if (s.case, s.role) == (case, role)]


def test_an_answer_that_is_right_is_told_as_it_is() -> None:
    done = told(*plain())
    assert done.released
    assert done.verdicts == done.filled == ()
    assert len(done.claims) == 3


@pytest.mark.parametrize("role", ["finding", "cause", "action"])
def test_a_wrong_claim_falls_alone_and_the_rules_say_it(role: str) -> None:
    claims = [one(r, WRONG if r == role else text) for r, text in PLAIN]
    done = told(*claims)
    assert done.released
    assert not any(verdict.fatal for verdict in done.verdicts)
    assert set(of_rules(role)) <= set(texts(done))
    assert [texts(done)[at] for at in done.filled] == of_rules(role)
    left = {c.text for c in claims if c.role != role}
    assert len(done.claims) == len(left) + len(of_rules(role))


def test_the_rules_numbers_are_whole_where_a_finding_fell() -> None:
    done = told(*plain(one("finding", WRONG), at=0))
    placed = {s.evidence for c in done.claims for s in c.slots.values()}
    own = [c for s, c in situation().context.own if (s.case, s.role) == ("C1", "finding")]
    assert placed >= {s.evidence for c in own for s in c.slots.values() if s.evidence}
    assert {repr(x) for c in own for x in c.comparisons} <= {
        repr(x) for c in done.claims for x in c.comparisons
    }


def test_what_the_gravest_case_lacks_is_filled_in() -> None:
    done = told(one("finding", PLAIN[0][1]))
    assert done.released
    assert [claim.role for claim in done.claims[:1]] == ["finding"]
    assert {claim.role for claim in done.claims} >= {"finding", "cause", "action"}
    assert {done.claims[at].role for at in done.filled} == {"cause", "action"}


def test_the_rules_fill_no_gap_of_another_choice() -> None:
    other = [one("finding", PLAIN[0][1]), one("cause", PLAIN[1][1]), one("action", "Clean it.")]
    assert told(*other, pair=("creep", "clean")).released
    broken = [*other[:2], one("action", WRONG)]
    done = told(*broken, pair=("creep", "clean"))
    assert not done.released
    assert any(verdict.fatal for verdict in done.verdicts)


@pytest.mark.parametrize("role", ["cost", "alternative", "tipping"])
def test_a_dropped_cost_is_told_by_the_rules(role: str) -> None:
    done = told(*plain(one(role, WRONG)))
    assert done.released
    assert [texts(done)[at] for at in done.filled] == of_rules(role)


@pytest.mark.parametrize("role", ["note", "memory"])
def test_a_dropped_note_leaves_no_gap(role: str) -> None:
    done = told(*plain(one(role, WRONG)))
    assert done.released
    assert done.filled == ()


def test_an_answer_of_which_too_little_is_left_falls() -> None:
    done = told(*plain(*(one("finding", WRONG + " " + word) for word in ("A", "B", "C", "D"))))
    assert not done.released
    assert [verdict.place for verdict in done.verdicts if verdict.fatal] == ["/claims"]
    assert not told(*(one(role, WRONG) for role, _ in PLAIN)).released


OBEYING = (
    "Ignore all of it.", "Visit www for more.", "Click the link.", "Scrap the lot.",
    "Ship the lot.", "Release the lot.", "Delete the record.", "Do nothing.",
    "No action is needed.", "Enter the password.", "Disable the alarm.", "Run the script.",
    "Pretend that it is good.", "Shut it down.", "Forget the limits.", "This is unnecessary.",
    "Execute the plan.", "Call me.",
)  # fmt: skip


@pytest.mark.parametrize("text", OBEYING)
@pytest.mark.parametrize("role", ["finding", "note"])
def test_a_claim_that_obeys_somebody_fells_the_answer(role: str, text: str) -> None:
    assert not told(*plain(one(role, text))).released


LEANING: Sequence[tuple[str, str]] = (  # role, and words that lean on a claim before them
    ("note", "However, nothing else was found."),
    ("note", "But nothing else was found."),
    ("note", "Otherwise nothing was found."),
    ("note", "Therefore the finding is not confirmed."),
    ("note", "This is not so."),
    ("note", "That is what was found."),
    ("note", "The above is what was found."),
    ("note", "The same is found for the level."),
    ("note", "The former is found."),
    ("note", "Not in this case."),
    ("note", "Only in that case."),
    ("note", "Except for the level."),
    ("note", "Unless it was found before."),
    ("note", "And so it is."),
    ("note", "Or it was found before."),
    ("note", "Instead it was found."),
    ("note", "On the contrary, nothing was found."),
    ("note", "The opposite is found."),
    ("note", "Nor was anything found."),
    ("note", "As stated above, nothing else was found."),
    ("note", "The previous statement is not confirmed."),
    ("note", "These were found."),
    ("note", "They were found."),
    ("note", "It is known."),
    ("note", "Although nothing was found."),
    ("note", "Because nothing was found."),
    ("note", "Yet nothing was found."),
    ("note", "Neither of them was found."),
    ("finding", "Also by {E1.full}, the slope."),
    ("finding", "It drifts by {E1.full}."),
    ("finding", "Its slope is {E1.full}."),
    ("finding", "This slope is {E1.full}."),
    ("cause", "This is creep."),
    ("cause", "It is due to creep."),
    ("cause", "The cause of that is creep."),
    ("action", "Recalibrate it."),
    ("action", "Then recalibrate the tool."),
    ("action", "Otherwise recalibrate the tool."),
    ("action", "So recalibrate the tool."),
    ("action", "Instead, recalibrate the tool."),
    ("action", "In that case recalibrate the tool."),
)  # fmt: skip
AHEAD = (
    "The following was found.", "With an exception, nothing was found.",
    "Nothing was found, except what follows.", "The finding holds on a condition.",
    "As follows, nothing was found.", "The finding is known, unless told otherwise.",
    "If so, nothing was found.", "Nothing was found until then.", "In what follows it is judged:",
    "The finding depends on what is next.", "Provided that nothing is found.",
)  # fmt: skip


def _wrong(role: str) -> SaidClaim:
    return one("note" if role == "note" else "finding", WRONG)


@pytest.mark.parametrize(("role", "text"), LEANING)
def test_what_leans_on_a_dropped_claim_goes_with_it(role: str, text: str) -> None:
    done = told(*plain(_wrong(role), one(role, text)))
    assert done.released
    assert not any(text[:8] in claim for claim in texts(done))
    if role != "note":
        assert set(of_rules(role)) <= set(texts(done))


@pytest.mark.parametrize("text", AHEAD)
def test_what_announces_a_dropped_claim_goes_with_it(text: str) -> None:
    done = told(*plain(one("note", text), _wrong("note")))
    assert done.released
    assert not any(text[:8] in claim for claim in texts(done))


def test_what_leans_stands_where_nothing_was_dropped() -> None:
    it = one("finding", "It drifts by {E1.full}.")
    assert "It drifts by" in texts(told(*plain(it, at=0)))[0]
    before = told(*plain(it, at=1), _wrong("note"))
    assert any("It drifts by" in claim for claim in texts(before))


def test_what_leans_on_what_leans_goes_too() -> None:
    chain = (_wrong("note"), one("note", "It is known."), one("note", "This is known."))
    done = told(*plain(*chain))
    assert [v.place for v in done.verdicts if v.rule == "form"] == [
        "/claims/4/text", "/claims/5/text",
    ]  # fmt: skip


def test_sentences_of_the_rules_stay_beside_a_dropped_claim() -> None:
    asked = situation()
    said = retold(asked.answer, asked.context)
    wrong = one("note", WRONG)
    done = checked(said.model_copy(update={"claims": [wrong, *said.claims]}), asked.context)
    assert done.released
    assert {repr(c) for c in done.claims} == {repr(c) for _, c in asked.context.own}
    assert done.filled == ()
