"""Signing in and out, and the person's own page.

Of django-allauth only what a code needs: passwords, sign-up and address books have no route.
"""

from allauth.account import views as allauth
from django.urls import include, path

from config.identity import views

account = (
    [
        path("", views.account, name="account"),
        path("tokens/", views.make_token, name="make_token"),
        path("tokens/<int:token>/revoke/", views.revoke_token, name="revoke_token"),
    ],
    "identity",
)

urlpatterns = [
    path("sign-in/", views.RequestCode.as_view(), name="account_login"),
    path("sign-in/", views.RequestCode.as_view(), name="account_request_login_code"),
    path("sign-in/code/", views.ConfirmCode.as_view(), name="account_confirm_login_code"),
    path("sign-out/", allauth.logout, name="account_logout"),
    path("sign-up/", allauth.signup, name="account_signup"),  # says that nobody signs up alone
    path("account-closed/", allauth.account_inactive, name="account_inactive"),
    path("account/", include(account)),
]
