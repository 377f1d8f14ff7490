"""Workers whose lease is over: the others take over from them, nobody from itself."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from ops.db.engine import Database
from ops.db.models.work import Worker
from ops.work.engine import open_queue, prepare
from ops.work.worker import take_over


def test_who_slept_longer_than_its_lease_does_not_take_over_from_itself(database: Database) -> None:
    prepare(database)
    long_ago = datetime.now(UTC) - timedelta(hours=1)
    with database.write.begin() as session:
        for name in ("me", "other"):
            times = {"started_at": long_ago, "seen_at": long_ago}
            session.add(Worker(id=name, host="h", pid=1, version="1", **times))
    queue = open_queue(database)
    assert take_over(database, queue, timedelta(seconds=4), me="me") == 0  # neither had a run
    queue.close()
    with database.read() as session:
        assert session.scalars(select(Worker.id)).all() == ["me"]
