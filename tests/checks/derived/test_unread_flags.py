"""Which flags of cobra nothing asks for."""

from __future__ import annotations

import pytest

from checks.derived.wiring.unread_flags import UnreadFlags
from tests.checks.trees import snapshot

HEAD = "package main\n\nfunc init() {\n"
FLAG = '\tcmd.Flags().StringP("mode", "m", "", "how")\n'


@pytest.mark.parametrize(
    ("body", "unread"),
    [
        (FLAG, ["mode"]),
        (FLAG + '\tcmd.MarkFlagRequired("mode")\n', ["mode"]),
        (FLAG + '\tmode, _ := cmd.Flags().GetString("mode")\n', []),
        (FLAG + '\tviper.BindPFlag("x", cmd.Flags().Lookup("mode"))\n', []),
        (FLAG + "\tviper.BindPFlags(cmd.Flags())\n", []),
        (FLAG + "\tload(cmd.PersistentFlags())\n", []),
        (FLAG + '\tkey := "mode"\n', []),
        ('\tmode := cmd.Flags().String("mode", "", "how")\n', []),
        ('\tcmd.Flags().StringVar(&mode, "mode", "", "how")\n', []),
        ('\tcmd.Flags().String(name, "", "how")\n', []),
    ],
)
def test_flags(body: str, unread: list[str]) -> None:
    files = {
        "go.mod": "module a\n",
        "main.go": f"{HEAD}{body}}}\n",
        "main_test.go": f'{HEAD}\tf("mode")\n}}\n',
    }
    found = snapshot(files).derived(UnreadFlags)
    assert [flag.name for flag in found.flags] == unread


def test_a_tree_without_a_module() -> None:
    assert len(snapshot({"main.go": f"{HEAD}{FLAG}}}\n"}).derived(UnreadFlags)) == 1
