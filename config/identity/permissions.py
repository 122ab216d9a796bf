"""The one table of permissions: route name -> rule. A route that is not here can't be reached.

What belongs to a campaign has the campaign's public id in its address (`campaign`); the middleware
reads the person's roles there. Whoever has none of the roles a rule names gets 404, as for a
campaign that does not exist.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a person is to one campaign."""

    AGENCY = "agency"
    BRAND = "brand"
    INFLUENCER = "influencer"
    REVIEWER = "reviewer"


class Kind(StrEnum):
    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    AGENCY_MEMBER = "agency_member"
    INFLUENCER = "influencer"
    REVIEWER = "reviewer"
    STAFF = "staff"
    WATCHER = "watcher"
    CAMPAIGN = "campaign"
    DEMO = "demo"


@dataclass(frozen=True)
class Rule:
    kind: Kind
    roles: frozenset[Role] = field(default=frozenset())


PUBLIC = Rule(Kind.PUBLIC)
SIGNED_IN = Rule(Kind.SIGNED_IN)
AGENCY_MEMBER = Rule(Kind.AGENCY_MEMBER)  # of any agency
INFLUENCER = Rule(Kind.INFLUENCER)
REVIEWER = Rule(Kind.REVIEWER)
STAFF = Rule(Kind.STAFF)
WATCHERS = Rule(Kind.WATCHER)  # reviewers and staff
DEMO = Rule(Kind.DEMO)  # loopback only, and only with PATTO_DEMO=1


def campaign(*roles: Role) -> Rule:
    return Rule(Kind.CAMPAIGN, frozenset(roles))


PARTIES = campaign(Role.AGENCY, Role.BRAND, Role.INFLUENCER)
READERS = campaign(*Role)
PAYERS = campaign(Role.AGENCY, Role.BRAND)
AGENCY = campaign(Role.AGENCY)
BRAND = campaign(Role.BRAND)
CREATOR = campaign(Role.INFLUENCER)

TABLE: dict[str, Rule] = {
    "account_login": PUBLIC,
    "account_request_login_code": PUBLIC,
    "account_confirm_login_code": PUBLIC,
    "account_signup": PUBLIC,
    "account_inactive": PUBLIC,
    "account_logout": SIGNED_IN,
    "identity:account": SIGNED_IN,
    "identity:make_token": SIGNED_IN,
    "identity:revoke_token": SIGNED_IN,
    "set_language": PUBLIC,
    "theme": PUBLIC,
    "styleguide": DEMO,
    "demo:links": DEMO,
    "demo:enter": DEMO,
    "demo:mails": DEMO,
    "api:schema": PUBLIC,
    "api:docs": PUBLIC,
    "influencers:roster": AGENCY_MEMBER,
    "influencers:person": AGENCY_MEMBER,
    "influencers:mine": INFLUENCER,
    "influencers:add_channel": INFLUENCER,
    "influencers:figures": INFLUENCER,
    "influencers:explain": INFLUENCER,
    "disclosures:rules": PUBLIC,
    "briefs:new": AGENCY_MEMBER,
    "briefs:edit": READERS,
    "briefs:version": READERS,
    "briefs:check": READERS,
    "briefs:appeal": PAYERS,
    "briefs:hints": PARTIES,
    "briefs:material": campaign(Role.AGENCY, Role.BRAND, Role.REVIEWER),
    "briefs:material_check": campaign(Role.AGENCY, Role.BRAND, Role.REVIEWER),
    "briefs:material_appeal": PAYERS,
    "codesign:people": PARTIES,
    "codesign:invite": AGENCY,
    "codesign:leave": CREATOR,
    "codesign:invitation": CREATOR,
    "codesign:answer": CREATOR,
    "codesign:mechanic": READERS,
    "codesign:version": READERS,
    "codesign:propose": PARTIES,
    "codesign:position": CREATOR,
    "codesign:clear": CREATOR,
    "codesign:comment": PARTIES,
    "codesign:extend": AGENCY,
    "codesign:check": READERS,
    "codesign:appeal": PARTIES,
    "agreements:list": PARTIES,
    "agreements:offer": PAYERS,
    "agreements:detail": PARTIES,
    "agreements:accept": PARTIES,
    "agreements:board": SIGNED_IN,
    "agreements:draft": PARTIES,
    "agreements:publications": PARTIES,
    "agreements:publication": PARTIES,
    "agreements:compare": PARTIES,
    "agreements:attest": PARTIES,
    "agreements:picture": PARTIES,
    "agreements:archive": PARTIES,
    "agreements:register": PARTIES,
    "agreements:watch_feed": PARTIES,
    "agreements:look_again": PARTIES,
    "payouts:mine": INFLUENCER,
    "payouts:money": PARTIES,
    "payouts:fund": AGENCY,
    "payouts:cost": AGENCY,
    "payouts:fee": AGENCY,
    "payouts:pay": AGENCY,
    "payouts:refund": AGENCY,
    "payouts:withdraw": AGENCY,
    "links:follow": PUBLIC,
    "links:all": PARTIES,
    "links:make": campaign(Role.AGENCY, Role.INFLUENCER),
    "links:account": READERS,
    "links:creator": READERS,
    "links:judge": AGENCY,
    "links:reply": CREATOR,
    "links:word": campaign(Role.AGENCY, Role.REVIEWER),
    "reports:edit": PARTIES,
    "reports:raise_incident": PARTIES,
    "reports:answer_incident": PAYERS,
    "reports:lessons": PAYERS,
    "reports:reply": CREATOR,
    "reports:publish": PAYERS,
    "reports:share": PAYERS,
    "reports:revoke": PAYERS,
    "reports:shared": PUBLIC,
    "reports:shared_json": PUBLIC,
    "lifecycle:home": SIGNED_IN,
    "lifecycle:campaign": PARTIES,
    "lifecycle:advance": AGENCY,
    "lifecycle:cancel": AGENCY,
    "lifecycle:statement": READERS,
    "lifecycle:statement_json": READERS,
    "lifecycle:statement_text": READERS,
    "lifecycle:appeal": PARTIES,
    "lifecycle:retry": PARTIES,
    "lifecycle:reviews": REVIEWER,
    "lifecycle:review": REVIEWER,
    "lifecycle:rechecks": WATCHERS,
    "lifecycle:start_recheck": WATCHERS,
    "api:campaigns": SIGNED_IN,
    "api:campaign": PARTIES,
    "api:stage": AGENCY,
    "api:brief": PAYERS,
    "api:material": PAYERS,
    "api:invitation": CREATOR,
    "api:mechanic": PARTIES,
    "api:position": CREATOR,
    "api:clearance": CREATOR,
    "api:agreements": PARTIES,
    "api:offer": PARTIES,
    "api:acceptance": PARTIES,
    "api:publication": PARTIES,
    "api:funding": AGENCY,
    "api:report": PARTIES,
    "api:statement": READERS,
    "api:appeal": PARTIES,
    "api:retry": PARTIES,
    "api:reviews": REVIEWER,
    "api:ruling": REVIEWER,
    "api:waiting_clicks": REVIEWER,
    "api:rechecks": WATCHERS,
    "api:clicks": READERS,
}

# Whole parts that guard themselves: Django's own administration asks for staff on each page.
NAMESPACES: dict[str, Rule] = {"admin": STAFF}
