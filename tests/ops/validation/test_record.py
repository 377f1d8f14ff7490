"""Records: round trip, what is told of the machine, pages of good and of bad ones."""

import hashlib
import io
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from api.render.report import Origin, report
from api.render.words import words_for
from ops.errors import BadData
from ops.validation.case import EXACT, Case
from ops.validation.machine import machine
from ops.validation.published import folder
from ops.validation.record import ValidationRecord, topics_named, validate
from ops.validation.sheet import sheet
from ops.validation.topics import NOT_RUN, TOPICS, Topic

AT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
ONE = Topic(
    "one", "One topic", lambda: [Case("a/b", "Seven", "A book", (7.0,), EXACT, lambda: [7.0])]
)
BAD = Topic("bad", "A bad one", lambda: [
    Case("a/c", "Eight", "A book", (8.0,), EXACT, lambda: [8.5], "um"),
    Case("a/d", "None", "Another book", (9.0,), EXACT, lambda: [1 / 0]),
    Case("a/e", "Slow", "A book", (9.0,), EXACT, lambda: [9.0], long=True),
])  # fmt: skip


def record_of(*topics: Topic) -> ValidationRecord:
    return validate(topics, by="Ada", now=lambda: AT)


def text_of(record: ValidationRecord) -> str:
    pdf = report(sheet(record), Origin("", (("Run by", record.by),), record.at), words_for("en"))
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(text.replace("\u200b", "").split())


def test_a_record_survives_json() -> None:
    record = record_of(ONE, BAD)
    assert ValidationRecord.model_validate_json(record.model_dump_json()) == record
    assert [o.id for o in record.failures] == ["a/c", "a/d"]
    assert record.not_run == {"a/e": "takes long; run with --long"}
    assert (record.at, record.by) == (AT, "Ada")


def test_the_machine_is_told_and_hashes_are_those_of_the_files() -> None:
    found = machine()
    assert {"numpy", "scipy", "numba", "statsmodels", "pyomo", "highspy"} <= set(found.versions)
    name, digits = next(iter(found.references.items()))
    assert digits == hashlib.sha256((folder() / name).read_bytes()).hexdigest()
    assert (len(found.sources), found.files > 100) == (64, True)
    assert found.processor
    assert found.blas
    assert found == machine()


def test_the_report_of_all_that_is_published_can_be_searched() -> None:
    topics = tuple(t for t in TOPICS if t.name in ("gauge", "agreement", "capability"))
    record = record_of(*topics)
    text = text_of(record)
    assert "Average and range: EV, AV, GRR, PV, TV" in text
    assert "0.20188" in text
    assert "Bland and Altman (1986)" in text
    assert "half a unit of the last of 6 printed decimals" in text
    assert "Approved" in text
    assert record.machine.versions["numpy"] in text
    assert record.machine.sources[:16] in text
    assert "are reproduced within their tolerances" in text
    assert f"{len(record.outcomes)} published cases" in text


def test_the_report_of_failures_says_them_first() -> None:
    text = text_of(record_of(ONE, BAD))
    assert "2 of 3 published cases are not reproduced on this machine" in text
    assert "ZeroDivisionError" in text
    assert "8.5" in text
    assert "FAIL" in text
    assert text.index("Failures") < text.index("Cases by topic")
    assert "run with --long" in text


def test_topics_are_chosen_by_name_and_others_refused() -> None:
    assert topics_named(()) == TOPICS
    assert [t.name for t in topics_named(["gauge", "constants"])] == ["constants", "gauge"]
    with pytest.raises(BadData, match="no topic nothing; the topics are constants, charts"):
        topics_named(["nothing"])


def test_what_is_not_run_is_told_when_all_topics_are() -> None:
    assert set(NOT_RUN) <= set(validate(TOPICS, by="", now=lambda: AT).not_run)
    assert record_of(ONE).not_run == {}


def test_progress_goes_from_nothing_to_all() -> None:
    heard: list[tuple[float, str]] = []
    validate((ONE, BAD), by="", now=lambda: AT, heard=lambda s, w: heard.append((s, w)))
    shares = [share for share, _ in heard]
    assert shares == sorted(shares)
    assert (shares[0], heard[-1]) == (0.0, (1.0, "done"))
    assert heard[0][1] == "One topic: Seven"
