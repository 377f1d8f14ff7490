"""The loader: a query value in, the data that it asks for out."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from ops.action_query import ActionQuery
from ops.classifier_query import ClassifierQuery
from ops.db.engine import Database
from ops.db.load_actions import load_actions
from ops.db.load_classifier import load_classifier
from ops.db.load_forecast import load_forecast
from ops.db.load_ledger import load_ledger
from ops.db.load_life import load_life
from ops.db.load_measurements import load_measurements
from ops.db.load_process import load_process
from ops.db.load_run_results import load_run_results
from ops.db.load_scenario import load_scenario
from ops.forecast_query import ForecastQuery
from ops.ledger_query import LedgerQuery
from ops.life_query import LifetimeQuery
from ops.query import MeasurementQuery, ProcessQuery, Query, RunResultsQuery, ScenarioQuery

D = TypeVar("D")
LOADERS: Mapping[type[Any], Callable[[Database, Any], Any]] = MappingProxyType(
    {  # a new kind of query has its line here
        ClassifierQuery: load_classifier,
        ActionQuery: load_actions,
        ForecastQuery: load_forecast,
        LedgerQuery: load_ledger,
        LifetimeQuery: load_life,
        MeasurementQuery: load_measurements,
        ProcessQuery: load_process,
        RunResultsQuery: load_run_results,
        ScenarioQuery: load_scenario,
    }
)


def load(database: Database, query: Query[D]) -> D:
    """Answer a query.

    Raises
    ------
    NotFound
        If something that the query names does not exist within its scope.
    NotEnoughData, BadData
        If what there is cannot be read as the query wants it.
    """
    data: D = LOADERS[type(query)](database, query)
    return data
