"""Gaps of Kubernetes manifests: plain ones, kustomize overlays, Helm charts as far as they can be read."""
