"""Web addresses people type: public http(s) ones, in one spelling. Nothing is resolved or asked."""

from collections.abc import Mapping

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from config.kernel.errors import InvalidInput
from config.kernel.fetching.targets import read_target
from config.kernel.fetching.values import FetchRefused

MOST = 500
SHAPE = _("Write a whole address, such as https://example.org/page.")
REASONS: Mapping[str, Promise] = {
    "scheme": _("Write an address that starts with https:// or http://."),
    "userinfo": _("Leave the user name and password out of the address."),
    "port": _("Write the address without a port."),
    "address_not_public": _("This address is not on the public web. Write one everybody can open."),
    "name_not_public": _("This address is not on the public web. Write one everybody can open."),
    "address_spelling": _("Write the name of the site, not a number."),
    "name_disguised": _("This name mixes alphabets. Write it in plain letters."),
}


def web_address(text: str, *, field: str) -> str:
    """The address as we keep it; what follows # stays. Raises InvalidInput for `field`."""
    kept, sentence = _read(text)
    if sentence:
        raise InvalidInput({field: [str(sentence)]})
    return kept


def refusal(text: str) -> str | Promise:
    """The sentence that says what to write instead; empty where the address can be taken."""
    return _read(text)[1]


def _read(text: str) -> tuple[str, str | Promise]:
    address, mark, fragment = text.strip().partition("#")
    try:
        url = read_target(address, allow=settings.FETCH_ALLOW).url + mark + fragment
    except FetchRefused as refused:
        return "", REASONS.get(refused.reason, SHAPE)
    if not url.isprintable() or " " in url or len(url) > MOST:
        return "", SHAPE
    return url, ""
