"""Manifests, kustomize and Helm."""
