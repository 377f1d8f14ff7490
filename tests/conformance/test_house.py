"""Every analysis of the house x every check."""

import pytest

from ops.analyses import ANALYSES
from ops.analyses.conformance import CHECKS, Check, title_of
from ops.analysis import AnyAnalysis


@pytest.mark.parametrize("check", CHECKS, ids=title_of)
@pytest.mark.parametrize("analysis", ANALYSES, ids=lambda a: a.name)
def test_analysis_conforms(analysis: AnyAnalysis, check: Check) -> None:
    check(analysis)
