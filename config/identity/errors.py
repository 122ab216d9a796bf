from django.utils.translation import gettext_lazy as _

from config.kernel.errors import DomainError


class TokenNameTaken(DomainError):
    code = "token_name_taken"
    message = _("You already have a token called %(name)s. Revoke it, or choose another name.")


class TooManyTokens(DomainError):
    code = "too_many_tokens"
    message = _("You have %(most)s tokens, the most there can be. Revoke one you don't use.")


class OrganisationUnnamed(DomainError):
    code = "organisation_unnamed"
    status = 422
    message = _("Say the name of the organisation and whether it is an agency or a brand.")
