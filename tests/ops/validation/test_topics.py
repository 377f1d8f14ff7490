"""Every published case is reproduced, and no published entry is left out in silence."""

import pytest

from ops.validation.published import entries, entry
from ops.validation.run import run
from ops.validation.topics import NOT_RUN, TOPICS, Topic


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_every_published_case_is_reproduced(topic: Topic) -> None:
    outcomes = run(topic.cases(), long=True)
    assert outcomes
    assert [o.model_dump() for o in outcomes if not o.passed] == []


def test_no_published_entry_is_left_out_in_silence() -> None:
    said = {case.id for topic in TOPICS for case in topic.cases()} | set(NOT_RUN)
    covered = {"/".join(name.split("/")[:2]) for name in said}
    by_name: dict[str, list[str]] = {}
    for file, name in entries():
        by_name.setdefault(name, []).append(file)
    for name, files in by_name.items():
        assert any(f"{file}/{name}" in covered for file in files), name
    assert {name.partition("/")[0] for name in covered} <= {file for file, _ in entries()}


def test_copies_of_an_entry_in_two_files_say_the_same() -> None:
    by_name: dict[str, list[str]] = {}
    for file, name in entries():
        by_name.setdefault(name, []).append(file)
    for name, files in by_name.items():
        for other in files[1:]:
            assert entry(other, name)["expected"] == entry(files[0], name)["expected"], name


def test_each_case_has_a_name_of_its_own_a_source_and_a_reason() -> None:
    cases = [case for topic in TOPICS for case in topic.cases()]
    assert len({case.id for case in cases}) == len(cases) >= 169
    assert all(case.source and case.tolerance.reason and case.expected for case in cases)
    assert len({topic.name for topic in TOPICS}) == len(TOPICS)
