"""Numeric loops as machine code: one decorator, typed as if it changed nothing.

Only kernel modules import this one, and they are imported where they are used: numba takes half a
second to load, and neither the command line nor the web process may pay for it at their start.
The compiled code is kept on disk beside the module, or where ``NUMBA_CACHE_DIR`` says, and holds
no lock of the interpreter. Where nothing can be written it is compiled anew by each process.

Slices are overwritten by `overwrite`: for an assignment of an array to a slice numba compiles its
formatter of error messages, two seconds once and a part of that in all that call the kernel.

Two savings lean on what numba promises nobody: where a version lacks either, kernels are compiled
by its public decorator alone, which takes longer once and computes the same.
"""
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

from collections.abc import Callable
from inspect import signature
from typing import Any, TypeVar, cast

import numba
from numba import njit
from numpy.typing import NDArray

F = TypeVar("F", bound=Callable[..., Any])


def _unliteral() -> Callable[[Any], Any] | None:
    """Type of a constant, if numba lets calls be typed by it; None where its inside is another."""
    core: Any = getattr(numba, "core", None)
    typed = getattr(getattr(core, "dispatcher", None), "Dispatcher", None)
    asked = getattr(typed, "get_call_template", None)
    if asked is None or list(signature(asked).parameters) != ["self", "args", "kws"]:
        return None
    types: Any = getattr(core, "types", None)
    found: Callable[[Any], Any] | None = getattr(types, "unliteral", None)
    return found


def _options() -> dict[str, bool]:
    """Leave out the wrapper for callers in C, where numba knows how: there are none."""
    options = getattr(
        getattr(getattr(numba, "core", None), "options", None), "DefaultOptions", None
    )
    return {"no_cfunc_wrapper": True} if hasattr(options, "no_cfunc_wrapper") else {}


_UNLITERAL, _OPTIONS = _unliteral(), _options()


def compiled(function: F) -> F:
    """Compile a function of numbers and arrays at its first call; it may call others like it."""
    return _machine_code(function, kept=True)


def _machine_code(function: F, *, kept: bool) -> F:
    """Compile it for types alone: for a constant in a call numba would compile it once more."""
    try:
        kernel = cast(Any, njit)(cache=kept, nogil=True, **_OPTIONS)(function)
    except RuntimeError:  # no folder to keep it in: neither beside the module nor of the user
        if not kept:
            raise
        return _machine_code(function, kept=False)
    plain = _UNLITERAL
    if plain is None:
        return cast(F, kernel)
    typed = kernel.get_call_template

    def of_types(args: Any, kws: Any) -> Any:
        named = dict(zip(kws, map(plain, kws.values()), strict=True))
        return typed(tuple(map(plain, args)), named)

    kernel.get_call_template = of_types
    return cast(F, kernel)


def _within(function: F) -> F:
    """Compile a part of kernels, which is kept with each of them: two shares may both hold it."""
    return _machine_code(function, kept=False)


@_within
def overwrite(to: NDArray[Any], values: NDArray[Any]) -> None:
    """Write `values` over those of `to`, both of shape (n,); forward, where they overlap."""
    for i in range(to.size):
        to[i] = values[i]


@_within
def overwrite_rows(to: NDArray[Any], values: NDArray[Any]) -> None:
    """Write the rows of `values` over those of `to`, both of shape (m, n)."""
    for i in range(to.shape[0]):
        overwrite(to[i], values[i])
