import io

import pytest

from ops.errors import BadData
from ops.ingest.csv_file import read_csv
from ops.ingest.mapping import ColumnMapping


def of_columns(count: int, width: int) -> io.BytesIO:
    names = ",".join(f"{i:0{width}d}" for i in range(count))
    return io.BytesIO(f"{names}\n{','.join('1' * count)}\n".encode())


def test_a_header_of_many_long_names_is_read_whole() -> None:
    rows = read_csv(of_columns(5000, 40), ColumnMapping())
    assert len(rows.columns) == 5000
    assert sum(len(chunk.rows) for chunk in rows.chunks) == 1


def test_more_columns_than_are_read_are_counted_in_the_refusal() -> None:
    with pytest.raises(BadData, match="5001 columns, at most 5000"):
        read_csv(of_columns(5001, 4), ColumnMapping())
