"""The acceleration models of the house, and which one describes what."""

from ops.errors import BadData, Problem
from ops.lifetime.accelerated.material import (
    ALLOYS,
    BOND_SITES,
    CORROSION,
    DIELECTRICS,
    MECHANISMS,
    METALS,
)
from ops.lifetime.accelerated.model import AccelerationModel, Material
from ops.lifetime.accelerated.stress import (
    CURRENT_DENSITY,
    FIELD,
    FREQUENCY,
    HUMIDITY,
    LEVEL,
    MAX_TEMPERATURE,
    RANGE,
    TEMPERATURE,
    VOLTAGE,
)
from ops.lifetime.accelerated.term import Term

_EA = Term("Ea", "activation energy", "eV", TEMPERATURE, "arrhenius")
_VOLTAGE = Term("n", "voltage exponent", "", VOLTAGE, "power")

ARRHENIUS = AccelerationModel(
    name="arrhenius",
    title="Arrhenius",
    equation="life = A exp(Ea / kT)",
    terms=(_EA,),
    valid_for="one thermally activated mechanism at constant temperature",
    chosen_by="mechanism",
    materials=MECHANISMS,
    source="JEP122H (2016), Arrhenius; Meeker and Escobar (1998), section 18.3.1",
)
EYRING = AccelerationModel(
    name="eyring",
    title="Eyring",
    equation="life = (A / T) exp(Ea / kT)",
    terms=(_EA,),
    valid_for="one thermally activated mechanism at constant temperature",
    chosen_by="mechanism",
    materials=(MECHANISMS[-1],),
    eyring="temperature",
    source="Eyring, Glasstone and Laidler (1941); Meeker and Escobar (1998), section 18.3.2",
)
INVERSE_POWER = AccelerationModel(
    name="inverse-power",
    title="Inverse power of voltage",
    equation="life = A V^-n",
    terms=(_VOLTAGE,),
    valid_for="insulation and dielectrics under voltage at one temperature",
    chosen_by="material",
    materials=DIELECTRICS,
    source="Nelson (1990), section 2.10",
)
POWER_LAW = AccelerationModel(
    name="power-law",
    title="Inverse power of a load",
    equation="life = A s^-n",
    terms=(Term("n", "exponent", "", LEVEL, "power"),),
    valid_for="fatigue and wear under a load of one kind; test and use in the same unit",
    chosen_by="material",
    materials=(),
    source="Nelson (1990), section 2.10",
)
FIELD_EXPONENTIAL = AccelerationModel(
    name="field-temperature",
    title="Exponential of the field (E model) with temperature",
    equation="life = A exp(-g E) exp(Ea / kT)",
    terms=(Term("g", "field acceleration", "cm/MV", FIELD, "exponential"), _EA),
    valid_for="breakdown of thin dielectrics under a field",
    chosen_by="mechanism",
    materials=(
        Material("oxide-breakdown", MECHANISMS[2].title, MECHANISMS[2].constants),
        DIELECTRICS[0],
    ),
    source="JEP122H (2016), time-dependent dielectric breakdown: E model",
)
PECK = AccelerationModel(
    name="peck",
    title="Peck",
    equation="life = A RH^-n exp(Ea / kT)",
    terms=(Term("n", "humidity exponent", "", HUMIDITY, "power"), _EA),
    valid_for="corrosion by moisture without condensation (THB, HAST)",
    chosen_by="material",
    materials=CORROSION,
    material_required=True,
    source="Peck (1986), IRPS, 44-50; JEP122H (2016), corrosion",
)
HUMIDITY_VOLTAGE = AccelerationModel(
    name="temperature-humidity-voltage",
    title="Peck with voltage",
    equation="life = A V^-m RH^-n exp(Ea / kT)",
    terms=(
        Term("m", "voltage exponent", "", VOLTAGE, "power"),
        Term("n", "humidity exponent", "", HUMIDITY, "power"),
        _EA,
    ),
    valid_for="corrosion by moisture under bias without condensation (THB, HAST)",
    chosen_by="material",
    materials=CORROSION,
    material_required=True,
    source="Peck (1986), IRPS, 44-50; JEP122H (2016), corrosion",
)
THERMAL_NONTHERMAL = AccelerationModel(
    name="temperature-nonthermal",
    title="Arrhenius with an inverse power of voltage",
    equation="life = A V^-n exp(Ea / kT)",
    terms=(_VOLTAGE, _EA),
    valid_for="one thermally activated mechanism under voltage",
    chosen_by="mechanism",
    materials=MECHANISMS,
    source="Meeker and Escobar (1998), section 18.5",
)
COFFIN_MANSON = AccelerationModel(
    name="coffin-manson",
    title="Coffin-Manson",
    equation="cycles = A dT^-q",
    terms=(Term("q", "exponent", "", RANGE, "power"),),
    valid_for="fatigue and fracture by temperature cycles, solder joints excepted",
    chosen_by="failure site",
    materials=BOND_SITES,
    material_required=True,
    source="Coffin (1954); Manson (1953); JEP122H (2016), temperature cycling",
)
NORRIS_LANDZBERG = AccelerationModel(
    name="norris-landzberg",
    title="Norris-Landzberg",
    equation="cycles = A dT^-n f^m exp(B / Tmax)",
    terms=(
        Term("n", "exponent of the temperature range", "", RANGE, "power"),
        Term("m", "exponent of the frequency", "", FREQUENCY, "rising"),
        Term("B", "Ea / k of creep", "K", MAX_TEMPERATURE, "inverse"),
    ),
    valid_for="creep fatigue of solder joints by temperature cycles",
    chosen_by="alloy",
    materials=ALLOYS,
    material_required=True,
    source="Norris and Landzberg (1969), IBM J. Res. Dev. 13, 266-271; IPC-9701",
)
BLACK = AccelerationModel(
    name="black",
    title="Black",
    equation="life = A J^-n exp(Ea / kT)",
    terms=(Term("n", "exponent of the current density", "", CURRENT_DENSITY, "power"), _EA),
    valid_for="electromigration in metal lines",
    chosen_by="metal",
    materials=METALS,
    material_required=True,
    source="Black (1969), Proc. IEEE 57, 1587-1594; JEP122H (2016), electromigration",
)

MODELS: tuple[AccelerationModel, ...] = (
    ARRHENIUS,
    EYRING,
    INVERSE_POWER,
    POWER_LAW,
    FIELD_EXPONENTIAL,
    PECK,
    HUMIDITY_VOLTAGE,
    THERMAL_NONTHERMAL,
    COFFIN_MANSON,
    NORRIS_LANDZBERG,
    BLACK,
)


def model_named(name: str) -> AccelerationModel:
    """Model by its key.

    Raises
    ------
    BadData
        If there is none.
    """
    found = next((m for m in MODELS if m.name == name), None)
    if found is None:
        said = f"no acceleration model {name}; there are {', '.join(m.name for m in MODELS)}"
        raise BadData(said, (Problem("/model", said),))
    return found


def material_of(model: AccelerationModel, name: str) -> Material | None:
    """Material system of a model, refused where the model does not describe it.

    Returns
    -------
    None if `name` is empty and the model can do without.

    Raises
    ------
    BadData
        If the material must be named and is not, or belongs to another model.
    """
    known = {m.name: m for m in model.materials}
    if name in known:
        return known[name]
    if not name and not model.material_required:
        return None
    if not name:
        said = (
            f"{model.title} is for {model.valid_for} and needs the {model.chosen_by}: one of"
            f" {', '.join(known)}"
        )
    else:
        said = (
            f"{model.title} is for {model.valid_for}; {name} is not among its"
            f" {model.chosen_by}s ({', '.join(known) or 'none'}){_elsewhere(model, name)}"
        )
    raise BadData(said, (Problem("/material", said),))


def _elsewhere(model: AccelerationModel, name: str) -> str:
    others = [
        (m, material)
        for m in MODELS
        for material in m.materials
        if material.name == name and m is not model
    ]
    if not others:
        return ""
    named = " or ".join(m.name for m, _ in others)
    return f": {others[0][1].title} is described by {named}"
