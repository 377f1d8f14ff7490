"""Events of systems, and readings of units, are read from files."""

import pytest

from ops.lifetime.document import LifeMeasure, LifeTestDocument
from ops.lifetime.from_rows import degradation_of, recurrent_of
from tests.ops.ingest.life_reading import read, reasons


def test_events_and_ends_of_systems() -> None:
    text = "tool,hours,event,cost\nA,10,failure,5\nA,30,end,\nB,7,failure,\nB,9,failure,2\n"
    data = recurrent_of(read(text, "recurrent").rows)
    assert data.systems == ("A", "B")
    assert (data.time.tolist(), data.cost.tolist()) == ([10, 7, 9], [5, 1, 2])
    assert (data.start.tolist(), data.end.tolist()) == ([0, 0], [30, 9])


def test_bounds_of_the_watch_may_be_columns() -> None:
    text = "system,time,start,end\nA,10,2,40\nA,20,2,40\n"
    data = recurrent_of(read(text, "recurrent").rows)
    assert (data.start.tolist(), data.end.tolist()) == ([2], [40])


def test_wrong_events_are_named() -> None:
    text = (
        "system,time,event\nA,0,failure\nA,-1,failure\nA,5,party\n,5,failure\nA,50,failure\n"
        "A,40,end\nA,41,end\nB,5,start\nB,4,failure\nB,6,failure\nA,7,failure\n"
    )
    file = read(text, "recurrent")
    assert {row: why.split(";")[0] for row, why in reasons(file).items()} == {
        1: "zero is not an age at which a system can fail",
        2: "a time cannot be negative",
        3: "is no kind of event",
        4: "is empty",
        5: "lies after the end of the watch of its system",
        7: "is the second end of it",
        9: "lies before the watch of its system begins",
    }
    assert recurrent_of(file.rows).time.tolist() == [7, 6]


def test_readings_are_in_the_unit_of_the_measure() -> None:
    document = LifeTestDocument(measure=LifeMeasure(name="resistance", unit="ohm", upper=2))
    text = "unit,time [h],resistance [mohm],temperature [degC]\nu,0,100,150\nu,10,200,150\n"
    data = degradation_of(read(text, "degradation", document=document).rows)
    assert (data.value.tolist(), data.value_unit) == (pytest.approx([0.1, 0.2]), "ohm")
    assert data.stresses["temperature"].tolist() == [150]


def test_wrong_readings_are_named() -> None:
    text = (
        "unit,time,value,temperature [degC]\nu,-1,1,150\nu,1,,150\n,1,1,150\nu,2,1,175\nu,0,1,150\n"
    )
    found = reasons(read(text, "degradation"))
    assert found == {
        1: "a time cannot be negative",
        2: "is empty",
        3: "is empty",
        4: "the unit was at another temperature in an earlier row",
    }


def test_a_second_reading_of_a_unit_at_one_time_is_named() -> None:
    file = read("unit,hours,value\nA,0,100\nA,0,101\nA,5,102\nB,0,1\n", "degradation")
    (row,) = reasons(file)
    assert row == 2
    assert "was read at that time already" in reasons(file)[2]
