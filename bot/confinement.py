"""What a child process of ours puts on itself first: limits that the kernel enforces, and signals as it needs them."""

import resource
import signal


def confine(memory: int) -> None:
    """At most so many bytes of address space, no core file, and death by every signal that a limit sends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when Ctrl-C ends a child
    for deadly in (signal.SIGPROF, signal.SIGALRM, signal.SIGTERM):
        signal.signal(deadly, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the repository's content
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard in {resource.RLIM_INFINITY, -1} or hard > memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, hard))
