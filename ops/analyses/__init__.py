"""The analyses of the house: this list is all that registers them."""

from ops.analyses.attribute_agreement import ATTRIBUTE_AGREEMENT
from ops.analyses.capability import CAPABILITY
from ops.analyses.capillary_health import CAPILLARY_HEALTH
from ops.analyses.control_chart import CONTROL_CHART
from ops.analyses.demand_forecast import DEMAND_FORECAST
from ops.analyses.drift import DRIFT
from ops.analyses.drift_screen import DRIFT_SCREEN
from ops.analyses.gauge_study import GAUGE_STUDY
from ops.analyses.greenfield import GREENFIELD
from ops.analyses.honesty_ledger import HONESTY_LEDGER
from ops.analyses.inventory_positioning import INVENTORY_POSITIONING
from ops.analyses.long_term_capability import LONG_TERM_CAPABILITY
from ops.analyses.loop_clearance import LOOP_CLEARANCE
from ops.analyses.loop_height import LOOP_HEIGHT
from ops.analyses.loop_program_calibration import LOOP_PROGRAM_CALIBRATION
from ops.analyses.metrology_agreement import METROLOGY_AGREEMENT
from ops.analyses.multivariate_chart import MULTIVARIATE_CHART
from ops.analyses.network_baseline import NETWORK_BASELINE
from ops.analyses.network_plan import NETWORK_PLAN
from ops.analyses.network_stress import NETWORK_STRESS
from ops.analyses.phase_one import PHASE_ONE
from ops.analyses.plan_comparison import PLAN_COMPARISON
from ops.analyses.plan_monitor import PLAN_MONITOR
from ops.analyses.route_plan import ROUTE_PLAN
from ops.analyses.serial_correlation import SERIAL_CORRELATION
from ops.analyses.stream_screen import STREAM_SCREEN
from ops.analyses.tool_matching import TOOL_MATCHING
from ops.analysis import AnyAnalysis

ANALYSES: tuple[AnyAnalysis, ...] = (
    ATTRIBUTE_AGREEMENT,
    CAPABILITY,
    CAPILLARY_HEALTH,
    CONTROL_CHART,
    DEMAND_FORECAST,
    DRIFT,
    DRIFT_SCREEN,
    GAUGE_STUDY,
    GREENFIELD,
    HONESTY_LEDGER,
    INVENTORY_POSITIONING,
    LONG_TERM_CAPABILITY,
    LOOP_CLEARANCE,
    LOOP_HEIGHT,
    LOOP_PROGRAM_CALIBRATION,
    METROLOGY_AGREEMENT,
    MULTIVARIATE_CHART,
    NETWORK_BASELINE,
    NETWORK_PLAN,
    NETWORK_STRESS,
    PHASE_ONE,
    PLAN_COMPARISON,
    PLAN_MONITOR,
    ROUTE_PLAN,
    SERIAL_CORRELATION,
    STREAM_SCREEN,
    TOOL_MATCHING,
)
