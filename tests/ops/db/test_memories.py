"""Memories on both databases: written, corrected, expired, and recalled by exact words."""

from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy.orm import Session

from ops.advise.recall.lesson import Lesson
from ops.advise.recall.query import RecallQuery
from ops.db import memories, memory_vectors
from ops.db.engine import Database
from ops.db.memories import MemoryFilter, Note
from ops.db.memory_search import MOST
from ops.db.models.advise import Memory
from ops.db.models.plant import Site
from ops.errors import BadData, Conflict, NotFound
from ops.values import EVERYWHERE, Actor, Scope
from tests.api.plant import HERE, NOW, THERE

ADA = Actor("ada", "engineer")
DAY = timedelta(days=1)


def _sites(database: Database) -> None:
    with database.write.begin() as session:
        for site_id, code in ((HERE, "HERE"), (THERE, "THERE")):
            session.add(Site(id=site_id, code=code, title=code, created_at=NOW))


def _note(title: str, text: str = "as it was seen", **more: object) -> Note:
    return Note(kind="knowledge", title=title, text=text, **more)  # type: ignore[arg-type]


def _write(session: Session, *notes: Note, site_id: int | None = HERE) -> list[int]:
    return [
        memories.write(session, note, site_id=site_id, actor=ADA, now=NOW - DAY).id
        for note in notes
    ]


def _ids(session: Session, text: str, scope: Scope = EVERYWHERE, **more: object) -> list[int]:
    query = RecallQuery(text, **more)  # type: ignore[arg-type]
    return [one.id for one in memories.recalled(session, scope, query, now=NOW)]


def test_codes_and_ids_are_found_exactly(database: Database) -> None:
    _sites(database)
    with database.write.begin() as session:
        ids = _write(
            session,
            _note("WB-07 heats up before it drifts"),
            _note("WB-05 heats up before it drifts"),
            _note("Lot CL4-57 of capillaries wears early"),
            _note("A program", tags={"characteristic": "LOOP-QFN32-AU25"}),
            _note("Ofen Überhitzung", "焊线机漂移", tags={"scenario": "network-base"}),
        )
        assert _ids(session, "WB-07") == [ids[0]]
        assert _ids(session, "why does wb\u201107 drift") == [ids[0]]
        assert _ids(session, "CL4-57?") == [ids[2]]
        assert _ids(session, "LOOP-QFN32-AU25") == _ids(session, "qfn32") == [ids[3]]
        assert _ids(session, "überhitzung") == _ids(session, "焊线机") == [ids[4]]
        assert _ids(session, "network-base") == [ids[4]]
        assert _ids(session, "WB-0") == _ids(session, "' OR \" * )") == []
        assert set(_ids(session, "heats")) == {ids[0], ids[1]}
        assert _ids(session, "x", tags={"tool": "WB-05"}) == [ids[1]]
        assert _ids(session, "") == []


def test_site_without_a_site_is_of_who_sees_all(database: Database) -> None:
    _sites(database)
    with database.write.begin() as session:
        here = _write(session, _note("clean the clamp"))
        there = _write(session, _note("clean the clamp"), site_id=THERE)
        everywhere = _write(session, _note("clean the clamp"), site_id=None)
        only = Scope(frozenset({HERE}))
        assert set(_ids(session, "clamp")) == {*here, *there, *everywhere}
        assert _ids(session, "clamp", only) == here
        assert set(_ids(session, "clamp", site="THERE")) == {*there, *everywhere}
        with pytest.raises(NotFound, match="there is no memory"):
            memories.get(session, only, there[0])


def test_correction_supersedes_and_nothing_is_overwritten(database: Database) -> None:
    _sites(database)
    with database.write.begin() as session:
        (first,) = _write(session, _note("clamp needs 40 N"))
        row = memories.get(session, EVERYWHERE, first)
        newer = memories.correct(session, row, _note("clamp needs 50 N"), actor=ADA, now=NOW)
        assert (newer.supersedes, newer.site_id, row.title) == (first, HERE, "clamp needs 40 N")
        assert row.valid_to == NOW
        assert _ids(session, "clamp") == [newer.id]
        at_that_time = memories.recalled(
            session, EVERYWHERE, RecallQuery("clamp"), now=NOW - DAY / 2
        )
        assert [one.id for one in at_that_time] == [first]
        with pytest.raises(Conflict, match=f"corrected by {newer.id}"):
            memories.correct(session, row, _note("once more"), actor=ADA, now=NOW)
        states = {
            state: [
                m.id
                for m in session.scalars(
                    memories.listed(EVERYWHERE, MemoryFilter(state=state), now=NOW)
                )
            ]
            for state in ("valid", "ended", "superseded")
        }
        assert states == {"valid": [newer.id], "ended": [], "superseded": [first]}
        memories.expire(session, newer, actor=ADA, now=NOW)
        assert _ids(session, "clamp") == []


def test_memory_holds_in_its_time_only(database: Database) -> None:
    _sites(database)
    with database.write.begin() as session:
        later = _note("trial of wire", valid_from=NOW + DAY, valid_to=NOW + 2 * DAY)
        (one,) = _write(session, later)
        query = RecallQuery("wire")
        held = [
            bool(memories.recalled(session, EVERYWHERE, query, now=NOW + k * DAY))
            for k in (0, 1, 2, 3)
        ]
        assert held == [False, True, False, False]
        wrong = _note("x", valid_from=NOW, valid_to=NOW)
        with pytest.raises(BadData, match="is not after its begin"):
            memories.write(session, wrong, site_id=None, actor=ADA, now=NOW)
        assert memories.get(session, EVERYWHERE, one).provenance == "person"


def test_lesson_is_kept_once(database: Database) -> None:
    _sites(database)
    values = {"thing": "WB-1", "found": "creep"}
    lesson = Lesson("alert-false", values, "alert|1|closing", {"tool": "WB-1"}, helped=None)

    def keep(session: Session) -> Memory | None:
        return memories.learn(
            session, lesson, provenance="outcome", origin="alert 1", site_id=HERE, actor=ADA,
            now=NOW,
        )  # fmt: skip

    with database.write.begin() as session:
        assert keep(session) is not None
        assert keep(session) is None
        (found,) = memories.recalled(session, EVERYWHERE, RecallQuery("WB-1"), now=NOW)
        assert found.text == "The alert of WB-1 (creep) was a false alarm."


def test_outcomes_move_trust_and_order(database: Database) -> None:
    _sites(database)
    with database.write.begin() as session:
        a, b = _write(session, _note("clamp one"), _note("clamp two"))
        assert _ids(session, "clamp") == [b, a]
        memories.count_outcome(session, [a], confirmed=3, refuted=0, actor=ADA, now=NOW)
        memories.count_outcome(session, [b], confirmed=0, refuted=2, actor=ADA, now=NOW)
        found = memories.recalled(session, EVERYWHERE, RecallQuery("clamp"), now=NOW)
        assert [(m.id, m.trust) for m in found] == [
            (a, pytest.approx(11 / 13)), (b, pytest.approx(8 / 12)),
        ]  # fmt: skip
        memories.count_outcome(session, [b], confirmed=-1, refuted=-5, actor=ADA, now=NOW)
        assert memories.get(session, EVERYWHERE, b).refuted == 0


def test_candidates_are_bounded_and_the_rare_word_wins(database: Database) -> None:
    with database.write.begin() as session:
        session.add_all(
            Memory(
                kind="knowledge", title=f"loop {i}", text="drift of loops", tags={},
                provenance="person", origin="ada", written_by="ada", written_at=NOW - i * DAY / 99,
                valid_from=NOW - 99 * DAY, updated_at=NOW,
            )
            for i in range(700)
        )  # fmt: skip
        (rare,) = _write(session, _note("drift after a fall"), site_id=None)
        assert _ids(session, "drift of loops after the fall", limit=3)[0] == rare
        assert len(_ids(session, "drift", limit=2000, least=0)) == MOST


def test_vectors_order_what_words_found_and_are_equal_on_both_ways(database: Database) -> None:
    rng = np.random.default_rng(1)
    with database.write.begin() as session:
        ids = _write(session, *(_note(f"clamp {i}") for i in range(12)), site_id=None)
        vectors = rng.normal(size=(12, 2, 8)).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=2, keepdims=True)
        for one, pieces in zip(ids, vectors, strict=True):
            memory_vectors.replace(session, one, "tiny", "0" * 64, pieces)
        wanted = vectors[5, 1]
        every = memories.visible(EVERYWHERE).with_only_columns(Memory.id)
        plain = memory_vectors.nearest(session, "tiny", wanted, every, limit=5)
        assert next(iter(plain)) == ids[5]
        truth = {i: float((v @ wanted).max()) for i, v in zip(ids, vectors, strict=True)}
        assert plain == pytest.approx(dict(sorted(truth.items(), key=lambda p: -p[1])[:5]))
        if memory_vectors.prepare(session):
            assert memory_vectors.has_pgvector(session)
            by_pgvector = memory_vectors.nearest(session, "tiny", wanted, every, limit=5)
            assert list(by_pgvector) == list(plain)
            assert by_pgvector == pytest.approx(plain, abs=1e-6)
        meant = {"model": "tiny", "vector": wanted}
        assert _ids(session, "clamp", **meant)[0] == ids[5]
        assert _ids(session, "something else", **meant)[0] == ids[5]
        assert _ids(session, "WB-99", **meant) == []
        assert _ids(session, "something else", model="other", vector=wanted) == []
        assert memory_vectors.nearest(session, "tiny", wanted[:4], every, limit=5) == {}
