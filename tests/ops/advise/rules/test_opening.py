"""What is asked beside the findings is answered first: a comparison, a count, what if nothing."""

from dataclasses import replace

from ops.advise.answer import Answer
from ops.advise.case import Case
from ops.advise.question import Intent, Named, Question
from ops.advise.read.open_alerts import open_alert_cases
from ops.advise.rendering import sentence
from ops.advise.rules.advise import advise
from ops.advise.sources import AlertRecord
from tests.ops.advise.case_samples import DAY, NOW, case, creep, number, text, time

WB07, WB09 = (Named(kind="tool", code=code) for code in ("WB-07", "WB-09"))
QUIET = case("drift", number("level-now", 150.0), id="q/9", level="good", title="WB-09",
             tool="WB-09", status="shown-absent")  # fmt: skip


def _answered(intent: Intent, *cases: Case, beside: tuple[Case, ...] = ()) -> Answer:
    return advise(Question(text="x"), intent, cases, (), now_us=NOW, beside=beside)


def _first(intent: Intent, *cases: Case, beside: tuple[Case, ...] = ()) -> str:
    answer = _answered(intent, *cases, beside=beside)
    return sentence(answer.claims[0], {one.id: one for one in answer.evidence})


def test_to_do_nothing_is_answered_by_what_it_costs() -> None:
    asked = Intent(topics=(), named=(WB07,), wishes=("nothing",))
    assert _first(asked, creep()).startswith("If nothing is done about Loop height WB-07, it costs")
    assert _first(asked, QUIET) == (
        "Nothing has to be done about WB-09 now: nothing of it is judged as bad."
    )


def test_how_sure_is_answered_by_the_interval() -> None:
    asked = Intent(topics=(), named=(WB07,), wishes=("sure",))
    assert "as good as sure that it rises, since all of the interval" in _first(asked, creep())
    wide = case("drift", number("slope", 0.1, -0.2, 0.4), mechanism="trend", tool="WB-07")
    assert "whether it moves is not sure" in _first(asked, wide)
    assert "it is not sure whether Ppk is what is required" in _first(
        asked, case("capability", number("ppk", 1.3, 1.2, 1.4, reference=1.33, label="Ppk"))
    )


def test_things_that_are_compared_are_told_apart_by_their_gravest_case() -> None:
    asked = Intent(topics=(), named=(WB07, WB09), wishes=("compare",))
    assert _first(asked, creep(), QUIET) == "WB-07 is judged worse than WB-09."
    alike = replace(creep(), id="x/9", facts={**creep().facts, "tool": "WB-09"}, title="WB-09")
    assert "are judged equally grave" in _first(asked, creep(), alike)
    assert _first(asked, creep()).startswith("Of WB-09 nothing was found that could be compared")


def test_the_gravest_is_named_where_the_worst_is_asked_for() -> None:
    asked = Intent(topics=(), wishes=("worst",))
    assert _first(asked, QUIET, creep()) == "The gravest of what was found is Loop height WB-07."


def test_an_order_is_told_that_an_answer_changes_nothing() -> None:
    asked = Intent(topics=(), named=(WB07,), wishes=("order",))
    assert _first(asked, creep()).startswith("An answer changes nothing")


def test_what_was_not_computed_is_said_before_what_is_known() -> None:
    asked = Intent(topics=(), named=(WB07,), quantities=("oee",))
    assert _first(asked, creep()).startswith("Of overall equipment effectiveness nothing was")
    asked = Intent(topics=(), named=(WB07,), asks=("cost",))
    assert _first(asked, QUIET).startswith("What it costs was not computed")


def test_events_are_listed_within_the_days_that_are_asked_for() -> None:
    told = case(
        "alert", time("event-at", NOW - DAY), text("event-title", "New capillary"),
        time("event-at", NOW - 40 * DAY), text("event-title", "Old wire"),
        id="events/PG/WB-07", level="info", title="Events of WB-07", tool="WB-07",
    )  # fmt: skip
    asked = Intent(topics=(), named=(WB07,), quantities=("happened",), days=30)
    answer = _answered(asked, creep(), beside=(told,))
    evidence = {one.id: one for one in answer.evidence}
    said = [sentence(one, evidence) for one in answer.claims]
    assert said[0].endswith("New capillary (Events of WB-07).")
    assert not any("Old wire" in one for one in said)
    assert _first(asked, creep()).startswith("No event of it is on record")


def test_open_and_overdue_alerts_are_counted_beyond_those_that_are_told() -> None:
    def alert(n: int, site: str, due: int | None = None) -> AlertRecord:
        return AlertRecord(n, site, "t", "c", "open", "hold", "s", None, {}, 1, 0, 0, 0, due)

    alerts = (alert(1, "PG", NOW - 1), alert(2, "PG", NOW + 1), alert(3, "DR"))
    asked = Intent(topics=("alert",), wishes=("count",))
    counted = open_alert_cases(asked, alerts, now_us=NOW, more=4)
    assert _first(asked, *counted) == "Open alerts: 7; overdue of these: 1."
    of_site = asked.model_copy(update={"named": (Named(kind="site", code="PG"),)})
    counted = open_alert_cases(of_site, alerts, now_us=NOW)
    assert _first(of_site, *counted) == "Open alerts: 2; overdue of these: 1."
    named = asked.model_copy(update={"named": (Named(kind="alert", code="1"),)})
    assert open_alert_cases(named, alerts, now_us=NOW) == ()


def test_stories_without_the_number_that_is_asked_for_are_not_told() -> None:
    other = case("capability", number("ppk", 1.0, 0.9, 1.1, reference=1.33), id="x/c",
                 title="Ball shear", characteristic="SHEAR")  # fmt: skip
    answer = _answered(Intent(topics=(), quantities=("slope",)), creep(), other)
    assert {claim.case for claim in answer.claims} == {creep().id}
    assert len(answer.judged) == 2


def test_a_tool_is_never_called_the_gauge_that_measured_it() -> None:
    told = case(
        "capability", number("ppk", 1.0, 0.9, 1.1, reference=1.33), id="a/1", tool="WB-13",
        characteristic="LOOP-SOIC8-AU25", stratum_factor="gauge", title="Loop height",
    )  # fmt: skip
    answer = _answered(Intent(topics=()), told)
    said = [sentence(one, {e.id: e for e in answer.evidence}) for one in answer.claims]
    assert answer.judged[0].cause == "gauge"
    assert not any("WB-13" in one or "master" in one for one in said)
