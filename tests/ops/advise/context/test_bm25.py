import math

import pytest

from ops.advise.context.bm25 import relevances, words


def test_a_score_is_that_of_the_formula() -> None:
    texts = ["wire bond bond", "wire", "lid"]
    mean = 5 / 3
    idf = math.log(1 + (3 - 1 + 0.5) / 1.5)
    expected = idf * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 3 / mean))
    assert relevances("bond", texts) == pytest.approx((expected, 0.0, 0.0))


def test_a_code_is_found_whole_and_in_parts() -> None:
    scores = relevances("WB-07", ["tool wb-07 here", "tool wb 07 here", "tool wb-08 here", "none"])
    assert scores[0] > scores[1] > scores[2] > scores[3] == 0.0


def test_scripts_without_spaces_are_matched_by_two_letters() -> None:
    assert words("重新校准") == ["重新", "新校", "校准"]
    assert relevances("校准", ["上次重新校准恢复了", "材料更换"])[1] == 0.0


def test_nothing_is_relevant_to_nothing() -> None:
    assert relevances("", ["a", ""]) == (0.0, 0.0)
    assert relevances("a", []) == ()
    assert relevances("a", ["", ""]) == (0.0, 0.0)
