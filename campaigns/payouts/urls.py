from django.urls import path

from campaigns.payouts import views

app_name = "payouts"
urlpatterns = [
    path("money/", views.mine, name="mine"),
    path("c/<str:campaign>/money/", views.money, name="money"),
    path("c/<str:campaign>/money/funding/", views.fund, name="fund"),
    path("c/<str:campaign>/money/costs/", views.cost, name="cost"),
    path("c/<str:campaign>/money/fee/", views.fee, name="fee"),
    path("c/<str:campaign>/money/refund/", views.refund, name="refund"),
    path("c/<str:campaign>/money/dues/<str:due>/pay/", views.pay, name="pay"),
    path("c/<str:campaign>/money/dues/<str:due>/withdraw/", views.withdraw, name="withdraw"),
]
