"""Loop clearance as a case: the probability of contact, and the margins that are nearest.

Further quantities: contact-probability, contact-ppm-allowed, clearance, least-clearance, contacts.
"""

from collections.abc import Iterator

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.stored import Stored
from ops.page import Subject, Verdict
from ops.page_value import Phrase

MOST_MARGINS = 3
MILLION = 1e6  # probabilities are told in ppm


class _Margin(Stored):
    one: str
    other: str
    units: int
    mean: float
    sigma: float
    least: float
    contacts: int
    estimate: float | None
    lower: float
    upper: float
    judged: str


class _Clearance(Stored):
    package: str
    site: str
    unit: str
    confidence: float
    requirement_ppm: float
    any_contact: _Margin | None
    margins: tuple[_Margin, ...]
    verdict: Verdict


def loop_clearance_cases(run: StoredRun) -> Iterator[Case]:
    """Case of a study of loop clearance."""
    result = _Clearance.model_validate(run.result)
    verdict = result.verdict
    subject = verdict.subject or Subject(site=result.site)
    of = Dossier(run, f"{result.site}/{result.package}", "capability", subject)
    if result.any_contact is not None:
        _add_contact(of, result, result.any_contact)
    of.number("contact-ppm-allowed", "contact that is allowed", result.requirement_ppm, "ppm")
    unit = "µm" if result.unit == "um" else result.unit
    for margin in result.margins[:MOST_MARGINS]:
        between = {"one": margin.one, "other": margin.other or "the cavity"}
        of.number(
            "clearance",
            Phrase.of("mean clearance of {one} to {other}", **between),
            margin.mean,
            unit,
        )
        of.number(
            "least-clearance",
            Phrase.of("least clearance of {one} to {other}", **between),
            margin.least,
            unit,
        )
    of.verdict(verdict)
    met = "" if result.any_contact is None else result.any_contact.judged
    nearest = result.margins[0].one if result.margins else ""
    facts = {
        "site": result.site, "package": result.package, "requirement": met,
        "stratum-factor": "position" if nearest else "", "stratum-level": nearest,
    }  # fmt: skip
    yield of.case(
        Phrase.of("Loop clearance {package}", package=result.package), verdict.level, facts
    )


def _add_contact(of: Dossier, result: _Clearance, contact: _Margin) -> None:
    value = contact.upper if contact.estimate is None else contact.estimate
    label = "probability of contact"
    if contact.estimate is None:
        label = "upper bound of the probability of contact"
    of.number(
        "contact-probability", label, MILLION * value, "ppm", lower=MILLION * contact.lower,
        upper=MILLION * contact.upper, confidence=result.confidence, level=result.verdict.level,
        reference=result.requirement_ppm, reference_label="allowed",
    )  # fmt: skip
    of.number("contacts", "units with contact", contact.contacts, decimals=0)
    of.number("units", "units measured", contact.units, decimals=0)
