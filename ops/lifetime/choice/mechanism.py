"""Failure mechanisms and the distribution that their physics asks for, as data.

The weakest of many equal links fails by a law of smallest values: Weibull. Damage that grows in
proportion to what is there already, step by step, ends in a product of many factors: lognormal.
The engineer names the mechanism, or asks by its words; a name is a claim that a comparison of the
data then has to bear.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ops.errors import BadData, Problem

Physics = Literal[
    "weakest_link", "multiplicative", "fatigue", "external", "subpopulation", "unknown"
]


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A way to fail, and what it says of the distribution of lives.

    Parameters
    ----------
    code, title
        Its name as it is asked for, and as it is read.
    physics
        What kind of process it is.
    families
        Candidates that fit it, the first preferred; empty where it does not decide.
    reason
        Why, in one clause.
    source
        Where it is said.
    words
        What else it goes by, for who asks.
    """

    code: str
    title: str
    physics: Physics
    families: tuple[str, ...]
    reason: str
    source: str
    words: tuple[str, ...] = ()


_WEAK = "the first of many equal places to give way ends the life of the whole"
_GROWS = "each step of the damage is in proportion to what is there, so its logarithm adds up"
_JEP122 = "JEDEC JEP122"
_BOOK = "Meeker and Escobar (1998), 4.6 and 4.8"

_ALL = (
    Mechanism(
        "dielectric_breakdown",
        "Dielectric breakdown",
        "weakest_link",
        ("weibull",),
        f"{_WEAK}: the shape does not depend on the area, the scale falls with it",
        f"{_JEP122} (time-dependent dielectric breakdown); Sune (2001), IEEE EDL 22(6), 296-298",
        ("tddb", "gate oxide", "low-k", "breakdown", "insulation"),
    ),
    Mechanism(
        "capacitor_breakdown",
        "Breakdown of ceramic capacitors",
        "weakest_link",
        ("weibull",),
        _WEAK,
        "Prokopowicz and Vaskas (1969), ECOM-90705-F; " + _BOOK,
        ("mlcc", "ceramic capacitor"),
    ),
    Mechanism(
        "series_interconnect",
        "Interconnect of many links in series",
        "weakest_link",
        ("weibull",),
        _WEAK,
        "Nelson (1990), Accelerated Testing, 2.4 and 7.1 (size effect)",
        ("via chain", "daisy chain", "series", "chain"),
    ),
    Mechanism(
        "rolling_contact",
        "Rolling contact fatigue",
        "weakest_link",
        ("weibull",),
        f"{_WEAK}: the largest flaw under the race",
        "Lundberg and Palmgren (1947), Acta Polytechnica 7; ISO 281",
        ("bearing", "pitting", "spalling"),
    ),
    Mechanism(
        "electromigration",
        "Electromigration",
        "multiplicative",
        ("lognormal",),
        f"{_GROWS}, and so do the sizes of the grains that steer it",
        f"{_JEP122} (electromigration); Black (1969), IEEE Trans. Electron Devices 16(4), 338-347",
        ("em", "aluminium line", "black"),
    ),
    Mechanism(
        "copper_electromigration",
        "Electromigration of copper",
        "multiplicative",
        ("lognormal_3p", "lognormal"),
        "a void must nucleate and span the via before the resistance rises: no early failures,"
        " then lognormal growth",
        "Filippi et al. (2009), IEEE IRPS, 444-451 (threshold failure time)",
        ("cu electromigration", "dual damascene", "via void"),
    ),
    Mechanism(
        "stress_migration",
        "Stress migration",
        "multiplicative",
        ("lognormal",),
        _GROWS,
        f"{_JEP122} (stress migration)",
        ("stress void", "voiding"),
    ),
    Mechanism(
        "corrosion",
        "Corrosion",
        "multiplicative",
        ("lognormal",),
        _GROWS,
        f"{_JEP122} (corrosion); Peck (1986), IEEE IRPS, 44-50",
        ("hast", "thb", "humidity", "bond pad corrosion", "dendrite"),
    ),
    Mechanism(
        "intermetallic_growth",
        "Growth of intermetallics",
        "multiplicative",
        ("lognormal",),
        f"{_GROWS}: diffusion through the layer that it has built",
        f"{_JEP122} (intermetallics and voids of wire bonds); {_BOOK}",
        ("kirkendall", "au-al", "cu-al", "purple plague", "bond lift", "imc"),
    ),
    Mechanism(
        "charge_injection",
        "Hot carriers and bias-temperature instability",
        "multiplicative",
        ("lognormal",),
        _GROWS,
        f"{_JEP122} (hot carrier injection; bias temperature instability)",
        ("hci", "nbti", "bti", "hot carrier"),
    ),
    Mechanism(
        "solder_fatigue",
        "Fatigue of solder joints",
        "fatigue",
        ("weibull", "lognormal"),
        "a package fails by the first of its many joints (Weibull), a single joint by the growth"
        " of a crack (lognormal): state which one was counted",
        "IPC-9701A (Weibull); Nelson (1990), Accelerated Testing, 2.3 (lognormal)",
        ("solder", "bga", "thermal cycling", "creep"),
    ),
    Mechanism(
        "wire_heel_crack",
        "Crack at the heel of a wire bond",
        "fatigue",
        ("lognormal", "weibull"),
        "a crack grows in proportion to its length (lognormal); a part of many wires fails by the"
        " first (Weibull): state which one was counted",
        f"{_JEP122} (fatigue of wire bonds); Nelson (1990), Accelerated Testing, 2.3",
        ("heel crack", "wire fatigue", "power cycling", "wire bond"),
    ),
    Mechanism(
        "delamination",
        "Delamination and cracks of interfaces",
        "fatigue",
        ("weibull", "lognormal"),
        "it begins at the weakest place (Weibull) and grows in proportion to its length"
        " (lognormal): state which one ends the life",
        f"{_JEP122} (interfacial delamination)",
        ("delamination", "popcorn", "die attach"),
    ),
    Mechanism(
        "overstress",
        "Overstress from outside",
        "external",
        ("exponential", "weibull"),
        "the part does not age: what comes from outside at a constant rate has no memory",
        f"{_BOOK}; JEDEC JESD85 (constant rate)",
        ("esd", "eos", "surge", "soft error", "lightning"),
    ),
    Mechanism(
        "defects",
        "Defects of manufacture",
        "subpopulation",
        ("defective_weibull", "defective_lognormal"),
        "only the units with the defect fail by it: the plot levels off at their share",
        "Meeker (1987), Technometrics 29(1), 51-65 (limited failure population)",
        ("infant mortality", "early life", "contamination", "lfp"),
    ),
    Mechanism(
        "unknown",
        "Not known",
        "unknown",
        (),
        "no mechanism was named, so that the data alone speak: analyse the failed units",
        _BOOK,
        (),
    ),
)

MECHANISMS: Mapping[str, Mechanism] = {mechanism.code: mechanism for mechanism in _ALL}
UNKNOWN = MECHANISMS["unknown"]


def mechanism_named(code: str) -> Mechanism:
    """Find a mechanism by its code; an empty one is not known.

    Raises
    ------
    BadData
        If there is no such code.
    """
    if not code:
        return UNKNOWN
    if code not in MECHANISMS:
        detail = f"no mechanism is named {code!r}; the names are {', '.join(MECHANISMS)}"
        raise BadData(detail, (Problem("/mechanism", detail),))
    return MECHANISMS[code]


def ask(words: str) -> tuple[Mechanism, ...]:
    """Find mechanisms that somebody may mean, the likeliest first; empty if none.

    Examples
    --------
    >>> [m.code for m in ask("lifted ball, Kirkendall voids")]
    ['intermetallic_growth']
    """
    said = words.lower().replace("_", " ")
    parts = {part for part in said.replace(",", " ").split() if len(part) > 3}

    def score(mechanism: Mechanism) -> int:
        names = (mechanism.code.replace("_", " "), mechanism.title.lower(), *mechanism.words)
        whole = sum(name in said for name in names if len(name) > 3 or name in said.split())
        return 10 * whole + sum(any(part[:6] in name for name in names) for part in parts)

    found = [(score(mechanism), mechanism) for mechanism in _ALL if mechanism is not UNKNOWN]
    ranked = sorted((pair for pair in found if pair[0] > 0), key=lambda pair: -pair[0])
    return tuple(mechanism for _, mechanism in ranked)
