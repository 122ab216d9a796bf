"""Who speaks: an influencer, their channels, and what a channel's owner can show of its readers."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from config.kernel.fields import PUBLIC_ID_LENGTH, public_id
from influencers.figures.days import LONGEST_EVENT
from influencers.values import WHOLE

MOST_MINOR = 10**12  # ten thousand million euro: past it somebody mistyped
MOST_WORDS = 2_000


class Platform(models.TextChoices):
    BLOG = "blog", _("Blog")
    INSTAGRAM = "instagram", "Instagram"
    TIKTOK = "tiktok", "TikTok"
    YOUTUBE = "youtube", "YouTube"
    FACEBOOK = "facebook", "Facebook"
    LINKEDIN = "linkedin", "LinkedIn"
    MASTODON = "mastodon", "Mastodon"
    BLUESKY = "bluesky", "Bluesky"
    PODCAST = "podcast", _("Podcast")
    OTHER = "other", _("Other")


class Influencer(models.Model):
    """Somebody who writes. They sign in as `user`; what they refuse and ask at least is theirs."""

    public_id = models.CharField(
        max_length=PUBLIC_ID_LENGTH, default=public_id, unique=True, editable=False
    )
    user = models.OneToOneField(
        "identity.User", on_delete=models.PROTECT, related_name="influencer"
    )
    name = models.CharField(_("name"), max_length=120)
    voice = models.TextField(_("How I write"), blank=True, max_length=MOST_WORDS)
    refuses = models.TextField(_("What I don't do"), blank=True, max_length=MOST_WORDS)
    least_fee_minor = models.BigIntegerField(_("least fee"), null=True, blank=True)
    currency = models.CharField(max_length=3, default="EUR")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(least_fee_minor__isnull=True)
                | models.Q(least_fee_minor__gt=0, least_fee_minor__lte=MOST_MINOR),
                name="influencer_least_fee_is_positive",
            ),
            models.CheckConstraint(
                condition=models.Q(currency__regex="^[A-Z]{3}$"), name="influencer_currency_is_iso"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def stream(self) -> str:
        return f"influencer/{self.public_id}"


class Channel(models.Model):
    influencer = models.ForeignKey(Influencer, on_delete=models.PROTECT, related_name="channels")
    platform = models.CharField(max_length=12, choices=Platform.choices)
    name = models.CharField(_("name"), max_length=120)
    url = models.URLField(_("address"), max_length=500)
    language = models.CharField(_("language"), max_length=5)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["url"], name="channel_url_once")]

    def __str__(self) -> str:
        return self.name


class AudienceEvidence(models.Model):
    """Aggregate figures a channel's owner uploaded: shares in basis points, never persons.

    Where readers live, what a channel is about and how many read it; what a person is or believes
    has no column here.
    """

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="evidence")
    regions = models.JSONField(default=dict)  # {"Piemonte": 4800} basis points
    topics = ArrayField(models.CharField(max_length=60), default=list)
    readers_monthly = models.PositiveBigIntegerField(null=True)
    shown_on = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-shown_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.channel}, {self.shown_on}"

    @property
    def by_share(self) -> list[tuple[str, int]]:
        """Regions and their basis points, the largest share first."""
        return sorted(self.regions.items(), key=lambda each: (-each[1], each[0]))


class ChannelDay(models.Model):
    """What a channel showed on one day, as its owner handed it in; null where nobody knows.

    likes, comments, views: of the posts published that day, in all. event: what happened in those
    days, in the owner's words; it stands beside the figures wherever they are shown.
    """

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="days")
    day = models.DateField()
    followers = models.PositiveBigIntegerField()
    posts = models.PositiveBigIntegerField(null=True)
    likes = models.PositiveBigIntegerField(null=True)
    comments = models.PositiveBigIntegerField(null=True)
    views = models.PositiveBigIntegerField(null=True)
    active_bps = models.PositiveSmallIntegerField(null=True)
    event = models.CharField(max_length=LONGEST_EVENT, blank=True)

    class Meta:
        ordering = ["channel", "day"]
        constraints = [
            models.UniqueConstraint(fields=["channel", "day"], name="channel_day_once"),
            models.CheckConstraint(
                condition=models.Q(active_bps__isnull=True) | models.Q(active_bps__lte=WHOLE),
                name="channel_day_active_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel}, {self.day}"


class RosterEntry(models.Model):
    """An agency knows this person. Whoever is not on its roster it can neither see nor guess."""

    organisation = models.ForeignKey(
        "identity.Organisation", on_delete=models.PROTECT, related_name="roster"
    )
    influencer = models.ForeignKey(Influencer, on_delete=models.PROTECT, related_name="rosters")
    added_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, null=True)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["influencer__name", "influencer_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "influencer"], name="roster_names_a_person_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.influencer}, {self.organisation}"
