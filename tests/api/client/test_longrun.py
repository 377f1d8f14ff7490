"""The client against the application on a real HTTP server."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from api.app import create_app
from api.client.errors import Refused
from api.client.longrun import Longrun
from api.client.models import CharacteristicDraft, LimitsDraft, SiteDraft, SiteView, ToolDraft
from api.deps import Services
from ops.db.engine import Database
from ops.settings import Settings
from tests.api.client.conftest import Serve
from tests.api.conftest import RecordingQueue


@pytest.fixture
def longrun(
    settings: Settings, sqlite_database: Database, queue: RecordingQueue, serve: Serve
) -> Iterator[Longrun]:
    url = serve(create_app(Services(settings, sqlite_database, queue)))
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
