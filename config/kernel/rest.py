"""What every API view shares: the campaign the middleware let through, and input by shape."""

from typing import Any, cast

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.views import APIView


class CampaignView(APIView):
    """One action or read of one campaign; `self.campaign` and `self.roles` are the middleware's."""

    request: Request

    @property
    def campaign(self) -> Any:
        return cast(Any, self.request._request).campaign

    @property
    def roles(self) -> Any:
        return cast(Any, self.request._request).roles

    @property
    def by(self) -> Any:
        return self.request.user


def taken(serializer: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    """The request's body by the serializer's shape. Raises ValidationError."""
    found = serializer(data=request.data)
    found.is_valid(raise_exception=True)
    return cast(dict[str, Any], found.validated_data)
