"""Fitted estimators as bytes by skops; only the types that our own models are made of come back.

The types of a file are compared with a list before skops reads it, and skops itself is given the
short list of those that it does not know. Nothing in a file is ever unpickled.
"""

import io
import json
import zipfile
from typing import Any

from ops.errors import BadData, Problem

LARGEST = 2**30  # bytes of an estimator, unpacked
_LOADERS = frozenset(
    {
        "BytearrayNode", "DefaultDictNode", "DictNode", "JsonNode", "ListNode", "LossNode",
        "NdArrayNode", "ObjectNode", "RandomGeneratorNode", "RandomStateNode", "TreeNode",
        "TupleNode", "TypeNode",
    }
)  # fmt: skip
_PLAIN = frozenset(
    {
        "builtins.bytearray", "builtins.dict", "builtins.list", "builtins.str", "builtins.tuple",
        "collections.OrderedDict", "collections.defaultdict",
        "numpy.bool", "numpy.float32", "numpy.float64", "numpy.int32", "numpy.int64",
        "numpy.ndarray", "numpy.uint64",
        "numpy.random._generator.Generator", "numpy.random.mtrand.RandomState",
    }
)  # fmt: skip
_LEARN = frozenset(
    "sklearn." + name
    for name in (
        "_loss._loss.CyHalfBinomialLoss", "_loss._loss.CyHalfMultinomialLoss",
        "_loss._loss.CyHalfSquaredError", "_loss._loss.CyPinballLoss",
        "_loss.link.IdentityLink", "_loss.link.Interval", "_loss.link.LogitLink",
        "_loss.link.MultinomialLogit",
        "_loss.loss.HalfBinomialLoss", "_loss.loss.HalfMultinomialLoss",
        "_loss.loss.HalfSquaredError", "_loss.loss.PinballLoss",
        "ensemble._forest.ExtraTreesClassifier", "ensemble._forest.RandomForestClassifier",
        "ensemble._hist_gradient_boosting.binning._BinMapper",
        "ensemble._hist_gradient_boosting.gradient_boosting.HistGradientBoostingClassifier",
        "ensemble._hist_gradient_boosting.gradient_boosting.HistGradientBoostingRegressor",
        "ensemble._hist_gradient_boosting.predictor.TreePredictor",
        "linear_model._coordinate_descent.ElasticNet", "linear_model._logistic.LogisticRegression",
        "linear_model._ridge.Ridge",
        "neural_network._multilayer_perceptron.MLPClassifier",
        "neural_network._stochastic_optimizers.AdamOptimizer",
        "pipeline.Pipeline", "preprocessing._data.StandardScaler",
        "preprocessing._label.LabelBinarizer", "preprocessing._label.LabelEncoder",
        "tree._classes.DecisionTreeClassifier", "tree._classes.ExtraTreeClassifier",
        "tree._tree.Tree",
    )
)  # fmt: skip
_BOOST = frozenset(
    {
        "interpret.glassbox._ebm._ebm.ExplainableBoostingClassifier",
        "lightgbm.basic.Booster", "lightgbm.sklearn.LGBMClassifier",
        "xgboost.core.Booster", "xgboost.sklearn.XGBClassifier",
    }
)  # fmt: skip
TYPES = _PLAIN | _LEARN | _BOOST


def dumped(estimator: Any) -> bytes:
    """Estimator, or a list of them, as bytes.

    Raises
    ------
    BadData
        If it holds a type that could not be read back.
    """
    from skops import io as skops  # noqa: PLC0415  (loads scikit-learn)

    data: bytes = skops.dumps(estimator)
    refuse_strange(data)
    return data


def loaded(data: bytes) -> Any:
    """Estimator of what `dumped` gave.

    Raises
    ------
    BadData
        If a type in it is not on the list, or it is no such file.
    """
    refuse_strange(data)
    import warnings  # noqa: PLC0415  (beside its one use)

    from skops import io as skops  # noqa: PLC0415  (loads scikit-learn)

    with warnings.catch_warnings():
        # another version of scikit-learn is told of by the packet, which knows both
        warnings.simplefilter("ignore")
        try:
            return skops.loads(data, trusted=sorted(_trusted(data)))
        except ImportError as error:
            raise BadData(f"the model needs a library that is not installed: {error}") from error


def _trusted(data: bytes) -> frozenset[str]:
    from skops import io as skops  # noqa: PLC0415  (loads scikit-learn)

    return frozenset(skops.get_untrusted_types(data=data)) & TYPES


def refuse_strange(data: bytes) -> None:
    """Refuse a file that is packed, too large, or names a type that is not on the list.

    Raises
    ------
    BadData
        With each type, by name.
    """
    found: set[str] = set()
    _collect(_schema(data), found)
    strange = sorted(found)
    if strange:
        told = ", ".join(strange[:5])
        problems = tuple(Problem("/estimator", f"{name} is not on the list") for name in strange)
        raise BadData(f"the model holds what none of ours is made of: {told}", problems)


def _schema(data: bytes) -> Any:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            infos = file.infolist()
            if any(i.file_size != i.compress_size for i in infos):
                raise BadData("the estimator is compressed; ours never are")
            if sum(i.file_size for i in infos) > LARGEST:
                raise BadData(f"the estimator is larger than {LARGEST // 2**20} MiB")
            return json.loads(file.read("schema.json"))
    except (zipfile.BadZipFile, KeyError, ValueError, RecursionError) as error:
        raise BadData("the estimator is no file that skops wrote") from error


def _collect(node: Any, strange: set[str]) -> None:
    """Put what a node and those within it name, and is on no list, into `strange`."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        if isinstance(here, list):
            waiting += here
        elif isinstance(here, dict):
            if "__loader__" in here or "__class__" in here:
                name = f"{here.get('__module__')}.{here.get('__class__')}"
                loader = str(here.get("__loader__"))
                if name not in TYPES:
                    strange.add(name)
                elif loader not in _LOADERS:
                    strange.add(f"{name} ({loader})")
            waiting += here.values()
