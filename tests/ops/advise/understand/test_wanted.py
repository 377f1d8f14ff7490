from hypothesis import given, settings
from hypothesis import strategies as st

from ops.advise.question import About, Question
from ops.advise.sources import Wanted
from ops.advise.understand.topic_analyses import ANALYSES
from ops.advise.understand.understood import understood
from ops.advise.understand.wanted import EVENT_DAYS, MOST_CODES, MOST_DAYS, wanted
from ops.analyses import ANALYSES as REGISTERED
from tests.ops.advise.understand.plant_names import NAMES

NOW = 1_795_737_600_000_000
DAY = 86_400_000_000


def _wanted(text: str, **more: object) -> Wanted:
    question = Question.model_validate({"text": text, **more})
    return wanted(understood(question, NAMES, now_us=NOW), question, now_us=NOW)


def test_drift_of_a_tool_wants_its_runs_alerts_and_events() -> None:
    found = _wanted("Why does WB-05 drift?")
    assert "drift-screen" in found.analyses
    assert "network-plan" not in found.analyses
    assert (found.tools, found.site, found.alerts) == (("WB-05",), "DEMO-PG", True)
    assert found.events_since == NOW - int(EVENT_DAYS * DAY)


def test_life_test_wants_no_alerts_and_no_events() -> None:
    found = _wanted("B10 of HTS-QFN32-CU20?")
    assert found.codes == ("HTS-QFN32-CU20",)
    assert not found.alerts
    assert found.events_since is None


def test_site_of_the_question_is_never_left() -> None:
    assert _wanted("What drifts in Dresden?", site="DEMO-PG").site == "DEMO-PG"
    assert _wanted("asdf", site="DEMO-PG").site == "DEMO-PG"


def test_two_sites_leave_the_site_open() -> None:
    assert _wanted("Do WB-05 and WB-20 drift?").site is None


def test_site_of_a_network_is_no_site_of_its_plan() -> None:
    assert _wanted("Is DEMO-PG a bottleneck of the network?").site is None


def test_page_adds_its_run_and_its_analysis() -> None:
    page = [{"kind": "run", "code": "57ad12bd"}, {"kind": "analysis", "code": "greenfield"}]
    found = _wanted("Why?", about=page)
    assert found.runs == ("57ad12bd",)
    assert found.analyses[0] == "greenfield"


def test_cause_looks_back_further_than_the_stretch_that_is_asked_about() -> None:
    assert _wanted("drift of WB-05, last 7 days").events_since == NOW - 7 * DAY
    assert _wanted("why drift of WB-05, last 7 days").events_since == NOW - int(EVENT_DAYS * DAY)
    assert _wanted("drift in the last 90 years").events_since == NOW - int(MOST_DAYS * DAY)


def test_open_alert_is_wanted_by_its_number() -> None:
    assert _wanted("Why alert 17?").alert_ids == (17,)
    assert _wanted("Why alert 18?").alert_ids == ()


def test_nothing_understood_wants_nothing() -> None:
    assert _wanted("asdf") == Wanted()


def test_analyses_of_topics_are_registered() -> None:
    known = {analysis.name for analysis in REGISTERED}
    assert {name for names in ANALYSES.values() for name in names} <= known


@given(st.lists(st.sampled_from([name.code for name in NAMES]), max_size=60))
@settings(max_examples=30, deadline=None)
def test_what_is_wanted_is_bounded_and_of_the_names(codes: list[str]) -> None:
    found = _wanted(" ".join(["drift of", *codes])[:2000])
    named = (*found.tools, *found.characteristics, *found.codes)
    assert set(named) <= {name.code for name in NAMES}
    assert all(len(x) <= MOST_CODES for x in (found.tools, found.characteristics, found.codes))


def test_about_is_a_value_of_the_question() -> None:
    about = (About(kind="tool", code="WB-05", site="DEMO-PG"),)
    assert _wanted("Why?", about=about).tools == ("WB-05",)
