"""What people of a site of the demo plant choose from and act by: reasons and reaction plans."""

from datetime import datetime

from sqlalchemy.orm import Session

from ops.db import characteristics, reaction_plans, reasons
from ops.db.models.plant import Site
from ops.simulate.measurand import code_of
from ops.simulate.plant import PlantSite
from ops.work.demo_actor import ACTOR

# kind, code, title
REASONS = (
    ("cause", "GAUGE-READING", "Gauge read wrong: hair, dust or focus"),
    ("cause", "GAUGE-BIAS", "Gauge out of calibration"),
    ("cause", "CAPILLARY-WORN", "Capillary worn"),
    ("cause", "CAPILLARY-LOT", "Capillary lot mixed"),
    ("cause", "WIRE-SPOOL", "Wire spool changed"),
    ("cause", "PROGRAM", "Bond program changed"),
    ("cause", "MAINTENANCE", "Bonder set up anew after maintenance"),
    ("cause", "PILOT-LOT", "Pilot lot, not the process as it will be"),
    ("action", "REMEASURED", "Measured again"),
    ("action", "CAPILLARY-CHANGED", "Capillary changed"),
    ("action", "PROGRAM-CORRECTED", "Bond program corrected"),
    ("action", "GAUGE-CALIBRATED", "Gauge calibrated"),
    ("action", "LOT-SORTED", "Lot measured in full and sorted"),
    ("action", "NONE-NEEDED", "Looked into, nothing to do"),
)
_HOLD = {
    "disposition": "hold",
    "title": "Loop height beyond its limits",
    "owner": "process engineer on shift",
    "minutes": 30,
    "steps": [
        "Stop the bonder and hold the lot",
        "Measure five more units on the X-ray gauge",
        "If the X-ray gauge does not agree: check the optical gauge on the reference step",
        "Check the capillary and its touch-downs; change it if it is worn",
        "Bond five units, measure them, release or sort the lot",
    ],
}
_CORRECTION = {
    "disposition": "warn",
    "title": "Corrections of a bonder do not come to rest",
    "owner": "maintenance",
    "minutes": 1440,
    "steps": [
        "Find what makes the bonder creep: clamp, transducer, temperature of the stage",
        "Plan its maintenance before the correction reaches its limit",
    ],
}
_GAUGE = {
    "disposition": "hold",
    "title": "Gauge reads the reference step wrong",
    "owner": "metrology",
    "minutes": 60,
    "steps": [
        "Lock the gauge; measure on another one",
        "Clean the step, focus anew, read it ten times",
        "Calibrate the gauge, and judge anew what it read since its last good check",
    ],
}


def create_catalogue(session: Session, row: Site, site: PlantSite, now: datetime) -> None:
    """Create the reasons of a site, and the reaction plans of its heights and gauges."""
    for kind, code, title in REASONS:
        fields = {"kind": kind, "code": code, "title": title}
        reasons.create(session, row, fields, actor=ACTOR, now=now)
    plans = [(code_of("loop", p), _HOLD) for p in site.products]
    plans += [(code_of("correction", ""), _CORRECTION), (code_of("master", ""), _GAUGE)]
    for code, plan in plans:
        about = characteristics.with_code(session, row, code)
        reaction_plans.create(session, about, plan, actor=ACTOR, now=now)
