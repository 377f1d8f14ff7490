"""Files of traces: UCR text, a row for each point, lists; and what is wrong with them."""

import io
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ops.classify.document import DatasetDocument
from ops.errors import BadData
from ops.ingest.dataset_mapping import DatasetMapping
from ops.ingest.dataset_typed import DatasetFile
from ops.ingest.file_format import FileFormat
from ops.ingest.trace_file import read_trace_file

SHARED = Path(__file__).parents[4] / "shared" / "data" / "classifiers"
LONG = "unit,step,value [V],y\na,2,0.6,ok\na,1,0.5,ok\nb,1,3,bad\n"


def _read(data: str | bytes, file_format: FileFormat = "csv", **mapping: object) -> DatasetFile:
    stream = io.BytesIO(data.encode() if isinstance(data, str) else data)
    said = DatasetMapping.model_validate(mapping)
    return read_trace_file(stream, file_format, DatasetDocument(), said)


def test_ucr_text_is_a_label_and_points() -> None:
    file = _read("1\t0.5\t0.6\tNaN\n-1\t1\t2\t3\n")
    assert file.table.traces["trace"].shape == (2, 1, 3)
    assert np.isnan(file.table.traces["trace"][0, 0, 2])
    assert file.table.categories["label"].levels == ("-1", "1")
    assert file.document.one("label") == "label"


def test_wrong_ucr_rows_are_named() -> None:
    file = _read("1\t0.5\t0.6\n-1\t1\tabc\n1\t2\n")
    assert [(r.row, r.column) for r in file.rejected] == [(2, "point 2"), (3, "")]
    assert len(file.table) == 1


def test_points_are_folded_in_their_order() -> None:
    file = _read(LONG, label="y")
    assert file.table.traces["trace"][0].tolist() == [[0.5, 0.6]]
    assert np.isnan(file.table.traces["trace"][1, 0, 1])
    roles = {c.name: (c.type, c.role, c.unit) for c in file.document.columns}
    assert roles == {
        "unit": ("category", "unit", ""),
        "y": ("category", "label", ""),
        "trace": ("trace", "feature", "V"),
    }


def test_channels_stand_beside_each_other() -> None:
    text = "unit,step,channel,value\na,1,x,1\na,1,y,2\nb,1,y,4\nb,1,x,3\n"
    file = _read(text)
    assert file.table.traces["trace"].tolist() == [[[1], [2]], [[3], [4]]]
    assert file.document.columns[-1].description == "Channels: x, y"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("unit,step,value\na,1,1\na,1,2\n", "a point of a trace stands twice"),
        ("unit,step,value,y\na,1,1,ok\na,2,1,bad\n", "row 2, y: says another thing"),
        ("a,b\n1,x\n", "no traces are found"),
    ],
)
def test_what_is_no_trace_is_refused(text: str, said: str) -> None:
    with pytest.raises(BadData, match=said):
        _read(text)


def test_lists_are_traces_and_lists_of_lists_channels() -> None:
    sink = io.BytesIO()
    table = {"w": [[1.0, 2.0], [3.0, None, 4.0], None], "y": ["a", "b", "a"]}
    pq.write_table(pa.table(table), sink)
    file = _read(sink.getvalue(), "parquet", label="y")
    assert file.table.traces["w"].shape == (2, 1, 3)
    assert [(r.row, r.reason) for r in file.rejected] == [(3, "is not a list of numbers")]
    both = _read('[{"w": [[1, 2], [3, 4]], "y": 1}, {"w": [[1, 2]], "y": 0}]', "json")
    assert both.table.traces["w"].tolist() == [[[1, 2], [3, 4]]]
    assert "another number of channels" in both.rejected[0].reason


@pytest.mark.skipif(not SHARED.exists(), reason="no shared data beside the checkout")
def test_wafer_is_read() -> None:
    file = _read((SHARED / "wafer" / "Wafer_TRAIN.tsv").read_bytes())
    assert file.table.traces["trace"].shape == (1000, 1, 152)
    assert np.bincount(file.table.categories["label"].codes).tolist() == [97, 903]
