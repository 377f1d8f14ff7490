"""Whatever is written under a mapping is read back as it was."""

import csv
import io
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from ops.ingest.mapping import ColumnMapping, TimeColumn
from tests.ops.ingest.reading import records, typed
from tests.strategies import few

LABEL = st.text(st.characters(codec="utf-8", exclude_characters="\x00\ufffd\r"), max_size=8)
TIMES = st.datetimes(
    datetime.fromisoformat("1995-01-01"),
    datetime.fromisoformat("2025-12-31"),
    timezones=st.just(UTC),
)
ROWS = st.lists(
    st.tuples(TIMES, st.floats(-1e12, 1e12), LABEL, LABEL, st.integers(-(2**63), 2**63 - 1)),
    min_size=1,
    max_size=20,
)


def written(rows: list[tuple[Any, ...]], zone: str, decimal: str, delimiter: str) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(["Zeit", "Wert", "unit_id", "tool", "seq"])
    for at, value, unit, tool, seq in rows:
        local = at.astimezone(ZoneInfo(zone)).strftime("%d.%m.%Y %H:%M:%S.%f %z")
        writer.writerow([local, repr(value).replace(".", decimal), unit, tool, seq])
    return text.getvalue().encode()


@few(40)
@given(
    rows=ROWS,
    zone=st.sampled_from(["Europe/Berlin", "Asia/Kolkata", "America/St_Johns", "UTC"]),
    decimal=st.sampled_from([".", ","]),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    most=st.sampled_from([1, 3, 20_000]),
)
def test_rows_survive_the_way_through_a_file(
    rows: list[tuple[Any, ...]], zone: str, decimal: str, delimiter: str, most: int
) -> None:
    mapping = ColumnMapping.model_validate(
        {
            "time": TimeColumn(column="Zeit", formats=("%d.%m.%Y %H:%M:%S.%f %z",)),
            "value": "Wert",
            "characteristic": {"constant": "pull"},
            "decimal": decimal,
        }
    )
    found, refused = records(typed(written(rows, zone, decimal, delimiter), "csv", mapping, most))
    assert refused == []
    assert len(found) == len(rows)
    for row, (at, value, unit, tool, seq) in zip(found, rows, strict=True):
        assert row["ts"] == round(at.timestamp() * 1e6)
        assert (row["value"], row["seq"]) == (value, seq)
        assert row["unit_id"] == (unit.strip() or None)
        assert row["factor tool"] == (tool.strip() or None)
