from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "campaigns.ledger"
    label = "ledger"
