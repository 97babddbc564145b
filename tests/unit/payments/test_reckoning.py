"""What becomes of charges when the reckoning says something else."""

from motcua.payments.rules.reckoning import Difference, Kept, Standing, Wanted, differences


def test_open_charges_follow_and_decisions_stand() -> None:
    kept = {
        "same": Kept(8000, Standing.OPEN),
        "more": Kept(8000, Standing.OPEN),
        "gone": Kept(8000, Standing.OPEN),
        "waived": Kept(8000, Standing.OPEN),
        "due again": Kept(8000, Standing.NOTHING),
        "by hand": Kept(5000, Standing.OPEN, is_by_hand=True),
        "waived by hand": Kept(8000, Standing.NOTHING, is_by_hand=True),
        "paid": Kept(8000, Standing.PAID),
        "still nothing": Kept(8000, Standing.NOTHING),
    }
    wanted = {
        "same": Wanted(8000),
        "more": Wanted(16000),
        "waived": Wanted(8000, "Hộ nghèo"),
        "due again": Wanted(9000),
        "by hand": Wanted(8000),
        "waived by hand": Wanted(8000),
        "paid": Wanted(12000),
        "new": Wanted(3000),
    }
    assert differences(kept, wanted) == {
        "more": Difference(8000, 16000),
        "gone": Difference(8000, None),
        "waived": Difference(8000, 0),
        "due again": Difference(0, 9000),
        "paid": Difference(8000, 12000, is_paid=True),
        "new": Difference(None, 3000, is_new=True),
    }
    assert differences({}, {}) == {}
