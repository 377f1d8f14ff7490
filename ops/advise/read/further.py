"""Readers of lifetime, network, forecast and classifier runs, by name of the analysis."""

from collections.abc import Callable, Iterable, Mapping

from ops.advise.case import Case, StoredRun
from ops.advise.read.accelerated_life import read_accelerated_life
from ops.advise.read.action_ranking import read_action_ranking
from ops.advise.read.classifier_adopt import read_classifier_adopt
from ops.advise.read.classifier_evaluate import read_classifier_evaluate
from ops.advise.read.classifier_monitor import read_classifier_monitor
from ops.advise.read.classifier_train import read_classifier_train, read_trace_classifier_train
from ops.advise.read.degradation_life import read_degradation_life
from ops.advise.read.demand_forecast import read_demand_forecast
from ops.advise.read.greenfield import read_greenfield
from ops.advise.read.honesty_ledger import read_honesty_ledger
from ops.advise.read.inventory_positioning import read_inventory_positioning
from ops.advise.read.life_test_plan import read_life_test_plan
from ops.advise.read.lifetime_batch import read_lifetime_batch
from ops.advise.read.lifetime_compare import read_lifetime_compare
from ops.advise.read.lifetime_fit import read_lifetime_fit
from ops.advise.read.network_baseline import read_network_baseline
from ops.advise.read.network_plan import read_network_plan
from ops.advise.read.network_stress import read_network_stress
from ops.advise.read.plan_comparison import read_plan_comparison
from ops.advise.read.plan_monitor import read_plan_monitor
from ops.advise.read.qualification_report import read_qualification_report
from ops.advise.read.repairable_trend import read_repairable_trend
from ops.advise.read.route_plan import read_route_plan
from ops.advise.read.system_reliability import read_system_reliability
from ops.advise.read.virtual_metrology import read_virtual_metrology
from ops.advise.read.warranty_forecast import read_warranty_forecast

FURTHER: Mapping[str, Callable[[StoredRun], Iterable[Case]]] = {
    "accelerated-life": read_accelerated_life,
    "action-ranking": read_action_ranking,
    "classifier-adopt": read_classifier_adopt,
    "classifier-evaluate": read_classifier_evaluate,
    "classifier-monitor": read_classifier_monitor,
    "classifier-train": read_classifier_train,
    "degradation-life": read_degradation_life,
    "demand-forecast": read_demand_forecast,
    "greenfield": read_greenfield,
    "honesty-ledger": read_honesty_ledger,
    "inventory-positioning": read_inventory_positioning,
    "life-test-plan": read_life_test_plan,
    "lifetime-batch": read_lifetime_batch,
    "lifetime-compare": read_lifetime_compare,
    "lifetime-fit": read_lifetime_fit,
    "network-baseline": read_network_baseline,
    "network-plan": read_network_plan,
    "network-stress": read_network_stress,
    "plan-comparison": read_plan_comparison,
    "plan-monitor": read_plan_monitor,
    "qualification-report": read_qualification_report,
    "repairable-trend": read_repairable_trend,
    "route-plan": read_route_plan,
    "system-reliability": read_system_reliability,
    "trace-classifier-train": read_trace_classifier_train,
    "virtual-metrology": read_virtual_metrology,
    "warranty-forecast": read_warranty_forecast,
}
