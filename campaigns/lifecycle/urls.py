from django.urls import path

from campaigns.lifecycle import desk, views

app_name = "lifecycle"
urlpatterns = [
    path("", views.home, name="home"),
    path("c/<str:campaign>/", views.campaign, name="campaign"),
    path("c/<str:campaign>/advance/", views.advance, name="advance"),
    path("c/<str:campaign>/cancel/", views.cancel, name="cancel"),
    path("reviews/", desk.reviews, name="reviews"),
    path("reviews/<int:submission>/", desk.review, name="review"),
]
