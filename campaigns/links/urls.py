from django.urls import path, re_path

from campaigns.links import views

app_name = "links"
urlpatterns = [
    re_path(r"^l/(?P<code>[2-9a-z]{12})$", views.follow, name="follow"),
    path("c/<str:campaign>/links/", views.links, name="all"),
    path("c/<str:campaign>/links/<str:publication>/", views.make, name="make"),
]
