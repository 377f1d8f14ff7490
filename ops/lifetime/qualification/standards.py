"""Standards that qualifications name, and what of them is certain enough to be printed.

What depends on the revision, the package or the agreement with the customer is left to the plan.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard: its code and title, and its conditions as plain facts.

    Parameters
    ----------
    code, title
        As the standard prints them, without the letter of the revision.
    measures
        What it is for, in the plan's words.
    conditions
        Name of a condition to its setting; empty where the standard leaves it to the plan.
    """

    code: str
    title: str
    measures: str
    conditions: Mapping[str, str] = field(default_factory=dict[str, str])


_HAST = {
    "130 degC": "130 degC, 85 % relative humidity, 96 h",
    "110 degC": "110 degC, 85 % relative humidity, 264 h",
}

STANDARDS: tuple[Standard, ...] = (
    Standard(
        "JESD22-A101",
        "Steady-state temperature-humidity bias life test",
        "corrosion under bias in humidity (THB)",
        {"85/85": "85 degC, 85 % relative humidity, bias, 1000 h"},
    ),
    Standard(
        "JESD22-A103",
        "High temperature storage life",
        "growth of intermetallics and other diffusion (HTSL)",
        {"A": "125 degC", "B": "150 degC", "C": "175 degC", "D": "200 degC"},
    ),
    Standard(
        "JESD22-A104",
        "Temperature cycling",
        "fatigue by unequal expansion (TC)",
        {
            "A": "-55 to 85 degC",
            "B": "-55 to 125 degC",
            "C": "-65 to 150 degC",
            "G": "-40 to 125 degC",
            "H": "-55 to 150 degC",
            "J": "0 to 100 degC",
        },
    ),
    Standard(
        "JESD22-A108",
        "Temperature, bias, and operating life",
        "life in operation at high temperature (HTOL)",
    ),
    Standard(
        "JESD22-A110",
        "Highly accelerated temperature and humidity stress test",
        "corrosion under bias in unsaturated steam (HAST)",
        _HAST,
    ),
    Standard(
        "JESD22-A113",
        "Preconditioning of nonhermetic surface mount devices prior to reliability testing",
        "what soldering does to a package that has taken up moisture",
        {"sequence": "bake, moisture soak of the level, three reflows"},
    ),
    Standard(
        "JESD22-A118",
        "Accelerated moisture resistance, unbiased HAST",
        "corrosion without bias in unsaturated steam (uHAST)",
        _HAST,
    ),
    Standard("JESD22-B116", "Wire bond shear test method", "strength of the ball bond in shear"),
    Standard("JESD22-B120", "Wire bond pull test methods", "strength of wire and stitch in pull"),
    Standard(
        "J-STD-020",
        "Moisture/reflow sensitivity classification for nonhermetic surface mount devices",
        "moisture sensitivity level (MSL)",
        {
            "MSL 1": "floor life unlimited at 30 degC/85 %; soak 168 h at 85 degC/85 %",
            "MSL 2": "floor life 1 year at 30 degC/60 %; soak 168 h at 85 degC/60 %",
            "MSL 3": "floor life 168 h at 30 degC/60 %; soak 192 h at 30 degC/60 %",
        },
    ),
    Standard(
        "J-STD-033",
        "Handling, packing, shipping and use of moisture/reflow sensitive devices",
        "dry packing, floor life and baking",
    ),
    Standard(
        "MIL-STD-883 M2011",
        "Bond strength (destructive bond pull test)",
        "strength of wire and stitch in pull",
        {
            "gold 25 um": "at least 3.0 gf before seal, 2.5 gf after",
            "aluminium 25 um": "at least 2.5 gf before seal, 1.5 gf after",
        },
    ),
    Standard(
        "AEC-Q100",
        "Failure mechanism based stress test qualification for integrated circuits",
        "which stresses, on how many lots and units, by temperature grade",
        {
            "grade 0": "-40 to 150 degC ambient",
            "grade 1": "-40 to 125 degC ambient",
            "grade 2": "-40 to 105 degC ambient",
            "grade 3": "-40 to 85 degC ambient",
            "sample": "3 lots x 77 units, 0 failures, for most stresses",
        },
    ),
    Standard(
        "AEC-Q006",
        "Qualification requirements for components using copper wire interconnections",
        "longer stresses and inspection of the bonds for copper wire",
        {"duration": "readouts at once and at twice the duration of AEC-Q100"},
    ),
    Standard(
        "JESD47",
        "Stress-test-driven qualification of integrated circuits",
        "baseline of stresses and samples by LTPD",
        {"sample": "3 lots x 77 units, 0 failures, for most stresses"},
    ),
    Standard("JESD74", "Early life failure rate calculation procedure", "early-life ppm"),
    Standard("JESD85", "Methods for calculating failure rates in units of FITs", "rate in FIT"),
)


def standard(code: str) -> Standard | None:
    """Find a standard by its code, whatever its revision letter; None if it is not known here.

    Examples
    --------
    >>> standard("JESD22-A104F").title
    'Temperature cycling'
    >>> standard("in-house 7") is None
    True
    """
    bare = code.strip()
    return next(
        (s for s in STANDARDS if bare == s.code or _revision(bare.removeprefix(s.code), bare)), None
    )


def _revision(rest: str, whole: str) -> bool:
    """Whether what follows a code is the letter of a revision."""
    return rest != whole and rest.strip(" -.").upper() in _LETTERS


_LETTERS = frozenset("ABCDEFGHIJK") | {f"REV {letter}" for letter in "ABCDEFGHIJK"}
