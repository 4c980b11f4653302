"""GraphQL: what it gives of blobs, how it refuses, how it parses."""

import pytest

from sandbox.graphql.parser import QuerySyntaxError, Variable, parse
from sandbox.model import PullRequest, Repository
from sandbox.sandbox import Sandbox
from tests.sandbox.caller import Caller
from tests.sandbox.trees import Trees

BLOB = "... on Blob { oid text isBinary isTruncated byteSize }"


async def blobs(caller: Caller, repository: Repository, ref: str = "main") -> dict[str, dict[str, object]]:
    tree = (await caller.call(repository, "GET", f"/git/trees/{ref}?recursive=1")).json["tree"]
    shas = {one["path"]: one["sha"] for one in tree if one["type"] == "blob"}
    parts = " ".join(f'b{at}: object(oid: "{sha}") {{ {BLOB} }}' for at, sha in enumerate(shas.values()))
    query = f'{{ repository(owner: "acme", name: "shop") {{ {parts} }} }}'
    data = (await caller.graphql(repository, query)).json["data"]["repository"]
    return dict(zip(shas, data.values(), strict=True))


async def test_text_is_decoded_and_cut(sandbox: Sandbox, caller: Caller, trees: Trees) -> None:
    files: dict[str, str | bytes] = {
        "exact": "x" * 512_000,
        "over": "x" * 512_001,
        "split": "x" * 511_999 + "é",
        "mark": b"\xef\xbb\xbfhello",
        "latin": "Grüße".encode("latin-1"),
        "crlf": "a\r\nb\r\n",
        "empty": "",
        "binary": b"a\0b",
    }
    trees.commit(files, branch="main")
    found = await blobs(caller, sandbox.add_repository("acme/shop", trees.path))
    assert (found["exact"]["isTruncated"], len(str(found["exact"]["text"]))) == (False, 512_000)
    assert (found["over"]["isTruncated"], len(str(found["over"]["text"])), found["over"]["byteSize"]) == (
        True,
        512_000,
        512_001,
    )
    assert (found["split"]["isTruncated"], found["split"]["text"]) == (True, "x" * 511_999)
    assert {name: found[name]["text"] for name in ("mark", "latin", "crlf", "empty", "binary")} == {
        "mark": "hello",
        "latin": "Grüße",
        "crlf": "a\r\nb\r\n",
        "empty": "",
        "binary": None,
    }
    assert (found["binary"]["isBinary"], found["latin"]["isBinary"]) == (True, False)


async def test_an_unknown_object_is_null_and_an_unknown_repository_an_error(
    caller: Caller, repository: Repository
) -> None:
    query = '{ repository(owner: "acme", name: "shop") { a: object(oid: "' + "0" * 40 + '") { oid } } }'
    assert (await caller.graphql(repository, query)).json == {"data": {"repository": {"a": None}}}
    got = await caller.graphql(repository, '{ repository(owner: "acme", name: "none") { id } }')
    assert (got.status, got.json["data"], got.json["errors"][0]["type"]) == (
        200,
        {"repository": None},
        "NOT_FOUND",
    )
    assert got.json["errors"][0]["path"] == ["repository"]
    wrong = await caller.graphql(
        repository, '{ repository(owner: "acme", name: "shop") { object(oid: "1") { oid } } }'
    )
    assert "GitObjectID" in wrong.json["errors"][0]["message"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("{ nothing }", "Field 'nothing' doesn't exist on type 'Query'"),
        ("{ viewer }", "Field must have selections"),
        ("{ viewer { login }", "Unexpected end of document"),
        ("query($a: Int!) { viewer { login } }", "Variable $a"),
        ("{ viewer { ...lost } }", "Fragment lost was used, but not defined"),
        ("query A { viewer { login } } query B { viewer { login } }", "An operation name is required"),
    ],
)
async def test_what_is_no_query_is_an_error_with_200(
    caller: Caller, repository: Repository, query: str, words: str
) -> None:
    got = await caller.graphql(repository, query)
    assert got.status == 200
    assert words in got.json["errors"][0]["message"]
    assert "data" not in got.json


async def test_a_body_without_a_query_is_a_bad_request(
    sandbox: Sandbox, caller: Caller, repository: Repository
) -> None:
    token = await caller.token(repository)
    got = await caller.send("POST", f"{sandbox.html_url}/graphql", token=token, json={"variables": {}})
    assert got.status == 400


async def test_a_lacking_permission_is_forbidden(
    sandbox: Sandbox, caller: Caller, repository: Repository
) -> None:
    token = await caller.token(repository, permissions={"checks": "write"})
    query = {
        "query": '{ repository(owner: "acme", name: "shop") { object(expression: "main:README.md") { oid } } }'
    }
    got = await caller.send("POST", f"{sandbox.html_url}/graphql", token=token, json=query)
    assert (got.status, got.json["errors"][0]["type"]) == (401, "FORBIDDEN")
    allowed = await caller.graphql(repository, query["query"])
    assert len(allowed.json["data"]["repository"]["object"]["oid"]) == 40


async def test_a_comment_is_minimized(
    sandbox: Sandbox, caller: Caller, repository: Repository, pull: PullRequest
) -> None:
    comment = sandbox.comment(pull, "old news")
    shown = await caller.call(repository, "GET", f"/issues/comments/{comment.id}")
    mutation = """
      mutation Hide($id: ID!, $why: ReportedContentClassifiers = OUTDATED) {  # a comment, with a default
        minimizeComment(input: {subjectId: $id, classifier: $why}) { minimizedComment { ...state } }
      }
      fragment state on Minimizable { isMinimized minimizedReason __typename }
    """
    got = await caller.graphql(repository, mutation, id=shown.json["node_id"])
    minimized = {"isMinimized": True, "minimizedReason": "outdated", "__typename": "IssueComment"}
    assert got.json == {"data": {"minimizeComment": {"minimizedComment": minimized}}}
    assert comment.minimized == "outdated"
    assert sandbox.requests.select("POST", "/graphql")[0].secondary_points == 5
    refused = await caller.graphql(repository, mutation, id="IC_nothing")
    assert refused.json["errors"][0]["type"] == "NOT_FOUND"
    wrong = await caller.graphql(repository, mutation, id=shown.json["node_id"], why="DULL")
    assert "classifier" in wrong.json["errors"][0]["message"]


def test_the_parser_knows_values_and_comments() -> None:
    document = parse(
        'query Q($v: [Int!]! = [1]) { f(a: "\\u00e9\\n", b: [1, -2.5e1], c: {d: $v, e: E}, g: null, h: true) }'
    )
    (field,) = document.operations[0].selections
    assert getattr(field, "arguments", None) == {
        "a": "é\n",
        "b": [1, -25.0],
        "c": {"d": Variable("v"), "e": "E"},
        "g": None,
        "h": True,
    }
    assert document.operations[0].defaults == {"v": [1]}
    block = parse('{ f(a: """\n"quoted" \\"""\n""") }').operations[0].selections[0]
    assert getattr(block, "arguments", None) == {"a": '"quoted" """'}


@pytest.mark.parametrize(
    "text", ["", "{}", "{ a(: 1) }", "{ a } }", "subscription { a }", "{ a ? }", "{ a(b: ]) }", "{" * 99]
)
def test_the_parser_refuses(text: str) -> None:
    with pytest.raises(QuerySyntaxError):
        parse(text)
