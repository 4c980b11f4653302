"""A script that made one edit to the source is left in the tree.

It replaces fixed text in one file by fixed text and has nothing more to do. Nobody knows whether it may be run again; run by
mistake, it rewrites source that has moved on, and readers, linters and licence scans take it for a part of the product.

## Fix

Delete it; the history keeps it, and its edit is in the source already: `git rm fix_client.py`. What is to be run again
belongs into a folder of tools, takes its input as arguments, and is named by a pipeline, a Makefile or a document.

## Gap

```python fix_client.py
with open("src/client.py") as file:
    content = file.read()

content = content.replace("def get(self):", "async def get(self):")

with open("src/client.py", "w") as file:  ← gap
    file.write(content)
```
```python src/client.py
class Client:
    async def get(self): return 1
```
```javascript patch-routes.js
const text = fs.readFileSync("src/routes.js", "utf8");
fs.writeFileSync("src/routes.js", text.replace("app.get", "router.get"));  ← gap
```
```javascript src/routes.js
router.get("/", home);
```

```toml Cargo.toml
[package]
name = "shop"
```
```rust current_basket.rs
fn total() -> u32 { 1 }  ← gap
```
```rust build.rs
fn main() {}
```

## No gap

```python bump.py
import sys

with open("src/version.py") as file:
    content = file.read()

with open("src/version.py", "w") as file:
    file.write(content.replace("0.0.0", sys.argv[1]))
```
```python patch_tables.py
with open("src/tables.py") as file:
    content = file.read()

with open("src/tables.py", "w") as file:
    file.write(content.replace("import a", "import b"))
```
```python src/tables.py
import b
```
```makefile Makefile
tables:
        python make_tables.py && python patch_tables.py
```
"""

from collections.abc import Iterator

from checks.derived.one_off_edits import OneOffEdits
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=OneOffEdits, blocks=Stage.NONE, effort=(0.1, 0.25))
def scratch_file_committed(snapshot: Snapshot) -> Iterator[Finding]:
    edits = snapshot.derived(OneOffEdits)
    looked = Evidence("looked for its name in pipelines, configuration, scripts, documents and code")
    for edit in edits.all:
        name = edit.path.rpartition("/")[2]
        message = f"`{name}` made one fixed edit to `{edit.targets[0]}`, and nothing names or runs it."
        evidence = (*(Evidence("is edited", target) for target in edit.targets), looked)
        yield Gap(name, message, edit.path, edit.line, evidence)
    for path in edits.fragments:
        name = path.rpartition("/")[2]
        message = f"`{name}` is no target of its package and no module of another file: nothing compiles it."
        yield Gap(name, message, path, 1, (looked,))
