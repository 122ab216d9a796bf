from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The roof: commands, base templates, theme; no models of its own."""

    name = "config"
    label = "config"

    def ready(self) -> None:
        from config import celery  # noqa: F401  tasks find the configured worker through it
        from config.demo import checks  # noqa: F401  refuse to start where others could enter
