"""Reports and pictures of runs, through the API and the command line."""

import io

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient
from PIL import Image
from pypdf import PdfReader

from api.commands.runs import runs_group
from ops.db.engine import Database
from tests.api.pages.test_pages import _stored
from tests.api.plant import add_plant
from tests.api.test_brand import SVG


@pytest.fixture
def run_id(sqlite_database: Database) -> str:
    add_plant(sqlite_database)
    return _stored(sqlite_database, "succeeded")


def test_a_run_has_a_report(client: TestClient, run_id: str) -> None:
    answer = client.get(f"/v1/runs/{run_id}/report.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert len(PdfReader(io.BytesIO(answer.content)).pages) == 4
    assert client.get(f"/v1/runs/{run_id}/report.pdf").headers["etag"] == answer.headers["etag"]
    page = client.get(f"/runs/{run_id}", headers={"Accept": "text/html"}).text
    assert f'href="/v1/runs/{run_id}/report.pdf"' in page
    assert f'href="/v1/runs/{run_id}/charts/1.svg"' in page


def test_the_cover_bears_the_mark(client: TestClient, run_id: str) -> None:
    def cover() -> bytes:
        return client.get(f"/v1/runs/{run_id}/report.pdf").content

    own = cover()
    draft = {"name": "Straits Assembly", "color": "#7a1f3d"}
    client.put("/v1/brand", json=draft, headers={"If-Match": "*"})
    drawn = cover()
    assert PdfReader(io.BytesIO(own)).metadata.author == "Longrun"
    assert PdfReader(io.BytesIO(drawn)).metadata.author == "Straits Assembly"
    for kind, mark in (("svg+xml", SVG), ("png", _png())):
        headers = {"Content-Type": f"image/{kind}", "If-Match": "*"}
        assert client.put("/v1/brand/mark", content=mark, headers=headers).status_code == 200
        shown = cover()
        assert shown[:5] == b"%PDF-"
        assert shown not in (own, drawn)
    assert PdfReader(io.BytesIO(shown)).pages[0].images[0].image.size == (80, 40)


def _png() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (80, 40), "#7a1f3d").save(written, "PNG")
    return written.getvalue()


def test_a_run_has_pictures_of_its_charts(client: TestClient, run_id: str) -> None:
    svg = client.get(f"/v1/runs/{run_id}/charts/1.svg")
    assert svg.headers["content-type"] == "image/svg+xml"
    assert "<svg" in svg.text
    assert client.get(f"/v1/runs/{run_id}/charts/1.png").content[:4] == b"\x89PNG"
    missing = client.get(f"/v1/runs/{run_id}/charts/99.svg")
    assert missing.status_code == 404
    assert "there is no chart 99" in missing.json()["detail"]


def test_a_run_without_a_result_has_no_report(
    client: TestClient, sqlite_database: Database
) -> None:
    add_plant(sqlite_database)
    run_id = _stored(sqlite_database, "failed", error={"kind": "BadData", "message": "no"})
    assert client.get(f"/v1/runs/{run_id}/report.pdf").status_code == 409


def test_the_command_writes_the_report(
    sqlite_url: str, run_id: str, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LONGRUN_DATABASE_URL", sqlite_url)
    target = tmp_path / "report.pdf"
    result = CliRunner().invoke(runs_group, ["report", run_id, "-o", str(target)])
    assert result.exit_code == 0, result.output
    assert target.read_bytes()[:5] == b"%PDF-"
