"""A configuration file sets a key that the program doesn't know.

Nothing says so: the key is passed over, and the limit, the address or the switch that somebody set there has no effect.

## Fix

Use the name that the type has, add the field, or refuse unknown keys when the file is read.

```rust
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetryConfig {
    pub limit: u32,
}
```

## Gap

```rust src/config.rs
#[derive(Debug, Deserialize)]
pub struct Config {
    pub listen: String,
    pub database: String,
    pub workers: u32,
    pub retry: RetryConfig,
}

#[derive(Debug, Deserialize)]
pub struct RetryConfig {
    pub limit: u32,
}
```

```toml config.toml
listen = "127.0.0.1:80"
database = "postgres://db"
workers = 4
worker_timeout = 30  ← gap

[retry]
limit = 3
backoff = 2
```

## No gap

```rust src/config.rs
#[derive(Debug, Deserialize)]
pub struct Config {
    pub listen: String,
    pub database: String,
    #[serde(alias = "threads")]
    pub workers: u32,
}
```

```toml config.toml
listen = "127.0.0.1:80"
database = "postgres://db"
threads = 4
```
"""

from collections.abc import Iterator

from checks.derived.wiring.unknown_keys import ConfigurationsOfTypes
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=ConfigurationsOfTypes, effort=(0.2, 2.0))
def config_key_unknown_to_schema(snapshot: Snapshot) -> Iterator[Finding]:
    for found in snapshot.derived(ConfigurationsOfTypes).unknown:
        names = [f"{key.section}.{key.name}".lstrip(".") for key in found.keys]
        shown = ", ".join(f"`{name}`" for name in names[:8])
        rest = f" and {len(names) - 8} more" if len(names) > 8 else ""
        message = (
            f"Sets {shown}{rest}, which {found.schema.name} doesn't have and no code names: without effect."
        )
        places = tuple(
            Evidence(f"sets {name}", found.path, key.line)
            for name, key in zip(names[:10], found.keys, strict=False)
        )
        schema = Evidence(
            f"{found.schema.name}, which has nearly all of the file's other keys",
            found.schema.path,
            found.schema.line,
        )
        yield Gap(found.schema.name, message, found.path, found.keys[0].line, (*places, schema))
