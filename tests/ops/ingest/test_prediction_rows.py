"""A body of rows that cannot be read is told with the mend, whatever its bytes are."""

import io
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest

from ops.classify.features.part import InputColumn
from ops.errors import BadData
from ops.ingest.prediction_rows import rows_of_arrow, rows_of_csv

INPUTS = (InputColumn("force", "number", unit="gf"),)


@pytest.mark.parametrize(
    ("read", "body", "mend"),
    [
        (rows_of_csv, b"", "a header and rows"),
        (rows_of_csv, b"force\n", "at least one"),
        (rows_of_csv, b'force\n"', "marks closed"),
        (rows_of_csv, b"\xff", "in UTF-8"),
        (rows_of_arrow, b"", "another Content-Type"),
        (rows_of_arrow, b"ARROW1\x00\x00" + b"\xff" * 40, "another Content-Type"),
    ],
)
def test_a_body_that_cannot_be_read_is_told_with_the_mend(
    read: Callable[..., Any], body: bytes, mend: str
) -> None:
    with pytest.raises(BadData) as refused:
        read(body, INPUTS, most=9)
    (problem,) = refused.value.problems
    assert mend in problem.detail


def test_a_unit_that_is_no_text_is_an_unknown_unit() -> None:
    field = pa.field("force", pa.float64(), metadata={"unit": b"\xff"})
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, pa.schema([field])) as writer:
        writer.write_batch(pa.record_batch([pa.array([1.0])], schema=pa.schema([field])))
    sent = rows_of_arrow(sink.getvalue(), INPUTS, most=9)
    assert sent.table.units == {"force": "\ufffd"}, "which the model then refuses"
