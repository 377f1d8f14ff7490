"""A free place goes to a run that somebody waits for."""

import threading

from ops.work.slots import Slots


def test_an_urgent_run_goes_before_those_that_waited_longer() -> None:
    slots, order, waiting = Slots(1), [], []
    with slots.taken(urgent=False):
        for urgent in (False, False, True):
            waiting.append(threading.Thread(target=_hold, args=(slots, urgent, order)))
            waiting[-1].start()
        while slots._urgent_waiting != 1:
            threading.Event().wait(0.01)
    for thread in waiting:
        thread.join()
    assert order == [True, False, False]


def test_no_more_run_at_once_than_there_are_places() -> None:
    slots, lock, inside, most = Slots(3), threading.Lock(), [0], [0]
    full = threading.Event()  # nobody leaves before all places were taken

    def hold(urgent: bool) -> None:
        with slots.taken(urgent=urgent):
            with lock:
                inside[0] += 1
                most[0] = max(most[0], inside[0])
            if inside[0] == 3:
                full.set()
            full.wait()
            with lock:
                inside[0] -= 1

    threads = [threading.Thread(target=hold, args=(i % 2 == 0,)) for i in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [3]
    assert inside == [0]


def test_a_place_comes_back_when_its_run_raises() -> None:
    slots = Slots(1)
    for _ in range(3):
        try:
            with slots.taken(urgent=True):
                raise KeyError
        except KeyError:
            pass
    assert slots._free == 1


def _hold(slots: Slots, urgent: bool, order: list[bool]) -> None:
    with slots.taken(urgent=urgent):
        order.append(urgent)
