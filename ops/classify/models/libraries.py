"""Versions of the libraries that a fitted model needs to be opened again."""

from importlib.metadata import version

_EXTRA = {"lightgbm": "lightgbm", "xgboost": "xgboost-cpu", "ebm": "interpret-core"}


def libraries_of(kind: str) -> dict[str, str]:
    """Version of each library behind a kind of model, by name.

    Examples
    --------
    >>> sorted(libraries_of("logistic"))
    ['numpy', 'scikit-learn', 'scipy', 'skops']
    """
    names = ["numpy", "scikit-learn", "scipy", "skops"]
    names += [_EXTRA[kind]] if kind in _EXTRA else []
    return {name: version(name) for name in names}
