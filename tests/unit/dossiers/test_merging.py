"""Two saves of one draft: nothing of either is lost without somebody having chosen."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.rules.answers import Answer, component_named, items_of
from motcua.dossiers.rules.merging import ABSENT, base_of, changes_of, leaves_of, merge, tree_of

_PATHS = st.sampled_from([("a",), ("b", "c"), ("b", "d"), ("e",)])
_VALUES = st.sampled_from(["", "x", "y", 1, True, ["p", "q"]])
_LEAVES = st.dictionaries(_PATHS, _VALUES, max_size=4)


@given(_LEAVES)
def test_answers_come_back_from_their_places(leaves: dict[tuple[str, ...], Any]) -> None:
    assert leaves_of(tree_of(leaves)) == leaves


@given(_LEAVES, st.lists(_LEAVES, max_size=5), st.integers(0, 6))
def test_the_draft_remembers_every_state_it_was_in(
    first: dict[tuple[str, ...], Any], later: list[dict[tuple[str, ...], Any]], seen: int
) -> None:
    states, history = [first], []
    for number, state in enumerate(later, start=1):
        history += changes_of(states[-1], state, number, "2026-11-30")
        states.append(state)
    seen = min(seen, len(states) - 1)
    assert base_of(states[-1], history, seen, 0) == states[seen]
    assert base_of(states[-1], history, seen, seen + 1) is None


@given(_LEAVES, _LEAVES, _LEAVES)
def test_what_only_one_changed_counts_and_what_both_changed_is_asked(
    base: dict[tuple[str, ...], Any],
    mine: dict[tuple[str, ...], Any],
    saved: dict[tuple[str, ...], Any],
) -> None:
    merged = merge(base, mine, saved)
    asked = {clash.path for clash in merged.clashes}
    for path in {**base, **mine, **saved}:
        was, ours, theirs = (side.get(path, ABSENT) for side in (base, mine, saved))
        value = merged.leaves.get(path, ABSENT)
        if path in asked:
            assert was not in (ours, theirs) or type(ours) is not type(was)
            assert ours != theirs or type(ours) is not type(theirs)
        elif ours == was:
            assert value == theirs
        else:
            assert value == ours


@given(_LEAVES, _LEAVES)
def test_an_unknown_base_never_takes_an_answer_away(
    mine: dict[tuple[str, ...], Any], saved: dict[tuple[str, ...], Any]
) -> None:
    merged = merge(None, mine, saved)
    asked = {clash.path for clash in merged.clashes}
    for path in {**mine, **saved}:
        assert path in asked or path in merged.leaves


def test_a_choice_settles_only_what_was_shown() -> None:
    sides: list[dict[tuple[str, ...], Any]] = [{("a",): n} for n in (1, 2, 3)]
    base, mine, saved = sides
    history: list[dict[str, Any]] = [{"r": 5, "at": "2026-11-30", "p": ["a"], "was": 1}]
    assert merge(base, mine, saved, history, {("a",): True}, shown=5).leaves == {("a",): 2}
    assert merge(base, mine, saved, history, {("a",): False}, shown=5).leaves == {("a",): 3}
    assert merge(base, mine, saved, history, {("a",): True}, shown=4).clashes


def test_an_item_finds_its_line_of_the_checklist() -> None:
    lines = {"proof": "Giấy chứng sinh", "copy": "Bản sao Giấy chứng sinh", "id": "Thẻ căn cước"}
    assert component_named("Bản sao giấy chứng sinh, rõ nét", lines) == "copy"
    assert component_named("Giấy chứng sinh rõ nét", lines) == "proof"
    assert component_named("Nói rõ bạn làm bánh hay chỉ bán bánh", lines) is None


def test_a_request_without_a_list_asks_for_its_reason() -> None:
    assert items_of("Ảnh mờ", {}) == ["Ảnh mờ"]
    assert items_of("Ảnh mờ", {"items": [" một ", "", "hai"]}) == ["một", "hai"]
    assert Answer("một").is_open
    assert Answer("một", "có", ("a.jpg",)).said == "một: có; a.jpg"
