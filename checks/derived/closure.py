"""What each node of a graph leads to, worked out once: strongly connected parts first, then sets as bits of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


class Closure:
    """The transitive closure of a graph given by its edges."""

    def __init__(self, edges: Mapping[str, Sequence[str]]) -> None:
        names = dict.fromkeys(edges)
        for targets in edges.values():
            names.update(dict.fromkeys(targets))
        self._names = list(names)
        self._numbers = {name: number for number, name in enumerate(self._names)}
        self._edges = [[self._numbers[target] for target in edges.get(name, ())] for name in self._names]
        self._reached = [0] * len(self._names)
        for part in self._parts():
            mask = 0
            for node in part:
                mask |= 1 << node
                for target in self._edges[node]:
                    mask |= self._reached[target]
            for node in part:
                self._reached[node] = mask

    def of(self, roots: Iterable[str]) -> frozenset[str]:
        """The roots and everything they lead to."""
        found = set(roots)
        mask = 0
        for root in found:
            if root in self._numbers:
                mask |= self._reached[self._numbers[root]]
        return frozenset(found.union(self._named(mask)))

    def _named(self, mask: int) -> Iterator[str]:
        while mask:
            lowest = mask & -mask
            yield self._names[lowest.bit_length() - 1]
            mask ^= lowest

    def among(self, roots: Iterable[str], others: int) -> frozenset[str]:
        """Those of the nodes of a mask that the roots lead to."""
        mask = 0
        for root in roots:
            if root in self._numbers:
                mask |= self._reached[self._numbers[root]]
        return frozenset(self._named(mask & others))

    def meets(self, roots: Iterable[str], others: int) -> bool:
        """Whether the roots lead to any of the nodes of a mask."""
        return any(self._reached[self._numbers[root]] & others for root in roots if root in self._numbers)

    def mask(self, names: Iterable[str]) -> int:
        """Nodes as the bits of a number."""
        found = 0
        for name in names:
            if name in self._numbers:
                found |= 1 << self._numbers[name]
        return found

    def _parts(self) -> Iterator[list[int]]:
        """The strongly connected parts, each after all that it leads to."""
        walk = _Walk(self._edges)
        for start in range(len(self._edges)):
            if walk.order[start] < 0:
                yield from walk.from_node(start)


class _Walk:
    """Tarjan's algorithm without recursion."""

    def __init__(self, edges: list[list[int]]) -> None:
        self.edges = edges
        self.order = [-1] * len(edges)
        self.low = [0] * len(edges)
        self.open = [False] * len(edges)
        self.stack: list[int] = []
        self.clock = 0

    def from_node(self, start: int) -> Iterator[list[int]]:
        work = [(start, 0)]
        while work:
            node, position = work.pop()
            if position == 0:
                self._enter(node)
            following = self._next(node, position)
            if following is not None:
                work += [(node, following[0]), (following[1], 0)]
                continue
            if self.low[node] == self.order[node]:
                yield self._part(node)
            if work:
                above = work[-1][0]
                self.low[above] = min(self.low[above], self.low[node])

    def _enter(self, node: int) -> None:
        self.order[node] = self.low[node] = self.clock
        self.clock += 1
        self.stack.append(node)
        self.open[node] = True

    def _next(self, node: int, position: int) -> tuple[int, int] | None:
        """(where to go on later, the node to go down to now); None when all targets are done."""
        for index in range(position, len(self.edges[node])):
            target = self.edges[node][index]
            if self.order[target] < 0:
                return index + 1, target
            if self.open[target]:
                self.low[node] = min(self.low[node], self.order[target])
        return None

    def _part(self, node: int) -> list[int]:
        part: list[int] = []
        while not part or part[-1] != node:
            part.append(self.stack.pop())
            self.open[part[-1]] = False
        return part
