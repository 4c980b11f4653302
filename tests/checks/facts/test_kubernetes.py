"""Kubernetes manifests: objects, what their pods run, and templates; and the overlays of kustomize."""

from __future__ import annotations

import pytest

from checks.facts.kubernetes import KubernetesManifest, KubernetesObject, Pod, Probe
from checks.facts.kustomization import Kustomization

DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
  labels: {app: web, nothing: }
  annotations:
    owner: team
spec:
  replicas: 3
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels:
        app: web
    spec:
      serviceAccountName: runner
      automountServiceAccountToken: false
      hostNetwork: true
      hostPID: false
      priorityClassName: high
      securityContext:
        runAsNonRoot: true
        seccompProfile:
          type: RuntimeDefault
      imagePullSecrets: [{name: registry}, {}]
      initContainers:
        - name: migrate
          image: shop:1
          args: [migrate]
      containers:
        - image: ghcr.io/a/web:1
          name: web
          command: ["python", "-m", "web"]
          ports:
            - {name: http, containerPort: 8080}
            - containerPort: 9090
          env:
            - {name: A, value: "1"}
            - name: B
              valueFrom: {configMapKeyRef: {name: settings, key: b}}
            - name: C
              valueFrom: {secretKeyRef: {name: maybe, key: c, optional: true}}
            - name: D
              valueFrom: {secretKeyRef: {name: keys, key: d}}
            - value: nameless
          envFrom:
            - configMapRef: {name: all}
            - secretRef: {name: more}
            - secretRef: {name: none, optional: true}
          livenessProbe:
            httpGet: {path: /live, port: http}
          readinessProbe:
            exec:
              command: [check, now]
          startupProbe: {}
          resources:
            requests: {cpu: 100m}
            limits: {memory: 1Gi}
          securityContext:
            readOnlyRootFilesystem: true
            capabilities: {drop: [ALL, NET_RAW]}
            unset:
          volumeMounts:
            - {name: data, mountPath: /data}
            - {}
        - word
      volumes:
        - name: data
          persistentVolumeClaim: {claimName: shop-data}
        - name: scratch
          emptyDir: {}
        - name: broken
"""


def objects(text: str) -> tuple[KubernetesObject, ...]:
    return KubernetesManifest.extract(text).objects


def pod(text: str) -> Pod:
    found = objects(text)[0].pod
    assert found is not None
    return found


def test_deployment() -> None:
    """What an object is, and what it selects."""
    (web,) = objects(DEPLOYMENT)
    assert (web.label, web.namespace, web.line, web.api_version) == ("Deployment web", "shop", 2, "apps/v1")
    assert dict(web.labels) == {"app": "web", "nothing": ""}
    assert dict(web.annotations) == {"owner": "team"}
    assert (web.selector, web.replicas, web.is_templated) == ((("app", "web"),), 3, False)


def test_pod() -> None:
    found = pod(DEPLOYMENT)
    assert found.line == 18
    assert dict(found.labels) == {"app": "web"}
    assert (found.service_account, found.mounts_token, found.priority_class) == ("runner", False, "high")
    assert (
        found.setting("runAsNonRoot"),
        found.setting("seccompProfile.type"),
        found.setting("fsGroup"),
    ) == (
        "true",
        "RuntimeDefault",
        None,
    )
    assert (found.host_namespaces, found.pull_secrets) == (("hostNetwork",), ("registry",))
    assert found.volumes == (
        ("data", "persistentVolumeClaim", "shop-data"),
        ("scratch", "emptyDir", ""),
    )


def test_containers() -> None:
    """Init containers come first; what is no mapping is no container."""
    migrate, web = pod(DEPLOYMENT).containers
    assert (migrate.name, migrate.is_init, migrate.arguments, migrate.command_line) == (
        "migrate",
        True,
        ("migrate",),
        31,
    )
    assert (migrate.has_resources, migrate.has_security, migrate.probes) == (False, False, ())
    assert (web.name, web.line, web.image, web.image_line) == ("web", 34, "ghcr.io/a/web:1", 33)
    assert (web.command, web.command_line) == (("python", "-m", "web"), 35)
    assert web.ports == (("http", "8080", 37), ("", "9090", 38))
    assert web.variables == (("A", "1", 40), ("B", None, 41), ("C", None, 43), ("D", None, 45))
    assert (web.requests, web.limits, web.has_resources) == (
        (("cpu", "100m"),),
        (("memory", "1Gi"),),
        True,
    )
    assert web.mounts == (("data", "/data"), ("", ""))
    assert (web.setting("readOnlyRootFilesystem"), web.setting("capabilities.drop")) == (
        "true",
        "ALL,NET_RAW",
    )
    assert (web.setting("unset"), web.setting("privileged"), web.has_security) == ("", None, True)


def test_required_configuration() -> None:
    """What a container can't start without; what is optional isn't that."""
    web = pod(DEPLOYMENT).containers[1]
    assert [(kind, name) for kind, name, _ in web.references] == [
        ("ConfigMap", "settings"),
        ("Secret", "keys"),
        ("ConfigMap", "all"),
        ("Secret", "more"),
    ]


def test_probes() -> None:
    web = pod(DEPLOYMENT).containers[1]
    assert web.probe("liveness") == Probe("liveness", "httpGet", 52, "/live", "http")
    assert web.probe("readiness") == Probe("readiness", "exec", 54, command=("check", "now"))
    assert web.probe("startup") == Probe("startup", "", 57)
    assert web.probe("other") is None


@pytest.mark.parametrize(
    ("kind", "before"),
    [
        ("Pod", ""),
        ("Job", "{template: {spec: "),
        ("CronJob", "{jobTemplate: {spec: {template: {spec: "),
    ],
)
def test_where_each_kind_has_its_pod(kind: str, before: str) -> None:
    spec = before + "{containers: [{name: a}]}" + "}" * before.count("{")
    assert [c.name for c in pod(f"apiVersion: v1\nkind: {kind}\nspec: {spec}\n").containers] == ["a"]


def test_a_service_selects_without_match_labels() -> None:
    service, bare = objects(
        "apiVersion: v1\nkind: Service\nmetadata: {generateName: web-}\nspec: {selector: {app: web}}\n"
        "---\napiVersion: v1\nkind: Service\n"
    )
    assert (service.selector, service.label, service.pod) == ((("app", "web"),), "Service web-", None)
    assert (bare.selector, bare.label, bare.replicas) == ((), "Service (unnamed)", None)


def test_lists_are_opened_once() -> None:
    """A list inside a list is no object of Kubernetes."""
    found = objects(
        "apiVersion: v1\nkind: List\nitems:\n"
        "  - {apiVersion: v1, kind: ConfigMap}\n"
        "  - {apiVersion: v1, kind: List, items: []}\n"
        "  - {kind: Secret}\n"
    )
    assert [item.kind for item in found] == ["ConfigMap"]


@pytest.mark.parametrize("text", ["a: 1\n", "kind: Cluster\n", "apiVersion: v1\n", "# apiVersion: kind:\n"])
def test_other_yaml_has_no_objects(text: str) -> None:
    """Even text that is no YAML at all is not refused by a kind that doesn't speak of it."""
    assert KubernetesManifest.extract(text) == KubernetesManifest()
    assert KubernetesManifest.extract("a: [\n") == KubernetesManifest()


def test_document_beside_an_object_is_passed_over() -> None:
    assert len(objects("apiVersion: v1\nkind: ConfigMap\n---\nkind: other\n---\n- a\n")) == 1


def test_a_pod_that_is_no_mapping_is_none() -> None:
    """An own resource may carry the name of a workload."""
    assert objects("apiVersion: x/v1\nkind: Job\nspec: {template: {spec: word}}\n")[0].pod is None


def test_schemas_are_not_kept() -> None:
    text = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: {a: {b: c}}\n"
    assert objects(text)[0].node.get("spec") is None


def test_helm_templates_are_read_and_marked() -> None:
    """What a template fills in is there, though nobody knows what it is."""
    manifest = KubernetesManifest.extract(
        "{{- if .Values.on }}\napiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}-web\nspec:\n"
        "  containers:\n    - name: web\n      resources: {{ toYaml .Values.resources }}\n"
        "      securityContext:\n        {{- toYaml .Values.security | nindent 8 }}\n{{- end }}\n"
    )
    (found,) = manifest.objects
    assert (manifest.is_templated, found.is_templated, found.line) == (True, True, 3)
    assert found.pod is not None
    container = found.pod.containers[0]
    assert (container.has_resources, container.has_security) == (True, True)


OVERLAY = """\
namespace: shop
resources:
  - ../base
  - https://github.com/a/b//deploy?ref=v1
  - github.com/a/b
  - git@example.org:a/b.git
components: [{path: no}]
bases: [old]
patchesStrategicMerge:
  - patch.yaml
  - |-
    kind: Deployment
    metadata: {name: web}
patches:
  - path: other.yaml
  - patch: inline
images:
  - {name: web, newTag: "1"}
  - {digest: sha256:0}
replicas:
  - {name: web, count: 3}
  - {name: one}
  - {name: none, count: 0}
configMapGenerator:
  - name: settings
    files: [a.conf, key=b.conf, {}]
    envs: [.env]
    behavior: merge
secretGenerator:
  - env: secret.env
"""


def test_overlay() -> None:
    """Paths with their lines; patches written in place are none."""
    found = Kustomization.extract(OVERLAY)
    assert [(r.path, r.field, r.line, r.is_remote) for r in found.references] == [
        ("../base", "resources", 3, False),
        ("https://github.com/a/b//deploy?ref=v1", "resources", 4, True),
        ("github.com/a/b", "resources", 5, True),
        ("git@example.org:a/b.git", "resources", 6, True),
        ("old", "bases", 8, False),
        ("patch.yaml", "patchesStrategicMerge", 10, False),
        ("other.yaml", "patches", 15, False),
        ("a.conf", "configMapGenerator", 26, False),
        ("b.conf", "configMapGenerator", 26, False),
        (".env", "configMapGenerator", 27, False),
        ("secret.env", "secretGenerator", 30, False),
    ]
    assert found.images == (("web", "1", None, 18), ("", None, "sha256:0", 19))
    assert found.replicas == (("web", 3, 21), ("one", 1, 22), ("none", 0, 23))
    assert found.generated == (("ConfigMap", "settings", "merge", 25), ("Secret", "", "create", 30))
    assert (found.namespace, len(found.patches)) == ("shop", 4)
    assert found.deprecated == (("bases", 8), ("patchesStrategicMerge", 9))
    assert found.keys[:2] == ("namespace", "resources")


def test_empty_overlay() -> None:
    assert Kustomization.extract("") == Kustomization()


def test_patches_of_an_overlay() -> None:
    """One in place is read, operations and what is no YAML are not; a pattern is no name."""
    patch = "apiVersion: apps/v1\n      kind: Deployment\n      metadata: {name: web}"
    found = Kustomization.extract(
        f"patches:\n  - patch: |-\n      {patch}\n"
        "  - {path: more.yaml, target: {kind: Deployment, name: web}}\n"
        "  - {patch: '[{op: remove, path: /spec}]', target: {name: 'web.*'}}\n"
        "  - {patch: '[broken'}\n"
        f"patchesStrategicMerge:\n  - |-\n      {patch}\n  - file.yaml\n  - {{}}\n"
    )
    said = [(p.path, p.kind, p.name, [o.label for o in p.objects]) for p in found.patches]
    assert said == [
        (None, None, None, ["Deployment web"]),
        ("file.yaml", None, None, []),
        (None, None, None, ["Deployment web"]),
        ("more.yaml", "Deployment", "web", []),
        (None, None, None, []),
        (None, None, None, []),
    ]
