from django.apps import AppConfig


class LifecycleConfig(AppConfig):
    name = "campaigns.lifecycle"
    label = "lifecycle"
