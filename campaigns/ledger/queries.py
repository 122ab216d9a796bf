"""Balances, and the proof that no entry was rewritten."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import BigIntegerField, QuerySet, Sum
from django.db.models.functions import Cast, Coalesce

from campaigns.ledger.errors import UnknownAccount
from campaigns.ledger.models import Account, JournalEntry, Posting, Seal
from campaigns.ledger.states import NORMAL_SIDE, AccountKind, Side
from campaigns.ledger.values import VERSION, Line, Written, digest_of
from config.kernel.money import Money

BATCH = 2000


def balance(code: str) -> Money:
    """What lies in an account, positive on its normal side: debit for assets and expenses, credit
    for liabilities and income. Raises UnknownAccount."""
    found = balances_of([code])
    if code not in found:
        raise UnknownAccount(account=code)
    return found[code]


def balances_of(codes: Collection[str]) -> dict[str, Money]:
    """The balances of those accounts that exist. One query."""
    return _balances(Account.objects.filter(code__in=codes))


def balances(prefix: str) -> dict[str, Money]:
    """The balances of every account whose code starts with `prefix`, by code. One query."""
    return _balances(Account.objects.filter(code__startswith=prefix))


def lines_of(entry: JournalEntry) -> list[Line]:
    """The lines of an entry, in the order they were written."""
    postings = Posting.objects.filter(entry=entry).select_related("account").order_by("pk")
    return [
        Line(each.account.code, Side(each.side), Money(each.amount_minor, each.currency))
        for each in postings
    ]


def _balances(accounts: QuerySet[Account]) -> dict[str, Money]:
    sums = accounts.annotate(
        debited=Coalesce(Cast(Sum("postings__signed_minor"), BigIntegerField()), 0)
    )
    return {
        code: Money(debited if _grows_by_debit(kind) else -debited, currency)
        for code, kind, currency, debited in sums.order_by("code").values_list(
            "code", "kind", "currency", "debited"
        )
    }


def _grows_by_debit(kind: str) -> bool:
    return NORMAL_SIDE[AccountKind(kind)] is Side.DEBIT


@dataclass(frozen=True)
class Verification:
    """checked: entries read; unsealed: how many of them are not in the chain yet;
    first_broken: id of the first entry that was changed or does not follow, or None."""

    checked: int
    unsealed: int
    first_broken: int | None


@transaction.atomic
def verify() -> Verification:
    """Read the whole chain from its start, then the entries that wait for their seal."""
    checked, previous = 0, ""
    for seals in _batches():
        for seal, entry in _with_entries(seals):
            if not _follows(seal, entry, position=checked + 1, previous=previous):
                return Verification(checked, _waiting().count(), seal.entry_id)
            checked, previous = checked + 1, seal.digest
    return _verify_waiting(checked)


def _verify_waiting(sealed: int) -> Verification:
    waiting = list(_waiting().order_by("pk"))
    for entry in written(waiting):
        if not entry.balances:
            return Verification(sealed, len(waiting), entry.id)
    return Verification(sealed + len(waiting), len(waiting), None)


def _follows(seal: Seal, entry: Written, *, position: int, previous: str) -> bool:
    return (
        seal.position == position
        and seal.previous == previous
        and seal.version == VERSION
        and entry.balances
        and seal.digest
        == digest_of(entry, position=position, previous=previous, sealed_at=seal.sealed_at)
    )


def _waiting() -> QuerySet[JournalEntry]:
    return JournalEntry.objects.filter(seal__isnull=True)


def _batches() -> Iterator[list[Seal]]:
    after = -1
    while seals := list(
        Seal.objects.filter(position__gt=after).select_related("entry").order_by("position")[:BATCH]
    ):
        yield seals
        after = seals[-1].position


def _with_entries(seals: Sequence[Seal]) -> Iterator[tuple[Seal, Written]]:
    return zip(seals, written([seal.entry for seal in seals]), strict=True)


def written(entries: Sequence[JournalEntry]) -> list[Written]:
    """The entries with all that is hashed of them, in the same order. One query."""
    postings: dict[int, list[tuple[int, str, str, str, str, int, str]]] = {}
    rows = Posting.objects.filter(entry__in=[entry.pk for entry in entries]).order_by("pk")
    for entry_id, *row in rows.values_list(
        "entry_id",
        "pk",
        "account__code",
        "account__kind",
        "account__currency",
        "side",
        "amount_minor",
        "currency",
    ):
        postings.setdefault(entry_id, []).append(tuple(row))  # type: ignore[arg-type]
    return [_written(entry, postings.get(entry.pk, [])) for entry in entries]


def _written(
    entry: JournalEntry, postings: Sequence[tuple[int, str, str, str, str, int, str]]
) -> Written:
    return Written(
        id=entry.pk,
        key=entry.key,
        kind=entry.kind,
        at=entry.at,
        occurred_on=entry.occurred_on,
        document=entry.document,
        reverses=entry.reverses_id,
        by=entry.by_id,
        xid=str(entry.created_xid),
        postings=postings,
    )
