"""Why a page could not be read, in a sentence that says what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_PUBLIC = _("Only pages open to everyone can be read. Give the address a reader opens.")
_SPELLING = _("This address can't be read. Copy it from the browser, starting with https://.")
_LATER = _("The page did not answer in time. It will be read again.")
_HALF = _("The page did not arrive whole, so nothing is said of it. It will be read again.")

SENTENCES: dict[str, str | Promise] = {
    "malformed": _SPELLING,
    "scheme": _SPELLING,
    "userinfo": _SPELLING,
    "port": _SPELLING,
    "address_spelling": _SPELLING,
    "name_disguised": _SPELLING,
    "address_not_public": _PUBLIC,
    "name_not_public": _PUBLIC,
    "redirects": _("The address leads on too many times. Give the post's own address."),
    "robots": _("The site asks machines not to read this page. A person can attest the label."),
    "dns": _("No site answers at this address. Check its spelling."),
    "connect": _LATER,
    "deadline": _LATER,
    "host_busy": _LATER,
    "robots_unreachable": _LATER,
    "tls": _("The site's certificate is not in order, so the page can't be trusted."),
    "not_http": _HALF,
    "cut": _HALF,
    "undecodable": _HALF,
    "too_large": _("The page is too large to be read."),
    "too_deep": _("The page is built too deep to be read. A person can attest the label."),
    "headers_too_large": _("The page is too large to be read."),
    "http_401": _PUBLIC,
    "http_403": _("The site does not let this page be read. A person can attest the label."),
    "http_404": _("There is no page at this address any more."),
    "http_410": _("There is no page at this address any more."),
    "moved_home": _("The address now leads to the front page of the site, not to the post."),
    "not_text": _("There are no words at this address, only a file."),
    "no_words": _("The page shows no words without running a program."),
    "consent_wall": _("A consent question stands in front of the page."),
    "not_a_post": _("There is no post at this address. Give the address of the post itself."),
    "post_gone": _("The platform shows no such post any more."),
    "members_only": _("Its writer shows this post only to members. A person can attest the label."),
    "key_needed": _("This installation has no key to read YouTube. A person can attest the label."),
    "key_refused": _("YouTube refuses the key of this installation. It will be read again."),
    "picture_not_read": _(
        "Title and description do not carry the label. What the video shows and says could not be"
        " read. A person can attest the label."
    ),
    "not_a_feed": _("There is no RSS or Atom feed at this address."),
    "second_hand": _("This is a copy of the post. Give its address on the server of its writer."),
    "not_understood": _HALF,
    "token_needed": _(
        "This platform shows its posts to no machine. A person can attest the label."
    ),
    "no_rules": _("There are no rules here yet for this country."),
    "reading_broke": _("The page could not be read to its end."),
}

#: Answers with which a site says that the post itself is not there any more.
GONE = frozenset({"http_404", "http_410", "moved_home", "post_gone"})


def sentence(reason: str) -> str:
    """The reason in the reader's language; an unknown one as a page that did not arrive."""
    return str(SENTENCES.get(reason, _LATER if reason.startswith("http_5") else _HALF))
