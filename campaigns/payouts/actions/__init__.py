"""State changes of the payouts desk: money in, what becomes owed, money out.

Each locks the campaign first; each row makes its journal entry in the same transaction.
"""

from campaigns.payouts.actions.costs import book_agency_fee, book_cost, withdraw
from campaigns.payouts.actions.funding import record_funding
from campaigns.payouts.actions.payments import pay, refund_rest
from campaigns.payouts.actions.work import owe_for_deliverable, owe_kill_fees

__all__ = [
    "book_agency_fee",
    "book_cost",
    "owe_for_deliverable",
    "owe_kill_fees",
    "pay",
    "record_funding",
    "refund_rest",
    "withdraw",
]
