from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "campaigns.links"
    label = "links"
