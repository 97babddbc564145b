"""Acts about money: charges, cash at the desk with numbered receipts, waivers, refunds by two persons, benefit levels."""

from motcua.payments.services.benefits import end_benefit, state_benefit
from motcua.payments.services.charges import (
    FeeLine,
    add_charge,
    cancel_charge,
    cancel_open_charges,
    correct_charge,
    exempt_charge,
    raise_charges,
)
from motcua.payments.services.desk import take_payment
from motcua.payments.services.refunds import ask_refund, decline_refund, make_refund

__all__ = [
    "FeeLine",
    "add_charge",
    "ask_refund",
    "cancel_charge",
    "cancel_open_charges",
    "correct_charge",
    "decline_refund",
    "end_benefit",
    "exempt_charge",
    "make_refund",
    "raise_charges",
    "state_benefit",
    "take_payment",
]
