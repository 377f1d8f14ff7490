"""The first page shows the gravest concerns; the others are folded below them."""

from collections.abc import Sequence
from datetime import UTC, datetime

from fastapi.testclient import TestClient

from ops.db.attention import Said, concerns
from ops.db.engine import Database
from ops.db.models.work import Run
from ops.page import Subject, Verdict
from ops.page_value import Level
from tests.api.plant import HERE, add_plant

HTML = {"Accept": "text/html"}
NOW = datetime.now(UTC)  # older verdicts are not of now


def _verdict(level: Level, tool: str) -> Verdict:
    subject = Subject(site="HERE", factors={"tool": tool})
    return Verdict(level=level, sentence=f"{tool} is {level}.", subject=subject)


def _store(database: Database, verdicts: Sequence[Verdict]) -> None:
    page = {"title": "t", "verdicts": [v.model_dump(mode="json") for v in verdicts]}
    with database.write.begin() as session:
        session.add(
            Run(
                id="a",
                site_id=HERE,
                analysis="capability",
                version=1,
                params={},
                as_of=NOW,
                max_batch=0,
                state="succeeded",
                page=page,
                submitted_by="test",
                submitted_at=NOW,
            )
        )


def test_what_is_bad_more_often_stands_first() -> None:
    said: tuple[tuple[Level, str], ...] = (
        ("bad", "A"),
        ("warn", "A"),
        ("warn", "A"),
        ("bad", "B"),
        ("bad", "B"),
        ("warn", "C"),
    )
    found = concerns(Said(_verdict(level, tool), "a", "capability", NOW) for level, tool in said)
    assert [one.title for one in found] == ["B", "A", "C"]


def test_concerns_beyond_the_gravest_are_folded(
    client: TestClient, sqlite_database: Database
) -> None:
    add_plant(sqlite_database)
    _store(sqlite_database, [_verdict("bad", f"B{i:02}") for i in range(11)]
           + [_verdict("warn", f"W{i:02}") for i in range(8)])  # fmt: skip
    shown = client.get("/", headers=HTML).text
    open_, _, folded = shown.partition("Show 3 further concerns")
    assert shown.count("further concern") == 1
    assert "Tool B07" in open_
    assert "Tool B08" not in open_
    assert folded.index("Tool B10") < folded.index("</details>") < folded.index("Tool W00")
