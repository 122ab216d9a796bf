from django.apps import AppConfig


class PayoutsConfig(AppConfig):
    name = "campaigns.payouts"
    label = "payouts"

    def ready(self) -> None:
        from campaigns.payouts import listeners
        from config.kernel import events

        events.listen("agreements.publication_registered", listeners.owe_for_publication)
