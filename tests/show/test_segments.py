from hypothesis import given
from hypothesis import strategies as st

from sayso.show.segments import Mark, segments


def test_nested_and_overlapping_marks_are_cut_into_a_flat_run() -> None:
    outer, inner, across = (
        Mark(0, 10, "content", 1),
        Mark(2, 5, "cue", 2),
        Mark(4, 12, "source", 3),
    )
    made = segments(0, 12, [across, inner, outer])
    assert [(s.start, s.end, {m.claim for m in s.marks}) for s in made] == [
        (0, 2, {1}),
        (2, 4, {1, 2}),
        (4, 5, {1, 2, 3}),
        (5, 10, {1, 3}),
        (10, 12, {3}),
    ]
    assert [m.claim for s in made for m in s.ends] == [2, 1, 3]


marks = st.builds(
    lambda start, length, part, claim: Mark(start, start + length, part, claim),
    st.integers(0, 40),
    st.integers(0, 20),
    st.sampled_from(["source", "cue", "content"]),
    st.integers(1, 5),
)


@given(st.integers(0, 20), st.integers(0, 30), st.lists(marks, max_size=8))
def test_segments_cover_the_text_and_every_character_keeps_its_marks(
    start: int, length: int, found: list[Mark]
) -> None:
    end = start + length
    made = segments(start, end, found)
    assert [offset for s in made for offset in range(s.start, s.end)] == list(range(start, end))
    for segment in made:
        for offset in range(segment.start, segment.end):
            covering = {(m.part, m.claim) for m in found if m.start <= offset < m.end}
            assert {(m.part, m.claim) for m in segment.marks} == covering
