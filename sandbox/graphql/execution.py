"""Runs a parsed operation over objects whose fields are resolvers; errors in GitHub's form."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from sandbox.graphql.parser import Document, Field, Fragment, Operation, Selection, Spread, Variable
from sandbox.model import Payload

Path = tuple[str, ...]


class RefusedError(Exception):
    """A field that cannot be resolved; becomes null and one entry of `errors`."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message


class InvalidQueryError(Exception):
    """The operation doesn't fit the schema: no data at all."""


Arguments = Mapping[str, object]
Resolver = Callable[[Arguments], object]


@dataclass(frozen=True, slots=True)
class Node:
    """An object of the schema. `interfaces` are the other names an inline fragment may use for it."""

    type: str
    fields: Mapping[str, Resolver]
    interfaces: tuple[str, ...] = ()


@dataclass(slots=True)
class Execution:
    document: Document
    variables: Mapping[str, object]
    errors: list[Payload] = field(default_factory=list)

    def run(self, root: Node, operation: Operation) -> Payload:
        missing = [name for name in operation.required if self.variables.get(name) is None]
        if missing:
            raise InvalidQueryError(f"Variable ${missing[0]} was provided invalid value")
        self.variables = {**operation.defaults, **self.variables}
        return self._object(root, operation.selections, ())

    def _object(self, node: Node, selections: tuple[Selection, ...], path: Path) -> Payload:
        result: Payload = {}
        for one in self._fields(node, selections):
            result[one.alias] = self._field(node, one, (*path, one.alias))
        return result

    def _fields(self, node: Node, selections: tuple[Selection, ...]) -> Iterator[Field]:
        for selection in selections:
            if isinstance(selection, Field):
                yield selection
                continue
            fragment = self._fragment(selection)
            if fragment.on in (None, node.type, *node.interfaces):
                yield from self._fields(node, fragment.selections)

    def _fragment(self, selection: Fragment | Spread) -> Fragment:
        if isinstance(selection, Fragment):
            return selection
        found = self.document.fragments.get(selection.name)
        if found is None:
            raise InvalidQueryError(f"Fragment {selection.name} was used, but not defined")
        return found

    def _field(self, node: Node, one: Field, path: Path) -> object:
        if one.name == "__typename":
            return node.type
        resolver = node.fields.get(one.name)
        if resolver is None:
            raise InvalidQueryError(f"Field '{one.name}' doesn't exist on type '{node.type}'")
        try:
            value = resolver({name: self._value(value) for name, value in one.arguments.items()})
        except RefusedError as refused:
            location = {"line": one.line, "column": 1}
            error: Payload = {"type": refused.kind, "path": list(path), "locations": [location]}
            self.errors.append({**error, "message": refused.message})
            return None
        if isinstance(value, Node):
            if not one.selections:
                raise InvalidQueryError(
                    f"Field must have selections (field '{one.name}' returns {value.type} but has no selections)"
                )
            return self._object(value, one.selections, path)
        return value

    def _value(self, value: object) -> object:
        if isinstance(value, Variable):
            return self.variables.get(value.name)
        if isinstance(value, list):
            return [self._value(one) for one in value]
        if isinstance(value, dict):
            return {name: self._value(one) for name, one in value.items()}
        return value
