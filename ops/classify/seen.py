"""What a model sees: columns of a table, or traces; one door for both."""

from collections.abc import Mapping
from typing import Any

from ops.classify.document import DatasetDocument
from ops.classify.features.fit import fit_features
from ops.classify.features.fit import with_history as columns_with_history
from ops.classify.features.fitted import FittedFeatures
from ops.classify.features.stored import features_from
from ops.classify.spec import FeatureSpec
from ops.classify.table import DataTable
from ops.classify.traces.features import TraceFeatures, trace_features_from
from ops.classify.traces.fit import fit_trace_features
from ops.classify.traces.spec import TraceSpec
from ops.values import IntArray

SeenSpec = FeatureSpec | TraceSpec
Seen = FittedFeatures | TraceFeatures


def fit_seen(
    table: DataTable, spec: SeenSpec, document: DatasetDocument, rows: IntArray | None = None
) -> Seen:
    """Features of a spec of columns or of traces, learned from some rows.

    Raises as `ops.classify.features.fit.fit_features` and
    `ops.classify.traces.fit.fit_trace_features`.
    """
    if isinstance(spec, TraceSpec):
        return fit_trace_features(table, spec, document, rows)
    return fit_features(table, spec, document, rows)


def with_history(table: DataTable, spec: SeenSpec, document: DatasetDocument) -> DataTable:
    """Table with the columns of earlier rows that a spec wants; of traces there are none."""
    if isinstance(spec, TraceSpec):
        return table
    return columns_with_history(table, spec, document)


def seen_from(document: Mapping[str, Any]) -> Seen:
    """Features of what `to_document` of either kind wrote."""
    if document.get("of") == "traces":
        return trace_features_from(document)
    return features_from(document)


def spec_from(document: Mapping[str, Any]) -> SeenSpec:
    """Spec of its JSON; one of traces has a method."""
    if "method" in document:
        return TraceSpec.model_validate(document)
    return FeatureSpec.model_validate(document)
