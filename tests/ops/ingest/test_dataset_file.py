"""Files of rows: types that values have, units of headers, reasons of rows that are wrong."""

import io
from pathlib import Path

import numpy as np
import pytest

from ops.classify.document import DatasetColumn, DatasetDocument
from ops.classify.table import NO_TIME
from ops.errors import BadData
from ops.ingest.dataset_file import read_dataset_file, refuse_name
from ops.ingest.dataset_mapping import DatasetMapping
from ops.ingest.dataset_typed import DatasetFile

SHARED = Path(__file__).parents[4] / "shared" / "data" / "classifiers"
NOTHING = DatasetDocument()


def _read(text: str | bytes, document: DatasetDocument = NOTHING, **mapping: object) -> DatasetFile:
    data = text.encode() if isinstance(text, str) else text
    said = DatasetMapping.model_validate(mapping)
    return read_dataset_file(io.BytesIO(data), "csv", document, said)


def _types(file: DatasetFile) -> dict[str, tuple[str, str]]:
    return {c.name: (c.type, c.unit) for c in file.document.columns}


def test_types_are_those_of_the_values() -> None:
    file = _read(
        "torque [Nm],code,big,when,kind,empty,flag\n"
        "1.5,007,12345678901234567890,2026-01-01T00:00:00Z,a,,true\n"
        "NA,008,1,,b,,false\n"
    )
    assert _types(file) == {
        "torque": ("number", "Nm"),
        "code": ("category", ""),
        "big": ("category", ""),
        "when": ("time", ""),
        "kind": ("category", ""),
        "empty": ("number", ""),
        "flag": ("category", ""),
    }
    assert np.isnan(file.table.number("torque")[1])
    assert file.table.times["when"][1] == NO_TIME
    assert file.document.one("time") == "when"
    assert file.table.units == {"torque": "Nm"}


@pytest.mark.parametrize(
    ("header", "name", "unit"),
    [
        ("Torque [Nm]", "Torque", "Nm"),
        ("Torque (Nm)", "Torque", "Nm"),
        ("Type (A or B)", "Type (A or B)", ""),
        ("[um]", "[um]", "um"),
        ("Größe [µm]", "Größe", "µm"),
    ],
)
def test_header_names_a_unit(header: str, name: str, unit: str) -> None:
    assert _types(_read(f"{header},b\n1,2\n"))[name] == ("number", unit)


def test_headers_that_differ_by_their_unit_alone_stay_whole() -> None:
    assert set(_types(_read("T [K],T [degC]\n1,2\n"))) == {"T [K]", "T [degC]"}


def test_document_overrides_type_and_unit() -> None:
    columns = (
        DatasetColumn(name="gap", type="number", unit="um"),
        DatasetColumn(name="bin", type="category"),
    )
    file = _read("gap [mil],bin\n2,1\n1,2\n", DatasetDocument(columns=columns))
    assert file.table.number("gap").tolist() == [50.8, 25.4]
    assert file.table.categories["bin"].levels == ("1", "2")
    with pytest.raises(BadData, match="is in K, the document says um"):
        _read("gap [K],bin\n2,1\n", DatasetDocument(columns=columns))


def test_few_whole_numbers_of_a_label_are_classes_and_sizes_stay_sizes() -> None:
    assert _read("y,x\n0,1\n1,2\n,3\n", label="y").table.categories["y"].levels == ("0", "1")
    assert "y" in _read("y,x\n0.5,1\n1,2\n", label="y").table.numbers
    heights = "".join(f"{i},1\n" for i in range(11))
    assert "y" in _read("y,x\n" + heights, label="y").table.numbers


def test_time_without_an_offset_needs_a_zone() -> None:
    text = "t,x\n2026-03-29 02:30:00,1\n2026-03-29 12:00:00,2\n"
    refused = _read(text).rejected
    assert [r.row for r in refused] == [1, 2]
    assert "set times.zone in the mapping" in refused[0].reason
    local = _read(text, times={"zone": "Europe/Berlin"})
    assert [(r.row, r.column) for r in local.rejected] == [(1, "t")]
    assert "does not exist in Europe/Berlin" in local.rejected[0].reason
    assert _read("t (UTC),x\n2026-03-29 02:30:00,1\n").rejected == ()


def test_one_word_among_many_numbers_is_a_mistake_not_a_type() -> None:
    file = _read("x\n" + "".join(f"{i}\n" for i in range(100)) + "broken\n")
    assert len(file.table) == 100
    (wrong,) = file.rejected
    assert (wrong.row, wrong.column, wrong.value) == (101, "x", "broken")
    assert wrong.reason.startswith("is not a number; declare 'x' a category")


def test_decimal_commas_and_infinity() -> None:
    assert _read("a;b\n1,5;x\n2,5;y\n", decimal=",").table.number("a").tolist() == [1.5, 2.5]
    columns = (DatasetColumn(name="a", type="number"),)
    (wrong,) = _read("a,b\ninf,1\n2,2\n", DatasetDocument(columns=columns)).rejected
    assert "is not a finite number" in wrong.reason


def test_ragged_rows_are_named() -> None:
    (wrong,) = _read("a,b\n1,2\n3\n4,5\n").rejected
    assert (wrong.row, wrong.reason) == (2, "has 1 columns, the header has 2")


@pytest.mark.parametrize(
    ("data", "mapping", "said"),
    [
        ("a,b\n1,2\n".encode("utf-16"), {}, "looks like UTF-16, not utf-8"),
        ("a,b\n1,2\n".encode("utf-16-le"), {}, "looks like UTF-16, not utf-8"),
        ("ä,b\n1,2\n".encode("latin-1"), {}, "the header is not utf-8 text"),
        (b"a,a\n1,2\n", {}, "the header 'a' stands twice"),
        (b"a,b\n", {}, "the file has no rows"),
        (b"", {}, "the file is empty"),
        (b"PK\x03\x04", {}, "zip archive"),
        (b"a,b\n1,2\n", {"group": "c"}, "the file has no column 'c'; it has 'a', 'b'"),
    ],
)
def test_file_that_cannot_be_read_says_why(data: bytes, mapping: dict, said: str) -> None:
    with pytest.raises(BadData, match=said):
        _read(data, **mapping)


def test_utf16_is_read_where_the_mapping_says_so() -> None:
    assert len(_read("a,b\n1,2\n".encode("utf-16"), encoding="utf-16").table) == 1


def test_column_of_two_roles_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be label and time"):
        DatasetMapping(label="a", time="a")


def test_column_with_a_role_may_not_be_absent() -> None:
    columns = (DatasetColumn(name="y", role="label"), DatasetColumn(name="x"))
    with pytest.raises(BadData, match="the file lacks the label 'y'"):
        _read("x\n1\n", DatasetDocument(columns=columns))
    assert _read("y\n1\n2\n", DatasetDocument(columns=columns)).dropped == ("x",)


def test_files_that_may_hold_code_are_refused_by_name() -> None:
    for name in ("rows.npz", "rows.NPY", "model.pkl"):
        with pytest.raises(BadData, match="may hold code"):
            refuse_name(name)
    refuse_name("rows.parquet")


@pytest.mark.skipif(not SHARED.exists(), reason="no shared data beside the checkout")
def test_public_rows_are_read_as_their_makers_describe_them() -> None:
    with (SHARED / "ai4i2020" / "ai4i2020.csv").open("rb") as stream:
        said = DatasetMapping(label="Machine failure", positive="1", ignore=("UDI", "Product ID"))
        file = read_dataset_file(stream, "csv", NOTHING, said)
    assert (file.seen, file.rejected) == (7501, ())
    assert _types(file)["Air temperature"] == ("number", "K")
    assert file.table.categories["Type"].levels == ("H", "L", "M")
    with (SHARED / "secom" / "secom_207.csv").open("rb") as stream:
        said = DatasetMapping.model_validate({"label": "y", "times": {"zone": "UTC"}})
        file = read_dataset_file(stream, "csv", NOTHING, said)
    assert (file.seen, file.document.one("time")) == (1175, "timestamp")
    assert file.table.categories["y"].levels == ("-1", "1")
