"""What is asked for is the first sentence: the number, the cost, the action; alerts as a list."""

from dataclasses import replace

from ops.advise.question import Asks, Intent, Named, Question
from ops.advise.rendering import sentence
from ops.advise.rules.advise import advise
from tests.ops.advise.case_samples import NOW, alert, case, creep, index, life, number, text

WB07 = Named(kind="tool", code="WB-07")


def _first(intent: Intent, *cases: object) -> str:
    answer = advise(Question(text="x"), intent, cases, (), now_us=NOW)  # type: ignore[arg-type]
    return sentence(answer.claims[0], {one.id: one for one in answer.evidence})


def _asked(asks: Asks, *quantities: str) -> Intent:
    return Intent(topics=(), asks=(asks,), named=(WB07,), quantities=quantities)


def test_cost_and_action_come_first_where_they_are_asked_for() -> None:
    assert _first(_asked("cost"), creep()).startswith("Each week of waiting costs 4700 EUR")
    assert _first(_asked("action"), creep()).startswith("Recommended: Recalibrate the bond head")
    assert _first(_asked("status"), creep()).startswith("Loop height WB-07 drifts upwards")


def test_a_number_that_is_asked_for_comes_first_and_is_added_where_no_sentence_holds_it() -> None:
    assert "Cpk is 1.00" in _first(_asked("status", "cpk"), index(1.0))
    energy = number("activation-energy", 0.9, 0.8, 1.0, unit="eV", label="activation energy")
    told = replace(life(number("b10", 500, 400, 600), energy), title="ball-lift")
    assert _first(_asked("status", "activation-energy"), told) == (
        "ball-lift: activation energy is 0.9 eV (95 % 0.8 to 1.0)."
    )


def test_alerts_are_told_as_a_list_without_their_stories() -> None:
    intent = Intent(topics=("alert",), asks=("status",))
    answer = advise(Question(text="x"), intent, (alert(),), (), now_us=NOW)
    assert [claim.role for claim in answer.claims] == ["note"]


def test_braces_and_markup_in_names_and_texts_of_people_stay_what_they_are() -> None:
    evil = "{0.__class__} {x!r} {{ 7*7 }} <script>%s"
    told = replace(creep(), title=evil)
    assert _first(_asked("status"), told).startswith(f"{evil} drifts upwards by 0.21 µm/week")
    noted = case("alert", text("title", evil), id="alert/8", title="Alert 8", state="open")
    assert "Alert 8" in _first(Intent(topics=("alert",), asks=("status",)), noted)


def test_an_index_is_told_in_the_place_of_the_other_and_a_number_of_the_thing_named_first() -> None:
    stable = case("capability", number("cpk", 1.61, 1.5, 1.7, label="Cpk"), title="Ball shear")
    assert _first(_asked("status", "ppk"), stable).startswith("Ball shear: Cpk is 1.61")
    compared = case(
        "gauge", number("gauge-bias", -2.3, -2.8, -1.8, label="bias of gauge OPT-2"),
        number("gauge-bias", 1.4, 1.2, 1.6, label="bias of gauge OPT-1"), title="A against B",
    )  # fmt: skip
    named = Intent(topics=(), named=(Named(kind="tool", code="OPT-1"),), quantities=("bias",))
    assert _first(named, compared).startswith("A against B: bias of gauge OPT-1 is 1.4")


def test_the_cost_stands_right_behind_the_number_where_both_are_asked_for() -> None:
    asked = Intent(topics=(), asks=("cost",), named=(WB07,), quantities=("slope",))
    answer = advise(Question(text="x"), asked, (creep(),), (), now_us=NOW)
    assert [claim.role for claim in answer.claims[:2]] == ["finding", "cost"]


def test_a_p_value_that_is_nothing_by_rounding_is_not_told() -> None:
    told = case("drift", number("p-value", 0.0, label="p of no change"), title="It")
    assert "p of no change is 0" not in _first(_asked("status", "p-value"), told)


def test_of_several_numbers_that_is_told_whose_label_the_question_says() -> None:
    told = life(
        number("expected-returns", 698, 571, 855, label="returns over the next 365 days"),
        number("expected-returns", 149, 118, 185, label="returns over the next 90 days"),
    )
    asked = Intent(topics=(), quantities=("expected-returns",))
    answer = advise(Question(text="returns in 90 days?"), asked, (told,), (), now_us=NOW)
    first = sentence(answer.claims[0], {one.id: one for one in answer.evidence})
    assert "returns over the next 90 days is 149" in first
