"""Protocol Buffers definitions without generated code, and no step that generates it.

The interface is described, and nothing speaks it: no server can register the service, no client can call it, and
what the code does instead of it is written by hand and differs. A script that somebody may run is no build step.

## Fix

Generate the code in a step that CI or the image runs, or commit what was generated.

```make
proto: shop.proto
        protoc --go_out=. --go-grpc_out=. shop.proto
```

## Gap

```proto proto/shop.proto
syntax = "proto3";  ← gap
package shop;
message Order { string id = 1; }
service Shop { rpc Buy(Order) returns (Order); }
```

```go server.go
package shop

import "google.golang.org/grpc"

var server = grpc.NewServer()
```

## No gap

```proto proto/shop.proto
syntax = "proto3";
package shop;
message Order { string id = 1; }
```

```go proto/shop.pb.go
package shop

type Order struct{ Id string }
```

```go server.go
package shop

import "google.golang.org/grpc"

var server = grpc.NewServer()
```
"""

from collections.abc import Iterator

from checks.derived.wiring.generated_protos import GeneratedProtos
from checks.model import Evidence, Finding, Gap, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot

_STEPS = "a step of CI, a Makefile, an image, a package script, build.rs or go:generate that generates it"


@check(
    severity=Severity.HIGH,
    about=GeneratedProtos,
    blocks=Stage.PRODUCTION,
    effort=(1.0, 8.0),
    proof=Proof.ABSENCE,
)
def proto_without_generated_code(snapshot: Snapshot) -> Iterator[Finding]:
    protos = snapshot.derived(GeneratedProtos)
    for folder, files in protos.bare:
        names = ", ".join(path.rpartition("/")[2] for path in files[:4])
        message = f"No code is generated from {names}: neither is it in the tree nor does a step make it."
        used = [Evidence("the run-time library is used here", *protos.used_at)] if protos.used_at else []
        evidence = [*(Evidence("a definition", path, 1) for path in files[:10]), *used]
        stem = files[0].rpartition("/")[2].removesuffix(".proto")
        looked = Evidence(f"looked for {stem}.pb.*, {stem}_pb2.py, {stem}_pb.* and for {_STEPS}")
        subject = folder.rpartition("/")[2] or "protos"
        yield Gap(subject, message, files[0], 1, (*evidence, looked))
