"""Numeric loops as machine code: one decorator, typed as if it changed nothing.

Only kernel modules import this one, and they are imported where they are used: numba takes half a
second to load, and neither the command line nor the web process may pay for it at their start.
The compiled code is kept on disk beside the module and holds no lock of the interpreter.
"""
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """Compile a function of numbers and arrays at its first call; it may call others like it."""
    return cast(F, njit(cache=True, nogil=True)(function))
