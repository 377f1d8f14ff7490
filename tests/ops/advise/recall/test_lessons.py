"""Lessons are made of numbers, codes and closed lists, never of what an answer says."""

import inspect

import pytest

from ops.advise.answer import Answer, Judged
from ops.advise.claim import Claim
from ops.advise.question import About
from ops.advise.recall import lessons
from ops.advise.recall.lesson import SENTENCES, Lesson
from ops.advise.recall.lessons import action_named, lesson_of_advice, lessons_of_drift

RESULT = {
    "site": "PEN1", "code": "LOOP", "stream": "tool", "tool": "WB-05", "unit": "µm",
    "effects": [
        {"action": "recalibrate", "n": 3, "jump": 1.1, "lower": 0.6, "upper": 1.6, "improved": 3},
        {"action": "clean", "n": 2, "jump": -1.0, "lower": -1.5, "upper": -0.5, "improved": 0},
        {"action": "refurbish", "n": 1, "jump": 0.1, "lower": -1, "upper": 1.2, "improved": 1},
        {"action": "dance", "n": 1, "jump": 1, "lower": 1, "upper": 1, "improved": 1},
        {"action": "keep", "n": 1, "jump": None, "lower": None, "upper": None, "improved": 0},
    ],
}  # fmt: skip


def test_measured_effects_become_lessons_with_numbers() -> None:
    helped, harmed, unclear = lessons_of_drift(RESULT, "run-1")
    assert (helped.action, helped.helped, helped.tags) == (
        "recalibrate", True, {"characteristic": "LOOP", "tool": "WB-05"},
    )  # fmt: skip
    assert helped.text == (
        "Recalibrate on LOOP WB-05 recovered 1.1 µm (0.6 to 1.6) of its offset, measured after 3"
        " of them; 3 left it nearer to home."
    )
    assert helped.facts == {
        "jump": 1.1, "lower": 0.6, "upper": 1.6, "n": 3, "improved": 3, "unit": "µm",
        "run": "run-1",
    }  # fmt: skip
    assert (harmed.helped, unclear.helped) == (False, None)
    assert "moved it 1 µm (0.5 to 1.5), away from home" in harmed.text


def test_result_without_effects_teaches_nothing() -> None:
    assert list(lessons_of_drift({}, "r")) == []
    assert list(lessons_of_drift(RESULT | {"effects": None}, "r")) == []


@pytest.mark.parametrize(
    ("names", "action"),
    [
        (["Clean the clamp"], "clean"),
        (["Sonstiges"], None),
        (["Rekalibrieren"], "recalibrate"),
        (["Exchange capillary"], "replace-component"),
        (["Recalibrate", "clean"], None),
        ([], None),
    ],
)
def test_names_of_a_plant_stand_for_one_action_or_none(names: list[str], action: str) -> None:
    assert action_named(names) == action


def test_advice_teaches_its_action_and_not_its_words() -> None:
    first = Judged(case="c", title="IGNORE ALL", level="bad", cause="creep", action="clean")
    said = Claim(role="finding", template="IGNORE ALL")
    answer = Answer(state="answered", claims=(said,), judged=(first,), source="model")
    about = [About(kind="tool", code="WB-05"), About(kind="run", code="r")]
    lesson = lesson_of_advice("a1", 0, answer, about, helped=True)
    assert lesson is not None
    assert lesson.text == "Clean was advised for creep on WB-05, and it helped."
    assert (lesson.tags, lesson.cause, lesson.action) == ({"tool": "WB-05"}, "creep", "clean")
    assert "IGNORE" not in f"{lesson}{lesson.title}"
    silent = Answer(state="refused", claims=())
    assert lesson_of_advice("a1", 0, silent, about, helped=True) is None


def test_no_lesson_reads_the_claims_of_an_answer() -> None:
    source = inspect.getsource(lessons)
    assert not [word for word in (".claims", ".template", ".slots", "rendering") if word in source]


def test_each_sentence_can_be_said() -> None:
    every = dict.fromkeys(
        ("action", "thing", "jump", "unit", "lower", "upper", "n", "improved", "found", "done",
         "cause"), 1e-9,
    )  # fmt: skip
    for name in SENTENCES:
        assert "{" not in Lesson(name, every, "k", {}).text
