from django.apps import AppConfig


class CodesignConfig(AppConfig):
    name = "campaigns.codesign"
    label = "codesign"

    def ready(self) -> None:
        from campaigns.codesign import listeners

        listeners.connect()
