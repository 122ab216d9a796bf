from django.apps import AppConfig


class PayoutsConfig(AppConfig):
    name = "campaigns.payouts"
    label = "payouts"
