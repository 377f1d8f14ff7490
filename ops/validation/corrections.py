"""Corrections that come ever more often: the power-law process of Crow and AMSAA."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from ops.drift.crow_amsaa import crow_amsaa
from ops.validation.case import Case, Tolerance
from ops.validation.published import entry
from ops.values import FloatArray


def cases() -> Iterator[Case]:
    """Cases of the published examples: ended at a time, and at an event."""
    nist = entry("drift_decision", "nist_nhpp_power_law")
    said = nist["expected"]
    yield Case(
        "drift_decision/nist_nhpp_power_law",
        "Ten failures in 1500 h: unbiased shape, MTBF at the end",
        nist["source"],
        (said["b"], said["MTBF"]),
        Tolerance("as printed", relative=1e-5),
        partial(_unbiased, np.array(nist["inputs"]["times"]), float(nist["inputs"]["end"])),
    )
    handbook = entry("drift_decision", "mil_hdbk_189_appendix_c")
    said = handbook["expected"]
    yield Case(
        "drift_decision/mil_hdbk_189_appendix_c",
        "27 failures in 300 h: shape, scale, intensity at the end",
        handbook["source"],
        (said["beta"], said["lam"], said["intensity_T"]),
        Tolerance("as printed", relative=1e-8),
        partial(_plain, np.array(handbook["inputs"]["times"]), float(handbook["inputs"]["end"])),
    )
    growth = entry("drift_decision", "reliawiki_system_growth")
    said = growth["expected"]
    yield Case(
        "drift_decision/reliawiki_system_growth",
        "22 failures, ended at the last: shape, scale, intensity at the end",
        growth["source"],
        (said["beta"], said["lam"], 1.0 / said["DMTBF_I"]),
        Tolerance("five digits printed", relative=2e-5),
        partial(_plain, np.array(growth["inputs"]["times"], dtype=np.float64), None),
    )


def _unbiased(times: FloatArray, end: float) -> tuple[float, ...]:
    fit = crow_amsaa(times, end=end)
    return fit.beta, 1.0 / fit.modified_intensity


def _plain(times: FloatArray, end: float | None) -> tuple[float, ...]:
    fit = crow_amsaa(times, end=end)
    return fit.beta_mle, fit.scale, fit.intensity
