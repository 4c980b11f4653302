"""A gRPC server that serves no service.

It listens, accepts connections and answers every call with `UNIMPLEMENTED`: the port is open, a TCP probe passes,
and no method exists. It happens when the transport was written before the generated code was there.

## Fix

Register the generated service before serving.

```go
server := grpc.NewServer()
pb.RegisterShopServer(server, &shop{})
return server.Serve(listener)
```

## Gap

```go server.go
package shop

import (
        "net"

        "google.golang.org/grpc"
)

func serve(listener net.Listener) error {
        server := grpc.NewServer()  ← gap
        return server.Serve(listener)
}
```

## No gap

```go server.go
package shop

import (
        "net"

        "google.golang.org/grpc"

        pb "example.com/shop/proto"
)

func serve(listener net.Listener) error {
        server := grpc.NewServer()
        pb.RegisterShopServer(server, &shop{})
        return server.Serve(listener)
}
```
"""

from collections.abc import Iterator

from checks.derived.wiring.grpc_servers import GrpcServers
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot

_LOOKED_FOR = "a call in this file that registers a service, and for the server handed to anything that might"


@check(severity=Severity.HIGH, about=GrpcServers, blocks=Stage.STAGING, effort=(1.0, 16.0))
def grpc_server_registers_no_service(snapshot: Snapshot) -> Iterator[Finding]:
    for server in snapshot.derived(GrpcServers).bare:
        message = f"The gRPC server `{server.name}` is started with no service registered on it."
        evidence = (
            Evidence("the server is made here", server.path, server.made),
            Evidence("and serves from here", server.path, server.started),
            Evidence(f"looked for {_LOOKED_FOR}"),
        )
        yield Gap(server.name, message, server.path, server.made, evidence)
