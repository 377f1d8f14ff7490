"""Names that a question may hold: within the scope, of one site, and nothing archived."""

from datetime import UTC, datetime

import pytest

from ops.db.advice_names import NameRow, names_of
from ops.db.engine import Database
from ops.db.models.control import Finding
from ops.db.models.network import StoredScenario
from ops.db.models.plant import Characteristic, Site, Tool
from ops.errors import NotFound
from ops.values import EVERYWHERE, Scope

NOW = datetime(2026, 1, 10, tzinfo=UTC)


def _fill(database: Database) -> None:
    stamp = {"created_at": NOW}
    with database.write.begin() as session:
        session.add_all(Site(id=i, code=f"S{i}", title=f"Site {i}", **stamp) for i in (1, 2))
        session.flush()
        session.add_all(
            Tool(site_id=i, code=f"WB-0{i}", title="Bonder", family=None, **stamp) for i in (1, 2)
        )
        session.add(Characteristic(id=1, site_id=1, code="LOOP", title="Loop height", unit="um",
                                   **stamp))  # fmt: skip
        session.flush()
        for code, site_id, archived in (("NET", None, None), ("OLD", 1, NOW)):
            session.add(StoredScenario(code=code, site_id=site_id, title="", note="", newest=1,
                                       archived_at=archived, created_by="x", updated_at=NOW,
                                       **stamp))  # fmt: skip
        for number, state in ((1, "open"), (2, "closed"), (3, "acknowledged")):
            session.add(
                Finding(id=number, site_id=1, characteristic_id=1, cause=f"c{number}", stream="",
                        disposition="investigate", state=state, title="t", evidence={}, reaction=[],
                        points=1, first_ts=NOW, last_ts=NOW, opened_at=NOW, updated_at=NOW)
            )  # fmt: skip


def _codes(database: Database, scope: Scope, site: str | None = None) -> set[tuple[str, str]]:
    with database.read() as session:
        return {(row.kind, row.code) for row in names_of(session, scope, site)}


def test_names_keep_to_the_scope_and_the_site(database: Database) -> None:
    _fill(database)
    first = {("site", "S1"), ("tool", "WB-01"), ("characteristic", "LOOP"), ("alert", "1"),
             ("alert", "3")}  # fmt: skip
    second = {("site", "S2"), ("tool", "WB-02")}
    shared = {("scenario", "NET")}
    assert _codes(database, EVERYWHERE) == first | second | shared
    assert _codes(database, Scope(frozenset({2}))) == second | shared
    assert _codes(database, EVERYWHERE, "S1") == first | shared
    assert _codes(database, Scope(frozenset())) == shared
    with database.read() as session:
        rows = names_of(session, EVERYWHERE)
        assert NameRow("tool", "WB-01", "Bonder", "S1") in rows
        assert NameRow("scenario", "NET", "", None) in rows
        with pytest.raises(NotFound):
            names_of(session, Scope(frozenset({2})), "S1")
