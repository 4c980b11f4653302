"""GraphQL's errors, which come with a 200."""

import pytest

from bot.github.answers import Answer
from bot.github.errors import Forbidden, GitHubError, NotFound, ServerError
from bot.github.graphql import Problem, as_limit, error_of

LIMITED = Problem("API rate limit exceeded for installation ID 1.", "RATE_LIMITED")
SECONDARY = Problem("You have exceeded a secondary rate limit.")
MISSING = Problem("Could not resolve to a node", "NOT_FOUND", ("repository", "b3"))


@pytest.mark.parametrize("problem", [LIMITED, SECONDARY])
def test_a_limit_is_told_as_rest_would_tell_it(problem: Problem) -> None:
    answer, message = as_limit(Answer(200, {"x-ratelimit-remaining": "0"}, b"{}"), (MISSING, problem))
    assert answer.status == 429
    assert message == problem.message


def test_an_answer_without_limit_stays_what_it_is() -> None:
    answer = Answer(200, {}, b"{}")
    assert as_limit(answer, (MISSING,)) == (answer, "")
    assert as_limit(answer, ()) == (answer, "")


@pytest.mark.parametrize(
    ("problem", "kind"),
    [
        (Problem("Could not resolve to a Repository", "NOT_FOUND", ("repository",)), NotFound),
        (Problem("Resource not accessible by integration", "FORBIDDEN", ("repository", "b0")), Forbidden),
        (Problem("Resource not accessible by integration", None, ("repository",)), Forbidden),
        (Problem("Something went wrong while executing your query"), ServerError),
        (Problem("timeout", None, ()), ServerError),
    ],
)
def test_a_query_that_failed_as_a_whole_is_an_error(problem: Problem, kind: type[GitHubError]) -> None:
    assert type(error_of((problem,), "POST graphql")) is kind


def test_one_object_that_is_not_there_is_not() -> None:
    assert error_of((MISSING,), "POST graphql") is None
    assert error_of((), "POST graphql") is None
