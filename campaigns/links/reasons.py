"""Why a click is not counted: each code's title, and one sentence for whoever asks.

A title stands beside a row of the picture: it has room for some 24 letters in every language.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns.links.values import DISCOUNTED


@dataclass(frozen=True, slots=True)
class Reason:
    code: str
    title: str | Promise
    why: str | Promise


_WORDS: dict[str, tuple[Promise, Promise]] = {
    "click.preview": (
        _("A page preview"),
        _("A messenger or a network fetched the page to show a preview; nobody had clicked yet."),
    ),
    "click.crawler": (
        _("A declared robot"),
        _("The visitor named itself as a search engine or another program that reads the web."),
    ),
    "click.device_farm": (
        _("A farm of devices"),
        _(
            "Many clicks came from a few models of phone on a few networks, round the clock, as "
            "rooms full of phones do."
        ),
    ),
    "click.datacentre": (
        _("A data centre"),
        _("The clicks came from machines in a data centre that gave themselves out as browsers."),
    ),
    "click.paid_crowd": (
        _("Hired to click"),
        _("The clicks came by sites that pay for clicks, or from where nobody reads this creator."),
    ),
    "click.self": (
        _("The creator's own"),
        _("The same device came back to this creator's links far more often than a reader does."),
    ),
    "click.exchange": (
        _("Exchanged clicks"),
        _("The same small group clicked the links of several creators, each for the others."),
    ),
    "click.slow_drip": (
        _("Imitated readers"),
        _("The clicks kept a steady pace, spread over the day, that people do not keep."),
    ),
    "click.sabotage": (
        _("Sabotage by others"),
        _("A burst of false clicks from outside. It says nothing against the creator."),
    ),
    "click.incitement": (
        _("Asked for in the post"),
        _("While the post offered money, gifts or favours for clicking, its clicks count nothing."),
    ),
    "click.repeat": (
        _("Over and over"),
        _("One device followed the link so often that it no longer reads."),
    ),
    DISCOUNTED: (
        _("Discounted by a person"),
        _("Agency or reviewer looked at the evidence and decided that the report counts none."),
    ),
}
OTHER = (
    _("Not a reader's click"),
    _("The clicks did not behave as readers do; the code names the rule."),
)


def reason(code: str) -> Reason:
    title, why = _WORDS.get(code, OTHER)
    return Reason(code, title, why)
