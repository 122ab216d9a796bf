from django.apps import AppConfig


class LifecycleConfig(AppConfig):
    name = "campaigns.lifecycle"
    label = "lifecycle"

    def ready(self) -> None:
        from campaigns.lifecycle import mails
        from config.kernel import events

        events.listen("lifecycle.stage_moved", mails.moved)
        events.listen("quality.decided", mails.decided)
