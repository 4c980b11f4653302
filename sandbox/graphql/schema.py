"""The few types of GitHub's schema that are served: repositories with their git objects, comments, the rate limit."""

from datetime import UTC, datetime

import pygit2

from sandbox.authentication import RANKS, Token
from sandbox.git import SHA
from sandbox.graphql.execution import Arguments, Node, RefusedError, Resolver
from sandbox.hub import Hub
from sandbox.limiter import Bucket
from sandbox.model import Comment, Repository
from sandbox.shapes.values import node_id, node_number

FORBIDDEN = "Resource not accessible by integration"
BINARY_PROBE = 8_000
CLASSIFIERS = ("ABUSE", "DUPLICATE", "LOW_QUALITY", "OFF_TOPIC", "OUTDATED", "RESOLVED", "SPAM")


def blob_text(data: bytes, longest: int) -> str | None:
    """As GitHub gives it: null for binary, decoded (a byte order mark is lost), cut to so many bytes."""
    if b"\0" in data[:BINARY_PROBE]:
        return None
    text = data.removeprefix(b"\xef\xbb\xbf")[:longest]
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as error:
        at_the_cut = (
            error.end == len(text) and len(data) > longest and error.reason == "unexpected end of data"
        )
        return text[: error.start].decode("utf-8") if at_the_cut else text.decode("latin-1")


def constant(value: object) -> Resolver:
    return lambda _: value


class Schema:
    """What one token may see."""

    def __init__(self, hub: Hub, token: Token, bucket: Bucket) -> None:
        self._hub = hub
        self._token = token
        self._bucket = bucket

    def query(self) -> Node:
        return Node(
            "Query",
            {
                "repository": self._repository,
                "rateLimit": lambda _: self._rate_limit(),
                "viewer": lambda _: Node("User", {"login": lambda _: self._hub.state.app.bot.login}),
                "node": self._node,
            },
        )

    def mutation(self) -> Node:
        return Node("Mutation", {"minimizeComment": self._minimize})

    def _repository(self, arguments: Arguments) -> Node:
        full_name = f"{arguments.get('owner')}/{arguments.get('name')}"
        state = self._hub.state
        found = state.repository(full_name) or state.renamed(full_name)
        if found is None or found.unavailable or (found.private and not self._token.reaches(found)):
            raise RefusedError("NOT_FOUND", f"Could not resolve to a Repository with the name '{full_name}'.")
        repository = found
        return Node(
            "Repository",
            {
                "id": lambda _: node_id("R", repository.id),
                "databaseId": lambda _: repository.id,
                "nameWithOwner": lambda _: repository.full_name,
                "isPrivate": lambda _: repository.private,
                "object": lambda inner: self._object(repository, inner),
            },
            ("Node",),
        )

    def _object(self, repository: Repository, arguments: Arguments) -> Node | None:
        if RANKS[self._token.granted("contents")] < RANKS["read"] and repository.private:
            raise RefusedError("FORBIDDEN", FORBIDDEN)
        oid = arguments.get("oid")
        if isinstance(oid, str):
            if not SHA.fullmatch(oid):
                raise RefusedError("undefined", f"Could not coerce value {oid!r} to GitObjectID")
            found = repository.git.repository.get(pygit2.Oid(hex=oid))
        else:
            found = _by_expression(repository, str(arguments.get("expression", "")))
        return None if found is None else self._git_object(found)

    def _git_object(self, found: pygit2.Object) -> Node:
        oid = str(found.id)
        kinds = {pygit2.Commit: "Commit", pygit2.Tree: "Tree", pygit2.Tag: "Tag"}
        shared = {"oid": lambda _: oid, "abbreviatedOid": lambda _: oid[:7]}
        if not isinstance(found, pygit2.Blob):
            return Node(kinds[type(found)], shared, ("GitObject", "Node"))
        data, longest = found.data, self._hub.state.settings.limits.text_bytes
        return Node(
            "Blob",
            {
                **shared,
                "id": lambda _: node_id("B", int(oid[:7], 16)),
                "byteSize": lambda _: len(data),
                "isBinary": lambda _: b"\0" in data[:BINARY_PROBE],
                "isTruncated": lambda _: len(data) > longest,
                "text": lambda _: blob_text(data, longest),
            },
            ("GitObject", "Node"),
        )

    def _rate_limit(self) -> Node:
        bucket = self._bucket
        reset = datetime.fromtimestamp(bucket.reset, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        values: dict[str, object] = {
            "cost": 1,
            "limit": bucket.limit,
            "remaining": max(0, bucket.remaining - 1),
            "used": bucket.used + 1,
            "nodeCount": 0,
            "resetAt": reset,
        }
        return Node("RateLimit", {name: constant(value) for name, value in values.items()})

    def _comment(self, subject: object) -> Comment:
        number = node_number("IC", str(subject))
        comment = self._hub.state.comments.get(number) if number is not None else None
        if comment is None or not self._token.reaches(comment.pull_request.repository):
            raise RefusedError("NOT_FOUND", f"Could not resolve to a node with the global id of '{subject}'")
        return comment

    def _node(self, arguments: Arguments) -> Node:
        return _comment_node(self._comment(arguments.get("id")))

    def _minimize(self, arguments: Arguments) -> Node:
        given = arguments.get("input")
        asked = given if isinstance(given, dict) else {}
        comment = self._comment(asked.get("subjectId"))
        if asked.get("classifier") not in CLASSIFIERS:
            raise RefusedError(
                "undefined",
                "Argument 'classifier' has an invalid value. Expected type 'ReportedContentClassifiers!'.",
            )
        if all(RANKS[self._token.granted(name)] < RANKS["write"] for name in ("pull_requests", "issues")):
            raise RefusedError("FORBIDDEN", FORBIDDEN)
        comment.minimized = str(asked["classifier"]).lower().replace("_", "-")
        return Node(
            "MinimizeCommentPayload",
            {
                "minimizedComment": lambda _: _comment_node(comment),
                "clientMutationId": lambda _: asked.get("clientMutationId"),
            },
        )


def _comment_node(comment: Comment) -> Node:
    return Node(
        "IssueComment",
        {
            "id": lambda _: node_id("IC", comment.id),
            "databaseId": lambda _: comment.id,
            "body": lambda _: comment.body,
            "isMinimized": lambda _: comment.minimized is not None,
            "minimizedReason": lambda _: comment.minimized,
        },
        ("Minimizable", "Comment", "Node"),
    )


def _by_expression(repository: Repository, expression: str) -> pygit2.Object | None:
    try:
        return repository.git.repository.revparse_single(expression)
    except (KeyError, ValueError, pygit2.GitError):
        return None
