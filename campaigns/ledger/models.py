"""Double entry: accounts, journal entries and their postings, and the seals that chain them.

The ledger knows no campaign: codes such as `campaign/k3m…/funds` are plain words to it. Nothing
here is ever changed; a correction is a reversal.
"""

import pgtrigger
from django.db import models
from django.db.models import Case, F, Q, When

from campaigns.ledger.fields import CurrentXid, XidField
from campaigns.ledger.states import AccountKind, Side
from config.kernel.models import APPEND_ONLY, AppendOnly
from config.kernel.money import MOST_MINOR

CODE_LENGTH = 160
KEY_LENGTH = 200
DOCUMENT_LENGTH = 80

CHECK_BALANCE = """
    SELECT sum(signed_minor), count(*), count(DISTINCT currency) INTO off_by, lines, currencies
      FROM ledger_posting WHERE entry_id = {entry};
    IF lines < 2 OR currencies <> 1 OR off_by <> 0 THEN
        RAISE EXCEPTION 'journal entry % has % postings in % currencies and is off by %',
            {entry}, lines, currencies, off_by USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""
COUNTERS = [("off_by", "numeric"), ("lines", "int"), ("currencies", "int")]


class Account(models.Model):
    """A place money is, comes from or is owed to. Postings lock the row; nothing on it moves."""

    code = models.CharField(max_length=CODE_LENGTH, unique=True)
    kind = models.CharField(max_length=10, choices=AccountKind.choices)
    currency = models.CharField(max_length=3)
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=AccountKind.values), name="account_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(currency__regex="^[A-Z]{3}$"), name="account_currency_is_iso"
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="account_never_changes"),
            pgtrigger.Protect(name="account_never_goes", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.code


class JournalEntry(AppendOnly):
    """What happened, once: two postings or more that cancel out. `key` makes it happen once."""

    key = models.CharField(max_length=KEY_LENGTH, unique=True)
    kind = models.CharField(max_length=60)
    at = models.DateTimeField()
    occurred_on = models.DateField()
    document = models.CharField(max_length=DOCUMENT_LENGTH, blank=True)  # a bank statement, a bill
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="reversed_by"
    )
    by = models.ForeignKey("identity.User", on_delete=models.PROTECT, null=True, related_name="+")
    created_xid = XidField(db_default=CurrentXid(), editable=False)

    class Meta(AppendOnly.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(reverses__isnull=True) | ~Q(reverses=F("pk")),
                name="entry_reverses_another",
            ),
        ]
        indexes = [models.Index(fields=["occurred_on"], name="entry_occurred_on")]
        triggers = [
            APPEND_ONLY,
            pgtrigger.Trigger(
                name="entry_knows_its_transaction",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=pgtrigger.Func("""
                    NEW.created_xid := pg_current_xact_id();
                    RETURN NEW;
                """),
            ),
            pgtrigger.Trigger(
                name="entry_balances",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                declare=COUNTERS,
                func=pgtrigger.Func(CHECK_BALANCE.format(entry="NEW.id")),
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Posting(AppendOnly):
    """A positive amount on one side of an account. `signed_minor` counts debits as positive."""

    entry = models.ForeignKey(
        JournalEntry, on_delete=models.PROTECT, related_name="postings", db_index=False
    )
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="postings")
    side = models.CharField(max_length=6, choices=Side.choices)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    signed_minor = models.GeneratedField(
        expression=Case(When(side="debit", then=F("amount_minor")), default=-F("amount_minor")),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )

    class Meta(AppendOnly.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="posting_has_a_side"),
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0, amount_minor__lte=MOST_MINOR),
                name="posting_is_positive",
            ),
        ]
        indexes = [models.Index(fields=["entry", "id"], name="posting_of_entry")]
        triggers = [
            APPEND_ONLY,
            pgtrigger.Trigger(
                name="posting_joins_its_entry",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("written_in", "xid8"), ("kept_in", "text")],
                func=pgtrigger.Func("""
                    SELECT created_xid INTO written_in
                      FROM ledger_journalentry WHERE id = NEW.entry_id;
                    SELECT currency INTO kept_in FROM ledger_account WHERE id = NEW.account_id;
                    IF written_in IS DISTINCT FROM pg_current_xact_id() THEN
                        RAISE EXCEPTION 'journal entry % is written; nothing joins it later',
                            NEW.entry_id USING ERRCODE = 'check_violation';
                    END IF;
                    IF kept_in IS DISTINCT FROM NEW.currency THEN
                        RAISE EXCEPTION 'account % is kept in %, not in %',
                            NEW.account_id, kept_in, NEW.currency
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """),
            ),
            # Deferred triggers can be made to speak before the commit; a posting that comes after
            # that has its entry judged once more, by the last one only.
            pgtrigger.Trigger(
                name="posting_keeps_the_balance",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                declare=COUNTERS,
                func=pgtrigger.Func(
                    """
                    IF NEW.id < (SELECT max(id) FROM ledger_posting
                                  WHERE entry_id = NEW.entry_id) THEN
                        RETURN NULL;
                    END IF;
                    """
                    + CHECK_BALANCE.format(entry="NEW.entry_id")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.amount_minor} {self.currency}"


class Seal(AppendOnly):
    """The place of an entry in the chain. Made by the sealer, some seconds after the entry."""

    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT, related_name="seal")
    position = models.PositiveBigIntegerField(unique=True)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    version = models.PositiveSmallIntegerField()
    sealed_at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(position=1, previous="") | Q(position__gt=1) & ~Q(previous=""),
                name="seal_first_has_no_previous",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.position}"
