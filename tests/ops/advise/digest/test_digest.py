"""The digest as values: what changed, how grave it is, and that its claims rest on evidence."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.advise.case import StoredRun
from ops.advise.digest.digest import digest
from ops.advise.digest.item import Digest, DigestItem, in_order, is_graver
from ops.advise.digest.news import AliasMove, FailedRuns, News, NewsAlert, NewVersion, RunPair
from ops.advise.evidence import by_id
from ops.advise.rendering import sentence
from ops.advise.sources import AlertRecord
from ops.page_value import Level
from tests.strategies import few

SINCE, NOW = 1_000, 2_000
ABOUT = {"site": "PG1", "characteristic": "LOOP", "factors": {"tool": "WB-05"}}


def alert(key: int = 1, **more: Any) -> AlertRecord:
    fields: dict[str, Any] = {
        "site": "PG1", "title": "WB-05 drifts", "cause": "c", "state": "open",
        "disposition": "hold", "stream": "", "characteristic": "LOOP",
        "evidence": {"stratum": {"tool": "WB-05"}}, "points": 3, "first": 10, "last": 20,
        "opened": 1_500,
    }  # fmt: skip
    return AlertRecord(id=key, **(fields | more))


def run(key: str, analysis: str = "capability", **more: Any) -> StoredRun:
    fields: dict[str, Any] = {"params": {}, "result": {}, "page": {}, "at": 1, "site": "PG1"}
    return StoredRun(key * 8, analysis, 1, **(fields | more))


def judged(key: str, level: str, sentence_: str = "Cpk 1.08 is below 1.33.") -> StoredRun:
    verdict = {"level": level, "sentence": sentence_, "subject": ABOUT}
    return run(key, page={"verdicts": [verdict]})


def pair(before: StoredRun | None, after: StoredRun) -> RunPair:
    return RunPair(after, before, 1_600)


def told(news: News) -> Digest:
    """Digest of some news; each claim can be said from its evidence alone."""
    found = digest(news)
    assert found.items == in_order(found.items)
    assert len({item.id for item in found.items}) == len(found.items)
    for item in found.items:
        known = by_id(item.evidence)
        assert len(known) == len(item.evidence)
        assert item.claims
        for claim in item.claims:
            assert sentence(claim, known)
            for held in claim.comparisons:
                assert {held.left, held.right} <= set(known)
    return found


def said(item: DigestItem) -> list[str]:
    return [sentence(claim, by_id(item.evidence)) for claim in item.claims]


def only(news: News) -> DigestItem:
    (item,) = told(news).items
    return item


def news(**more: Any) -> News:
    return News(SINCE, NOW, **more)


def test_nothing_happened() -> None:
    assert told(news()).items == ()


def test_a_new_alert_is_an_item_and_an_old_one_is_not() -> None:
    item = only(news(alerts=(NewsAlert(alert()), NewsAlert(alert(2, opened=900)))))
    assert (item.kind, item.level, item.link, item.at) == ("finding-new", "bad", "/alerts/1", 1500)
    assert said(item) == ["New: WB-05 drifts"]


@pytest.mark.parametrize(
    ("outcome", "words"),
    [("confirmed", "real"), ("false-alarm", "false alarm"), ("unclear", "unclear"), ("", "Closed")],
)
def test_a_closed_alert_tells_its_outcome(outcome: str, words: str) -> None:
    closed = alert(state="closed", closed=1_700)  # opened in the stretch too: one item
    item = only(news(alerts=(NewsAlert(closed, outcome),)))
    assert (item.kind, item.level) == ("finding-closed", "good")
    assert words in said(item)[0]


def test_an_alert_whose_time_ran_out_is_graver() -> None:
    item = only(news(alerts=(NewsAlert(alert(opened=900, due=1_800)),)))
    assert (item.kind, item.level, item.at) == ("finding-graver", "bad", 1_800)


def test_an_alert_that_rose_is_graver() -> None:
    item = only(news(alerts=(NewsAlert(alert(opened=900), raised=1_700),)))
    assert (item.kind, item.level, item.at) == ("finding-graver", "bad", 1_700)
    assert said(item) == ["It rose from a warning to a hold: WB-05 drifts"]
    assert told(news(alerts=(NewsAlert(alert(opened=900), raised=900),))).items == ()
    opened = only(news(alerts=(NewsAlert(alert(), raised=1_700),)))
    assert opened.kind == "finding-new"  # as a hold: nobody has heard of the warning


def test_many_alerts_of_one_tool_are_one_item() -> None:
    both = (NewsAlert(alert(1)), NewsAlert(alert(2, title="WB-05 scatters", disposition="warn")))
    item = only(news(alerts=both))
    assert said(item) == ["New: WB-05 drifts", "New: WB-05 scatters"]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [("good", "bad", "Worse"), ("bad", "good", "Better"), ("warn", "bad", "Worse"),
     ("bad", "warn", "Better")],
)  # fmt: skip
def test_a_subject_that_is_judged_otherwise_is_an_item(
    before: Level, after: Level, words: str
) -> None:
    item = only(news(pairs=(pair(judged("a", before, "Cpk 1.5."), judged("b", after)),)))
    assert (item.kind, item.level, item.at) == ("verdict", after, 1_600)
    assert said(item) == [f"{words}: Cpk 1.08 is below 1.33.", "Before: Cpk 1.5."]


@pytest.mark.parametrize("levels", [("good", "info"), ("bad", "bad"), ("info", "good")])
def test_the_same_judgement_is_no_news(levels: tuple[str, str]) -> None:
    assert told(news(pairs=(pair(judged("a", levels[0]), judged("b", levels[1])),))).items == ()


def test_the_first_run_tells_only_what_is_bad() -> None:
    assert only(news(pairs=(pair(None, judged("b", "bad")),))).level == "bad"
    assert told(news(pairs=(pair(None, judged("b", "warn")),))).items == ()


def test_a_worse_verdict_on_a_new_alert_is_told_once() -> None:
    pairs = (pair(judged("a", "good"), judged("b", "bad")),)
    assert only(news(alerts=(NewsAlert(alert()),), pairs=pairs)).kind == "finding-new"


def test_a_worse_verdict_on_an_old_alert_makes_it_graver() -> None:
    pairs = (pair(judged("a", "warn"), judged("b", "bad")),)
    item = only(news(alerts=(NewsAlert(alert(opened=900)),), pairs=pairs))
    assert (item.kind, item.link) == ("finding-graver", "/alerts/1")


def plan(key: str, cost: float, service: float = 1.0, status: str = "optimal") -> StoredRun:
    figures = {"landed_cost": cost, "service_level": service}
    result = {"scenario": "N", "money": "EUR", "status": status, "figures": figures}
    page = {"verdicts": [{"level": "good", "sentence": f"The plan is {status}."}]}
    return run(key, "network-plan", result=result, page=page)


def test_a_plan_that_costs_more_and_serves_less_is_one_item() -> None:
    item = only(news(pairs=(pair(plan("a", 100.0), plan("b", 120.0, 0.9)),)))
    assert said(item) == ["The plan costs 120 EUR, more than 100 EUR",
                          "It serves 90 %, less than 100 %"]  # fmt: skip
    assert [c.comparisons[0].relation for c in item.claims] == ["above", "below"]


def test_a_plan_as_before_is_no_news_and_an_infeasible_one_is() -> None:
    same = (pair(plan("a", 100.0), plan("b", 100.0 * (1 + 1e-9))),)
    assert told(news(pairs=same)).items == ()
    item = only(news(pairs=(pair(plan("a", 100.0), plan("b", 100.0, status="infeasible")),)))
    assert said(item) == ["New plan: The plan is infeasible."]


def test_a_watch_that_breaks_its_gates_is_an_item() -> None:
    def watch(key: str, level: str) -> StoredRun:
        verdict = {"level": level, "sentence": f"It is {level}."}
        return run(key, "plan-monitor", result={"scenario": "N"}, page={"verdicts": [verdict]})

    item = only(news(pairs=(pair(watch("a", "good"), watch("b", "bad")),)))
    assert (item.kind, item.level, said(item)) == ("plan", "bad", ["Worse: It is bad."])
    assert told(news(pairs=(pair(watch("a", "good"), watch("b", "good")),))).items == ()


def forecast(key: str, first: int, mean: float, wape: float = 0.1) -> StoredRun:
    days = [f"2026-01-{day:02d}" for day in range(first, first + 4)]
    total = {"kind": "total", "mean": [mean] * 3, "lower": [mean - 5] * 3,
             "upper": [mean + 5] * 3}  # fmt: skip
    result = {"period": "day", "unit": "pc", "interval": 0.8, "bounds": days, "series": [total],
              "backtest": {"wape": wape}}  # fmt: skip
    return run(key, "demand-forecast", result=result, page={"verdicts": []})


def test_a_forecast_is_held_against_the_one_before_on_the_days_of_both() -> None:
    item = only(news(pairs=(pair(forecast("a", 1, 50.0), forecast("b", 2, 52.0)),)))
    assert said(item) == ["Demand rose to 104 pc from 100 pc"]
    assert item.level == "info"
    item = only(news(pairs=(pair(forecast("a", 1, 50.0), forecast("b", 2, 40.0, 0.2)),)))
    assert said(item) == [
        "Demand fell to 80 pc from 100 pc",
        "In 2 of 2 periods it is beyond what was foretold, most in that from 2026-01-02: 40 pc,"
        " and before 50 pc (80 % 45 to 55)",
        "The error of forecasts rose to 20 % from 10 %",
    ]
    assert (item.kind, item.level) == ("forecast", "warn")


def moved(*means: float, interval: float = 0.8) -> StoredRun:
    """Forecast of 10 days from the first of January, 50 each but for the first of them."""
    found = forecast("b", 1, 50.0)
    days = [f"2026-01-{day:02d}" for day in range(1, 12)]
    mean = [*means, *[50.0] * (10 - len(means))]
    total = {"kind": "total", "mean": mean, "lower": [m - 5 for m in mean],
             "upper": [m + 5 for m in mean]}  # fmt: skip
    result = {**found.result, "bounds": days, "series": [total], "interval": interval}
    return replace(found, result=result)


@pytest.mark.parametrize(
    ("means", "interval", "count"),
    [
        ((54.0,) * 10, 0.8, 0),  # within each interval, though no sum would hold it by chance
        ((60.0, 60.0), 0.8, 0),  # what an interval of 80 % leaves out by chance
        ((60.0, 60.0, 44.0), 0.8, 3),
        ((60.0,), 0.95, 1),
    ],
)
def test_demand_is_beyond_where_more_periods_are_than_chance_leaves_out(
    means: tuple[float, ...], interval: float, count: int
) -> None:
    before = replace(moved(interval=interval), id="a" * 8)
    item = only(news(pairs=(pair(before, moved(*means, interval=interval)),)))
    found = [one.value for one in item.evidence if one.quantity == "periods-beyond"]
    assert found == ([count] if count else [])
    assert item.level == ("warn" if count else "info")
    sums = [one for one in item.evidence if one.quantity == "demand-shared"]
    assert [(one.lower, one.upper) for one in sums] == [(None, None)] * 2


def test_a_shift_between_periods_is_told_though_the_sum_stays() -> None:
    before = replace(moved(), id="a" * 8)
    item = only(news(pairs=(pair(before, moved(60.0, 40.0, 60.0, 40.0)),)))
    assert said(item)[0].startswith("In 4 of 10 periods it is beyond what was foretold")


def test_several_moves_of_an_alias_are_one_from_where_it_stood() -> None:
    moves = (AliasMove(2, "m", "champion", 5, 4, 1_800, "PG1"),
             AliasMove(1, "m", "champion", 4, 3, 1_700, "PG1"))  # fmt: skip
    versions = (NewVersion("m", 5, 1_650, "PG1"), NewVersion("m", 4, 1_640, "PG1"))
    moved, other = told(news(moves=moves, versions=versions)).items
    assert said(moved) == ["champion of m is now version 5, it was version 3"]
    assert said(other) == ["Version 4 of m was registered"]


def test_an_alias_that_came_back_is_no_news_and_one_taken_away_is() -> None:
    there = AliasMove(1, "m", "champion", 2, 1, 1_700)
    back = AliasMove(2, "m", "champion", 1, 2, 1_800)
    assert told(news(moves=(there, back))).items == ()
    gone = replace(back, number=None)
    assert said(only(news(moves=(gone,)))) == ["champion of m was taken away"]


def test_failed_runs_are_told_with_their_message() -> None:
    one = FailedRuns("abcdefgh-1", "drift", "PG1", 1_900, "no data", count=3)
    item = only(news(failed=(one,)))
    assert said(item) == ["drift failed 3 times, the last run too: no data"]
    assert item.level == "warn"
    assert only(news(failed=(replace(one, recovered=True),))).level == "info"


def test_the_gravest_come_first_then_the_newest() -> None:
    failed = FailedRuns("abcdefgh-1", "drift", "PG1", 1_999, "no data")
    alerts = (NewsAlert(alert(1)), NewsAlert(alert(2, opened=1_600, evidence={})))
    found = told(news(alerts=alerts, failed=(failed,))).items
    assert [(item.level, item.at) for item in found] == [
        ("bad", 1_600), ("bad", 1_500), ("warn", 1_999)]  # fmt: skip


LEVELS = st.sampled_from(("good", "warn", "bad", "info"))


@given(LEVELS, LEVELS)
@few(20)
def test_worse_and_better_are_opposites(one: Level, other: Level) -> None:
    assert not (is_graver(one, other) and is_graver(other, one))


@given(st.lists(st.tuples(st.integers(1_001, 2_000), LEVELS), max_size=6))
@few(20)
def test_every_stretch_tells_each_alert_once(opened: list[tuple[int, Level]]) -> None:
    alerts = tuple(
        NewsAlert(alert(k, opened=at, evidence={"level": level, "stratum": {"tool": f"T{k}"}}))
        for k, (at, level) in enumerate(opened)
    )
    cut = 1_500
    first = told(News(SINCE, cut, alerts)).items
    later = told(News(cut, NOW, alerts)).items
    assert len(first) + len(later) == len(opened)
