"""Every address of the site. What each asks for stands in `identity/permissions.py`."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("config.identity.urls")),
    path("", include("config.appearance")),
    path("", include("config.styleguide")),
    path("", include("config.demo.urls")),
    path("", include("influencers.urls")),
    path("", include("disclosures.urls")),
    path("", include("campaigns.briefs.urls")),
    path("", include("campaigns.codesign.urls")),
    path("", include("campaigns.agreements.urls")),
    path("", include("campaigns.payouts.urls")),
    path("", include("campaigns.links.urls")),
    path("", include("campaigns.reports.urls")),
    path("", include("campaigns.lifecycle.urls")),
    path("api/", include("config.api.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "config.theme.errors.bad_request"
handler403 = "config.theme.errors.forbidden"
handler404 = "config.theme.errors.not_found"
handler500 = "config.theme.errors.server_error"
