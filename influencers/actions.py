"""What changes of those who speak: they come in, name their channels, show who reads them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from config.identity.actions import add_user
from config.identity.models import Organisation, User
from config.identity.queries import agencies_of
from config.kernel import events
from config.kernel.errors import InvalidInput, NotFound
from config.kernel.web import web_address
from influencers import queries
from influencers.errors import ChannelTaken
from influencers.figures import Day
from influencers.figures.days import LONGEST_EVENT
from influencers.models import AudienceEvidence, Channel, ChannelDay, Influencer, RosterEntry
from influencers.policies import check_is_self, check_may_describe, check_works_for
from influencers.values import NewChannel, Shown


@transaction.atomic
def add_influencer(
    *,
    email: str,
    name: str,
    language: str,
    channels: Iterable[NewChannel] = (),
    by: User | None,
    agency: Organisation | None = None,
) -> Influencer:
    """The influencer of this address, on the roster of `agency` (else of `by`'s first agency).

    Adding twice is adding once. What is known of somebody already here stays as they wrote it;
    only channels nobody has named yet are added, and only until the person signs in themself.
    Raises NotAllowed, ChannelTaken, InvalidInput.
    """
    if agency and by:
        check_works_for(by, agency)
    user = add_user(email=email, name=name, language=language)
    influencer, is_new = Influencer.objects.get_or_create(user=user, defaults={"name": name})
    if is_new:
        events.record("influencer.added", subject=influencer, by=by)
    home = agency or (agencies_of(by).first() if by else None)
    if home:
        add_to_roster(agency=home, influencer=influencer, by=by)
    if user.last_login is None:
        for channel in channels:
            _add(influencer, channel, by)
    return influencer


@transaction.atomic
def add_to_roster(*, agency: Organisation, influencer: Influencer, by: User | None) -> RosterEntry:
    """The agency knows this person from now on; twice is once."""
    entry, is_new = RosterEntry.objects.get_or_create(
        organisation=agency, influencer=influencer, defaults={"added_by": by}
    )
    if is_new:
        events.record("influencer.put_on_roster", subject=influencer, by=by, agency=agency.pk)
    return entry


@transaction.atomic
def add_channel(*, influencer_id: int, channel: NewChannel, by: User | None) -> Channel:
    """The influencer writes there; naming it twice is naming it once.

    by: None for the installation itself. Raises NotYourProfile, ChannelTaken, InvalidInput.
    """
    influencer = Influencer.objects.select_for_update().get(pk=influencer_id)
    if by:
        check_may_describe(by, influencer)
    return _add(influencer, channel, by)


@transaction.atomic
def record_evidence(*, channel_id: int, shown: Shown, by: User | None) -> AudienceEvidence:
    """What the channel's owner can show of its readers in aggregate; the same figures once.

    by: None for the installation itself. Raises NotYourProfile, InvalidInput.
    """
    channel = Channel.objects.select_related("influencer__user").get(pk=channel_id)
    if by:
        check_may_describe(by, channel.influencer)
    if faults := shown.faults():
        sentence = _("Shares can't pass 100 %, names 60 letters, and figures are above zero.")
        raise InvalidInput({name: [sentence] for name in faults})
    evidence, is_new = AudienceEvidence.objects.get_or_create(
        channel=channel,
        shown_on=shown.shown_on,
        regions=dict(shown.regions),
        topics=list(shown.topics),
        readers_monthly=shown.readers_monthly,
    )
    if is_new:
        events.record(
            "influencer.evidence_shown",
            subject=channel.influencer,
            by=by,
            channel=channel.pk,
            evidence=evidence.pk,
        )
    return evidence


@transaction.atomic
def show_days(*, channel_id: int, days: Sequence[Day], by: User | None) -> int:
    """The channel has shown these days; how many of them are new or other than they were.

    A day shown again is as last shown; what was said of it stays unless something else is said.
    by: None for the installation itself. Raises NotYourProfile.
    """
    channel = (
        Channel.objects.select_for_update().select_related("influencer__user").get(pk=channel_id)
    )
    if by:
        check_may_describe(by, channel.influencer)
    known = {day.day: day for day in queries.days_of(channel)}
    said = [
        replace(day, event=day.event or known[day.day].event) if day.day in known else day
        for day in days
    ]
    changed = [day for day in said if known.get(day.day) != day]
    if not changed:
        return 0
    ChannelDay.objects.bulk_create(
        [
            ChannelDay(channel=channel, **{name: getattr(day, name) for name in queries.SHOWN})
            for day in changed
        ],
        update_conflicts=True,
        unique_fields=["channel", "day"],
        update_fields=[name for name in queries.SHOWN if name != "day"],
    )
    events.record(
        "influencer.days_shown",
        subject=channel.influencer,
        by=by,
        channel=channel.pk,
        days=len(changed),
    )
    return len(changed)


@transaction.atomic
def explain_day(*, channel_id: int, day: date, words: str, by: User) -> ChannelDay:
    """What happened on that day, in the owner's words; none takes them away.

    Raises NotYourProfile, NotFound, InvalidInput.
    """
    channel = Channel.objects.select_for_update().select_related("influencer").get(pk=channel_id)
    check_is_self(by, channel.influencer)
    shown = ChannelDay.objects.filter(channel=channel, day=day).first()
    if shown is None:
        raise NotFound
    if len(words.strip()) > LONGEST_EVENT:
        raise InvalidInput({"event": [_("Say it in at most 300 letters.")]})
    if shown.event != words.strip():
        shown.event = words.strip()
        shown.save(update_fields=["event"])
        events.record(
            "influencer.day_explained", subject=channel.influencer, by=by, channel=channel.pk
        )
    return shown


@transaction.atomic
def save_profile(
    *,
    influencer_id: int,
    name: str,
    voice: str,
    refuses: str,
    least_fee_minor: int | None,
    by: User,
) -> Influencer:
    """How the person writes, what they refuse, and the least they ask, in minor units of their
    currency; None where they name no least. Raises NotYourProfile."""
    influencer = Influencer.objects.select_for_update().get(pk=influencer_id)
    check_is_self(by, influencer)
    influencer.name, influencer.voice, influencer.refuses = name, voice, refuses
    influencer.least_fee_minor = least_fee_minor
    influencer.save(update_fields=["name", "voice", "refuses", "least_fee_minor"])
    events.record("influencer.profile_saved", subject=influencer, by=by)
    return influencer


def _add(influencer: Influencer, channel: NewChannel, by: User | None) -> Channel:
    url = web_address(channel.url, field="url")
    made, is_new = Channel.objects.get_or_create(
        url=url,
        defaults={
            "influencer": influencer,
            "platform": channel.platform,
            "name": channel.name,
            "language": channel.language,
        },
    )
    if made.influencer_id != influencer.pk:
        raise ChannelTaken(url=url)
    if is_new:
        events.record("influencer.channel_added", subject=influencer, by=by, channel=made.pk)
    return made
