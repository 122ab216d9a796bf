from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "config.identity"
    label = "identity"
