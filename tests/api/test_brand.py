"""The organisation's name, colour and mark, on pages and reports."""

import io

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from PIL import Image

DRAFT = {"name": "Straits Assembly", "color": "#7a1f3d"}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"><path d="M0 0H60V20Z"/></svg>'
HTML = {"Accept": "text/html"}


def _put(client: TestClient, version: int = 0, **changes: object) -> Response:
    return client.put("/v1/brand", json={**DRAFT, **changes}, headers={"If-Match": f'"{version}"'})


def test_at_first_the_mark_of_longrun_stands(client: TestClient) -> None:
    brand = client.get("/v1/brand")
    assert (brand.json()["name"], brand.json()["source"]) == ("Longrun", "longrun")
    assert brand.headers["ETag"] == '"0"'
    assert client.delete("/v1/brand", headers={"If-Match": '"0"'}).status_code == 404


def test_a_name_and_a_colour_make_a_mark_on_every_page(client: TestClient) -> None:
    brand = _put(client)
    assert brand.status_code == 200
    assert brand.json()["source"] == "lettermark"
    assert brand.json()["contrast"] >= 4.5
    for variant, address in brand.json()["marks"].items():
        mark = client.get(address)
        assert mark.headers["Content-Type"] == "image/svg+xml", variant
        assert "sandbox" in mark.headers["Content-Security-Policy"]
        assert b"Straits Assembly" in mark.content
    page = client.get("/", headers=HTML).text
    assert brand.json()["marks"]["icon"].replace("&", "&amp;") in page
    assert "Straits Assembly" in page


def test_a_changed_brand_has_new_addresses_even_after_a_deletion(client: TestClient) -> None:
    first = _put(client).json()["marks"]["icon"]
    assert client.delete("/v1/brand", headers={"If-Match": '"1"'}).status_code == 204
    assert client.get("/v1/brand").json()["source"] == "longrun"
    assert _put(client).json()["marks"]["icon"] != first


def test_an_uploaded_mark_is_cleaned_and_can_be_taken_back(client: TestClient) -> None:
    hostile = SVG.replace(b"<path", b"<script>alert(1)</script><path onclick='x()'")
    headers = {"Content-Type": "image/svg+xml", "If-Match": '"0"'}
    sent = client.put("/v1/brand/mark", content=hostile, headers=headers)
    assert sent.status_code == 200
    assert sent.json()["removed"] == ["<script>", "onclick"]
    mark = client.get(sent.json()["marks"]["icon"])
    assert b"script" not in mark.content
    assert b"onclick" not in mark.content
    changed = _put(client, 1, name="日月光")  # the uploaded mark needs no letter
    assert changed.json()["source"] == "upload"
    gone = client.delete("/v1/brand/mark", headers={"If-Match": '"2"'})
    assert gone.status_code == 204
    audit = client.get("/v1/audit?resource=brand").json()["items"]
    assert any("sha256:" in str(entry["after"]) for entry in audit)
    assert client.delete("/v1/brand/mark", headers={"If-Match": '"3"'}).status_code == 404


def test_a_png_is_served_as_one(client: TestClient) -> None:
    written = io.BytesIO()
    Image.new("RGB", (64, 64), "#7a1f3d").save(written, "PNG")
    headers = {"Content-Type": "image/png", "If-Match": "*"}
    sent = client.put("/v1/brand/mark", content=written.getvalue(), headers=headers)
    mark = client.get(sent.json()["marks"]["mark"])
    assert mark.headers["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(mark.content)).size == (64, 64)


@pytest.mark.parametrize(
    ("body", "media_type", "status", "said"),
    [
        (b"<svg/>", "image/svg+xml", 422, "has no size"),
        (b"GIF89a", "image/png", 422, "not a PNG"),
        (SVG, "text/plain", 422, "image/svg+xml, image/png"),
        (SVG + b" " * 300_000, "image/svg+xml", 413, "256 KiB"),
    ],
)
def test_what_is_no_mark_is_refused(
    client: TestClient, body: bytes, media_type: str, status: int, said: str
) -> None:
    headers = {"Content-Type": media_type, "If-Match": "*"}
    answer = client.put("/v1/brand/mark", content=body, headers=headers)
    assert answer.status_code == status
    assert said in answer.json()["detail"]


def test_bad_drafts_name_the_field(client: TestClient) -> None:
    assert _put(client, color="red").json()["errors"][0]["pointer"] == "/color"
    assert _put(client, name="日月光").json()["errors"][0]["pointer"] == "/name"
    assert client.put("/v1/brand", json=DRAFT).status_code == 428
    assert _put(client, 7).status_code == 412
