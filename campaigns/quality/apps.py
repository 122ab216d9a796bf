from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "campaigns.quality"
    label = "quality"
