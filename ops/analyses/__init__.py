"""The analyses of the house: this list is all that registers them."""

from ops.analyses.capability import CAPABILITY
from ops.analyses.demand_forecast import DEMAND_FORECAST
from ops.analyses.greenfield import GREENFIELD
from ops.analyses.inventory_positioning import INVENTORY_POSITIONING
from ops.analyses.network_baseline import NETWORK_BASELINE
from ops.analyses.network_plan import NETWORK_PLAN
from ops.analyses.network_stress import NETWORK_STRESS
from ops.analyses.plan_comparison import PLAN_COMPARISON
from ops.analyses.plan_monitor import PLAN_MONITOR
from ops.analyses.route_plan import ROUTE_PLAN
from ops.analysis import AnyAnalysis

ANALYSES: tuple[AnyAnalysis, ...] = (
    CAPABILITY,
    DEMAND_FORECAST,
    GREENFIELD,
    INVENTORY_POSITIONING,
    NETWORK_BASELINE,
    NETWORK_PLAN,
    NETWORK_STRESS,
    PLAN_COMPARISON,
    PLAN_MONITOR,
    ROUTE_PLAN,
)
