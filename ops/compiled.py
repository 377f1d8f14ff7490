"""Numeric loops as machine code: one decorator, typed as if it changed nothing.

Only kernel modules import this one, and they are imported where they are used: numba takes half a
second to load, and neither the command line nor the web process may pay for it at their start.
The compiled code is kept on disk beside the module and holds no lock of the interpreter.

Slices are overwritten by `overwrite`: for an assignment of an array to a slice numba compiles its
formatter of error messages, two seconds once and a part of that in all that call the kernel.
"""
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit
from numba.core.types import unliteral
from numpy.typing import NDArray

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """Compile a function of numbers and arrays at its first call; it may call others like it."""
    return _machine_code(function, kept=True)


def _machine_code(function: F, *, kept: bool) -> F:
    """Compile it for types alone: for a constant in a call numba would compile it once more."""
    # its stub leaves out the wrapper for callers in C, of which there are none
    kernel = cast(Any, njit)(cache=kept, nogil=True, no_cfunc_wrapper=True)(function)
    typed = kernel.get_call_template

    def of_types(args: Any, kws: Any) -> Any:
        named = dict(zip(kws, map(unliteral, kws.values()), strict=True))
        return typed(tuple(map(unliteral, args)), named)

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
