"""The client against the application on a real HTTP server."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from api.client.errors import Refused
from api.client.longrun import Longrun
from api.client.models import CharacteristicDraft, LimitsDraft, SiteDraft, SiteView, ToolDraft
from api.deps import Services
from api.scenario_bodies import EXAMPLE
from ops.db.engine import Database
from ops.settings import Settings
from tests.api.client.conftest import Serve
from tests.api.conftest import RecordingQueue
from tests.api.local import application


@pytest.fixture
def longrun(
    settings: Settings, sqlite_database: Database, queue: RecordingQueue, serve: Serve
) -> Iterator[Longrun]:
    url = serve(application(Services(settings, sqlite_database, queue)))
    with Longrun(url) as opened:
        yield opened


def test_master_data_is_made_read_changed_and_deleted(longrun: Longrun) -> None:
    made = longrun.sites.create(SiteDraft(code="PG1", title="Penang", zone="Asia/Kuala_Lumpur"))
    assert isinstance(made, SiteView)
    changed = longrun.sites.change(made.id, {"title": "Penang 1"})
    assert (changed.code, changed.title, changed.zone) == ("PG1", "Penang 1", "Asia/Kuala_Lumpur")
    assert longrun.sites.get(made.id) == changed
    longrun.sites.delete(made.id)
    assert list(longrun.sites.list()) == []


def test_limits_hang_on_their_characteristic(longrun: Longrun) -> None:
    longrun.sites.create({"code": "PG1", "title": "Penang"})
    height = longrun.characteristics.create(
        CharacteristicDraft(site="PG1", code="LOOP-H", title="Loop height", unit="um")
    )
    limits = longrun.limits(height.id)
    draft = LimitsDraft(effective_from=datetime(2026, 1, 1, tzinfo=UTC), lower=135.0, upper=165.0)
    limits.create(draft)
    assert [(v.lower, v.upper) for v in limits.list()] == [(135.0, 165.0)]


def test_a_list_goes_on_over_its_pages(longrun: Longrun) -> None:
    longrun.sites.create({"code": "PG1", "title": "Penang"})
    codes = [f"WB-{i:02}" for i in range(7)]
    for code in codes:
        longrun.tools.create(ToolDraft(site="PG1", code=code, title=code))
    assert [tool.code for tool in longrun.tools.list(limit=3)] == codes


def test_a_stale_version_is_refused(longrun: Longrun) -> None:
    site = longrun.sites.create({"code": "PG1", "title": "Penang"})
    etag = longrun.sites.etag(site.id)
    longrun.sites.change(site.id, {"title": "A"})
    with pytest.raises(Refused, match="412") as refused:
        longrun.sites.change(site.id, {"title": "B"}, etag=etag)
    assert refused.value.status == 412


def test_a_refusal_carries_the_problem_and_names_the_field(longrun: Longrun) -> None:
    with pytest.raises(Refused, match="/code") as refused:
        longrun.sites.create({"code": "not a code", "title": "Penang"})
    assert refused.value.status == 422
    assert refused.value.errors[0]["pointer"] == "/code"
    assert refused.value.problem["type"].startswith("/problems/")


def test_a_scenario_is_made_edited_and_exchanged(longrun: Longrun, tmp_path: Path) -> None:
    made = longrun.scenarios.create("EU", EXAMPLE)
    assert (made.newest, made.flaw_count) == (1, 0)
    edits = ["lane PEN-MUC capacity to 100"]
    tried = longrun.scenarios.edit("EU", edits, dry_run=True)
    done = longrun.scenarios.edit("EU", edits)
    assert tried.revision is None
    assert done.diff.changes == longrun.scenarios.diff("EU", 1, 2).changes == tried.diff.changes
    document = longrun.scenarios.document("EU")
    assert document["lanes"][0]["capacity"] == 100
    file = tmp_path / "eu.xlsx"
    file.write_bytes(longrun.scenarios.export("EU", "xlsx"))
    longrun.scenarios.take_in("EU-2", file)
    same = longrun.scenarios.document("EU-2")
    assert same["lanes"] == document["lanes"]
    assert longrun.scenarios.validate(same).flaws == []
    longrun.scenarios.copy("EU", "EU-3", ["close site PEN"])
    assert longrun.scenarios.revise("EU-3", EXAMPLE, note="as before").newest == 2
    assert [r.number for r in longrun.scenarios.revisions("EU-3")] == [2, 1]
    longrun.scenarios.archive("EU-3")
    assert [s.code for s in longrun.scenarios.list()] == ["EU", "EU-2"]
    with pytest.raises(Refused, match="/run"):
        longrun.scenarios.approve("EU", "absent")
