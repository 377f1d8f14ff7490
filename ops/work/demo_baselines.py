"""Baselines of a site of the demo plant: phase I of what drift is looked for in, qualified."""

from datetime import datetime

from sqlalchemy.orm import Session

from ops.db import baselines, characteristics
from ops.db.models.plant import Site
from ops.db.types import from_micros
from ops.simulate.measurand import code_of
from ops.simulate.plant import DAY_US, Plant, PlantSite
from ops.work.demo_actor import ACTOR
from ops.work.demo_charts import phase_end_us

NAME = "qualification"
REVIEW_DAYS = 180


def qualify_baselines(
    session: Session, row: Site, plant: Plant, site: PlantSite, end_us: int, now: datetime
) -> None:
    """Approve phase I as the baseline of the loop heights and of the corrections."""
    heights = [code_of("loop", product) for product in site.products]
    for code in (*heights, code_of("correction", "")):
        about = characteristics.with_code(session, row, code)
        window = {
            "name": NAME,
            "start": from_micros(end_us - plant.days * DAY_US),
            "end": from_micros(phase_end_us(plant, end_us)),
            "where": {},
            "note": "first days of the record",
            "review_days": REVIEW_DAYS,
        }
        baseline = baselines.create(session, about, window, actor=ACTOR, now=now)
        baselines.approve(session, baseline, actor=ACTOR, now=now)
