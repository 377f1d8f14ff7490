"""Which demo plant a database holds: its ingests say it."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from ops.db import ingests
from ops.db.models.data import Ingest
from ops.db.models.plant import Site
from ops.errors import Conflict
from ops.simulate.plant import Plant
from ops.simulate.sizes import SEED, Size, plant_of
from ops.work.demo_actor import ACTOR
from ops.work.demo_network import NETWORK, create_network
from ops.work.demo_site import create_site

SOURCE = "simulated demo plant"


@dataclass(frozen=True, slots=True)
class LoadedDemo:
    """The demo plant of a database: what it was made of, and when."""

    size: Size
    seed: int
    begun_at: datetime

    @property
    def plant(self) -> Plant:
        """Its ground truth."""
        return plant_of(self.size, seed=self.seed)

    @property
    def sites(self) -> tuple[str, ...]:
        """Codes of its sites: the plants, and the network where it has one."""
        network = (NETWORK,) if has_network(self.size) else ()
        return (*(site.code for site in self.plant.sites), *network)


def has_network(size: Size) -> bool:
    """Whether a demo plant of a size has a supply network; `tiny` is for tests, and quick."""
    return size != "tiny"


def demo_in(session: Session) -> LoadedDemo | None:
    """Demo plant of a database, also one that is not complete; None where there is none."""
    first = next(iter(demo_ingests(session)), None)
    if first is None:
        return None
    found = re.fullmatch(r"(\w+), seed (\d+)", first.file_name or "")
    size: Size = next((s for s in get_args(Size) if found and s == found[1]), "small")
    return LoadedDemo(size, int(found[2]) if found else SEED, first.started_at)


def demo_ingests(session: Session) -> list[Ingest]:
    """Ingests of the demo plant, one for each site, also for the network."""
    query = select(Ingest).where(Ingest.source == SOURCE, Ingest.person == ACTOR.name)
    return list(session.scalars(query.order_by(Ingest.id)))


def begin_demo(session: Session, size: Size, seed: int, now: datetime) -> None:
    """Create the sites of the plant and their ingests in an empty database.

    Raises
    ------
    Conflict
        If it holds a site already.
    """
    own = session.scalar(select(Site.code).order_by(Site.id).limit(1))
    if own is not None:
        raise Conflict(
            f"this database holds the site {own!r}, which is not of the demo plant: nothing was"
            " loaded; give the demo a database of its own, as LONGRUN_DATA_DIR=var/demo does"
        )
    plant = plant_of(size, seed=seed)
    rows = [create_site(session, plant, site, now) for site in plant.sites]
    if has_network(size):
        rows.append(create_network(session, now))
    for row in rows:
        label = f"{size}, seed {seed}"
        ingests.start(session, row.id, SOURCE, label, "arrow", ACTOR.name, now)
