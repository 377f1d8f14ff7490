"""Action ranking: what stands first and why, what is safe stays, where nothing was learned."""

from dataclasses import replace
from functools import cache

import pytest

from ops.action_query import ActionCase, ActionData
from ops.analyses.action_ranking import ActionRankingParams, compute, needs
from ops.analyses.action_ranking_page import view
from ops.analyses.action_ranking_result import ActionRankingResult
from ops.analyses.action_ranking_sample import sample_actions
from ops.analysis import silent
from ops.errors import NotEnoughData

DATA = sample_actions()


def ranked(data: ActionData = DATA, **params: object) -> ActionRankingResult:
    chosen = ActionRankingParams.model_validate({"method": "co-occurrence", **params})
    return compute(data, chosen, silent)


@cache
def plainly() -> ActionRankingResult:
    """The example ranked by co-occurrence: tests look at it, none changes it."""
    return ranked()


def asked_as(**context: str) -> ActionData:
    assert DATA.finding is not None
    return replace(DATA, finding=replace(DATA.finding, context=context))


def test_the_query_names_the_alert() -> None:
    query = needs(ActionRankingParams(alert=7, site="PG1"))
    assert (query.alert, query.site) == (7, "PG1")


def test_an_item_carries_its_chance_its_reasons_and_its_cases() -> None:
    result = plainly()
    first = result.ranked[0]
    assert first.score == 1.0
    assert first.helps_lower < first.helps < first.helps_upper
    assert {reason.feature for reason in first.reasons} <= set(result.context)
    by_id = {case.finding: case for case in DATA.cases}
    for item in result.ranked:
        for case in item.cases:
            assert item.name in (*by_id[case].actions, *by_id[case].parts)
    assert [item.kind for item in result.ranked if " kit " in item.name] == ["part"] * sum(
        " kit " in item.name for item in result.ranked
    )


def test_a_rare_item_that_fits_has_its_place_and_its_mark() -> None:
    result = plainly()
    assert any(item.rare for item in result.ranked[: result.k])
    page = view(result).model_dump_json()
    assert "fits this one" in page
    plain = ranked(diversity="none")
    assert [item.score_place for item in plain.ranked] == list(range(1, len(plain.ranked) + 1))


def test_what_is_relevant_to_safety_is_never_moved_down() -> None:
    for how in ("mmr", "xquad"):
        result = ranked(lambda_=0.0, diversity=how, safety=("clean clamp", "replace spark"))
        safe = [(i, item) for i, item in enumerate(result.ranked, 1) if item.protected]
        assert len(safe) >= 2
        assert all(place <= item.score_place for place, item in safe)


def test_where_too_few_cases_are_known_the_reaction_plan_is_shown() -> None:
    result = ranked(asked_as(mechanism="never seen"))
    assert (result.source, result.of_kind, result.ranked) == ("reaction-plan", 0, ())
    page = view(result)
    assert "only 0 past cases of the kind mechanism never seen" in page.verdicts[0].sentence
    assert page.sections[0].title == "Reaction plan"
    nothing = ranked(asked_as())
    assert "no mechanism and no characteristic" in view(nothing).verdicts[0].sentence


def test_without_a_plan_other_kinds_are_ranked_and_the_page_says_so() -> None:
    result = ranked(replace(asked_as(mechanism="never seen"), reaction_plan=()))
    assert result.source == "cases"
    said = [verdict.sentence for verdict in view(result).verdicts]
    assert any("rests on cases of other kinds" in sentence for sentence in said)


def test_a_plan_alone_is_an_answer_and_nothing_at_all_is_none() -> None:
    alone = ranked(replace(DATA, cases=()))
    assert (alone.source, alone.plan) == ("reaction-plan", DATA.reaction_plan)
    assert view(alone).verdicts
    with pytest.raises(NotEnoughData, match="0 past findings"):
        ranked(ActionData())
    undone = tuple(replace(case, actions=(), parts=()) for case in DATA.cases)
    with pytest.raises(NotEnoughData, match="of 159 past findings none"):
        ranked(ActionData(cases=undone))


def test_without_an_alert_the_past_is_reported() -> None:
    result = ranked(replace(DATA, finding=None))
    assert (result.source, result.ranked, result.like) == ("none", (), ())
    assert {m.order for m in result.measures} == {"popularity", "scores", "mmr", "xquad"}
    assert [section.title for section in view(result).sections] == ["The past"]


def test_few_cases_are_ranked_but_not_tried() -> None:
    result = ranked(replace(DATA, cases=DATA.cases[:12]), fewest=1)
    assert (result.measures, result.trials) == ((), ())
    assert view(result).verdicts


def test_the_model_is_chosen_by_later_cases() -> None:
    result = ranked(method="auto")
    losses = [t.log_loss for t in result.trials if t.log_loss is not None]
    assert losses == sorted(losses)
    assert result.method == result.trials[0].method
    assert {t.method for t in result.trials} == {"co-occurrence", "logistic"}


def test_levels_in_any_script_and_one_case_only() -> None:
    at = DATA.cases[0].opened_at
    case = ActionCase("1", at, at, {"mechanism": "Verschleiß 磨耗"}, parts=("Kapillare",))
    asked = ActionCase("2", at, None, {"mechanism": "Verschleiß 磨耗"})
    result = ranked(ActionData(cases=(case,), finding=asked), fewest=1)
    assert [(i.name, i.kind, i.uses) for i in result.ranked] == [("Kapillare", "part", 1)]
    assert view(result).verdicts
