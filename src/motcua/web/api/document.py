"""The OpenAPI document as the programs of others need it: with the refusals, which every operation may give."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from motcua.web.api.schemas import Problem

_REFUSAL = {
    "description": "A refusal or failure as a problem document (RFC 9457); `code` is stable",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


class Api(NinjaAPI):
    """The API of this house."""

    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        """Adds to each operation what it says when it refuses."""
        document = super().get_openapi_schema(**given)
        template = "#/components/schemas/{model}"
        document["components"]["schemas"]["Problem"] = Problem.model_json_schema(ref_template=template)
        for operations in document["paths"].values():
            for operation in operations.values():
                operation["responses"].setdefault("default", _REFUSAL)
        return document
