from django.apps import AppConfig


class BriefsConfig(AppConfig):
    name = "campaigns.briefs"
    label = "briefs"
