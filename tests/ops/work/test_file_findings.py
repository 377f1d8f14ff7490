"""Nightly runs file what they judge badly; nobody else does; the evidence alone closes."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from ops.db.engine import Database
from ops.db.models.control import Finding, ReactionPlan
from ops.db.models.work import Run, Schedule
from ops.page import Subject, Verdict
from ops.page_value import Level, Number, Phrase
from ops.work.file_findings import MOST, file_findings
from tests.plant import NOW, plant

NIGHT = datetime(2026, 3, 1, tzinfo=UTC)


def scheduled(database: Database, number: int, *, by_schedule: bool = True) -> str:
    """Store a run of a night; its id."""
    at = NIGHT + timedelta(days=number)
    with database.write.begin() as session:
        if session.get(Schedule, 1) is None:
            session.add(schedule())
            session.flush()
        run = Run(
            id=f"run-{number}", analysis="capability", version=1, params={}, state="succeeded",
            as_of=at, window_end=at, max_batch=0, submitted_by="s", submitted_at=at,
            schedule_id=1 if by_schedule else None, fire_key=f"{number}" if by_schedule else None,
        )  # fmt: skip
        session.add(run)
        session.flush()
        return run.id


def schedule() -> Schedule:
    return Schedule(
        id=1, name="nightly", analysis="capability", version=1, params={}, cron="0 2 * * *",
        zone="UTC", next_at=NOW, created_by="a", created_at=NOW, updated_at=NOW,
    )  # fmt: skip


def said(
    level: Level,
    tool: str = "WB-1",
    code: str = "LOOP",
    mechanism: str = "",
    *,
    settled: bool = False,
    whole: bool = False,
) -> Verdict:
    factors = {"tool": tool}
    subject = Subject(
        site="HSV", characteristic=code, factors=factors, mechanism=mechanism, whole=whole
    )
    sentence = f"Cpk of {tool} is {level}." if not whole else f"{code} of {tool} is {level}."
    return Verdict(level=level, sentence=sentence, subject=subject, settled=settled)


def night(database: Database, number: int, *verdicts: Verdict, **more: Any) -> int:
    run_id = scheduled(database, number, **more)
    page = {"verdicts": [verdict.model_dump(mode="json") for verdict in verdicts]}
    with database.write.begin() as session:
        return file_findings(session, run_id, page, NOW)


def found(database: Database) -> list[Finding]:
    with database.read() as session:
        return list(session.scalars(select(Finding).order_by(Finding.id)))


def test_one_alert_of_a_subject_is_refreshed_night_by_night(database: Database) -> None:
    plant(database)
    with database.write.begin() as session:
        session.add(ReactionPlan(characteristic_id=1, disposition="warn", title="Look",
                                 owner="process", minutes=60, steps=["look"], created_by="a",
                                 created_at=NOW))  # fmt: skip
    assert night(database, 1, said("bad"), said("warn"), said("good", "WB-2")) == 1
    assert night(database, 2, said("warn")) == 1
    (one,) = found(database)
    assert (one.cause, one.disposition) == ("analysis capability, LOOP, tool WB-1", "warn")
    assert one.title == "LOOP: Cpk of WB-1 is bad."
    assert (one.points, one.run_id, one.reaction["steps"]) == (2, "run-1", ["look"])
    assert (one.evidence["run_id"], one.evidence["link"]) == ("run-2", "/runs/run-2")


def test_a_title_keeps_its_clauses_when_the_evidence_is_another(database: Database) -> None:
    plant(database)
    subject = Subject(site="HSV", characteristic="LOOP", factors={"tool": "WB-1"})
    for number, cpk in enumerate((0.8, 0.7), 1):
        clause = Phrase.of("Cpk is {cpk}", cpk=Number(value=cpk))
        night(database, number, Verdict.of("bad", clause, subject=subject))
    (one,) = found(database)
    assert one.title == "LOOP: Cpk is 0.8."
    assert one.evidence["title_phrases"][0]["values"]["cpk"]["value"] == 0.8
    assert one.evidence["phrases"][0]["values"]["cpk"]["value"] == 0.7


def test_a_good_night_is_told_and_closes_nothing(database: Database) -> None:
    plant(database)
    night(database, 1, said("bad"))
    assert night(database, 2, said("good")) == 0
    (one,) = found(database)
    assert one.state == "open"
    assert one.evidence["not_seen_since"]["run_id"] == "run-2"
    night(database, 3, said("bad"))
    assert "not_seen_since" not in found(database)[0].evidence


def test_a_run_of_a_person_and_a_verdict_without_subject_file_nothing(
    database: Database,
) -> None:
    plant(database)
    assert night(database, 1, said("bad"), by_schedule=False) == 0
    assert night(database, 2, Verdict(level="bad", sentence="All is bad.")) == 0
    assert night(database, 3, said("bad", code="UNKNOWN"), said("info")) == 0
    assert found(database) == []


def test_a_run_files_fifty_at_most_and_says_how_many_more(database: Database) -> None:
    plant(database)
    assert night(database, 1, *(said("bad", f"WB-{i}") for i in range(MOST + 7))) == MOST
    assert {one.evidence["more"] for one in found(database)} == {7}


def test_a_night_that_is_made_up_for_does_not_outweigh_a_later_one(database: Database) -> None:
    plant(database)
    night(database, 5, said("bad"))
    assert night(database, 2, said("warn")) == 0
    assert [one.evidence["run_id"] for one in found(database)] == ["run-5"]


def test_two_mechanisms_of_a_tool_are_two_alerts_and_no_night_repeats_them(
    database: Database,
) -> None:
    plant(database)
    both = said("bad", mechanism="mean"), said("bad", mechanism="spread")
    assert [night(database, number, *both) for number in (1, 2)] == [2, 2]
    assert [one.cause for one in found(database)] == [
        "analysis capability, LOOP, tool WB-1, mean",
        "analysis capability, LOOP, tool WB-1, spread",
    ]


def test_a_settled_verdict_closes_the_alert_of_its_mechanism_by_the_evidence(
    database: Database,
) -> None:
    plant(database)
    night(database, 1, said("bad", mechanism="mean"), said("bad", mechanism="spread"))
    night(database, 2, said("good", mechanism="mean", settled=True))
    mean, spread = found(database)
    assert (mean.state, spread.state) == ("closed", "open")
    assert mean.closed_by == "analysis capability"
    assert mean.closing_note == "Cpk of WB-1 is good. (run run-2)"
    assert mean.evidence["not_seen_since"]["run_id"] == "run-2"
    night(database, 3, said("good", mechanism="mean", settled=True))
    assert [one.state for one in found(database)] == ["closed", "open"]
    night(database, 4, said("bad", mechanism="mean"))
    assert [one.state for one in found(database)] == ["closed", "open", "open"]


def test_an_earlier_night_that_is_made_up_for_closes_nothing(database: Database) -> None:
    plant(database)
    night(database, 5, said("bad", mechanism="mean"))
    night(database, 2, said("good", mechanism="mean", settled=True))
    assert [one.state for one in found(database)] == ["open"]


def test_all_characteristics_of_a_whole_tool_are_one_alert_whichever_leads(
    database: Database,
) -> None:
    plant(database)
    loop, shear = (
        said("bad", code=code, mechanism="mean", whole=True) for code in ("LOOP", "SHEAR")
    )
    other = said("bad", "WB-2", "SHEAR", "mean", whole=True)
    assert [night(database, 1, loop, shear, other), night(database, 2, shear, loop)] == [2, 1]
    one, two = found(database)
    assert one.cause == "analysis capability, tool WB-1, mean"
    assert two.cause == "analysis capability, tool WB-2, mean"
    assert (one.title, one.characteristic_id) == ("LOOP: LOOP of WB-1 is bad.", 1)
    assert one.evidence["characteristics"] == ["LOOP", "SHEAR"]
    assert [rule["sentence"] for rule in one.evidence["rules"]] == [
        "SHEAR of WB-1 is bad.",
        "LOOP of WB-1 is bad.",
    ]


def test_a_whole_tool_is_settled_once_each_characteristic_that_it_names_is(
    database: Database,
) -> None:
    plant(database)

    def each(level: Level, code: str) -> Verdict:
        return said(level, code=code, mechanism="mean", whole=True, settled=level == "good")

    night(database, 1, each("bad", "LOOP"), each("bad", "SHEAR"))
    night(database, 2, each("good", "LOOP"))
    (one,) = found(database)
    assert (one.state, one.evidence["characteristics"]) == ("open", ["SHEAR"])
    night(database, 3, each("bad", "SHEAR"), each("good", "LOOP"))
    assert found(database)[0].evidence["characteristics"] == ["SHEAR"]
    night(database, 4, each("good", "SHEAR"))
    (one,) = found(database)
    assert (one.state, one.closing_note) == ("closed", "SHEAR of WB-1 is good. (run run-4)")


def test_a_life_test_is_a_subject_without_a_characteristic(database: Database) -> None:
    plant(database)
    subject = Subject(site="HSV", factors={"life test": "TC-HEEL"}, mechanism="life", whole=True)
    bad = Verdict(level="bad", sentence="The approved B10 no longer holds.", subject=subject)
    holds = Verdict(level="good", sentence="It holds.", subject=subject, settled=True)
    assert night(database, 1, bad) == 1
    (alert,) = found(database)
    assert alert.title == "TC-HEEL: The approved B10 no longer holds."
    assert (alert.characteristic_id, alert.state) == (None, "open")
    assert night(database, 2, bad) == 1
    assert len(found(database)) == 1
    night(database, 3, holds)
    assert found(database)[0].state == "closed"


def test_a_subject_of_nothing_is_not_filed(database: Database) -> None:
    plant(database)
    subject = Subject(site="HSV", factors={"life test": "T"})
    assert night(database, 1, Verdict(level="bad", sentence="Bad.", subject=subject)) == 0
    assert found(database) == []
