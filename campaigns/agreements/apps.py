from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "campaigns.agreements"
    label = "agreements"
