"""The analyses of the house: this list is all that registers them."""

from ops.analyses.accelerated_life import ACCELERATED_LIFE
from ops.analyses.action_ranking import ACTION_RANKING
from ops.analyses.attribute_agreement import ATTRIBUTE_AGREEMENT
from ops.analyses.capability import CAPABILITY
from ops.analyses.capillary_health import CAPILLARY_HEALTH
from ops.analyses.classifier_adopt import CLASSIFIER_ADOPT
from ops.analyses.classifier_evaluate import CLASSIFIER_EVALUATE
from ops.analyses.classifier_monitor import CLASSIFIER_MONITOR
from ops.analyses.classifier_train import CLASSIFIER_TRAIN
from ops.analyses.control_chart import CONTROL_CHART
from ops.analyses.degradation_life import DEGRADATION_LIFE
from ops.analyses.demand_forecast import DEMAND_FORECAST
from ops.analyses.drift import DRIFT
from ops.analyses.drift_screen import DRIFT_SCREEN
from ops.analyses.gauge_study import GAUGE_STUDY
from ops.analyses.greenfield import GREENFIELD
from ops.analyses.honesty_ledger import HONESTY_LEDGER
from ops.analyses.inventory_positioning import INVENTORY_POSITIONING
from ops.analyses.life_test_plan import LIFE_TEST_PLAN
from ops.analyses.lifetime_batch import LIFETIME_BATCH
from ops.analyses.lifetime_compare import LIFETIME_COMPARE
from ops.analyses.lifetime_fit import LIFETIME_FIT
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
from ops.analyses.qualification_report import QUALIFICATION_REPORT
from ops.analyses.repairable_trend import REPAIRABLE_TREND
from ops.analyses.route_plan import ROUTE_PLAN
from ops.analyses.serial_correlation import SERIAL_CORRELATION
from ops.analyses.stream_screen import STREAM_SCREEN
from ops.analyses.system_reliability import SYSTEM_RELIABILITY
from ops.analyses.tool_matching import TOOL_MATCHING
from ops.analyses.trace_classifier_train import TRACE_CLASSIFIER_TRAIN
from ops.analyses.virtual_metrology import VIRTUAL_METROLOGY
from ops.analyses.warranty_forecast import WARRANTY_FORECAST
from ops.analysis import AnyAnalysis

ANALYSES: tuple[AnyAnalysis, ...] = (
    ACCELERATED_LIFE,
    ACTION_RANKING,
    ATTRIBUTE_AGREEMENT,
    CAPABILITY,
    CAPILLARY_HEALTH,
    CLASSIFIER_ADOPT,
    CLASSIFIER_EVALUATE,
    CLASSIFIER_MONITOR,
    CLASSIFIER_TRAIN,
    CONTROL_CHART,
    DEGRADATION_LIFE,
    DEMAND_FORECAST,
    DRIFT,
    DRIFT_SCREEN,
    GAUGE_STUDY,
    GREENFIELD,
    HONESTY_LEDGER,
    INVENTORY_POSITIONING,
    LIFE_TEST_PLAN,
    LIFETIME_BATCH,
    LIFETIME_FIT,
    LIFETIME_COMPARE,
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
    REPAIRABLE_TREND,
    QUALIFICATION_REPORT,
    ROUTE_PLAN,
    SERIAL_CORRELATION,
    STREAM_SCREEN,
    SYSTEM_RELIABILITY,
    TOOL_MATCHING,
    TRACE_CLASSIFIER_TRAIN,
    VIRTUAL_METROLOGY,
    WARRANTY_FORECAST,
)
