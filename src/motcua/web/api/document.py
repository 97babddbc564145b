"""The OpenAPI document as the programs of others need it: with the refusals, which every operation may give."""

from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.router import BoundRouter

from motcua.web.api.schemas import Problem

_REFUSAL = {
    "description": "A refusal or failure as a problem document (RFC 9457); `code` is stable",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def _guarded(api: NinjaAPI, operation: Operation) -> Any:
    known = {
        name
        for model in operation.models
        if model.__ninja_param_source__ == "query"
        for name in model.__ninja_flatten_map__
    }
    run = operation.run

    def guarded(request: HttpRequest, **given: object) -> object:
        unknown = sorted(set(request.GET) - known)
        if not unknown:
            return run(request, **given)
        refused = run_checks(request)
        if refused:
            return refused
        faults = [{"loc": ("query", name), "msg": "unknown parameter", "type": "extra"} for name in unknown]
        return api.on_exception(request, ValidationError(faults))

    run_checks = operation._run_checks
    return guarded


class Api(NinjaAPI):
    """The API of this house. A parameter of an address that an operation does not know is refused with 422: a program that
    misspells a filter would otherwise act on everything.
    """

    def _get_bound_routers(self) -> list[BoundRouter]:
        """As NinjaAPI does, once, with a guard before each operation."""
        is_new = self._bound_routers_cache is None
        routers = super()._get_bound_routers()
        for router in routers if is_new else ():
            for view in router.path_operations.values():
                for operation in view.operations:
                    operation.run = _guarded(self, operation)  # type: ignore[method-assign]  # before the method, not instead
        return routers

    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        """Adds to each operation what it says when it refuses."""
        document = super().get_openapi_schema(**given)
        template = "#/components/schemas/{model}"
        document["components"]["schemas"]["Problem"] = Problem.model_json_schema(ref_template=template)
        for operations in document["paths"].values():
            for operation in operations.values():
                operation["responses"].setdefault("default", _REFUSAL)
        return document
