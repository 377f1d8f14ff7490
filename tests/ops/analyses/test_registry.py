"""The registry: the house, packages beside it, and packages that are broken."""

import json

import pytest

from ops.analyses import ANALYSES
from ops.analyses.capability import CAPABILITY
from ops.analyses.registry import all_analyses, broken, find, of_package
from ops.errors import NotFound
from tests.conformance.outside import python

SAY = (
    "import json; from ops.analyses import registry as r;"
    "print(json.dumps([[a.name for a in r.all_analyses()],"
    " {b.entry: b.reason for b in r.broken()}]))"
)


def test_the_house_is_found_by_name() -> None:
    assert find("capability") is CAPABILITY
    assert CAPABILITY in all_analyses()
    assert broken() == ()


def test_an_unknown_name_is_told_the_nearest() -> None:
    with pytest.raises(NotFound, match="did you mean capability"):
        find("capabilty")


SEEN = sorted([*(analysis.name for analysis in ANALYSES), "spread"])


def test_a_package_is_found_however_its_name_is_written() -> None:
    assert CAPABILITY in of_package("Longrun_Ops")[0].analyses
    with pytest.raises(NotFound, match="longrun-ops"):
        of_package("no-such-package")


def test_a_package_brings_its_analysis() -> None:
    done = python(SAY)
    assert json.loads(done.stdout) == [SEEN, {}]


def test_a_broken_package_is_reported_and_stops_nobody() -> None:
    done = python(SAY, packages=("broken", "thirdparty"))
    names, reasons = json.loads(done.stdout)
    assert names == SEEN
    assert "No module named" in reasons["absent"]
    assert "no licence for RAISED" in reasons["raising"]
    assert "a str is not an Analysis" in reasons["stranger"]
    assert "'capability' is taken by longrun-ops" in reasons["twin"]
