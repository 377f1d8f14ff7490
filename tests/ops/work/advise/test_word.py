"""What a model chose stands in the order of gravity that the rules found."""

from ops.advise.answer import Answer, Judged
from ops.advise.catalogue import ActionId
from ops.advise.guard.check import Checked
from ops.advise.question import Intent, Question
from ops.work.advise.draft import Draft
from ops.work.advise.word import _judged


def judged(case: str, action: ActionId, title: str = "") -> Judged:
    return Judged(case=case, title=case, level="bad", cause="creep", action=action,
                  action_title=title)  # fmt: skip


def test_the_gravest_case_stays_first() -> None:
    rules = (judged("a", "recalibrate", "Recalibrate"), judged("b", "clean"), judged("c", "keep"))
    draft = Draft(Question(text="?"), Intent(topics=()), Answer(state="answered", claims=(),
                                                                judged=rules))  # fmt: skip
    said = Checked((), (judged("c", "keep"), judged("a", "recalibrate"), judged("d", "keep")),
                   (), released=True)  # fmt: skip
    found = _judged(draft, said)
    assert [one.case for one in found] == ["a", "b", "c", "d"]
    assert found[0].action_title == "Recalibrate"


def test_another_action_loses_the_title_of_the_rules_own() -> None:
    rules = (judged("a", "recalibrate", "Recalibrate"),)
    draft = Draft(Question(text="?"), Intent(topics=()), Answer(state="answered", claims=(),
                                                                judged=rules))  # fmt: skip
    found = _judged(draft, Checked((), (judged("a", "clean"),), (), released=True))
    assert [(one.action, one.action_title) for one in found] == [("clean", "")]
