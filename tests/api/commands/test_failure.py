"""What a user reads when a command fails."""

from sqlite3 import OperationalError as Locked

from sqlalchemy.exc import OperationalError

from api.commands.failure import FAILED, explain


def test_a_locked_database_is_no_reason_to_migrate() -> None:
    status, lines = explain(OperationalError("BEGIN", {}, Locked("database is locked")))
    assert status == FAILED
    assert "try again" in lines[1]
    assert "migrate" not in " ".join(lines)


def test_a_database_that_lacks_a_table_is_to_be_migrated() -> None:
    _, lines = explain(OperationalError("SELECT", {}, Locked("no such table: run")))
    assert "no such table: run" in lines[0]
    assert "longrun migrate" in lines[1]
