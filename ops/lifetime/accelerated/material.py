"""Constants of material systems, each with its source and the range in which it is published.

The numbers are those that the named publications are commonly cited for; JEP122 repeats several
of them in its clauses of the same names. Who reports a life holds them against the edition in
force. A range that no publication gives is ours and says so.
"""

from ops.lifetime.accelerated.constant import Constant
from ops.lifetime.accelerated.model import Material

_JEP = "JEP122H (2016), {}"
_BLISH = "Blish (1997), IRPS, 110-117, table of Coffin-Manson exponents; JEP122 thermal cycling"
_OURS = "ours: {}"
_HARD = _JEP.format("temperature cycling: hard metals and intermetallics, 3 to 5")
_BRITTLE = _JEP.format("temperature cycling: brittle fracture, 6 to 9")
_EM = _JEP.format("electromigration")
_PECK = "Peck (1986), IRPS, 44-50; Hallberg and Peck (1991), Qual. Reliab. Eng. Int. 7, 169-180"
_DAUKSHER = "Dauksher (2008), IEEE Trans. Device Mater. Reliab. 8, 168-173"
_LALL = "Lall et al. (2012), J. Electron. Packag. 134, 031008"
_PAN = "Pan et al. (2005), SMTA International, 876-883"
_NORRIS = "Norris and Landzberg (1969), IBM J. Res. Dev. 13, 266-271"


def _near(value: float, share: float, source: str) -> Constant:
    """Constant with a range of our own: a share of the value to each side."""
    ours = _OURS.format(f"{100 * share:g} % to each side")
    return Constant(value, value * (1 - share), value * (1 + share), source, ours)


MECHANISMS = (
    Material(
        "au-al-intermetallic",
        "gold ball on aluminium pad: growth of intermetallics, voids (ball lift)",
        {
            "Ea": Constant(
                1.0,
                0.8,
                1.1,
                "Harman (2010), Wire Bonding in Microelectronics, 3rd ed., chapter 5",
                "Harman (2010); Gan et al. (2014), J. Electron. Packag. 136, 021004: 1.10 eV",
            )
        },
    ),
    Material(
        "cu-al-intermetallic",
        "palladium-coated copper ball on aluminium pad: intermetallics, storage",
        {"Ea": _near(0.85, 0.25, "Gan et al. (2014), J. Electron. Packag. 136, 021004: 0.85 eV")},
    ),
    Material(
        "oxide-breakdown",
        "time-dependent dielectric breakdown",
        {
            "Ea": Constant(
                0.75,
                0.6,
                0.9,
                _JEP.format("time-dependent dielectric breakdown: 0.6 to 0.9 eV"),
                _JEP.format("time-dependent dielectric breakdown: 0.6 to 0.9 eV"),
            )
        },
    ),
    Material(
        "unspecified",
        "no single mechanism: the customary value of HTOL",
        {
            "Ea": Constant(
                0.7,
                0.5,
                0.9,
                "JESD47 and JESD85: 0.7 eV where nothing better is known",
                _OURS.format("0.2 eV to each side"),
            )
        },
    ),
    Material("other-mechanism", "another thermally activated mechanism; no constants"),
)

CORROSION = (
    Material(
        "al-corrosion",
        "aluminium pads and lines in plastic packages: corrosion by chlorides and moisture",
        {
            "n": Constant(2.7, 2.66, 3.0, _PECK, _PECK),
            "Ea": Constant(0.79, 0.7, 0.9, _PECK, f"{_PECK}; {_JEP.format('corrosion')}"),
        },
    ),
    Material("other-corrosion", "another system that moisture attacks; no constants"),
)

BOND_SITES = (
    Material(
        "au-wire-heel-crack",
        "gold wire: crack in the heel of the wedge",
        {"q": _near(5.1, 0.2, _BLISH)},
    ),
    Material(
        "au-al-ball-lift",
        "gold ball on aluminium: fracture in the intermetallic (ball lift)",
        {"q": Constant(4.0, 3.0, 5.0, _BLISH, _HARD)},
    ),
    Material(
        "al-wire-bond",
        "aluminium wire: heel crack and lift-off",
        {"q": Constant(3.5, 3.0, 5.0, _BLISH, _HARD)},
    ),
    Material(
        "cu-wire-heel-crack",
        "copper wire: crack in the heel of the wedge",
        {"q": _near(5.0, 0.2, f"{_BLISH} (copper)")},
    ),
    Material(
        "silicon-cratering",
        "fracture of the silicon under the bond",
        {"q": Constant(7.1, 6.0, 9.0, _BLISH, _BRITTLE)},
    ),
    Material(
        "dielectric-cracking",
        "cracks in the interlayer dielectric",
        {"q": Constant(5.5, 4.8, 6.2, _BLISH, _BLISH)},
    ),
    Material(
        "thin-film-cracking",
        "cracks in passivation and thin films",
        {"q": Constant(8.4, 6.0, 9.0, _BLISH, _BRITTLE)},
    ),
    Material("other-site", "another site of fatigue that is no solder joint; no constants"),
)

ALLOYS = (
    Material(
        "snpb",
        "eutectic tin-lead solder",
        {
            "n": Constant(1.9, 1.9, 2.1, _NORRIS, _OURS.format("1.9 to 2.1")),
            "m": _near(1 / 3, 0.1, _NORRIS),
            "B": _near(1414.0, 0.1, _NORRIS),
        },
    ),
    Material(
        "sac",
        "tin-silver-copper solder (SAC305, SAC405)",
        {
            "n": Constant(2.65, 1.75, 2.65, _PAN, f"{_DAUKSHER}; {_LALL}; {_PAN}"),
            "m": Constant(0.136, 0.136, 0.30, _PAN, f"{_DAUKSHER}; {_LALL}; {_PAN}"),
            "B": Constant(2185.0, 1600.0, 4562.0, _PAN, f"{_DAUKSHER}; {_LALL}; {_PAN}"),
        },
    ),
    Material("other-solder", "another solder alloy; no constants"),
)

METALS = (
    Material(
        "al",
        "lines of aluminium or aluminium-silicon",
        {
            "n": Constant(2.0, 1.0, 2.0, f"{_EM}; Black (1969)", _EM),
            "Ea": Constant(0.55, 0.5, 0.6, _EM, _EM),
        },
    ),
    Material(
        "al-cu",
        "lines of aluminium-copper",
        {
            "n": Constant(2.0, 1.0, 2.0, f"{_EM}; Black (1969)", _EM),
            "Ea": Constant(0.8, 0.7, 0.9, _EM, _EM),
        },
    ),
    Material(
        "cu",
        "dual-damascene copper lines",
        {
            "n": Constant(1.1, 1.0, 2.0, _EM, _EM),
            "Ea": Constant(0.9, 0.8, 1.0, _EM, _EM),
        },
    ),
    Material("other-metal", "lines of another metal; no constants"),
)

DIELECTRICS = (
    Material("other-dielectric", "insulation or dielectric; no constants: estimate or give them"),
)
