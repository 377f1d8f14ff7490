from datetime import UTC, datetime, timedelta

from ops.db import llm_probes
from ops.db.engine import Database

URL = "http://127.0.0.1:8080/v1"
THEN = datetime(2026, 11, 20, 8, tzinfo=UTC)
FOUND = {"json_schema": True, "models": ["a", "b"], "notes": ["µ"]}


def test_the_newest_probe_of_a_server_and_model_is_kept(database: Database) -> None:
    with database.write.begin() as session:
        llm_probes.keep(session, URL, "a", {"models": []}, at=THEN - timedelta(days=1))
        llm_probes.keep(session, URL, "a", FOUND, at=THEN)
        llm_probes.keep(session, URL, "", {"models": ["c"]}, at=THEN)
    with database.read() as session:
        assert llm_probes.newest(session, URL, "a") == FOUND
        assert llm_probes.newest(session, URL, "b") is None
        assert llm_probes.fresh(session, URL, "a", now=THEN + timedelta(days=7)) == FOUND
        assert llm_probes.fresh(session, URL, "a", now=THEN + timedelta(days=8)) is None
        assert llm_probes.fresh(session, URL, "a", now=THEN, listed=["b", "a"]) == FOUND
        assert llm_probes.fresh(session, URL, "a", now=THEN, listed=["b"]) is None
        assert llm_probes.fresh(session, URL, "a", now=THEN - timedelta(seconds=1)) == FOUND
        assert llm_probes.fresh(session, URL, "a", now=THEN - timedelta(days=8)) is None
