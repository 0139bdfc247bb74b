"""The whole story, from the first event to the sum of all postings."""

from paidevents.cli.sales_file import known_file, new_file
from paidevents.cli.story import buying, changing, closing, deciding, late_money, opening
from paidevents.cli.story.balance import BALANCE_TITLE, show_balance
from paidevents.cli.story.stage import Stage

SCENES = (
    opening.opening,
    buying.early_birds,
    buying.codes,
    buying.a_guest,
    late_money.transfers,
    late_money.late,
    changing.one_leaves,
    changing.another_person,
    deciding.choosing,
    deciding.moving,
    deciding.calling_off,
    closing.reports,
)


def tell_story(path: str, locale: str) -> int:
    """
    Sell on a new file at *path*, tell it, then read the file again.

    Returns:
        The exit status: 0 if the ledger balances, else 1.

    Raises:
        InvalidValueError: There is a file already.
        MissingExtraError: The extra `sql` is not installed.
    """
    with new_file(path) as store:
        stage = Stage(store, locale)
        for scene in SCENES:
            scene(stage)
    stage.tell.scene(BALANCE_TITLE, stage.now)
    with known_file(path) as again:
        return show_balance(stage.tell, again, stage.events.values())
