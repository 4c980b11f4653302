"""Facts of manifests of Node, Go and Rust, and of what a text mentions: what is declared, and on which line."""

from __future__ import annotations

import pytest

from checks.facts.cargo import CargoManifest
from checks.facts.cargo_lock import CargoLock
from checks.facts.go_module import GoModule, GoWork
from checks.facts.home_path import HomePath, HomePathsInText
from checks.facts.json_text import JsonText
from checks.facts.kinds import UnreadableFile
from checks.facts.mentions import Mentions
from checks.facts.package_json import PackageJson
from checks.facts.procfile import Procfile
from checks.facts.tsconfig import TypeScriptConfig


def test_package_json() -> None:
    facts = PackageJson.extract(
        """{
  "name": "shop",
  "version": "1.0.0",
  "type": "module",
  "packageManager": "pnpm@9",
  "workspaces": {"packages": ["packages/*"]},
  "bin": {"shop": "./dist/cli.js"},
  "main": "./dist/index.js",
  "exports": {".": {"import": "./dist/index.mjs"}, "./server": "./dist/server.js"},
  "imports": {"#lib": ["./src/lib.js"]},
  "files": ["dist"],
  "scripts": {
    "build": "tsc -p .",
    "bad": 1
  },
  "dependencies": {"lib": "file:../lib", "ui": "workspace:*"},
  "devDependencies": {"typescript": "^5"},
  "engines": {"node": ">=20"},
  "jest": {"preset": ["ts-jest"]}
}"""
    )
    assert facts.is_published
    assert [(e.path, e.field, e.key, e.line) for e in facts.entry_files] == [
        ("./dist/cli.js", "bin", "shop", 7),
        ("./dist/index.js", "main", "", 8),
        ("./dist/index.mjs", "exports", ".", 9),
        ("./dist/server.js", "exports", "./server", 9),
    ]
    assert facts.imports[0].key == "#lib"
    build = facts.script("build")
    assert build is not None
    assert build.line == 13
    lib, ui = facts.dependency("lib"), facts.dependency("ui")
    assert lib is not None
    assert ui is not None
    assert (lib.path, ui.path, ui.in_workspace) == ("../lib", None, True)
    assert facts.workspaces == ("packages/*",)
    assert "ts-jest" in facts.mentioned
    with pytest.raises(UnreadableFile, match="not JSON"):
        PackageJson.extract("{")
    with pytest.raises(UnreadableFile, match="object"):
        PackageJson.extract("[]")


def test_tsconfig_with_comments() -> None:
    facts = TypeScriptConfig.extract(
        """{
  // base
  "extends": ["./base.json", "@tsconfig/node20"],
  "compilerOptions": {
    "baseUrl": ".", /* here */
    "paths": {
      "@/*": ["src/*"],
    },
    "outDir": "dist", "strict": true,
  },
  "references": [{"path": "../lib"}],
  "files": ["a.ts"],
}"""
    )
    assert facts.extends == ("./base.json", "@tsconfig/node20")
    assert [(a.pattern, a.targets, a.line) for a in facts.aliases] == [("@/*", ("src/*",), 7)]
    assert [(r.path, r.field, r.line) for r in facts.references[2:]] == [
        ("../lib", "references", 11),
        ("a.ts", "files", 12),
    ]
    assert facts.strict
    assert TypeScriptConfig.extract("").aliases == ()


def test_go_files() -> None:
    module = GoModule.extract(
        "module example.org/shop // main\n\ngo 1.24\ntoolchain go1.24.1\n\nrequire (\n\tgithub.com/a/b v1.2.3\n"
        "\tgithub.com/c/d v0.1.0 // indirect\n)\nreplace github.com/a/b => ../b\ntool example.org/t\n"
    )
    assert (module.path, module.go, module.go_line, module.toolchain) == (
        "example.org/shop",
        "1.24",
        3,
        "go1.24.1",
    )
    assert [(r.path, r.line, r.indirect) for r in module.requirements] == [
        ("github.com/a/b", 7, False),
        ("github.com/c/d", 8, True),
    ]
    assert module.replacements[0].is_local
    assert module.tools == ("example.org/t",)
    work = GoWork.extract("go 1.24\nuse (\n\t./a\n\t./b\n)\n")
    assert work.folders == (("./a", 3), ("./b", 4))
    with pytest.raises(UnreadableFile):
        GoModule.extract("go 1.24\n")


def test_cargo_manifest() -> None:
    facts = CargoManifest.extract(
        """[package]
name = "my-shop"
version = "0.1.0"
autobenches = false
publish = false

[lib]
name = "shop_core"

[[bin]]
name = "one"
path = "src/one.rs"

[[bin]]
name = "two"
required-features = ["x"]

[features]
x = ["dep:serde"]

[dependencies]
serde = { version = "1", optional = true, default-features = false }
renamed = { package = "real", path = "../real" }
shared = { workspace = true }

[target.'cfg(unix)'.dependencies]
libc = "0.2"

[dev-dependencies]
insta = "1"

[workspace]
members = ["crates/*"]

[workspace.package]
rust-version = "1.80"
"""
    )
    assert facts.crate == "shop_core"
    assert [(t.kind, t.name, t.line) for t in facts.targets] == [
        ("lib", "shop_core", 7),
        ("bin", "one", 10),
        ("bin", "two", 14),
    ]
    assert [t.name for t in facts.declared("bin")] == ["one", "two"]
    assert facts.undiscovered == frozenset({"bench"})
    assert not facts.publish
    assert facts.rust_version == "1.80"
    found = {d.name: (d.kind, d.line, d.path, d.target) for d in facts.dependencies}
    assert found["renamed"] == ("normal", 23, "../real", None)
    assert found["libc"] == ("normal", 27, None, "cfg(unix)")
    assert found["insta"][0] == "dev"
    assert facts.dependencies[0].crate == "serde"


def test_procfile_and_mentions() -> None:
    assert [
        (p.name, p.command, p.line) for p in Procfile.extract("# x\nweb: gunicorn app:app\n").processes
    ] == [("web", "gunicorn app:app", 2)]
    facts = Mentions.extract(
        "# app.hidden\nrun: python -m jobs\nhandler: app.jobs.clean\nfile: ./scripts/seed.py\n"
    )
    assert {m.name for m in facts.modules} >= {"jobs", "app.jobs.clean"}
    assert [(m.name, m.line) for m in facts.files] == [("./scripts/seed.py", 4)]
    assert Mentions.extract("x" * 300_001) == Mentions()


def test_package_json_passes_over_what_is_no_path() -> None:
    facts = PackageJson.extract(
        '{"bin": {"a": 1, "b": "./b.js"}, "exports": {".": null}, "jest": {"x": [1]}}'
    )
    assert [e.path for e in facts.entry_files] == ["./b.js"]
    assert facts.mentioned == {"x"}
    assert [e.key for e in PackageJson.extract('{"name": "a", "bin": "c.js"}').entry_files] == ["a"]


def test_lines_of_json() -> None:
    """Of a key or an item, or of the nearest parent that has one."""
    where = JsonText('{\n"a": [1,\n{"b": 2}, "x"],\n"c": {}\n}')
    assert [
        where.line(*key) for key in (("a",), ("a", 1), ("a", 1, "b"), ("a", 2), ("c", "no"), ("no",))
    ] == [
        2,
        3,
        3,
        3,
        4,
        1,
    ]


def test_tsconfig_references_without_a_path() -> None:
    facts = TypeScriptConfig.extract('{"extends": "./base.json", "references": [{}, 3, {"path": "../a"}]}')
    assert [r.path for r in facts.references] == ["./base.json", "../a"]


def test_go_blocks_with_empty_lines() -> None:
    module = GoModule.extract("module a\n\nrequire (\n\n\tb v1\n\t// c v1\n)\nrequire d v2\nunknown e\n")
    assert [(r.path, r.line) for r in module.requirements] == [("b", 5), ("d", 8)]


def test_cargo_targets_that_are_none() -> None:
    facts = CargoManifest.extract('bin = ["x"]\nexample = 3\n[package]\nname = "a-b"\n')
    assert (facts.targets, facts.crate) == ((), "a_b")


def test_cargo_lock() -> None:
    """Every package with its line; own ones have no source; those that need one version of several are named."""
    lock = CargoLock.extract(
        'version = 4\n\n[[package]]\nname = "shop"\nversion = "0.1.0"\n'
        'dependencies = ["rand 0.8.5", "serde"]\n\n'
        '[[package]]\nname = "rand"\nversion = "0.8.5"\nsource = "registry+https://example.org"\n\n'
        '[[package]]\nname = "rand"\nversion = "0.9.0"\nsource = "registry+https://example.org"\n'
    )
    assert [(c.name, c.version, c.line, c.is_own) for c in lock.crates] == [
        ("shop", "0.1.0", 4, True),
        ("rand", "0.8.5", 9, False),
        ("rand", "0.9.0", 14, False),
    ]
    assert {name: len(found) for name, found in lock.by_name().items()} == {"shop": 1, "rand": 2}
    assert [c.name for c in lock.needing("rand", "0.8.5")] == ["shop"]
    assert lock.needing("rand", "0.9.0") == []
    assert CargoLock.extract('package = "x"\n').crates == ()


def test_paths_in_somebodys_home() -> None:
    """As written, with their lines; what a machine printed into a pasted trace is none."""
    text = "cd /home/anna/shop\n# /usr/lib\n/Users/ben/x.py\n" + "/home/anna/a\n" * 60
    found = HomePathsInText.extract(text).homes
    assert found[0].line == 1
    assert "anna" in found[0].text
    assert found[1].line == 3
    assert len(found) == 50
    assert HomePathsInText.extract('{"source": "/home/guides/mcp"}\n').homes == ()
    assert HomePathsInText.extract('{"command": "/home/anna/mcp"}\n').homes != ()
    assert HomePathsInText.extract("nothing\n").homes == ()
    assert all(isinstance(home, HomePath) for home in found)
