"""Each policy of ingest, with the exact report."""

import pytest

from ops.errors import BadData
from ops.ingest.mapping import ColumnMapping, TimeColumn, WideColumn
from tests.ops.ingest.reading import records, refusals, typed

HEADER = "time,characteristic,value,unit_id,position,subgroup,n,tool,lot\n"
T = "2025-03-01T10:00:00Z"


def test_a_file_with_the_standard_names_needs_no_mapping() -> None:
    content = HEADER + f"{T},loop_height, 150.5 ,U1,W1,s1,5, WB-1 ,\n"
    rows, refused = records(typed(content.encode()))
    assert refused == []
    assert rows == [
        {
            "row": 1,
            "characteristic_id": 1,
            "ts": 1740823200000000,
            "seq": 2840527915300811145,
            "value": 150.5,
            "subgroup": "s1",
            "unit_id": "U1",
            "position": "W1",
            "n": 5.0,
            "status": 0,
            "factor tool": "WB-1",
            "factor lot": None,
        }
    ]


@pytest.mark.parametrize(
    ("line", "column", "value", "reason"),
    [
        (
            f"{T},loop_heigth,1,,,,,,",
            "characteristic",
            "loop_heigth",
            "is no characteristic of this site; did you mean 'loop_height'?",
        ),
        (
            f"{T},zzz,1,,,,,,",
            "characteristic",
            "zzz",
            "is no characteristic of this site; define it first",
        ),
        (f"{T},,1,,,,,,", "characteristic", "", "is empty"),
        (",loop_height,1,,,,,,", "time", "", "is empty"),
        ("noon,loop_height,1,,,,,,", "time", "noon", "is not an ISO 8601 time"),
        (f"{T},loop_height,,,,,,,", "value", "", "is empty"),
        (f"{T},loop_height,ok,,,,,,", "value", "ok", "is not a number"),
        (f"{T},loop_height,NaN,,,,,,", "value", "NaN", "is not a finite number"),
        (f"{T},loop_height,-inf,,,,,,", "value", "-inf", "is not a finite number"),
        (
            "2026-01-01T00:00:01Z,loop_height,1,,,,,,",
            "time",
            "2026-01-01T00:00:01Z",
            "is in the future (after 2026-01-01T00:00:00+00:00): check the clock and the zone",
        ),
        (
            "1989-12-31T23:59:59Z,loop_height,1,,,,,,",
            "time",
            "1989-12-31T23:59:59Z",
            "is before 1990-01-01: check the year and the epoch unit",
        ),
        (f"{T},loop_height,1,,,,0,,", "n", "0", "is not above 0"),
        (f"{T},loop_height,1,,,,x,,", "n", "x", "is not a number"),
        (f"{T},loop_height", "", f"{T},loop_height", "has 2 columns, the header has 9"),
        (
            f"{T},loop_height,1,{'x' * 501},,,,,",
            "unit_id",
            "x" * 200,
            "is longer than 500 characters, or holds a zero byte",
        ),
    ],
)
def test_a_bad_row_is_refused_with_its_reason(
    line: str, column: str, value: str, reason: str
) -> None:
    good = f"{T},loop_height,1,,,,,,"
    content = HEADER + "\n".join([good, line, "", good])  # a blank line does not count
    assert refusals(content) == [(2, column, value, reason)]
    rows, _ = records(typed(content.encode()))
    assert [row["row"] for row in rows] == [1, 3]


def test_rows_out_of_order_are_accepted() -> None:
    lines = ["2025-03-02T10:00:00Z,pull,2", "2025-03-01T10:00:00Z,pull,1"]
    rows, refused = records(typed(("time,characteristic,value\n" + "\n".join(lines)).encode()))
    assert [row["value"] for row in rows] == [2.0, 1.0]
    assert refused == []


def test_a_value_beyond_the_gauge_is_stored_and_flagged() -> None:
    lines = [f"{T},loop_height,{x},{x}" for x in (0, 300, 300.1, -1)]
    rows, _ = records(typed(("time,characteristic,value,unit_id\n" + "\n".join(lines)).encode()))
    assert [row["status"] for row in rows] == [0, 0, 3, 3]


def test_the_own_sequence_of_the_source_is_kept() -> None:
    content = f"time,characteristic,value,seq\n{T},pull,1,{2**63 - 1}\n{T},pull,1,-5\n{T},pull,1,\n"
    rows, refused = records(typed(content.encode()))
    assert [row["seq"] for row in rows] == [2**63 - 1, -5]
    assert [(r.row, r.column, r.reason) for r in refused] == [(3, "seq", "is empty")]


def test_the_place_in_the_file_does_not_matter() -> None:
    lines = [f"{T},pull,{i},U{i},W{i % 3}" for i in range(10)]
    header = "time,characteristic,value,unit_id,position\n"
    there, _ = records(typed((header + "\n".join(lines)).encode()))
    back, _ = records(typed((header + "\n".join(lines[::-1])).encode()))
    assert [row["seq"] for row in there] == [row["seq"] for row in back[::-1]]
    assert len({row["seq"] for row in there}) == 10


def test_values_are_converted_to_the_unit_of_their_characteristic() -> None:
    content = (
        "time,characteristic,value,unit_id,u\n"
        f"{T},loop_height,2,1,mil\n{T},pull,98.0665,2,mN\n{T},pull,1,3,mil\n{T},pull,7,4,\n"
    )
    mapping = ColumnMapping.model_validate({"unit": {"column": "u"}})
    rows, refused = records(typed(content.encode(), mapping=mapping))
    assert [row["value"] for row in rows] == [50.8, pytest.approx(10.0, abs=1e-12), 7.0]
    assert [(r.row, r.column, r.value, r.reason) for r in refused] == [
        (3, "u", "mil", "cannot be converted to gf, the characteristic's unit")
    ]


def test_one_characteristic_and_one_unit_for_the_whole_file() -> None:
    mapping = ColumnMapping.model_validate(
        {"characteristic": {"constant": "loop_height"}, "unit": {"constant": "mm"}}
    )
    rows, _ = records(typed(f"time,value\n{T},0.15\n".encode(), mapping=mapping))
    assert [(row["characteristic_id"], row["value"]) for row in rows] == [(1, 150.0)]


def test_each_column_of_a_wide_file_is_a_characteristic() -> None:
    mapping = ColumnMapping(
        wide=(
            WideColumn(column="h1", characteristic="loop_height", position="W1"),
            WideColumn(column="h2", characteristic="loop_height", position="W2", unit="mil"),
            WideColumn(column="pull", characteristic="pull"),
        )
    )
    content = f"time,unit_id,h1,h2,pull,tool\n{T},U1,100,4,x,A\n{T},U2,,5,9,B\nnever,U3,1,1,1,B\n"
    rows, refused = records(typed(content.encode(), mapping=mapping))
    assert [(r["row"], r["position"], r["value"], r["factor tool"]) for r in rows] == [
        (1, "W1", 100.0, "A"),
        (1, "W2", 101.6, "A"),
        (2, "W2", 127.0, "B"),
        (2, None, 9.0, "B"),
    ]
    assert [(r.row, r.column, r.value) for r in refused] == [(1, "pull", "x"), (3, "time", "never")]


def test_date_and_time_of_day_may_stand_apart() -> None:
    time = TimeColumn(column="day", clock="clock", formats=("%d.%m.%Y %H:%M",), zone="Asia/Kolkata")
    content = "day,clock,characteristic,value\n01.03.2025,15:30,pull,1\n"
    rows, refused = records(typed(content.encode(), mapping=ColumnMapping(time=time)))
    assert refused == []
    assert rows[0]["ts"] == 1740823200000000


def test_only_the_factors_named_are_kept() -> None:
    content = f"time,characteristic,value,tool,lot,noise\n{T},pull,1,A,L,x\n".encode()
    named, _ = records(typed(content, mapping=ColumnMapping(factors={"bonder": "tool"})))
    assert [k for k in named[0] if k.startswith("factor")] == ["factor bonder"]
    others, _ = records(typed(content, mapping=ColumnMapping(ignore=("noise",))))
    assert [k for k in others[0] if k.startswith("factor")] == ["factor tool", "factor lot"]


def test_a_missing_column_is_named_with_those_there_are() -> None:
    with pytest.raises(BadData, match="lacks 'time', 'value'; it has 'when', 'what'") as caught:
        records(typed(b"when,what,characteristic\n1,2,3\n"))
    assert [p.pointer for p in caught.value.problems] == ["/mapping/time", "/mapping/value"]


def test_a_column_that_comes_twice_is_refused() -> None:
    with pytest.raises(BadData, match="'value' more than once"):
        records(typed(b"time,characteristic,value,value\n"))


def test_bytes_in_another_encoding_are_refused_row_by_row() -> None:
    good, bad = f"{T},pull,1,Müller\n".encode(), f"{T},pull,1,Müller\n".encode("cp1252")
    content = b"time,characteristic,value,tool\n" + good + bad
    rows, refused = records(typed(content))
    assert [row["factor tool"] for row in rows] == ["Müller"]
    assert [(r.row, r.column, r.reason) for r in refused] == [
        (2, "tool", "holds bytes that are not text; set encoding in the mapping")
    ]
    content = b"time,characteristic,value,tool\n" + bad
    rows, _ = records(typed(content, mapping=ColumnMapping(encoding="cp1252")))
    assert rows[0]["factor tool"] == "Müller"
