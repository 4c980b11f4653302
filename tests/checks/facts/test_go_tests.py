"""What is read out of Go's tests."""

from __future__ import annotations

import pytest

from checks.facts.go_tests import GoTests

HEAD = 'package shop\n\nimport "testing"\n\nfunc TestPay(t *testing.T) {\n'


@pytest.mark.parametrize(
    ("body", "skipped"),
    [
        ('\tt.Skip("later")\n', ["TestPay"]),
        ('\tt.Helper()\n\tt.Parallel()\n\t// why\n\tt.Skip("later")\n', ["TestPay"]),
        ('\tif testing.Short() {\n\t\tt.Skip("slow")\n\t}\n', []),
        ('\tpay()\n\tt.Skip("later")\n', []),
        ('\tt.Run("card", func(t *testing.T) {\n\t\tt.Skip("later")\n\t})\n', ["TestPay/card"]),
        ('\tt.Run(name, func(t *testing.T) {\n\t\tt.Skip("later")\n\t})\n', []),
        ('\tgo func() {\n\t\tt.Skip("later")\n\t}()\n', []),
        ('\teach(func(t *testing.T) {\n\t\tt.Skip("later")\n\t})\n', []),
        ("\tuse(t.Skip())\n", []),
    ],
)
def test_skips(body: str, skipped: list[str]) -> None:
    found = GoTests.extract(f"{HEAD}{body}}}\n").tests
    assert [test.name for test in found if test.skipped] == skipped


@pytest.mark.parametrize(
    ("body", "swallowed"),
    [
        ('\ts, err := Open()\n\tif err != nil {\n\t\tt.Skip("no")\n\t}\n', ["Open"]),
        ('\tif err := Open(); err != nil {\n\t\tt.Skip("no")\n\t}\n', ["Open"]),
        ('\ts, err := Open()\n\tif err != nil {\n\t\tt.Error(err)\n\t\tt.Skip("no")\n\t}\n', []),
        ("\ts, err := Open()\n\tif err != nil {\n\t\treturn\n\t}\n", []),
        ('\terr := value\n\tif err != nil {\n\t\tt.Skip("no")\n\t}\n', []),
        ('\tif err != nil {\n\t\tt.Skip("no")\n\t}\n', []),
    ],
)
def test_swallowed(body: str, swallowed: list[str]) -> None:
    text = f"{HEAD}{body}}}\n\nfunc TestLast(t *testing.T) {{}}\n"
    assert [called for test in GoTests.extract(text).tests for _, _, called in test.swallowed] == swallowed


def test_sleeps_checks_names_and_helpers() -> None:
    body = "\ttime.Sleep(2 * time.Second)\n\ttime.Sleep(time.Minute)\n\ttime.Sleep(wait)\n\trequire.Equal(t, 1, Pay())\n"
    test = GoTests.extract(f"{HEAD}{body}}}\n").tests[0]
    assert [seconds for seconds, _ in test.sleeps] == [2.0, 60.0]
    assert (test.checks, test.handed_on) == (1, True)
    assert "Pay" in test.names


def test_what_is_no_test() -> None:
    text = "package shop\n\nfunc Testify(t *testing.T) {}\n\nfunc TestMain(m *testing.M) {}\n\nfunc TestX(*testing.T) {}\n"
    assert [test.name for test in GoTests.extract(text).tests] == ["TestX"]
