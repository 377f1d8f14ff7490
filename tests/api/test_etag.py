"""A change names the version it was made from."""

import pytest

from api.etag import check, etag_of
from ops.errors import Stale, Unseen


@pytest.mark.parametrize("if_match", ['"4"', "*", '"3", "4"'])
def test_present_version_may_be_changed(if_match: str) -> None:
    check(if_match, 4)


@pytest.mark.parametrize("if_match", ['"3"', 'W/"4"', "4", ""])
def test_other_version_is_stale(if_match: str) -> None:
    with pytest.raises(Stale, match=etag_of(4)):
        check(if_match, 4)


def test_version_must_be_named() -> None:
    with pytest.raises(Unseen, match="If-Match"):
        check(None, 4)
