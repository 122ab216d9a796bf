"""A refusal has a stable code, named facts, and a sentence made of both."""

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from config.kernel.errors import DomainError, InvalidInput, NotAllowed, NotFound


class TooMany(DomainError):
    code = "too_many"
    message = _("There are %(most)s at most.")


def test_the_sentence_is_filled_with_the_facts() -> None:
    refused = TooMany(most=3)
    assert str(refused) == "There are 3 at most."
    assert (refused.code, refused.status, refused.facts) == ("too_many", 409, {"most": 3})


def test_a_sentence_without_facts_keeps_its_percent_signs() -> None:
    class Full(DomainError):
        message = "It is 100 % full."

    assert str(Full()) == "It is 100 % full."


def test_what_is_not_there_and_what_is_not_yours_differ_in_status_only_from_what_you_see() -> None:
    assert (NotFound().status, NotFound().code) == (404, "not_found")
    assert (NotAllowed().status, NotAllowed().code) == (403, "not_allowed")


def test_invalid_input_names_the_fields_and_is_422() -> None:
    refused = InvalidInput({"fee": [str(_("Write a fee above zero."))], "title": ["100 % wrong"]})
    assert refused.status == 422
    assert refused.facts["fields"]["title"] == ["100 % wrong"]
    assert str(refused)


def test_the_sentence_is_said_in_the_language_of_the_reader() -> None:
    with translation.override("it"):
        italian = str(NotFound())
    assert italian != str(NotFound())
