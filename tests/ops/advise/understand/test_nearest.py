from ops.advise.question import Named
from ops.advise.understand.nearest import nearest
from tests.ops.advise.understand.plant_names import NAMES


def test_likest_come_first_and_ties_by_code() -> None:
    assert nearest("LOP-QFN32-CU20", NAMES)[0] == "LOOP-QFN32-CU20"
    assert nearest("WB-99", NAMES) == ("WB-09", "WB-19")


def test_writing_does_not_matter() -> None:
    assert nearest("wb 5", NAMES)[0] == nearest("WB_5", NAMES)[0]


def test_nothing_is_near_to_what_is_unlike() -> None:
    assert nearest("ZZZZ", NAMES) == ()
    assert nearest("?", NAMES) == ()
    assert nearest("WB-01", ()) == ()


def test_bare_numbers_are_no_names() -> None:
    assert nearest("alert 99", (Named(kind="alert", code="17"),)) == ()
