"""The pages of memories: seen, searched, and changed where the role allows."""

import pytest
from fastapi.testclient import TestClient

from ops.db.engine import Database
from tests.api.plant import add_plant
from tests.api.test_memories import NOTE

HTML = {"Accept": "text/html"}


def _page(client: TestClient, path: str) -> str:
    answer = client.get(path, headers=HTML)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_memories_are_seen_searched_and_shown(
    client: TestClient, sqlite_database: Database
) -> None:
    add_plant(sqlite_database)
    assert "No memories here" in _page(client, "/memories")
    said = NOTE | {"action": "recalibrate", "helped": True, "valid_to": "2199-01-01T00:00:00Z"}
    first = client.post("/v1/memories", json=said).json()["id"]
    second = client.post("/v1/memories", json=said | {"helped": False}).json()["id"]
    listed = _page(client, "/memories?q=&kind=&site=")
    assert listed.count(NOTE["title"]) == 2
    assert 'data-api="POST /v1/memories"' in listed
    searched = _page(client, "/memories?q=WB-07")
    assert "outweighed by" in searched
    assert "contradicted, outweighs" in searched
    assert "Nothing is remembered about this" in _page(client, "/memories?q=WB-08")
    shown = _page(client, f"/memories/{first}")
    assert "It outweighs this one:" in shown
    assert f'data-api="POST /v1/memories/{first}/expire"' in shown
    assert 'value="2199-01-01T00:00"' in shown
    body = {k: v for k, v in NOTE.items() if k != "site"}
    made = client.post(
        f"/v1/memories/{second}/correct", json=body, headers={"If-Match": "*"}
    ).json()
    assert "What it said before" in _page(client, f"/memories/{made['id']}")
    old = _page(client, f"/memories/{second}")
    assert "It was corrected:" in old
    assert "/correct" not in old
    assert _page(client, "/memories?state=superseded").count(NOTE["title"]) == 1


@pytest.mark.parametrize("path", ["/memories/99", "/memories?site=NOWHERE"])
def test_what_is_not_there_is_not_found(
    client: TestClient, sqlite_database: Database, path: str
) -> None:
    add_plant(sqlite_database)
    assert client.get(path, headers=HTML).status_code == 404


def test_text_of_a_memory_is_no_markup(client: TestClient, sqlite_database: Database) -> None:
    add_plant(sqlite_database)
    said = NOTE | {"title": "<b>x</b>", "text": "<script>1</script>", "tags": {"t": '"><i>'}}
    made = client.post("/v1/memories", json=said).json()["id"]
    for path in ("/memories", f"/memories/{made}"):
        page = _page(client, path)
        assert not [tag for tag in ("<b>x", "<script>1", "><i>") if tag in page]
