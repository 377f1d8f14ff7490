"""Versions side by side: the best of each score, and every place where documents differ."""

from hypothesis import given
from hypothesis import strategies as st

from ops.classify.side_by_side import differences, side_by_side
from tests.ops.classify.test_promotion import metrics
from tests.strategies import few


def test_best_is_the_highest_or_the_lowest() -> None:
    told = [
        {"auc": {"value": v, "split": "t"}, "loss": {"value": v, "better": "low", "split": "t"}}
        for v in (0.2, 0.4, 0.3)
    ]
    auc, loss = side_by_side(told)
    assert (auc.best, loss.best) == (1, 0)
    assert side_by_side([told[0], told[0]])[0].best is None


def test_score_that_only_one_has_is_shown_and_wins_nothing() -> None:
    rows = side_by_side([metrics(0.5), {}])
    assert [(r.name, r.cells[1].value, r.best) for r in rows] == [("average_precision", None, None)]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3)
    ),
    max_leaves=8,
)


@few(40)
@given(st.dictionaries(st.text(max_size=2), JSON, max_size=3))
def test_document_differs_from_itself_nowhere(document: dict) -> None:
    assert differences([document, document]) == ()


def test_list_of_documents_is_told_by_place() -> None:
    one, two = {"a": [{"x": 1}, {"x": 2}]}, {"a": [{"x": 1}], "b": [1, 2]}
    told = {d.pointer: d.values for d in differences([one, two])}
    assert told == {"/a/1/x": (2, None), "/b": (None, [1, 2])}
