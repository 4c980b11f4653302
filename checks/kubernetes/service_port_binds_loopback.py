"""A container's port is served on the loopback address, where nobody outside gets.

A container, and a pod's probe, is another host to whoever calls it: `127.0.0.1` inside of it answers only itself. The kubelet
finds the probe refused and restarts the pod for ever; the service has no endpoint; Prometheus scrapes nothing.

## Fix

Listen on every address of the container, and let a setting narrow it for the developer's machine:

```rust
let host = std::env::var("HOST").unwrap_or_else(|_| "0.0.0.0".into());
let listener = TcpListener::bind((host, 9091)).await?;
```

## Gap

```rust shop/src/main.rs
fn main() {
    let listener = TcpListener::bind("127.0.0.1:9091");  ← gap
}
```
```dockerfile shop/Dockerfile
FROM debian:13-slim
COPY target/release/shop /usr/local/bin/shop
EXPOSE 9091
CMD ["shop"]
```

## No gap

```rust shop/src/main.rs
fn main() {
    let listener = TcpListener::bind("0.0.0.0:9091");
    let upstream = TcpStream::connect("127.0.0.1:9091");
}
```
```dockerfile shop/Dockerfile
FROM debian:13-slim
COPY target/release/shop /usr/local/bin/shop
EXPOSE 9091
CMD ["shop"]
```
"""

from collections.abc import Iterator

from checks.derived.kubernetes.loopback_listeners import LoopbackListeners
from checks.derived.live_code import LiveCode
from checks.model import Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=LoopbackListeners, effort=(0.1, 1.0), ranked_by=LiveCode)
def service_port_binds_loopback(snapshot: Snapshot) -> Iterator[Finding]:
    for found in snapshot.derived(LoopbackListeners).all:
        message = f"This listens on `{found.address}` only, and port {found.port} is handed out."
        yield Gap(str(found.port), message, found.path, found.line, found.sent_by)
