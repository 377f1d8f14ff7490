"""What pages say that a question asked on them is about."""

from urllib.parse import parse_qs, urlparse

from api.pages.about import about_of, ask_address, asked_about
from ops.advise.question import About


def test_an_address_tells_what_its_page_is_about() -> None:
    about = about_of("/models/lifted-balls/versions/1", {"site": "PG1", "tool": "WB-05"})
    assert about == (
        About(kind="model", code="lifted-balls", site="PG1"),
        About(kind="tool", code="WB-05", site="PG1"),
    )
    assert about_of("/", {"site": "PG1"}) == (About(kind="site", code="PG1"),)
    assert about_of("/alerts", {"tool": "x" * 201}) == ()


def test_what_is_about_survives_an_address() -> None:
    about = (About(kind="characteristic", code="Höhe & <b>", site="PG1"),)
    asked = parse_qs(urlparse(ask_address(about)).query)["about"]
    assert asked_about([*asked, *asked]) == about


def test_what_is_no_thing_of_the_plant_is_left_out() -> None:
    assert asked_about(["", "{", "[]", '{"kind": "person", "code": "x"}']) == ()
