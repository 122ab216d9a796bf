"""Who signs in: people, the agencies and brands they work for, and their API tokens."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from config.kernel.fields import PUBLIC_ID_LENGTH, public_id


class Users(BaseUserManager["User"]):
    def create_user(self, email: str, name: str = "", **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), name=name, **fields)
        user.set_unusable_password()  # people sign in by a code sent to their address
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.create_user(email, is_staff=True, is_superuser=True, **fields)
        if password:
            user.set_password(password)
            user.save(update_fields=["password"])
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person. `is_reviewer` is an installation role: they rule appeals on quality checks."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=5, default="en")
    is_reviewer = models.BooleanField(_("rules appeals"), default=False)
    is_staff = models.BooleanField(_("may open the administration"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[Users] = Users()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once_any_case")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0]

    @property
    def stream(self) -> str:
        return f"user/{self.pk}"


class OrganisationKind(models.TextChoices):
    AGENCY = "agency", _("Agency")
    BRAND = "brand", _("Brand")


class Organisation(models.Model):
    public_id = models.CharField(
        max_length=PUBLIC_ID_LENGTH, default=public_id, unique=True, editable=False
    )
    kind = models.CharField(max_length=10, choices=OrganisationKind.choices)
    name = models.CharField(_("name"), max_length=120)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=OrganisationKind.values),
                name="organisation_is_agency_or_brand",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def stream(self) -> str:
        return f"organisation/{self.public_id}"


class MemberRole(models.TextChoices):
    OWNER = "owner", _("Owner")
    MANAGER = "manager", _("Manager")
    FINANCE = "finance", _("Finance")
    LEGAL = "legal", _("Legal")
    READER = "reader", _("Reader")


class Membership(models.Model):
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(max_length=10, choices=MemberRole.choices, default=MemberRole.MANAGER)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"], name="membership_once_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.role}), {self.organisation}"


class ApiToken(models.Model):
    """A key of the API. Shown once; only its SHA-256 is kept."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(_("name"), max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_on = models.DateField(null=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="token_name_once_a_person")
        ]

    def __str__(self) -> str:
        return self.name


class MailStatus(models.TextChoices):
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"


class Mail(models.Model):
    """A mail owed to a person: a row first, sent by the worker, once a `key`.

    `address` is filled only where nobody is known by it, and forgotten once the mail is sent.
    """

    key = models.CharField(max_length=120, unique=True)
    to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="mails", null=True)
    address = models.EmailField(blank=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    status = models.CharField(max_length=10, choices=MailStatus.choices, default=MailStatus.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status="sent", sent_at__isnull=False)
                | ~models.Q(status="sent") & models.Q(sent_at__isnull=True),
                name="mail_sent_iff_dated",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="queued")
                | models.Q(to__isnull=False, address="")
                | models.Q(to__isnull=True) & ~models.Q(address=""),
                name="mail_queued_has_one_addressee",
            ),
        ]

    def __str__(self) -> str:
        return self.key  # a subject may hold a sign-in code
