"""Which things a question seeks, how long ago, and which tool a bare number means."""

import pytest

from ops.advise.question import Intent, Named, Question
from ops.advise.understand.ago import window_of
from ops.advise.understand.understood import understood

DAY = 86_400_000_000
NOW = 20_000 * DAY + DAY // 4  # six in the morning
NAMES = (
    *(Named(kind="tool", code=code) for code in ("WB-01", "WB-10", "OPT-1")),
    Named(kind="characteristic", code="LOOP-QFN32"),
)


def asked(text: str) -> Intent:
    return understood(Question(text=text), NAMES, now_us=NOW)


@pytest.mark.parametrize(
    ("text", "kind", "stance"),
    [
        ("which machines are ok?", "tool", "good"),
        ("Which tools are not ok?", "tool", "bad"),
        ("how many tools drift", "tool", "drifts"),
        ("list all bonders that do not drift", "tool", "still"),
        ("which characteristics are not capable?", "characteristic", "incapable"),
        ("how many characteristics are capable?", "characteristic", "capable"),
        ("which gauges are bad?", "gauge", "bad"),
        ("wie viele Maschinen driften?", "tool", "drifts"),
        ("welche Merkmale sind nicht fähig?", "characteristic", "incapable"),
        ("welche Anlagen sind in Ordnung?", "tool", "good"),
        ("哪些设备漂移\uff1f", "tool", "drifts"),
        ("哪些设备正常\uff1f", "tool", "good"),
        ("how many models need retraining?", "model", "bad"),
        ("wie viele Modelle müssen neu trainiert werden?", "model", "bad"),
        ("which processes are unstable?", "characteristic", "unstable"),
        ("which machines have open alerts?", "tool", "alerted"),
        ("how many tools are there?", "tool", "known"),
    ],
)
def test_a_set_of_things_is_sought_by_how_they_stand(text: str, kind: str, stance: str) -> None:
    sought = asked(text).sought
    assert sought is not None
    assert (sought.kind, sought.stance) == (kind, stance)


@pytest.mark.parametrize(
    ("text", "above", "value", "unit"),
    [
        ("which tools drift more than 5 µm?", True, 5.0, "µm"),
        ("which tools drift by more than 0.3 um per day?", True, 0.3, "µm/d"),
        ("bonders that drift faster than 0.2 µm/day", True, 0.2, "µm/d"),
        ("tools that drift over 0,3 µm/d", True, 0.3, "µm/d"),
        ("which characteristics have a Cpk below 1.33?", False, 1.33, ""),
        ("welche Merkmale haben Cpk unter 1,33?", False, 1.33, ""),
        ("哪些特性的Cpk低于1.33\uff1f", False, 1.33, ""),
    ],
)
def test_a_set_is_sought_by_a_bound(text: str, above: bool, value: float, unit: str) -> None:
    sought = asked(text).sought
    assert sought is not None
    assert sought.stance == "bound"
    assert (sought.above, sought.value, sought.unit) == (above, value, unit)


@pytest.mark.parametrize(
    "text",
    [
        "which machine is worst?", "why do the machines drift?", "is WB-10 ok?",
        "alerts older than a week", "tools beyond 3 sigma",
        "which tool should be recalibrated first?",
        "what if no tool drifts?", "Cpk of LOOP-QFN32?",
    ],
)  # fmt: skip
def test_no_set_is_sought_by_what_asks_for_one_thing(text: str) -> None:
    assert asked(text).sought is None


def test_a_stretch_of_time_has_a_begin_an_end_or_neither() -> None:
    assert window_of("alerts older than a week", now_us=NOW) == (None, 7.0)
    assert window_of("Alarme älter als 3 Tage", now_us=NOW) == (None, 3.0)
    assert window_of("超过一周的警报", now_us=NOW) == (None, 7.0)
    assert window_of("which alerts were opened yesterday?", now_us=NOW) == (1.25, 0.25)
    assert window_of("alerts since yesterday", now_us=NOW) == (1.0, None)
    assert window_of("all alerts", now_us=NOW) == (None, None)


def test_a_number_alone_names_the_one_tool_that_ends_so() -> None:
    ten = asked("does machine 10 drift?")
    assert [one.code for one in ten.named] == ["WB-10"]
    assert ten.unknown == ()
    assert asked("Driftet Maschine 10?").named == ten.named
    one = asked("does machine 1 drift?")  # WB-01, or OPT-1
    assert one.named == ()
    assert one.unknown == ("machine 1",)


def test_rule_violations_are_asked_for_in_three_languages() -> None:
    for text in (
        "any SPC violations on WB-10?",
        "Regelverletzungen an WB-10?",
        "WB-10 有违反规则吗\uff1f",
    ):
        assert "rules-broken" in asked(text).quantities
