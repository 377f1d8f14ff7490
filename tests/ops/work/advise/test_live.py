"""What is told of an answer reaches all who listen, in order, also who comes late."""

from ops.work.advise.live import Live, News


def test_who_comes_late_hears_all() -> None:
    live, heard = Live(), []
    live.begin("a")
    live.tell("a", News("claim", 1))
    leave = live.listen("a", heard.append)
    live.tell("a", News("claim", 2))
    live.tell("a", News("end"))
    assert [(news.kind, news.value) for news in heard] == [
        ("claim", 1),
        ("claim", 2),
        ("end", None),
    ]
    assert leave is not None
    leave()


def test_nothing_is_told_after_the_end() -> None:
    live, heard = Live(), []
    live.begin("a")
    live.listen("a", heard.append)
    live.tell("a", News("end"))
    live.tell("a", News("claim", 1))
    assert [news.kind for news in heard] == ["end"]
    assert not live.is_worded("a")


def test_of_an_unknown_answer_nothing_is_told() -> None:
    live = Live()
    live.tell("b", News("claim", 1))
    assert live.listen("b", print) is None


def test_who_left_hears_no_more() -> None:
    live, heard = Live(), []
    live.begin("a")
    leave = live.listen("a", heard.append)
    assert leave is not None
    leave()
    live.tell("a", News("claim", 1))
    assert heard == []
    assert live.is_worded("a")


def test_old_tellings_are_forgotten() -> None:
    live = Live()
    for number in range(300):
        live.begin(str(number))
        live.tell(str(number), News("end"))
    assert live.listen("0", print) is None
    assert live.listen("299", print) is not None
