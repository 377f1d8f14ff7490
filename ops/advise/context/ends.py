"""An order with the strongest at both ends, since models read the middle worst."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def both_ends(strongest_first: Sequence[T]) -> tuple[T, ...]:
    """Order so that the strongest stands first, the second last, the third second, and so on.

    References
    ----------
    Liu et al. (2024), Lost in the middle, Transactions of the ACL 12, 157-173: what is asked for
    is found best at the beginning and the end of a long context.

    Examples
    --------
    >>> both_ends([1, 2, 3, 4, 5])
    (1, 3, 5, 4, 2)
    """
    return (*strongest_first[::2], *reversed(strongest_first[1::2]))
