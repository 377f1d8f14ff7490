"""Times to failure are read from the forms that files have."""

import io

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from ops.errors import BadData
from ops.ingest.life_file import WITHOUT_STATUS, LifeFile
from ops.lifetime.document import LifeStress, LifeTestDocument
from ops.lifetime.from_rows import life_of
from tests.ops.ingest.life_reading import read, reasons
from tests.strategies import few

INF = np.inf


def _bounds(file: LifeFile) -> list[tuple[float, float]]:
    numbers = file.rows.numbers
    return list(zip(numbers["lower"].tolist(), numbers["upper"].tolist(), strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "time,status\n5,F\n7,S\n",
        "Hours;Failed\n5;1\n7;0\n",
        "time [h],censored\n5,0\n7,1\n",
        "TTF,Censored\n5,no\n7,yes\n",
        "time,state\n5,failed\n7,suspended\n",
        "lower,upper\n5,5\n7,\n",
        "last_good_h,first_bad_h\n5,5\n7,inf\n",
        "lower,upper,status\n5,5,F\n7,7,C\n",
    ],
)
def test_failed_and_censored_are_told_apart(text: str) -> None:
    file = read(text)
    assert _bounds(file) == [(5, 5), (7, INF)]
    assert file.rejected == ()


@pytest.mark.parametrize(
    ("text", "warned"),
    [("time\n5\n", True), ("lower,time\n4,5\n", True), ("time,status\n5,F\n", False),
     ("lower,upper\n5,\n", False)],
)  # fmt: skip
def test_a_file_that_tells_no_status_is_warned_of(text: str, warned: bool) -> None:
    assert read(text).warnings == ((WITHOUT_STATUS,) if warned else ())


def test_failures_between_readouts_and_before_the_first() -> None:
    assert _bounds(read("lower,upper\n100,200\n,100\n200,\n")) == [(100, 200), (0, 100), (200, INF)]


def test_last_inspection_opens_the_interval_of_a_failure() -> None:
    text = "last inspected,state end time,state f/s\n100,200,F\n,150,F\n100,200,S\n"
    file = read(text, columns={"status": "state f/s"})
    assert _bounds(file) == [(100, 200), (150, 150), (200, INF)]


def test_left_censored_status() -> None:
    assert _bounds(read("time,status\n168,left\n")) == [(0, 168)]


def test_wrong_rows_are_named_with_their_reason() -> None:
    text = "time,status,qty\n0,F,1\n-3,F,1\n5,maybe,1\n,F,1\nx,S,1\n5,F,0\n5,,1\n9,F,2\n"
    file = read(text)
    assert {row: reason.split(":")[0] for row, reason in reasons(file).items()} == {
        1: "zero is not a time to failure nor on test",
        2: "a time cannot be negative",
        3: "is no status; write failed or censored, or give status_words in the mapping",
        4: "is empty",
        5: "is not a number",
        6: "a row stands for more than 0 units",
        7: "is empty; write failed or censored",
    }
    assert (file.seen, len(file.rows), file.rows.numbers["weight"].tolist()) == (8, 1, [2])


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("9,5,", "the interval ends before it begins"),
        (",,", "is empty, and so is the other bound"),
        (",0,", "zero is not"),
        ("5,,F", "is empty, but the status says that it failed"),
        ("5,9,S", "is a time of failure, but the status says censored"),
    ],
)
def test_bounds_that_cannot_be_are_refused(row: str, reason: str) -> None:
    file = read(f"lower,upper,status\n{row}\n")
    assert reasons(file)[1].startswith(reason)
    assert len(file.rows) == 0


def test_truncation_is_checked() -> None:
    file = read("time,status,entry,exit\n5,F,6,\n9,F,1,8\n5,F,1,8\n5,F,,\n")
    assert set(reasons(file)) == {1, 2}
    assert file.rows.numbers["entry"].tolist() == [1, 0]
    assert file.rows.numbers["exit"].tolist() == [8, INF]


def test_stresses_are_converted_to_the_unit_of_the_document() -> None:
    document = LifeTestDocument(stresses=(LifeStress(name="Temperature", unit="degC"),))
    text = "time,status,temperature [degF],voltage [V],remark\n5,F,302,3.3,x\n7,S,,3.3,y\n"
    file = read(text, document=document)
    assert file.rows.stresses["Temperature"].tolist() == [pytest.approx(150)]
    assert file.rows.stress_units == {"Temperature": "degC", "voltage": "V"}
    assert reasons(file) == {2: "the level of Temperature is missing"}
    assert file.layout.ignored == ("remark",)


def test_times_are_converted_to_the_unit_of_the_document() -> None:
    file = read("days,status\n2,F\n", document=LifeTestDocument(time_unit="h"))
    assert _bounds(file) == [(48, 48)]
    with pytest.raises(BadData, match="is in cycles, the life test in h"):
        read("cycles,status\n2,F\n", document=LifeTestDocument(time_unit="h"))


def test_unit_fails_once() -> None:
    file = read("serial,time,status\nA,5,F\nA,7,F\nB,7,S\n")
    assert reasons(file) == {2: "is there already: a unit fails once"}


def test_mode_of_a_censored_unit_is_not_kept() -> None:
    file = read("time,status,failure mode,lot\n5,F,lift,L1\n7,S,lift,L2\n")
    assert file.rows.texts["mode"].tolist() == ["lift", None]
    assert file.rows.texts["group"].tolist() == ["L1", "L2"]


def test_what_is_lacking_is_named() -> None:
    with pytest.raises(BadData, match="no column is recognised as time") as refused:
        read("foo,bar\n1,2\n")
    assert refused.value.problems[0].pointer == "/mapping/columns/time"
    with pytest.raises(BadData, match="lacks 'zeit'") as refused:
        read("foo,bar\n1,2\n", columns={"time": "zeit"})
    assert refused.value.problems[0].pointer == "/mapping/columns/time"


def test_words_of_a_status_can_be_given() -> None:
    text = "zeit;befund\n5,5;defekt\n7,25;heil\n"
    words = {"defekt": "failed", "heil": "censored"}
    columns = {"time": "zeit", "status": "befund"}
    assert _bounds(read(text, decimal=",", columns=columns, status_words=words)) == [
        (5.5, 5.5),
        (7.25, INF),
    ]


def test_other_formats_hold_the_same() -> None:
    table = pa.table({"time": [5.0, 7.0], "failed": [True, False]})
    parquet = io.BytesIO()
    pq.write_table(table, parquet)
    book, xlsx = Workbook(), io.BytesIO()
    for row in (("time", "failed"), (5, True), (7, False)):
        book.active.append(row)
    book.save(xlsx)
    json = b'[{"time": 5, "failed": true}, {"time": 7, "failed": false}]'
    files = {"parquet": parquet.getvalue(), "xlsx": xlsx.getvalue(), "json": json}
    for file_format, octets in files.items():
        file = read(octets, file_format=file_format)
        assert (_bounds(file), file.rejected) == ([(5, 5), (7, INF)], ())


@few(30)
@given(
    times=st.lists(
        st.tuples(st.floats(1e-3, 1e6), st.booleans(), st.integers(1, 9)), min_size=1, max_size=8
    )
)
def test_what_is_kept_passes_the_check_of_life_data(times: list[tuple[float, bool, int]]) -> None:
    lines = [f"{t!r},{'F' if failed else 'S'},{n}" for t, failed, n in times]
    file = read("time,status,qty\n" + "\n".join(lines) + "\n")
    data = life_of(file.rows)
    assert data.lower.tolist() == [t for t, _, _ in times]
    assert data.right.tolist() == [not failed for _, failed, _ in times]


def test_a_decimal_comma_is_named_with_its_mend() -> None:
    said = reasons(read("serial;hours;status\nU1;412,5;failed\nU2;x;failed\n"))
    assert "set decimal in the mapping" in said[1]
    assert said[2] == "is not a number"
