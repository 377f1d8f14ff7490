"""A question about an alert alone is one about its characteristic and tool, if one may see it."""

from ops.advise.question import About, Question
from ops.db.engine import Database
from ops.values import EVERYWHERE, Scope
from ops.work.advise.about_alert import with_alerts
from tests.api.plant import HERE, NOW, THERE
from tests.ops.db.test_load_digest import add_plant, report


def about(database: Database, *asked: About, scope: Scope = EVERYWHERE) -> tuple[About, ...]:
    question = Question(text="Why?", about=asked)
    with database.read() as session:
        return with_alerts(session, scope, question).about


def test_an_alert_brings_what_it_is_about(sqlite_database: Database) -> None:
    add_plant(sqlite_database)
    alert = About(kind="alert", code=str(report(sqlite_database, at=NOW)))
    assert [(one.kind, one.code, one.site) for one in about(sqlite_database, alert)] == [
        ("alert", alert.code, "HERE"),
        ("characteristic", "LOOP", "HERE"),
        ("tool", f"WB-{HERE}", "HERE"),
    ]


def test_what_else_is_named_is_meant(sqlite_database: Database) -> None:
    add_plant(sqlite_database)
    asked = (
        About(kind="alert", code=str(report(sqlite_database, at=NOW))),
        About(kind="tool", code="WB-99"),
    )
    assert about(sqlite_database, *asked) == asked


def test_an_alert_of_another_site_or_none_brings_nothing(sqlite_database: Database) -> None:
    add_plant(sqlite_database)
    key = str(report(sqlite_database, at=NOW, site=THERE))
    here = Scope(frozenset({HERE}))
    for code in (key, "0", "9" * 30, "x", "²"):
        asked = About(kind="alert", code=code)
        assert about(sqlite_database, asked, scope=here) == (asked,)
