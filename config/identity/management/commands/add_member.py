from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from config.identity import actions, queries
from config.identity.models import MemberRole, OrganisationKind, User


class Command(BaseCommand):
    help = "Bring a person in: a member of an agency or a brand, a reviewer, or both."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", required=True)
        parser.add_argument("--organisation", default="", help="its name; made if it is new")
        parser.add_argument("--kind", choices=OrganisationKind.values)
        parser.add_argument("--role", choices=MemberRole.values, default=MemberRole.MANAGER.value)
        parser.add_argument("--reviewer", action="store_true", help="rules appeals")
        parser.add_argument("--language", default="en")

    def handle(self, *args: Any, **options: Any) -> None:
        self._check(options)
        with transaction.atomic():
            user = actions.add_user(
                email=options["email"], name=options["name"], language=options["language"]
            )
            if options["organisation"]:
                self._join(user, options)
            if options["reviewer"]:
                actions.make_reviewer(user=user)
        self.stdout.write(f"{user.email} can sign in.")

    def _check(self, options: dict[str, Any]) -> None:
        try:
            validate_email(options["email"])
        except ValidationError as error:
            raise CommandError("That is not an e-mail address.") from error
        if not options["name"].strip() or len(options["name"]) > 120:
            raise CommandError("--name takes 1 to 120 characters.")
        if bool(options["organisation"].strip()) != bool(options["kind"]):
            raise CommandError("--organisation and --kind go together.")
        if len(options["organisation"]) > 120:
            raise CommandError("--organisation takes at most 120 characters.")
        if not options["organisation"] and not options["reviewer"]:
            raise CommandError("Say an --organisation, or --reviewer.")

    def _join(self, user: User, options: dict[str, Any]) -> None:
        name, kind = options["organisation"].strip(), options["kind"]
        organisation = queries.organisation_named(name, kind) or actions.add_organisation(
            name=name, kind=kind
        )
        actions.add_membership(user=user, organisation=organisation, role=options["role"])
