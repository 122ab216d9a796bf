"""The API's addresses. Each room has its own views; what each asks for is in the one table."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from campaigns.agreements import api as agreements
from campaigns.briefs import api as briefs
from campaigns.codesign import api as codesign
from campaigns.lifecycle import api as lifecycle
from campaigns.lifecycle import checks_api as checks
from campaigns.links import api as links
from campaigns.payouts import api as payouts
from campaigns.reports import api as reports
from config.api import docs

app_name = "api"

one = [
    path("", lifecycle.OneCampaign.as_view(), name="campaign"),
    path("stage/", lifecycle.Stage.as_view(), name="stage"),
    path("brief/", briefs.WriteBrief.as_view(), name="brief"),
    path("materials/", briefs.HandInMaterial.as_view(), name="material"),
    path("invitation/", codesign.AnswerInvitation.as_view(), name="invitation"),
    path("mechanic/", codesign.ProposeMechanic.as_view(), name="mechanic"),
    path("position/", codesign.TakePosition.as_view(), name="position"),
    path(
        "objections/<int:objection>/clearance/",
        codesign.ClearObjection.as_view(),
        name="clearance",
    ),
    path("agreements/", agreements.Agreements.as_view(), name="agreements"),
    path(
        "agreements/<str:agreement>/acceptance/",
        agreements.AcceptTerms.as_view(),
        name="acceptance",
    ),
    path("participants/<int:participant>/offers/", agreements.OfferTerms.as_view(), name="offer"),
    path(
        "deliverables/<int:deliverable>/publication/",
        agreements.RegisterPublication.as_view(),
        name="publication",
    ),
    path("funding/", payouts.RecordFunding.as_view(), name="funding"),
    path("checks/<int:submission>/", checks.OneStatement.as_view(), name="statement"),
    path("checks/<int:submission>/appeal/", checks.AppealIt.as_view(), name="appeal"),
    path("checks/<int:submission>/retry/", checks.RetryIt.as_view(), name="retry"),
    path("report/", reports.Report.as_view(), name="report"),
    path("clicks/", links.Clicks.as_view(), name="clicks"),
]

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", docs.reference, name="docs"),
    path("v1/campaigns/", lifecycle.Campaigns.as_view(), name="campaigns"),
    path("v1/campaigns/<str:campaign>/", include(one)),
    path("v1/reviews/", checks.Reviews.as_view(), name="reviews"),
    path("v1/reviews/clicks/", links.Waiting.as_view(), name="waiting_clicks"),
    path("v1/reviews/<int:submission>/ruling/", checks.RuleOnIt.as_view(), name="ruling"),
    path("v1/rechecks/", checks.Rechecks.as_view(), name="rechecks"),
]
