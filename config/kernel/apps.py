from django.apps import AppConfig
from django.db.models.signals import post_migrate


class KernelConfig(AppConfig):
    name = "config.kernel"
    label = "kernel"

    def ready(self) -> None:
        from config.kernel import roles

        post_migrate.connect(roles.grant, sender=self)
