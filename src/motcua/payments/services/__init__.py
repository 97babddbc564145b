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
from motcua.payments.services.printing import receipt_pdf
from motcua.payments.services.receipts import agencies_waiting, replace_receipt, sign_receipts
from motcua.payments.services.reckoning import ChargeMoved, reckon_again
from motcua.payments.services.refunds import ask_refund, decline_refund, make_refund
from motcua.payments.services.summaries import make_summaries, open_tax_authority, send_summary_again

__all__ = [
    "ChargeMoved",
    "FeeLine",
    "add_charge",
    "agencies_waiting",
    "ask_refund",
    "cancel_charge",
    "cancel_open_charges",
    "correct_charge",
    "decline_refund",
    "end_benefit",
    "exempt_charge",
    "make_refund",
    "make_summaries",
    "open_tax_authority",
    "raise_charges",
    "receipt_pdf",
    "reckon_again",
    "replace_receipt",
    "send_summary_again",
    "sign_receipts",
    "state_benefit",
    "take_payment",
]
