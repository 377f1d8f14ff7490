"""Every table in one place: importing this module fills the metadata."""

from ops.db.base import Base
from ops.db.models import (
    advise,
    brand,
    classify,
    control,
    data,
    life,
    network,
    people,
    plant,
    work,
)

METADATA = Base.metadata
MODULES = (plant, data, work, people, brand, network, control, life, classify, advise)
