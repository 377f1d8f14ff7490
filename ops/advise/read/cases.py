"""Cases of stored runs: a reader for each analysis, and its page where none knows the result."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from ops.advise.case import Case, StoredRun
from ops.advise.read.any_page import page_cases
from ops.advise.read.capability import capability_cases
from ops.advise.read.capillary import capillary_cases
from ops.advise.read.control_chart import control_chart_cases, phase_one_cases
from ops.advise.read.drift import drift_cases
from ops.advise.read.drift_screen import drift_screen_cases
from ops.advise.read.further import FURTHER
from ops.advise.read.gauge_study import gauge_study_cases
from ops.advise.read.long_term import long_term_cases
from ops.advise.read.loop_clearance import loop_clearance_cases
from ops.advise.read.loop_height import loop_height_cases
from ops.advise.read.loop_program import loop_program_cases
from ops.advise.read.metrology import metrology_cases
from ops.advise.read.stream_screen import stream_screen_cases
from ops.advise.read.tool_matching import tool_matching_cases


@dataclass(frozen=True, slots=True)
class Reader:
    """How results of some versions of an analysis are read.

    Parameters
    ----------
    read
        Cases of a run. It parses what it needs of the result with models (`Stored`): what is
        malformed raises `ValidationError`.
    versions
        Versions of the analysis whose results it knows.
    """

    read: Callable[[StoredRun], Iterable[Case]]
    versions: tuple[int, ...] = (1,)


_VERSIONS: Mapping[str, tuple[int, ...]] = {"demand-forecast": (1, 2), "system-reliability": (1, 2)}
READERS: Mapping[str, Reader] = {  # by name of the analysis
    "capability": Reader(capability_cases, (2, 3, 4)),
    "capillary-health": Reader(capillary_cases),
    "control-chart": Reader(control_chart_cases),
    "drift": Reader(drift_cases),
    "drift-screen": Reader(drift_screen_cases),
    "gauge-study": Reader(gauge_study_cases),
    "long-term-capability": Reader(long_term_cases),
    "loop-clearance": Reader(loop_clearance_cases),
    "loop-height-chart": Reader(loop_height_cases),
    "loop-program-calibration": Reader(loop_program_cases),
    "metrology-agreement": Reader(metrology_cases),
    "phase-one": Reader(phase_one_cases),
    "stream-screen": Reader(stream_screen_cases),
    "tool-matching": Reader(tool_matching_cases),
    **{name: Reader(read, _VERSIONS.get(name, (1,))) for name, read in FURTHER.items()},
}


def reads_result(analysis: str, version: int) -> bool:
    """Whether results of a version are read; of others the page is."""
    reader = READERS.get(analysis)
    return reader is not None and version in reader.versions


def cases_of(run: StoredRun) -> tuple[Case, ...]:
    """Cases of a run, in a fixed order.

    An analysis or version that no reader knows, a malformed result, and ids that are not unique
    are left to the reader of pages.
    """
    if not reads_result(run.analysis, run.version):
        return page_cases(run)
    try:
        found = tuple(READERS[run.analysis].read(run))
    except (ValidationError, ArithmeticError):  # numbers too large to reckon with, too
        return page_cases(run)
    return found if _are_unique(found) else page_cases(run)


def _are_unique(cases: tuple[Case, ...]) -> bool:
    ids = [one.id for case in cases for one in case.evidence]
    return len(set(ids)) == len(ids) and len({case.id for case in cases}) == len(cases)
