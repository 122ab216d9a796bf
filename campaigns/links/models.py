"""Tracked links and the clicks on them. Clicks say whether readers came; they pay nobody."""

from django.db import models

from campaigns.links.values import MOST_AGENT, MOST_HOST
from config.kernel.fields import PUBLIC_ID_LENGTH, public_id
from config.kernel.models import AppendOnly


class TrackedLink(models.Model):
    """The one link of a publication; `code` is what readers see: /l/<code>."""

    code = models.CharField(
        max_length=PUBLIC_ID_LENGTH, default=public_id, unique=True, editable=False
    )
    publication = models.OneToOneField(
        "disclosures.Publication", on_delete=models.PROTECT, related_name="tracked_link"
    )
    target_url = models.URLField(max_length=500)
    made_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(target_url__regex="^https?://[^/]"),
                name="link_target_is_on_the_web",
            )
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def stream(self) -> str:
        return f"link/{self.code}"


class Click(AppendOnly):
    """One visit. network: /24, or /48 of IPv6; visitor: keyed by the day; referer: its host."""

    link = models.ForeignKey(
        TrackedLink, on_delete=models.PROTECT, related_name="clicks", db_index=False
    )
    at = models.DateTimeField()
    network = models.CharField(max_length=43)
    visitor = models.CharField(max_length=32)
    user_agent = models.CharField(max_length=MOST_AGENT, blank=True)
    referer_host = models.CharField(max_length=MOST_HOST, blank=True)
    country = models.CharField(max_length=2, blank=True)  # not known yet

    class Meta(AppendOnly.Meta):
        indexes = [models.Index(fields=["link", "visitor", "at"], name="click_by_visitor")]

    def __str__(self) -> str:
        return f"{self.link_id} {self.at}"
