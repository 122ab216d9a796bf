from django.apps import AppConfig


class CodesignConfig(AppConfig):
    name = "campaigns.codesign"
    label = "codesign"
