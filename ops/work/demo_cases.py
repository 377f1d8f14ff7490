"""A year of alerts with what was done about them, at the last site of the demo plant.

They are about the shear of one package and two of its bonders: nothing is planted there that the
charts, the screens or the capability have to find.
"""

from sqlalchemy.orm import Session

from ops.db import characteristics
from ops.db.models.plant import Site
from ops.db.types import from_micros
from ops.simulate.action_cases import ActionPlan, simulate_actions
from ops.simulate.measurand import code_of
from ops.simulate.plant import Plant, PlantSite
from ops.work.demo_actions import plant_actions

CASES = ActionPlan(cases=90, items=18, tools=2)


def has_cases(plant: Plant, site: PlantSite) -> bool:
    """Whether a site has the alerts: the last one has."""
    return site.code == plant.sites[-1].code


def store_cases(session: Session, row: Site, plant: Plant, site: PlantSite, end_us: int) -> None:
    """File the cases of a site as alerts; the last one is open."""
    if not has_cases(plant, site):
        return
    product = site.products[-1]
    about = characteristics.with_code(session, row, code_of("shear", product))
    plant_actions(
        session,
        row,
        simulate_actions(CASES, seed=plant.seed),
        characteristic_id=about.id,
        until=from_micros(end_us),
        tools=[b.code for b in site.bonders if b.product == product],
    )
