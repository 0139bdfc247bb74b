"""A page of a long list: some rows, and where the next page begins."""

from typing import Generic, TypeVar

from attrs import frozen

T = TypeVar("T")

# Of no list is more read at a time.
MOST_ON_A_PAGE = 1000


@frozen
class Page(Generic[T]):
    """
    Some rows of a list, in its order.

    Attributes:
        rows: What is on it.
        after: What the next page is asked for with, as `after`; empty once nothing was left.

    Example:
        >>> page = Page(("Ana", "Bo"), after="A2")
        >>> page.rows, page.after
        (('Ana', 'Bo'), 'A2')
    """

    rows: tuple[T, ...]
    after: str
