import numpy as np
import pytest

from ops.classify.document import DatasetColumn, DatasetDocument
from ops.classify.table import DataTable
from ops.classify.training.rows import MOST_CLASSES, labelled_rows
from ops.errors import BadData, NotEnoughData
from ops.values import factor_of


def table(labels: list[str | None]) -> DataTable:
    return DataTable(
        numbers={"x": np.arange(float(len(labels)))}, categories={"y": factor_of(labels)}
    )


def document(positive: str | None = None) -> DatasetDocument:
    label = DatasetColumn(name="y", type="category", role="label")
    return DatasetDocument(columns=(DatasetColumn(name="x"), label), positive=positive)


def test_rows_without_a_label_are_counted_and_kept_apart() -> None:
    rows = labelled_rows(table(["b", None, "a", "a"]), document())
    assert rows.y.tolist() == [1, -1, 0, 0]
    assert (rows.classes, rows.unknown, rows.counts.tolist()) == (("a", "b"), 1, [2, 1])


def test_the_rarer_of_two_classes_is_the_event_unless_one_is_named() -> None:
    assert labelled_rows(table(["b", "a", "a"]), document()).positive == 1
    assert labelled_rows(table(["b", "b", "a"]), document()).positive == 0
    assert labelled_rows(table(["b", "b", "a"]), document("b")).positive == 1


def test_of_three_classes_none_is_the_event_unless_one_is_named() -> None:
    assert labelled_rows(table(["a", "b", "c"]), document()).positive is None
    assert labelled_rows(table(["a", "b", "c"]), document("c")).positive == 2


def test_whole_numbers_are_classes() -> None:
    column = DatasetColumn(name="y", role="label")
    data = DataTable(numbers={"y": np.array([-1.0, 1.0, np.nan, 1.0])})
    rows = labelled_rows(data, DatasetDocument(columns=(column,)))
    assert (rows.classes, rows.y.tolist()) == (("-1", "1"), [0, 1, -1, 1])


def test_numbers_that_are_not_whole_are_no_classes() -> None:
    column = DatasetColumn(name="y", role="label")
    data = DataTable(numbers={"y": np.array([0.5, 1.0])})
    with pytest.raises(BadData, match="virtual-metrology"):
        labelled_rows(data, DatasetDocument(columns=(column,)))


@pytest.mark.parametrize("labels", [["a", "a"], [None, None]])
def test_one_class_only_is_refused_with_the_mend(labels: list[str | None]) -> None:
    with pytest.raises(NotEnoughData, match="two classes are needed"):
        labelled_rows(table(labels), document())


def test_no_rows_are_not_enough() -> None:
    with pytest.raises(NotEnoughData, match="no rows"):
        labelled_rows(DataTable(), document())


def test_a_label_that_is_not_named_is_refused() -> None:
    with pytest.raises(BadData) as refused:
        labelled_rows(table(["a", "b"]), DatasetDocument(columns=(DatasetColumn(name="x"),)))
    assert refused.value.problems[0].pointer == "/document/columns"


def test_an_event_that_no_row_has_is_refused_by_name() -> None:
    with pytest.raises(BadData, match="'zebra'"):
        labelled_rows(table(["a", "b"]), document("zebra"))


def test_a_label_with_a_level_for_each_row_is_refused() -> None:
    labels: list[str | None] = [f"l{i}" for i in range(MOST_CLASSES + 1)]
    with pytest.raises(BadData, match=f"at most {MOST_CLASSES}"):
        labelled_rows(table(labels), document())
