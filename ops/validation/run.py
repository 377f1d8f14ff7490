"""Run cases: numbers or an error for each, never a crash."""

from collections.abc import Callable, Iterable, Sequence

from ops.validation.case import Case, Outcome, judge

Heard = Callable[[float, str], None]


def unheard(share: float, title: str) -> None:
    """Tell nobody."""
    del share, title


def obtain(case: Case) -> Outcome:
    """Compute a case and compare; whatever it raises is an outcome that failed."""
    try:
        numbers = [float(x) for x in case.obtain()]
    except Exception as error:  # noqa: BLE001  (a validation tells of every failure)
        return judge(case, (), f"{type(error).__name__}: {error}")
    return judge(case, numbers)


def run(
    cases: Iterable[Case], *, long: bool = False, heard: Heard = unheard
) -> tuple[Outcome, ...]:
    """Run cases in their order.

    Parameters
    ----------
    long
        Whether those that take long are run too.
    heard
        Is told the share that is done, from 0 to 1, and the title of what comes next.
    """
    chosen: Sequence[Case] = [c for c in cases if long or not c.long]
    outcomes: list[Outcome] = []
    for i, case in enumerate(chosen):
        heard(i / len(chosen), case.title)
        outcomes.append(obtain(case))
    heard(1.0, "done")
    return tuple(outcomes)
