"""Numbers as plain text, as a terminal and English sentences write them."""

from ops.values import ZERO, fits


def is_tiny_p(label: str, value: float | None) -> bool:
    """Whether a number is a p-value, by its label, that is too small to be told as a number.

    Unlike other numbers below rounding errors it is not shown as nothing.

    Examples
    --------
    >>> is_tiny_p("p", 1e-40), is_tiny_p("p of its own", 0.0), is_tiny_p("p", 0.01)
    (True, True, False)
    >>> is_tiny_p("ppm", 0.0)
    False
    """
    is_p = label == "p" or label.startswith(("p ", "p,"))
    return is_p and value is not None and abs(value) < ZERO


def plain(value: float, decimals: int | None, label: str = "") -> str:
    """Write a number with so many decimals, or to six digits; more exactly where it needs it.

    Examples
    --------
    >>> plain(0.25, 4), plain(0.0000123, 4), plain(1e-40, 4, "p")
    ('0.2500', '1.2e-05', '< 1e-12')
    """
    if is_tiny_p(label, value):
        return f"< {ZERO:g}"
    if decimals is None:
        return f"{value:.6g}"
    return f"{value:.{decimals}f}" if fits(value, decimals) else f"{value:.2g}"
