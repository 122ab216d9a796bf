"""A line of a journal entry as it is asked for, and how an entry is hashed."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from campaigns.ledger.states import Side
from config.kernel.money import Money

VERSION = 1  # of the rule in `digest_of`; a change of the rule is a new version


@dataclass(frozen=True)
class Line:
    """An amount on one side of one account."""

    account: str
    side: Side
    amount: Money

    def turned(self) -> "Line":
        return Line(self.account, self.side.opposite, self.amount)


def debit(account: str, amount: Money) -> Line:
    return Line(account, Side.DEBIT, amount)


def credit(account: str, amount: Money) -> Line:
    return Line(account, Side.CREDIT, amount)


@dataclass(frozen=True)
class Written:
    """An entry exactly as it stands in the database.

    postings: (id, account code, account kind, account currency, side, minor units, currency),
    by id.
    """

    id: int
    key: str
    kind: str
    at: datetime
    occurred_on: date
    document: str
    reverses: int | None
    by: int | None
    xid: str
    postings: Sequence[tuple[int, str, str, str, str, int, str]]

    @property
    def balances(self) -> bool:
        """At least two postings, one currency, debits equal to credits."""
        off_by = sum(p[5] if p[4] == Side.DEBIT else -p[5] for p in self.postings)
        return len(self.postings) >= 2 and len({p[6] for p in self.postings}) == 1 and off_by == 0


def digest_of(entry: Written, *, position: int, previous: str, sealed_at: datetime) -> str:
    """SHA-256 (hex) of an entry in its place in the chain, as canonical JSON (version 1)."""
    content = {
        "version": VERSION,
        "position": position,
        "previous": previous,
        "sealed_at": _utc(sealed_at),
        "id": entry.id,
        "key": entry.key,
        "kind": entry.kind,
        "at": _utc(entry.at),
        "occurred_on": entry.occurred_on.isoformat(),
        "document": entry.document,
        "reverses": entry.reverses,
        "by": entry.by,
        "xid": entry.xid,
        "postings": [list(posting) for posting in entry.postings],
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
