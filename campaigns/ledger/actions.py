"""Open accounts, post entries, reverse them, seal them."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from campaigns.ledger import queries
from campaigns.ledger.errors import (
    AccountDiffers,
    AlreadyReversed,
    KeyTaken,
    UnbalancedEntry,
    UnknownAccount,
)
from campaigns.ledger.models import Account, JournalEntry, Posting, Seal
from campaigns.ledger.states import AccountKind, Side
from campaigns.ledger.values import VERSION, Line, digest_of
from config.identity.models import User
from config.kernel.money import CurrencyMismatch

SEAL_BATCH = 5000
SEAL_LOCK = 7_303_014  # any number, the same for every sealer of one database

# What is committed and not yet in the chain, in whatever order it came to be committed: the chain's
# own order is that of sealing, so an entry that commits late takes a later place and none is lost.
# Open transactions, here or in another database of the server, hold nothing up.
SEALABLE = """
    SELECT entry.id
      FROM ledger_journalentry AS entry
      LEFT JOIN ledger_seal AS seal ON seal.entry_id = entry.id
     WHERE seal.id IS NULL
       AND entry.id > (SELECT coalesce(max(entry_id), 0) - 100000 FROM ledger_seal
                        WHERE position = (SELECT max(position) FROM ledger_seal))
     ORDER BY entry.id
     LIMIT %s
"""


def open_account(code: str, kind: AccountKind, currency: str) -> Account:
    """The account is open. Opening it again is the same as opening it once.

    Raises AccountDiffers if it exists with another kind or currency.
    """
    account, _ = Account.objects.get_or_create(
        code=code,
        defaults={"kind": kind, "currency": currency, "opened_at": timezone.now()},
    )
    if (account.kind, account.currency) != (kind, currency):
        raise AccountDiffers(account=code)
    return account


@transaction.atomic
def post(
    *,
    key: str,
    kind: str,
    lines: Sequence[Line],
    occurred_on: date,
    document: str = "",
    by: User | None,
) -> JournalEntry:
    """An entry with these lines is written, once for each `key`.

    key: chosen by the caller; the same key with the same content returns the entry there is.
    kind: what happened, as a code (`campaign.funded`). document: the number of the bank statement
    or invoice behind it, no names.
    Raises KeyTaken, UnbalancedEntry, UnknownAccount, CurrencyMismatch.
    """
    entry = JournalEntry(
        key=key, kind=kind, occurred_on=occurred_on, document=document, by=by, at=timezone.now()
    )
    return _post(entry, lines)


@transaction.atomic
def reverse(
    *, entry_id: int, key: str, occurred_on: date, document: str = "", by: User | None
) -> JournalEntry:
    """A new entry undoes the old one, line by line. An entry is reversed once.

    Raises AlreadyReversed, KeyTaken.
    """
    old = JournalEntry.objects.get(pk=entry_id)
    lines = [line.turned() for line in queries.lines_of(old)]
    _lock_accounts(lines)
    if JournalEntry.objects.filter(reverses=old).exclude(key=key).exists():
        raise AlreadyReversed
    entry = JournalEntry(
        key=key,
        kind=f"{old.kind}.reversed",
        occurred_on=occurred_on,
        document=document,
        reverses=old,
        by=by,
        at=timezone.now(),
    )
    return _post(entry, lines)


@transaction.atomic
def seal(limit: int = SEAL_BATCH) -> int:
    """Every committed entry has its place in the chain; returns how many found theirs now.

    Posting never waits for this, and a second sealer returns at once.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEAL_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(SEALABLE, [limit])
        ids = [row[0] for row in cursor.fetchall()]
    last = Seal.objects.order_by("position").last()
    entries = JournalEntry.objects.filter(pk__in=ids).order_by("pk")
    Seal.objects.bulk_create(_chain(list(entries), last))
    return len(ids)


def _chain(entries: Sequence[JournalEntry], last: Seal | None) -> list[Seal]:
    now = timezone.now()
    previous, position = (last.digest, last.position) if last else ("", 0)
    seals = []
    for entry in queries.written(entries):
        position += 1
        digest = digest_of(entry, position=position, previous=previous, sealed_at=now)
        seals.append(
            Seal(
                entry_id=entry.id,
                position=position,
                previous=previous,
                digest=digest,
                version=VERSION,
                sealed_at=now,
            )
        )
        previous = digest
    return seals


def _post(entry: JournalEntry, lines: Sequence[Line]) -> JournalEntry:
    _check_balanced(lines)
    accounts = _lock_accounts(lines)
    if written := _same_as_written(entry, lines):
        return written
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError:  # the key was used on other accounts at this very moment
        if written := _same_as_written(entry, lines):
            return written
        raise
    Posting.objects.bulk_create(
        Posting(
            entry=entry,
            account=accounts[line.account],
            side=line.side,
            amount_minor=line.amount.minor,
            currency=line.amount.currency,
        )
        for line in lines
    )
    return entry


def _check_balanced(lines: Sequence[Line]) -> None:
    currencies = {line.amount.currency for line in lines}
    positive = all(line.amount.minor > 0 for line in lines)
    off_by = sum(
        line.amount.minor if line.side is Side.DEBIT else -line.amount.minor for line in lines
    )
    if len(lines) < 2 or len(currencies) != 1 or not positive or off_by:
        raise UnbalancedEntry


def _lock_accounts(lines: Sequence[Line]) -> Mapping[str, Account]:
    """The accounts of the lines, locked in the order of their codes: nobody waits in a ring."""
    codes = sorted({line.account for line in lines})
    locked = Account.objects.select_for_update(no_key=True).filter(code__in=codes).order_by("code")
    accounts = {account.code: account for account in locked}
    for line in lines:
        if line.account not in accounts:
            raise UnknownAccount(account=line.account)
        if accounts[line.account].currency != line.amount.currency:
            raise CurrencyMismatch(f"{line.account} is not kept in {line.amount.currency}.")
    return accounts


def _same_as_written(entry: JournalEntry, lines: Sequence[Line]) -> JournalEntry | None:
    """The entry written with this key before. Raises KeyTaken if its content differs."""
    written = JournalEntry.objects.filter(key=entry.key).first()
    if written is None:
        return None
    facts = ("kind", "occurred_on", "document", "reverses_id")
    same = all(getattr(written, fact) == getattr(entry, fact) for fact in facts)
    if not same or _sorted(queries.lines_of(written)) != _sorted(lines):
        raise KeyTaken
    return written


def _sorted(lines: Sequence[Line]) -> list[tuple[str, str, int, str]]:
    return sorted(
        (line.account, str(line.side), line.amount.minor, line.amount.currency) for line in lines
    )
