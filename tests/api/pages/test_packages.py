"""The pages of packages: drawn, listed, and edited where the role allows."""

import json
import re

from fastapi.testclient import TestClient

from api.packages import EXAMPLE
from ops.analyses.package_drawing import plan_view, side_view
from ops.db.engine import Database
from ops.loop.package import Package
from tests.api.plant import add_plant

HTML = {"Accept": "text/html"}


def test_a_package_is_drawn_and_its_document_can_be_edited(
    client: TestClient, sqlite_database: Database
) -> None:
    add_plant(sqlite_database)
    empty = client.get("/packages", headers=HTML).text
    assert "There is no package yet" in empty
    body = {"site": "HERE", "code": "QFN-48", "title": "QFN 7 x 7", "document": EXAMPLE}
    made = client.post("/v1/packages", json=body).json()
    assert "QFN 7 x 7" in client.get("/packages", headers=HTML).text
    shown = client.get(f"/packages/{made['id']}", headers=HTML).text
    assert shown.count('class="plot"') == 2
    document = re.search(r'data-pointer="/document"[^>]*>([^<]*)<', shown)
    assert document is not None
    text = document.group(1).replace("&#34;", '"').replace("&quot;", '"')
    assert Package.model_validate(json.loads(text)) == Package.model_validate(EXAMPLE)


def test_drawings_keep_wires_apart_by_gaps() -> None:
    package = Package.model_validate(EXAMPLE)
    plan, side = plan_view(package), side_view(package)
    wires = plan.layers[0]
    assert [y is None for y in wires.y] == [False, False, False, True] * 2
    assert wires.x[:3] == (0.0, 450.0, 1500.0)
    across = {layer.label: layer.y for layer in side.layers[1:]}
    assert across == {"cavity": (400.0, 400.0), "what must remain": (350.0, 350.0)}
