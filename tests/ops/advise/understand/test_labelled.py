"""What no vocabulary has is asked for by the words of labels; everyday words are none."""

from ops.advise.case import Case
from ops.advise.evidence import Evidence
from ops.advise.question import Intent
from ops.advise.understand.labelled import labelled


def _case(*labels: tuple[str, str]) -> Case:
    told = tuple(
        Evidence(id=f"a.{quantity}", case="a", topic="classifier", kind="number", label=label,
                 quantity=quantity, value=1.0, link="/", at=0)
        for quantity, label in labels
    )  # fmt: skip
    return Case("a", "classifier", "", "a", "info", 0, "/", told)


ASKED = Intent(topics=("classifier",))
KNOWN = (_case(("roc-auc", "roc auc"), ("auc", "auc"), ("mean", "mean"), ("mae", "mae")),)


def test_the_label_with_the_most_words_is_meant() -> None:
    assert labelled(ASKED, "What is the ROC AUC?", KNOWN).quantities == ("roc-auc",)
    assert labelled(ASKED, "and the MAE", KNOWN).quantities == ("mae",)


def test_everyday_words_and_questions_with_a_quantity_are_left_as_they_are() -> None:
    assert labelled(ASKED, "What does it mean?", KNOWN) is ASKED
    known = ASKED.model_copy(update={"quantities": ("brier",)})
    assert labelled(known, "roc auc", KNOWN) is known
    assert labelled(Intent(topics=("plan",), asks=("what-if",)), "roc auc", KNOWN).quantities == ()
