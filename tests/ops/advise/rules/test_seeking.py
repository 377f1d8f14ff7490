"""What is sought is counted and listed first, from all that was read; broken rules are told."""

from ops.advise.case import Case
from ops.advise.guard.check import checked
from ops.advise.guard.retold import retold
from ops.advise.question import Intent, Named, Question, Sought
from ops.advise.read.open_alerts import open_alert_cases
from ops.advise.read.sought import sought_things
from ops.advise.rendering import sentence
from ops.advise.rules.advise import advise
from ops.advise.sources import AlertRecord
from tests.ops.advise.asked import asked_of
from tests.ops.advise.case_samples import (
    DAY,
    NOW,
    alert,
    case,
    creep,
    index,
    name,
    number,
    plan,
    time,
)

TOOLS = tuple(Named(kind="tool", code=code, site="PG") for code in ("WB-07", "WB-08", "WB-09"))
DRIFT = Intent(topics=("drift",))


def _studied(code: str, capable: str, ppk: float) -> Case:
    return case("capability", number("ppk", ppk, label="Ppk"), id=f"c/{code}", title=code,
                analysis="capability", characteristic=code, capable=capable)  # fmt: skip


STUDIED = (_studied("A", "no", 0.8), _studied("B", "yes", 1.9), _studied("C", "open", 1.3))


def _said(intent: Intent, *cases: Case) -> list[str]:
    things = sought_things(intent, cases, TOOLS, now_us=NOW)
    told = (*things.counted, *(things.members or cases))
    answer = advise(Question(text="x"), intent, told, (), now_us=NOW)
    known = {one.id: one for one in answer.evidence}
    return [sentence(claim, known) for claim in answer.claims]


def _stands(stance: Sought) -> Intent:
    topics = ("capability",) if stance.kind == "characteristic" else ("drift",)
    return Intent(topics=topics, sought=stance)


def test_tools_that_drift_are_counted_among_all_tools() -> None:
    asked = _stands(Sought(kind="tool", stance="drifts"))
    assert _said(asked, creep())[0] == "1 of 3 tools have moved or drift: WB-07."
    still = _stands(Sought(kind="tool", stance="still"))
    assert _said(still, creep())[0] == (
        "2 of 3 tools have no movement that was found: WB-08, WB-09."
    )


def test_tools_that_began_to_move_in_the_time_asked_about_are_told_apart() -> None:
    old = case("drift", time("since", NOW - 20 * DAY), id="a", tool="WB-07", status="drifts")
    again = case("drift", time("since", NOW - DAY), id="b", tool="WB-07", status="drifts")
    new = case("drift", time("since", NOW - 2 * DAY), id="c", tool="WB-08", status="drifts")
    asked = _stands(Sought(kind="tool", stance="drifts")).model_copy(update={"days": 7.0})
    said = _said(asked, old, again, new)
    assert said[:2] == [
        "2 of 3 tools have moved or drift: WB-07, WB-08.",
        "Of these 1 began in the time that was asked about: WB-08.",
    ]


def test_tools_are_counted_by_their_open_alerts_and_as_they_are() -> None:
    warned = alert(tool="WB-09", state="open")
    asked = Intent(topics=("alert",), sought=Sought(kind="tool", stance="alerted"))
    assert _said(asked, warned)[0] == "1 of 3 tools have open alerts: WB-09."
    known = Intent(topics=(), sought=Sought(kind="tool", stance="known"))
    assert _said(known, creep())[0] == "3 tools are known: WB-07, WB-08, WB-09."


def test_characteristics_are_counted_by_their_stability() -> None:
    moving = case("capability", number("ppk", 1.5), id="m", analysis="capability",
                  characteristic="M", stable="no")  # fmt: skip
    asked = _stands(Sought(kind="characteristic", stance="unstable"))
    assert _said(asked, moving)[0] == "1 of 1 characteristics are not stable: M (PG)."


def test_capability_is_counted_as_it_was_judged_and_what_is_open_is_said() -> None:
    asked = _stands(Sought(kind="characteristic", stance="incapable"))
    said = _said(asked, *STUDIED)
    assert said[0] == "1 of 3 characteristics are not capable: A (PG)."
    assert said[1] == "Whether they are capable is not decided by the data of C (PG)."
    capable = _stands(Sought(kind="characteristic", stance="capable"))
    assert _said(capable, *STUDIED)[0] == "1 of 3 characteristics are capable: B (PG)."


def test_values_beyond_a_bound_are_counted_the_furthest_first() -> None:
    below = Sought(kind="characteristic", stance="bound", above=False, value=1.33)
    asked = Intent(topics=("capability",), quantities=("cpk",), sought=below)
    assert _said(asked, *STUDIED)[0] == "Below 1.33 (Cpk or Ppk) are 2 of 3: A, C."
    above = below.model_copy(update={"above": True, "value": 5.0})
    none = Intent(topics=("capability",), quantities=("cpk",), sought=above)
    assert _said(none, *STUDIED)[0] == "Above 5 (Cpk or Ppk) are 0 of 3."


def test_of_what_is_named_all_is_told_whatever_is_beyond_the_bound() -> None:
    above = Sought(kind=None, stance="bound", value=1.33)
    named = tuple(Named(kind="characteristic", code=code) for code in ("A", "B"))
    asked = Intent(topics=("capability",), quantities=("cpk",), sought=above, named=named)
    things = sought_things(asked, STUDIED, TOOLS, now_us=NOW)
    assert [case.number("count") for case in things.counted] == [1.0]
    assert things.members == ()
    assert _said(asked, *STUDIED)[0] == "Above 1.33 (Cpk or Ppk) are 1 of 2: B."


def test_a_plan_as_a_whole_counts_no_customers() -> None:
    below = Sought(kind=None, stance="bound", above=False, value=98.0, unit="%")
    whole = plan(number("service-level", 0.99, percent=True), level="good")
    asked = Intent(topics=("plan",), quantities=("service-level", "of-place"), sought=below)
    assert sought_things(asked, (whole,), TOOLS, now_us=NOW).counted == ()


def test_a_bound_in_another_unit_counts_nothing() -> None:
    seconds = Sought(kind="tool", stance="bound", value=5.0, unit="nm")
    asked = Intent(topics=("drift",), quantities=("slope",), sought=seconds)
    assert sought_things(asked, (creep(),), TOOLS, now_us=NOW).counted == ()


def test_nothing_is_counted_where_nothing_of_the_kind_was_judged() -> None:
    asked = Sought(kind="model", stance="bad")
    assert sought_things(_stands(asked), (creep(),), TOOLS, now_us=NOW).counted == ()
    assert sought_things(DRIFT, (creep(),), TOOLS, now_us=NOW).counted == ()


def test_what_counts_is_released_by_the_guard() -> None:
    asked = _stands(Sought(kind="characteristic", stance="incapable"))
    counted = sought_things(asked, STUDIED, TOOLS, now_us=NOW).counted
    told = asked_of((*counted, index(1.08)))
    done = checked(retold(told.answer, told.context), told.context)
    assert done.claims[0].template.startswith("{count__value} of {of__value}")


def _alert(number: int, opened: int) -> AlertRecord:
    return AlertRecord(number, "PG", "moved", "x", "open", "hold", "s", None, {}, 3, opened, opened,
                       opened)  # fmt: skip


def test_open_alerts_are_counted_within_the_time_that_is_asked_about() -> None:
    alerts = (_alert(1, NOW - 9 * DAY), _alert(2, NOW - DAY), _alert(3, NOW))
    old = Intent(topics=("alert",), older=7.0)
    (counted,) = open_alert_cases(old, alerts, now_us=NOW)
    assert counted.number("window-alerts") == 1.0
    (new,) = open_alert_cases(Intent(topics=("alert",), days=2.0), alerts, now_us=NOW)
    assert new.number("window-alerts") == 2.0
    (whole,) = open_alert_cases(Intent(topics=("alert",)), alerts, now_us=NOW)
    assert whole.get("window-alerts") is None
    assert _said(old, counted)[0] == (
        "Open alerts: 3; of these opened in the time that was asked about: 1."
    )


def test_findings_that_cannot_be_limited_to_a_time_are_said_to_be_so() -> None:
    asked = Intent(topics=("drift",), days=1.0)
    assert _said(asked, creep())[0].startswith("Findings are as the newest runs have them")
    assert not _said(DRIFT, creep())[0].startswith("Findings are as")


def test_rules_that_are_broken_are_told_first_and_none_is_said_to_be_none() -> None:
    broken = case("capability", name("violated-rule", "one point beyond 3 sigma"), tool="WB-07",
                  title="Loop height")  # fmt: skip
    asked = Intent(topics=(), quantities=("rules-broken",), named=TOOLS[:1])
    assert _said(asked, broken)[0] == "Loop height: violated-rule: one point beyond 3 sigma."
    assert _said(asked, creep())[0].startswith("No broken rule of WB-07 is on record")


def test_broken_rules_of_an_alert_beside_are_told_with_their_evidence() -> None:
    quiet = case("drift", number("level-now", 150.0), id="q/7", level="good", title="WB-07",
                 tool="WB-07", status="shown-absent")  # fmt: skip
    warned = case("alert", name("violated-rule", "one point beyond 4.5 sigma"), id="alert/7",
                  title="Alert 7", tool="WB-07")  # fmt: skip
    asked = Intent(topics=("drift",), quantities=("rules-broken",), named=TOOLS[:1])
    answer = advise(Question(text="x"), asked, (quiet,), (), now_us=NOW, beside=(warned,))
    known = {one.id: one for one in answer.evidence}
    assert sentence(answer.claims[0], known) == (
        "Alert 7: violated-rule: one point beyond 4.5 sigma."
    )
