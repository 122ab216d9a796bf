"""Begin a campaign, write the versions of its brief, hand in material to be checked."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaigns.briefs import policies, rules
from campaigns.briefs.errors import StaleBrief
from campaigns.briefs.models import MOST_MINOR, Brief, BudgetLine, Campaign, LineKind, Material
from campaigns.briefs.states import EDITABLE_STAGES, Stage
from campaigns.briefs.values import Answers, Line, NewBrand
from campaigns.quality import actions as quality
from campaigns.quality.material import check_readable
from campaigns.quality.wording import pay_refused
from config.identity import actions as identity
from config.identity.models import Organisation, OrganisationKind, User
from config.kernel import events
from config.kernel.errors import InvalidInput, NotAllowed
from config.kernel.money import is_currency

MOST_LINES = 40
LONGEST_TITLE = 200


@transaction.atomic
def create_campaign(
    *,
    by: User,
    agency: Organisation,
    brand: Organisation | NewBrand,
    title: str,
    language: str,
    jurisdictions: Sequence[str],
    currency: str,
    invitation_mode: str = "one_by_one",
    public_id: str | None = None,
) -> Campaign:
    """Begin a campaign in draft; a new brand comes in with the person who speaks for it.

    The same `public_id` twice is the same campaign. Raises NotAllowed, InvalidInput.
    """
    Organisation.objects.select_for_update().get(pk=agency.pk)
    if not by.memberships.filter(organisation=agency).exclude(role="reader").exists():
        raise NotAllowed
    if public_id and (known := Campaign.objects.filter(public_id=public_id, agency=agency).first()):
        return known
    _check_campaign(title, jurisdictions, currency)
    named: dict[str, Any] = {"public_id": public_id} if public_id else {}
    campaign = Campaign.objects.create(
        **named,
        title=title.strip(),
        language=language,
        jurisdictions=list(jurisdictions),
        currency=currency,
        brand=_brand(brand, language, by) if isinstance(brand, NewBrand) else brand,
        agency=agency,
        invitation_mode=invitation_mode,
        created_by=by,
    )
    events.record("briefs.campaign_created", subject=campaign, by=by)
    return campaign


@transaction.atomic
def write_brief(
    *,
    campaign_id: int,
    by: User,
    answers: Answers,
    lines: Sequence[Line] = (),
    floor_hourly_minor: int | None = None,
    replaces: int | None = None,
) -> Brief:
    """Write the next version of the brief; the quality check of its words is queued.

    floor_hourly_minor: minor units an hour; None = what the jurisdictions' rules give, if any.
    replaces: the number of the version that was read (0: none); None = not checked.
    Writing the same words, lines and floor again is the same as writing them once.
    Raises NotAllowed, NotInThisStage, StaleBrief, InvalidInput.
    """
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    policies.check_payer(by, campaign)
    policies.check_stage(campaign, EDITABLE_STAGES)
    _check_lines(lines, floor_hourly_minor)
    newest = campaign.briefs.last()
    floor, source = _floor(campaign, floor_hourly_minor)
    if newest and _same(newest, answers, lines, floor):
        return newest
    number = newest.number if newest else 0
    if replaces not in (None, number):
        raise StaleBrief(number=number)
    brief = Brief.objects.create(
        campaign=campaign,
        number=number + 1,
        **answers.as_dict(),
        floor_hourly_minor=floor,
        floor_source=source,
        submission=quality.submit(
            kind="brief",
            language=campaign.language,
            words=answers.as_text(campaign.language),
            author_id=by.pk,
        ),
        written_by=by,
        written_at=timezone.now(),
    )
    BudgetLine.objects.bulk_create(
        BudgetLine(brief=brief, position=n, kind=x.kind, label=x.label, amount_minor=x.amount_minor)
        for n, x in enumerate(lines)
    )
    events.record("briefs.brief_written", subject=campaign, by=by, number=brief.number)
    return brief


@transaction.atomic
def hand_in(
    *,
    campaign_id: int,
    by: User,
    kind: str,
    words: str = "",
    terms: Sequence[dict[str, Any]] = (),
    floor_hourly_minor: int | None = None,
    language: str = "",
) -> Material:
    """Hand in a post, comment, link, terms, series or votes on the draft; its check is queued.

    The same thing handed in again is handed in once. Raises NotAllowed, NotInThisStage,
    InvalidInput where the words are too long, or a series or list can't be read.
    """
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    policies.check_payer(by, campaign)
    check_readable(kind=kind, words=words)
    known = campaign.materials.filter(
        submission__kind=kind, submission__words=words, submission__terms=list(terms)
    )
    if same := known.first():
        return same
    policies.check_stage(campaign, frozenset({Stage.DRAFT}))
    submission = quality.submit(
        kind=kind,
        language=language or campaign.language,
        words=words,
        terms=terms,
        floor_hourly_minor=floor_hourly_minor,
        author_id=by.pk,
    )
    material = Material.objects.create(campaign=campaign, submission=submission, handed_in_by=by)
    events.record("briefs.material_handed_in", subject=campaign, by=by, submission=submission.pk)
    return material


def _check_campaign(title: str, jurisdictions: Sequence[str], currency: str) -> None:
    if not title.strip() or len(title.strip()) > LONGEST_TITLE:
        raise InvalidInput({"title": [_("Give the campaign a title of at most 200 letters.")]})
    if not jurisdictions or any(len(each) != 2 for each in jurisdictions):
        raise InvalidInput({"jurisdictions": [_("Say whose rules hold, as IT or FR.")]})
    if not is_currency(currency):
        raise InvalidInput({"currency": [_("Choose a currency by its three letters, as EUR.")]})


def _brand(new: NewBrand, language: str, by: User) -> Organisation:
    brand = identity.add_organisation(name=new.name, kind=OrganisationKind.BRAND, by=by)
    contact = identity.add_user(email=new.contact_email, name=new.contact_name, language=language)
    identity.add_membership(user=contact, organisation=brand, by=by)
    return brand


def _check_lines(lines: Sequence[Line], floor: int | None) -> None:
    kinds = set(LineKind.values)
    if len(lines) > MOST_LINES:
        raise InvalidInput({"lines": [_("A budget has at most 40 lines. Join some of them.")]})
    if any(line.kind not in kinds for line in lines):
        raise InvalidInput({"lines": [_("Say for each line whom the money is for.")]})
    labels = "\n\n".join(line.label for line in lines if line.kind == LineKind.CREATORS)
    if refused := pay_refused(labels, get_language() or "en"):
        raise InvalidInput({"lines": refused})
    if any(not 0 < line.amount_minor <= MOST_MINOR for line in lines):
        raise InvalidInput({"lines": [_("Each line needs an amount above zero.")]})
    if floor is not None and not 0 < floor <= MOST_MINOR:
        raise InvalidInput({"floor": [_("The floor must be above zero, or left empty.")]})


def _floor(campaign: Campaign, asked: int | None) -> tuple[int | None, str]:
    if asked is not None:
        return asked, ""
    found = rules.floor_for(campaign.jurisdictions, campaign.currency, timezone.localdate())
    return (found.hourly_minor, found.source) if found else (None, "")


def _same(newest: Brief, answers: Answers, lines: Sequence[Line], floor: int | None) -> bool:
    said = Answers(**{name: getattr(newest, name) for name in rules.QUESTIONS})
    kept = [Line(x.kind, x.label, x.amount_minor) for x in newest.lines.all()]
    return said == answers and kept == list(lines) and newest.floor_hourly_minor == floor
