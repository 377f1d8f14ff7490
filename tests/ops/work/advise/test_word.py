"""What a model chose stands in the order of gravity that the rules found."""

from dataclasses import replace

from ops.advise.answer import Answer, Judged
from ops.advise.catalogue import ActionId
from ops.advise.claim import Claim
from ops.advise.guard.check import Checked
from ops.advise.question import Intent, Named, Question
from ops.advise.rendering import sentence
from ops.advise.rules.passed_over import passed_over
from ops.work.advise.draft import Draft
from ops.work.advise.word import _judged, _opened


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


def test_what_of_the_page_gave_way_is_said_whatever_a_model_says() -> None:
    named, over = (Named(kind="tool", code=code) for code in ("WB-07", "WB-05"))
    intent = Intent(topics=(), named=(named,), passed_over=(over,))
    draft = Draft(Question(text="?"), intent, Answer(state="answered", claims=()))
    own = passed_over(intent)
    repeated = Claim(role="note", template=sentence(own[0], {}))
    told = Claim(role="finding", template="It drifts.", case="a")
    assert _opened(draft, (repeated, told)) == (*own, told)
    assert _opened(replace(draft, intent=Intent(topics=())), (told,)) == (told,)
