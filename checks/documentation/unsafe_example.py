"""An example shows code that hurts whoever copies it.

Examples are copied into programs that get other input: an answer without choices, a title with an accent. What was
good enough to show becomes a crash in somebody's production. And people run examples in their own folders: one that tidies
up `notes.txt` by its name deletes theirs.

## Fix

Show the form that can't panic; it is hardly longer. Write into a temporary folder, and delete that:

```rust
let Some(choice) = response.choices.first() else { return Err("no answer".into()) };
```

```python
with tempfile.TemporaryDirectory() as folder:
    agent.run("write a calculator", folder)
```

## Gap

### It panics

```toml Cargo.toml
[package]
name = "shop"
version = "1.0.0"
```
```rust examples/chat.rs
fn main() {
    let response = shop::ask("hello");
    println!("{}", response.choices[0].text);  ← gap
}
```

### It deletes

```python examples/run.py
import os
from shop import Agent

Agent().run("write a calculator")
os.remove("calculator.py")  ← gap
```

## No gap

```rust examples/chat.rs
fn main() {
    let response = shop::ask("hello");
    println!("{}", response.choices.first().map_or("", |choice| &choice.text));
}
```
```python examples/run.py
import os

open("notes.txt", "x").write("mine")
os.remove("notes.txt")
```
"""

from collections.abc import Iterator

from checks.derived.documentation.example_hazards import ExampleHazards
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=ExampleHazards, blocks=Stage.NONE, effort=(0.1, 0.5))
def unsafe_example(snapshot: Snapshot) -> Iterator[Finding]:
    for path, hazards in snapshot.derived(ExampleHazards).by_path.items():
        for subject in sorted({hazard.subject for hazard in hazards}):
            of = [hazard for hazard in hazards if hazard.subject == subject]
            evidence = tuple(Evidence(f"`{one.text}`: {one.why}", path, one.line) for one in of)
            yield Gap(subject, f"`{of[0].text}`: {of[0].why}.", path, of[0].line, evidence)
