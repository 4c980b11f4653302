"""The REST calls, one module per subject; `ROUTES` of each is put together in `sandbox.server`."""
