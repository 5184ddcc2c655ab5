"""RowSet is a set."""

from hypothesis import given
from hypothesis import strategies as st

from borneone_crawler.archive.frontier.row_set import RowSet


@given(st.lists(st.integers(min_value=0, max_value=5_000)))
def test_a_number_is_new_once(numbers: list[int]) -> None:
    rows, model = RowSet(), set[int]()
    for number in numbers:
        assert rows.add(number) is (number not in model)
        model.add(number)
