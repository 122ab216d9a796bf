"""The accounts of a campaign. Pure: codes and the lines of each kind of entry.

`bank` is the agency's own account where the brand's money lies; `funds` is what of it nobody has
earned yet, and is therefore the brand's; a `payable` is what somebody has earned and waits for.
Bank equals funds and payables together, always.
"""

from campaigns.ledger.states import AccountKind
from campaigns.ledger.values import Line, credit, debit
from config.kernel.money import Money

KINDS = {
    "bank": AccountKind.ASSET,
    "funds": AccountKind.LIABILITY,
    "payable": AccountKind.LIABILITY,
}


def bank(campaign: str) -> str:
    return f"campaign/{campaign}/bank"


def funds(campaign: str) -> str:
    return f"campaign/{campaign}/funds"


def payable(campaign: str, payee: str) -> str:
    """payee: `creators/<agreement id>`, `agency`, `costs/<due>` ..."""
    return f"campaign/{campaign}/payable/{payee}"


def kind_of(code: str) -> AccountKind:
    return KINDS[code.split("/")[2]]


def funded(campaign: str, amount: Money) -> list[Line]:
    """The brand's money arrives."""
    return [debit(bank(campaign), amount), credit(funds(campaign), amount)]


def owed(campaign: str, payee: str, amount: Money) -> list[Line]:
    """Somebody has earned it."""
    return [debit(funds(campaign), amount), credit(payable(campaign, payee), amount)]


def paid(campaign: str, payee: str, amount: Money) -> list[Line]:
    """It left the account."""
    return [debit(payable(campaign, payee), amount), credit(bank(campaign), amount)]
