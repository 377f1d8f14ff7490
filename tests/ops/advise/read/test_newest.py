"""Of the same thing the newest case counts; a quiet tool is an answer; sites are told apart."""

from dataclasses import replace

from ops.advise.question import Intent, Named, Question
from ops.advise.read.newest import newest, with_sites
from ops.advise.read.quiet import quiet_cases
from ops.advise.rendering import sentence
from ops.advise.rules.advise import advise
from ops.advise.understand.picked import picked
from ops.page import Subject
from tests.ops.advise.case_samples import NOW, case, creep, number, plan

SCREEN = case(
    "drift", number("found", 5, decimals=0), number("tested", 46, decimals=0),
    number("expected-false", 0.1), id="3381e79b", title="Drift of all tools", characteristic="",
    analysis="drift-screen", scope="fleet",
)  # fmt: skip
WB07 = Named(kind="tool", code="WB-07", site="PG")
ASKED = Intent(topics=("drift",), named=(WB07,))


def test_a_later_run_of_the_same_thing_replaces_the_earlier_one() -> None:
    night = creep()
    by_hand = replace(night, id="0badcafe/one", found=night.found + 1)
    other = replace(night, id="0badcafe/two")
    assert newest((night, by_hand, other)) == (by_hand, other)


def test_plans_and_what_no_analysis_found_stay_side_by_side() -> None:
    one = replace(plan(), analysis="network-plan")
    changed = replace(one, id="deadbeef/plan", found=one.found + 1)
    assert newest((one, changed)) == (one, changed)


def test_the_same_title_at_two_sites_is_told_apart() -> None:
    here = creep()
    there = replace(here, id="0badcafe/one", subject=Subject(site="DR"))
    titles = [one.title for one in with_sites((here, there))]
    assert titles == ["Loop height WB-07 at PG", "Loop height WB-07 at DR"]
    assert with_sites((here, here)) == (here, here)


def test_a_tool_that_the_screen_lists_nothing_of_is_told_to_be_quiet() -> None:
    quiet = quiet_cases(ASKED, (SCREEN,))
    assert [one.title for one in quiet] == ["WB-07"]
    answer = advise(Question(text="Why does WB-07 drift?"), ASKED, quiet, (), now_us=NOW)
    first = sentence(answer.claims[0], {one.id: one for one in answer.evidence})
    assert first.startswith("WB-07 does not drift as far as is known: 5 of 46 pairs")
    assert (answer.cause, answer.action) == ("none", "keep")


def test_a_gauge_that_is_asked_about_is_told_to_be_quiet_as_a_tool_is() -> None:
    asked = Intent(topics=("gauge",), named=(WB07,))
    quiet = quiet_cases(asked, (SCREEN,))
    assert [one.title for one in quiet] == ["WB-07"]
    assert picked(asked, (SCREEN, *quiet)) == quiet


def test_quiet_is_never_said_against_a_finding_nor_for_another_site() -> None:
    assert quiet_cases(ASKED, (SCREEN, creep())) == ()
    elsewhere = WB07.model_copy(update={"site": "DR"})
    assert quiet_cases(Intent(topics=("drift",), named=(elsewhere,)), (SCREEN,)) == ()
    assert quiet_cases(Intent(topics=("capability",), named=(WB07,)), (SCREEN,)) == ()
