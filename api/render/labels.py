"""Where names stand beside points so that none covers another: greedy, the weightiest first."""

from collections.abc import Sequence

HEIGHT = 14.0
LETTER = 7.3  # mean width of a letter at the size of the names
AWAY = 8.0
Spot = tuple[float, float, str]  # x, y of the text's baseline, its anchor


def spots(
    points: Sequence[tuple[float, float]], names: Sequence[str], *, width: float, height: float
) -> list[Spot | None]:
    """Place of each name, in the order given; None where there is no room for it.

    Parameters
    ----------
    points
        Where the symbols are; the first ones choose first.
    width, height
        Of the picture: no name leaves it.
    """
    taken = [(x - 5, y - 5, x + 5, y + 5) for x, y in points]
    found: list[Spot | None] = []
    for (x, y), name in zip(points, names, strict=True):
        found.append(None)
        for spot in _around(x, y):
            box = _box(spot, name)
            inside = box[0] >= 0 and box[2] <= width and box[1] >= 0 and box[3] <= height
            if inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                found[-1] = spot
                break
    return found


def _around(x: float, y: float) -> tuple[Spot, ...]:
    sides = ((AWAY, "start"), (-AWAY, "end"))
    beside = tuple((x + dx, y + dy, side) for dx, side in sides for dy in (-6.0, 4.5, 15.0))
    return (*beside, (x, y - 11.0, "middle"), (x, y + 20.0, "middle"))


def _box(spot: Spot, name: str) -> tuple[float, float, float, float]:
    x, y, side = spot
    wide = LETTER * len(name)
    left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[side]
    return left, y - HEIGHT + 3, left + wide, y + 3


def _overlap(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
