from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from ops.drift.episode import MICROS_PER_DAY, Episode
from ops.drift.outcome import Outcome
from ops.drift.recurrence import revisits
from ops.drift.revisit import Recurrence
from ops.errors import BadData, NotEnoughData
from ops.values import FloatArray

Shape = Callable[[FloatArray], FloatArray]


def noise(rng: np.random.Generator, n: int, phi: float) -> FloatArray:
    found = rng.normal(size=n)
    found[1:] *= np.sqrt(1 - phi**2)
    for i in range(1, n):
        found[i] += phi * found[i - 1]
    return found


def episode(
    rng: np.random.Generator, y: FloatArray, place: int, *, tool: str = "WB-07", days: float = 30.0
) -> Episode:
    t = np.sort(rng.uniform(0.0, days, y.size))
    start = place * 60 * MICROS_PER_DAY
    return Episode(
        tool=tool,
        start=start,
        end=start + int(days * MICROS_PER_DAY) + 1,
        t=t,
        y=y,
        opened="maintenance",
        closed="cleaning",
        action=f"Cleaned after episode {place}",
        causes=(f"cause {place}",),
        outcome=Outcome("fixed"),
    )


def fades(u: FloatArray) -> FloatArray:
    return 20.0 * (1.0 - np.exp(-5.0 * u))


def climbs(u: FloatArray) -> FloatArray:
    return 25.0 * u**3


def plant(
    seed: int, shapes: tuple[Shape | None, ...], phi: float = 0.3, tool: str = "WB-07"
) -> list[Episode]:
    """Make episodes in order, the last is the current one; None: a level and slope of its own."""
    rng = np.random.default_rng(seed)
    found: list[Episode] = []
    for place, shape in enumerate(shapes):
        n = int(rng.integers(100, 160))
        made = episode(rng, 150.0 + noise(rng, n, phi), place, tool=tool)
        u = made.t / 30.0
        own = rng.normal() * 3.0 + rng.normal() * 2.0 * u if shape is None else shape(u)
        found.append(replace(made, y=made.y + own))
    return found


def asked(found: list[Episode], **more: object) -> Recurrence:
    return revisits(found[-1], found[:-1], rng=np.random.default_rng(0), **more)  # type: ignore[arg-type]


OTHERS: tuple[Shape | None, ...] = (None,) * 4


@pytest.mark.parametrize("shape", [fades, climbs])
def test_a_repeated_course_is_found_with_what_was_done_then(shape: Shape) -> None:
    told = asked(plant(1, (*OTHERS, shape, *OTHERS, shape)))
    assert [r.action for r in told.verified] == ["Cleaned after episode 4"]
    revisit = told.verified[0]
    assert revisit.causes == ("cause 4",)
    assert revisit.outcome is not None
    assert told.helped == told.verified
    assert revisit.p_chance <= 0.05
    assert revisit.p_difference >= 0.05
    assert told.candidates == 9


def test_a_look_alike_of_another_size_is_rejected() -> None:
    def half(u: FloatArray) -> FloatArray:
        return fades(u) / 2.0

    told = asked(plant(2, (*OTHERS, half, *OTHERS, fades)))
    assert told.verified == ()
    like = next(r for r in told.rejected if r.start == 4 * 60 * MICROS_PER_DAY)
    assert like.profile is not None
    assert like.profile < 0.4  # z-normalised it looks the same
    assert like.reason != ""


def test_a_revisit_of_a_level_gives_the_window_to_compare_with() -> None:
    def high(u: FloatArray) -> FloatArray:
        return np.full(u.size, 40.0)

    told = asked(plant(3, (None, None, high, None, None, high), phi=0.0))
    assert told.verified
    assert told.anchor is not None
    assert told.anchor.start == 2 * 60 * MICROS_PER_DAY
    assert told.anchor.level == pytest.approx(190.0, abs=0.5)
    other = plant(3, (None, None, high, None, None, high), phi=0.0)
    moved = [*plant(3, (None, None, high, None, None, high), tool="WB-08", phi=0.0)[:-1], other[-1]]
    assert asked(moved).anchor is None  # another tool's level is no baseline of this one


def test_an_episode_that_has_not_ended_before_is_no_past() -> None:
    found = plant(4, (None, fades))
    later = [found[1], *found]
    told = revisits(found[0], later, rng=np.random.default_rng(0))
    assert told.candidates == 0
    assert told.verified == told.rejected == ()
    assert told.phi is None


def test_a_running_episode_finds_the_begin_of_a_longer_one() -> None:
    found = plant(5, (*OTHERS, fades, *OTHERS, fades))
    now = found[-1]
    kept = now.t < 24.0
    running = Episode(now.tool, now.start, now.end, now.t[kept], now.y[kept], "maintenance")
    told = revisits(running, found[:-1], rng=np.random.default_rng(0))
    assert [r.causes for r in told.verified] == [("cause 4",)]
    window = told.verified[0].window
    assert (window[1] - window[0]) / MICROS_PER_DAY == pytest.approx(24.0, abs=1.5)


def test_equal_seeds_give_equal_answers() -> None:
    found = plant(6, (*OTHERS, climbs, climbs))
    assert asked(found) == asked(found)


def test_a_margin_lets_a_small_but_sure_difference_count() -> None:
    def more(u: FloatArray) -> FloatArray:
        return fades(u) + 1.0

    found = plant(7, (*OTHERS, more, *OTHERS, fades), phi=0.0)
    assert all(r.kind == "shape" for r in asked(found).verified)
    wide = asked(found, margin=3.0).verified
    assert wide
    assert wide[0].bound <= 3.0 or wide[0].p_difference >= 0.05


def test_what_cannot_be_judged_says_why() -> None:
    found = plant(8, (None, None))
    short = Episode("WB-07", 1, 2, np.arange(5.0), np.arange(5.0), "")
    with pytest.raises(NotEnoughData, match="12 values of the current episode, got 5"):
        revisits(short, found, rng=np.random.default_rng(0))
    with pytest.raises(BadData, match="9 draws cannot reach"):
        asked(found, draws=9)
    tied = Episode("WB-07", 10**18, 10**18 + 1, np.zeros(20), np.arange(20.0), "")
    with pytest.raises(NotEnoughData, match="spread over time"):
        revisits(tied, found, rng=np.random.default_rng(0))


def test_equal_values_repeat_nothing_and_break_nothing() -> None:
    found = plant(9, (None, None, None))
    now = found[-1]
    flat = Episode(now.tool, now.start, now.end, now.t, np.full(now.t.size, 150.0), "")
    assert revisits(flat, found[:-1], rng=np.random.default_rng(0)).candidates == 2


@pytest.mark.long
@pytest.mark.parametrize("phi", [0.0, 0.3, 0.6])
@pytest.mark.parametrize("walk", [False, True])
def test_unrelated_episodes_are_rarely_taken_for_one_another(phi: float, walk: bool) -> None:
    rng = np.random.default_rng(int(10 * phi) + 100 * walk)
    false, trials = 0, 300
    for _ in range(trials):
        found = []
        for place in range(13):
            n = int(rng.integers(80, 160))
            y = noise(rng, n, phi)
            if walk:
                y = rng.normal() * 3.0 + np.cumsum(rng.normal(size=n)) * 0.3 + 0.3 * y
            found.append(episode(rng, y, place, days=n / 4.0))
        false += bool(revisits(found[-1], found[:-1], rng=rng, draws=199).verified)
    assert false / trials <= 0.05 + 2.0 * np.sqrt(0.05 * 0.95 / trials)
