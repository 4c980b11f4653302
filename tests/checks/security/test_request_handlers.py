"""What request handlers do with what they are given, in every language."""

from __future__ import annotations

import pytest

from tests.checks.verdicts import outcome_of, said

PYTHON = """from fastapi import APIRouter

router = APIRouter()


@router.get("{route}")
def show({parameters}):
    {body}
"""
GO = """package x

func Show(w http.ResponseWriter, r *http.Request) {{
\t{body}
}}
"""
NODE = 'app.get("/files/:name", (req, res) => {{ {body} }});\n'
NEXT = "export async function GET(request) {{ {body} }}\n"
RUST = "async fn show({parameters}) -> Response {{ {body} }}\n"


@pytest.mark.parametrize(
    ("route", "parameters", "body", "expected"),
    [
        ("/f/{name:path}", "name: str", "return open(name)", "gap"),
        ("/f", "name: str", "return open(ROOT / name)", "gap"),
        ("/f/{name}", "name: str", "return open(ROOT / name)", "not applicable"),
        ("/f", "name: int", "return open(ROOT / name)", "not applicable"),
        ("/f", "", 'path = os.path.join(ROOT, request.args["name"])\n    return open(path)', "gap"),
        ("/f", "", 'name = request.args.get("name")\n    return open(os.path.join(ROOT, name))', "gap"),
        ("/f", "", 'return open(os.path.join(ROOT, "fixed"))', "not applicable"),
        ("/f", "", "return 1", "not applicable"),
        ("/f", "name: str", "name = secure_filename(name)\n    return open(ROOT / name)", "passed"),
        ("/f", "name: str", 'if ".." in name: return None\n    return open(ROOT / name)', "passed"),
    ],
)
def test_paths_in_python(route: str, parameters: str, body: str, expected: str) -> None:
    text = PYTHON.format(route=route, parameters=parameters, body=body)
    assert outcome_of("path-traversal-unchecked", {"app/x.py": text}).value == expected


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("x.go", GO.format(body='os.Open(filepath.Join(root, chi.URLParam(r, "*")))'), "gap"),
        ("x.go", GO.format(body='name := r.FormValue("f"); os.Open(filepath.Join(root, filepath.Base(name)))'), "passed"),
        ("app/x.py", "import functools\n\n@functools.cache\ndef show(name: str):\n    return open(name)\n", "not applicable"),
        ("x.go", "package x\n\nfunc Show(name string) { os.Open(name) }\n", "not applicable"),
        ("x.js", NODE.format(body="res.sendFile(path.join(DIR, req.params.name))"), "gap"),
        ("x.js", NODE.format(body="const { name } = req.query; fs.createReadStream(path.join(DIR, name))"), "gap"),
        ("x.js", NODE.format(body="res.sendFile(req.params.name, { root: DIR })"), "passed"),
        ("x.js", "function show(req, res) { fs.readFile(req.query.name) }\n", "gap"),
        ("x.js", "function show(name) { fs.readFile(name) }\n", "not applicable"),
        ("x.ts", NEXT.format(body='const n = request.nextUrl.searchParams.get("n"); return fs.readFile(n)'), "gap"),
        ("x.rs", RUST.format(parameters="Path(name): Path<String>", body="fs::read(root.join(name))"), "gap"),
        ("x.rs", RUST.format(parameters="path: web::Path<String>", body="NamedFile::open(path.into_inner())"), "gap"),
        ("x.rs", RUST.format(parameters="Path(id): Path<u32>", body="fs::read(root.join(id))"), "not applicable"),
        ("x.rs", "fn show(name: String) { fs::read(name) }\n", "not applicable"),
    ],
)  # fmt: skip
def test_paths_in_other_languages(path: str, text: str, expected: str) -> None:
    assert outcome_of("path-traversal-unchecked", {path: text}).value == expected


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("app/x.py", PYTHON.format(route="/f", parameters="", body="sys.exit(1)"), "gap"),
        (
            "app/x.py",
            PYTHON.format(route="/f", parameters="", body="return 1") + "\n\nsys.exit(1)\n",
            "passed",
        ),
        ("x.go", GO.format(body="os.Exit(1)"), "gap"),
        ("x.go", GO.format(body="os.Exit(1)").replace("Show", "PanicHandler"), "passed"),
        ("x.rs", RUST.format(parameters="State(s): State<App>", body="std::process::exit(1)"), "gap"),
        ("x.js", NODE.format(body="process.exit(1)"), "gap"),
        ("x.js", NODE.format(body="res.json(1)") + "process.exit(1);\n", "passed"),
    ],
)
def test_the_end_of_the_process(path: str, text: str, expected: str) -> None:
    assert outcome_of("error-not-recovered", {path: text}).value == expected


ITEMS = "".join(
    f'app.{verb}("/items/:id", (req, res) => {{ store.{verb}(req.params.id, req.user) }});\n'
    for verb in ("put", "patch")
)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ('app.delete("/items/:id", (req, res) => { store.drop(req.params.id) });', ["delete /items/:id"]),
        ('app.delete("/items", (req, res) => { store.clear() });', "passed"),
        ('app.get("/items/:id", (req, res) => { res.json(1) });', "passed"),
        ('app.delete("/items/:id", (req, res) => { const u = req.user; store.drop(u) });', "passed"),
    ],
)
def test_records_that_only_some_routes_guard(more: str, expected: list[str] | str) -> None:
    assert said("ownership-check-skipped", {"x.js": ITEMS + more}) == expected


def test_without_siblings_that_ask_nothing_is_known_of_owners() -> None:
    text = 'app.delete("/items/:id", (req, res) => { store.drop(req.params.id) });\n'
    assert outcome_of("ownership-check-skipped", {"x.js": text}).value == "passed"


def test_ids_may_be_read_in_the_handler() -> None:
    handler = 'func %s(w http.ResponseWriter, r *http.Request) { store.Drop(chi.URLParam(r, "id")%s) }\n'
    text = "package x\n\n" + "".join(
        handler % found
        for found in (("UpdateItem", ", userID"), ("PatchItem", ", userID"), ("DeleteItem", ""))
    )
    assert said("ownership-check-skipped", {"x.go": text}) == ["DeleteItem"]
