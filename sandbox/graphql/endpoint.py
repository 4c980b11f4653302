"""`POST /graphql`: errors come with HTTP 200, except for a body that is no query at all."""

import asyncio

from aiohttp import web

from sandbox.answers import GitHubError, answer
from sandbox.gate import Call, Route
from sandbox.graphql.execution import Execution, InvalidQueryError
from sandbox.graphql.parser import Document, Operation, QuerySyntaxError, parse
from sandbox.graphql.schema import Schema
from sandbox.model import Payload


def _error(message: str) -> web.Response:
    return answer({"errors": [{"message": message, "locations": [{"line": 1, "column": 1}]}]})


def _operation(document: Document, name: str | None) -> Operation:
    if name is None and len(document.operations) == 1:
        return document.operations[0]
    for operation in document.operations:
        if operation.name == name and name is not None:
            return operation
    raise InvalidQueryError(
        "An operation name is required" if name is None else f"No operation named '{name}'"
    )


def _run(schema: Schema, query: str, name: str | None, variables: Payload) -> Payload:
    document = parse(query)
    operation = _operation(document, name)
    execution = Execution(document, variables)
    root = schema.mutation() if operation.kind == "mutation" else schema.query()
    data = execution.run(root, operation)
    return {"data": data, "errors": execution.errors} if execution.errors else {"data": data}


def _forbidden(body: Payload) -> bool:
    errors = body.get("errors")
    return isinstance(errors, list) and any(error.get("type") == "FORBIDDEN" for error in errors)


async def graphql(call: Call) -> web.StreamResponse:
    fields = call.fields()
    query = fields.text("query")
    if query is None:
        raise GitHubError(400, "A query attribute must be specified and must be a string.")
    inner = fields.inner("variables")
    who = f"installation {call.installation_token.installation.id}"
    bucket = call.hub.limiter.account(who).buckets["graphql"]
    schema = Schema(call.hub, call.installation_token, bucket)
    variables = {} if inner is None else dict(inner.values)
    try:
        body = await asyncio.to_thread(_run, schema, query, fields.text("operationName"), variables)
    except (QuerySyntaxError, InvalidQueryError) as problem:
        return _error(str(problem))
    status = call.hub.state.settings.graphql_forbidden_status if _forbidden(body) else 200
    return answer(body, status)


ROUTES = (Route("POST", "/graphql", graphql),)
