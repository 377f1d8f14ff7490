"""What has the dimension one shows no unit: in evidence, on pages, in sentences."""

from dataclasses import replace

import pytest

from api.render.words import words_for
from ops.advise.rendering import sentence
from ops.advise.rules.saying import Saying, said
from ops.advise.rules.view import View
from ops.analyses.tool_matching import TOOL_MATCHING
from ops.analyses.tool_matching_sample import sample_fleet
from ops.page import Figure
from ops.page_chart import Axis
from ops.page_table import Column, Table
from ops.page_value import Phrase
from ops.values import Measurements
from tests.ops.advise.case_samples import case, number
from tests.ops.analyses.test_tool_matching import matched


@pytest.mark.parametrize(("unit", "shown"), [("1", ""), ("", ""), ("µm", "µm"), ("1/d", "1/d")])
def test_values_of_a_page_show_no_unit_one(unit: str, shown: str) -> None:
    blocks = (Figure(label="a", value=1.0, unit=unit), Column(label="a", unit=unit),
              Axis(label="a", unit=unit))  # fmt: skip
    assert [block.unit for block in blocks] == [shown] * 3


def test_a_sentence_of_a_page_has_no_place_for_it_in_any_language() -> None:
    phrase = Phrase.of("within {margin} {unit} a day", margin="0.2", unit="1")
    assert phrase.english() == words_for("en").phrase(phrase) == "within 0.2 a day"
    held = Phrase.of("within {margin} {unit}", margin="0.2", unit="µm")
    assert held.english() == words_for("en").phrase(held) == "within 0.2 µm"


def test_evidence_has_no_unit_one() -> None:
    told = case("drift", {**number("slope", 2.0), "unit": "1"})
    claim = said("finding", (Saying("It is {slope}."),), View(told))
    assert claim is not None
    assert sentence(claim, {one.id: one for one in told.evidence}) == "It is 2."


def test_tools_that_are_matched_in_a_share_show_no_unit() -> None:
    series = sample_fleet().series[0]
    bare = replace(series, characteristic=replace(series.characteristic, unit="1"))
    found = matched(Measurements((bare,)))
    blocks = [b for section in TOOL_MATCHING.view(found).sections for b in section.blocks]
    units = {b.unit for b in blocks if isinstance(b, Figure)}
    units |= {c.unit for b in blocks if isinstance(b, Table) for c in b.columns}
    assert units == {"", "1/d"}
    sentences = [verdict.sentence for verdict in found.characteristics[0].verdicts]
    assert any("stands 2.0" in one and " 1 [" not in one for one in sentences)
    assert not any("  " in one for one in sentences)
