"""State changes of agreements: offers, acceptances, publications that fulfil the work."""

from campaigns.agreements.actions.publications import (
    attest_post,
    check_post,
    entries_waiting,
    look_again,
    register_found,
    register_publication,
    watch_feed,
)
from campaigns.agreements.actions.terms import accept_terms, offer_terms, withdraw

__all__ = [
    "accept_terms",
    "attest_post",
    "check_post",
    "entries_waiting",
    "look_again",
    "offer_terms",
    "register_found",
    "register_publication",
    "watch_feed",
    "withdraw",
]
