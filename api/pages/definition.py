"""What a characteristic is: limits now and before, reaction plans, and the forms to change it."""

from typing import Any

from sqlalchemy.orm import Session

from api.characteristics import CharacteristicChange
from api.limits import LimitsDraft
from api.pages.shell import Visit
from api.render.forms import fields_of
from ops.db import limits, reaction_plans
from ops.db.models.plant import Characteristic, SpecLimit
from ops.values import EVERYWHERE

MOST = 300


def definition_of(session: Session, row: Characteristic, visit: Visit) -> dict[str, Any]:
    """Collect what a characteristic is, and the forms to change it."""
    newest_first = limits.listed(row.id).order_by(SpecLimit.effective_from.desc())
    known = {name: getattr(row, name) for name in CharacteristicChange.model_fields}
    spec = session.scalar(limits.listed(row.id, at=visit.now))
    spec = spec or SpecLimit(lower=None, target=None, upper=None)
    shown = {"lower": spec.lower, "upper": spec.upper, "target": spec.target}
    return {
        "spec": spec,
        "versions": session.scalars(newest_first.limit(MOST)).all(),
        "plans": session.scalars(reaction_plans.listed(EVERYWHERE, characteristic_id=row.id)).all(),
        "new_limits": fields_of(LimitsDraft.model_json_schema(), shown | {"effective_from": "now"}),
        "changes": fields_of(CharacteristicChange.model_json_schema(), known),
    }
