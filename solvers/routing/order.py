"""What a search is asked to serve, and how it answers."""

from dataclasses import dataclass

Routes = tuple[tuple[int, tuple[int, ...]], ...]  # kind of vehicle, and stops in order


@dataclass(frozen=True, slots=True)
class Order:
    """Stops to be served.

    Parameters
    ----------
    stops
        Stops that take part.
    ransom
        Money at which required stops may be left, so that a plan always comes back; None keeps
        them required.
    """

    stops: tuple[int, ...]
    ransom: float | None = None
