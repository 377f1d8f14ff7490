"""Answers laid out for reading."""

from api.render.answer import Course, Layout, courses, laid_out
from api.render.words import Words
from ops.advise.answer import Answer, Judged
from ops.advise.catalogue import ActionId, CauseId
from ops.advise.claim import Claim, Role, Slot
from ops.advise.evidence import Evidence
from ops.page import Subject
from ops.page_value import Level


def _claim(role: Role, case: str | None, template: str, **slots: Slot) -> Claim:
    return Claim(role=role, case=case, template=template, slots=slots)


def _judged(
    case: str, level: Level = "bad", cause: CauseId = "creep",
    action: ActionId = "recalibrate", title: str = "",
) -> Judged:  # fmt: skip
    return Judged(case=case, title=f"title of {case}", level=level, cause=cause, action=action,
                  action_title=title)  # fmt: skip


def _number(case: str) -> Evidence:
    return Evidence(
        id=f"{case}.slope", case=case, topic="drift", kind="number", quantity="slope",
        label="slope", value=0.21, unit="µm/d", link="/runs/1", at=0,
        subject=Subject(site="PG1", characteristic="LOOP"),
    )  # fmt: skip


def _laid(*claims: Claim, judged: tuple[Judged, ...] = (), cases: str = "a") -> Layout:
    evidence = tuple(_number(case) for case in cases)
    answer = Answer(state="answered", claims=claims, judged=judged, evidence=evidence)
    return laid_out(Words(), answer)


def test_what_is_said_of_a_case_stands_together_with_its_conclusion_apart() -> None:
    laid = _laid(
        _claim("finding", "a", "A drifts"), _claim("finding", "b", "B drifts"),
        _claim("cause", "a", "A creeps"), _claim("action", "a", "Mend A"),
        _claim("cause", "b", "B creeps"), _claim("action", "b", "Mend B"),
        judged=(_judged("a"), _judged("b", "warn")),
    )  # fmt: skip
    assert [(one.title, one.site, one.level) for one in laid.stories] == [
        ("title of a", "PG1", "bad"), ("title of b", "", "warn"),
    ]  # fmt: skip
    assert [one.actions[0].text for one in laid.stories] == ["Mend A", "Mend B"]
    assert [title for title, _ in laid.stories[0].parts] == ["Why"]


def test_what_shows_beside_a_case_is_told_with_it() -> None:
    laid = _laid(
        _claim("finding", "a", "A drifts"), _claim("finding", "kin", "it shows there as well"),
        _claim("cause", "a", "A creeps"), _claim("action", "a", "Mend A"),
    )  # fmt: skip
    assert [f.text for f in laid.stories[0].findings] == ["A drifts", "it shows there as well"]
    assert len(laid.stories) == 1


def test_cases_of_one_sentence_are_lines_with_what_to_do() -> None:
    laid = _laid(
        _claim("finding", "a", "A drifts"), _claim("action", "a", "Mend A"),
        _claim("note", "b", "B is off"), _claim("note", None, "So much for today"),
        judged=(_judged("a"), _judged("b", "warn", action="clean")),
    )  # fmt: skip
    assert [(one.sentence.text, one.level) for one in laid.lines] == [
        ("B is off", "warn"), ("So much for today", "info"),
    ]  # fmt: skip
    assert laid.lines[0].action != ""
    assert laid.lines[1].action == ""


def test_the_comparison_of_a_plan_is_its_headline() -> None:
    laid = _laid(
        _claim("what-if", None, "Understood so"),
        _claim("what-if", "a", "It costs {more}", more=Slot(evidence="a.slope")),
    )
    assert [one.text for one in laid.opening] == ["Understood so", "It costs 0.21 µm/d"]
    assert laid.headline == 1
    assert _laid(_claim("refusal", None, "Nothing is known")).headline == 0


def test_a_cause_and_an_action_are_said_once_for_all_that_have_both() -> None:
    folded = courses(
        Words(), (_judged("a", "warn", title="Recalibrate it"), _judged("b"), _judged("b"),
         _judged("c", action="clean"))
    )  # fmt: skip
    assert folded[0] == Course(
        "a part that wears or creeps", "Recalibrate it", "bad", ("title of a", "title of b")
    )
    assert len(folded) == 2


def test_what_is_of_no_case_and_comes_first_opens_the_answer() -> None:
    laid = _laid(
        _claim("note", None, "This is about A"), _claim("finding", "a", "A drifts"),
        _claim("action", "a", "Mend A"), judged=(_judged("a"),),
    )  # fmt: skip
    assert [one.text for one in laid.opening] == ["This is about A"]
    assert laid.lines == ()
