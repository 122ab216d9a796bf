from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "campaigns.reports"
    label = "reports"
