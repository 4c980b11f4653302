"""Helm charts: templates with their default values put in, and what stays open without running Helm."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checks import Outcome
from checks.derived.image_references import ImageReferences
from checks.derived.workloads import Manifests, Workloads
from tests.checks.trees import snapshot
from tests.checks.verdicts import said

TEMPLATE = """apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "shop.fullname" . }}
  labels:
    {{- include "shop.labels" . | nindent 4 }}
spec:
  {{- if not .Values.autoscaling.enabled }}
  replicas: {{ .Values.replicaCount }}
  {{- end }}
  template:
    metadata:
      {{- with .Values.podAnnotations }}
      annotations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
    spec:
      {{- with .Values.imagePullSecrets }}
      imagePullSecrets:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      securityContext:
        {{- toYaml .Values.podSecurityContext | nindent 8 }}
      containers:
        - name: {{ .Chart.Name }}
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
          env:
            - name: MODE
              value: {{ .Values.mode | quote }}
            {{- toYaml .Values.extraEnv | nindent 12 }}
          resources: {{- toYaml .Values.resources | nindent 12 }}
"""
CHART = "apiVersion: v2\nname: shop\nappVersion: '1.4'\n"
VALUES = """image: {repository: registry.example.com/shop, tag: ""}
mode: fast
podSecurityContext: {runAsNonRoot: true}
imagePullSecrets: [{name: registry}]
extraEnv: [{name: LEVEL, value: info}]
resources: {limits: {memory: 256Mi}}
"""
LIMITS = "k8s-no-resource-limits"


def chart(values: str = VALUES, template: str = TEMPLATE) -> dict[str, str]:
    return {
        "deploy/shop/Chart.yaml": CHART,
        "deploy/shop/values.yaml": values,
        "deploy/shop/templates/web.yaml": template,
    }


def test_values_are_put_in() -> None:
    """Names, images, lists and blocks; the number of replicas is left to whoever installs the chart."""
    tree = snapshot(chart())
    (workload,) = tree.derived(Workloads).items
    (container,) = workload.pod.containers
    assert (workload.label, container.name) == ("Deployment shop", "shop")
    assert container.image == "registry.example.com/shop:1.4"
    assert [name for name, _, _ in container.variables] == ["MODE", "LEVEL"]
    assert container.limits == (("memory", "256Mi"),)
    assert workload.pod.security == (("runAsNonRoot", "true"),)
    assert workload.pod.pull_secrets == ("registry",)
    (image,) = tree.derived(ImageReferences).all
    assert image.is_stated


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(lambda files: files, Outcome.PASSED, id="limits in the values"),
        pytest.param(
            lambda files: {**files, **chart(VALUES.replace("limits: {memory", "limits: {cpu"))},
            ["Deployment shop/shop"],
            id="values without a memory limit",
        ),
        pytest.param(
            lambda files: {**files, **chart(VALUES.replace("{limits: {memory: 256Mi}}", "{}"))},
            Outcome.UNDECIDED,
            id="left to whoever installs it",
        ),
        pytest.param(
            lambda files: {path: text for path, text in files.items() if "values" not in path},
            Outcome.UNDECIDED,
            id="no values",
        ),
        pytest.param(
            lambda files: {"templates/web.yaml": TEMPLATE}, Outcome.UNDECIDED, id="a template of no chart"
        ),
        pytest.param(
            lambda files: chart(template=TEMPLATE[: TEMPLATE.index("          resources")]),
            ["Deployment shop/shop"],
            id="a template that never sets them",
        ),
        pytest.param(
            lambda files: chart(template=TEMPLATE.replace("toYaml .Values.resources", 'include "shop.resources" .')),
            Outcome.UNDECIDED,
            id="written by another template",
        ),
        pytest.param(
            lambda files: chart(template=TEMPLATE + '          {{- include "shop.more" . | nindent 10 }}\n'),
            Outcome.UNDECIDED,
            id="a container that another template goes on with",
        ),
        pytest.param(
            lambda files: chart(template=TEMPLATE + "      {{- toYaml .Values.nothing | nindent 6 }}\n"),
            Outcome.UNDECIDED,
            id="a pod that goes on with unknown values",
        ),
        pytest.param(
            lambda files: chart(VALUES + "more: {hostNetwork: true}\n", TEMPLATE + "      {{- toYaml .Values.more | nindent 6 }}\n"),
            Outcome.PASSED,
            id="a pod that goes on with known values",
        ),
        pytest.param(
            lambda files: chart(template=TEMPLATE + "        {{- toYaml .Values.sidecars | nindent 8 }}\n"),
            Outcome.UNDECIDED,
            id="containers of unknown values",
        ),
        pytest.param(
            lambda files: chart(template=TEMPLATE + "      initContainers:\n        {{- toYaml .Values.first | nindent 8 }}\n"),
            Outcome.UNDECIDED,
            id="all of a list unknown",
        ),
        pytest.param(
            lambda files: chart(template=TEMPLATE + "          tty: {{ .Values.x |\n            quote }}\n{{- /* end */ -}}\n"),
            Outcome.PASSED,
            id="an expression over lines",
        ),
        pytest.param(
            lambda files: chart(template=TEMPLATE + "          tty: {{ .Values.x |\n            quote }}{{ .y }}{{- /* a\nb */ -}}\n"),
            Outcome.PASSED,
            id="an expression over lines, with more behind it",
        ),
        pytest.param(
            lambda files: chart(template="{{- /*\nA licence: it says what is allowed.\n*/}}\n{{- if .Values.on }}---\n" + TEMPLATE + "{{- end }}\n"),
            Outcome.PASSED,
            id="a comment over lines, and a condition before the mark of a document",
        ),
        pytest.param(
            lambda files: chart(template=TEMPLATE.replace("resources: {{- toYaml .Values.resources | nindent 12 }}", "resources: {{- toYaml .Values.resources | nindent 12 }}\n            # more\n            claims: []")),
            Outcome.PASSED,
            id="values behind a key, and more of the mapping on the next lines",
        ),
        pytest.param(
            lambda files: chart(template=TEMPLATE + "          args: {{- toYaml .Values.arguments | nindent 12 }}\n            - more\n"),
            Outcome.PASSED,
            id="values behind a key, and more of the list on the next lines",
        ),
        pytest.param(
            lambda files: chart(template=TEMPLATE + "      volumes:\n        - name: a\n  {{- if .Values.keep }}\n  volumeClaimTemplates:\n    {{- if .Values.x }}\n    {{- end }}\n    - metadata: {name: b}\n  {{- else }}\n        {{- with .Values.y }}\n        - name: b\n        {{- end }}\n  {{- end }}\n"),
            Outcome.PASSED,
            id="branches that make no YAML together",
        ),
        pytest.param(
            lambda files: chart(template=TEMPLATE + '{{- fail "no" }}\n{{- include "shop.more" . | nindent 11 }}\n'),
            Outcome.UNDECIDED,
            id="marks that make no YAML",
        ),
        pytest.param(
            lambda files: chart(template='{{ include "shop.header" . }}\n' + TEMPLATE),
            Outcome.PASSED,
            id="another template before the object",
        ),
        pytest.param(
            lambda files: chart("big: [" + "1, " * 6_000 + "1]\n" + VALUES, TEMPLATE.replace(".Values.resources", ".Values.big")),
            Outcome.UNDECIDED,
            id="more than is put in",
        ),
    ],
)  # fmt: skip
def test_limits(change: Callable[[dict[str, str]], dict[str, str]], expected: list[str] | Outcome) -> None:
    assert said(LIMITS, change(chart())) == expected


JOB = """apiVersion: batch/v1
kind: CronJob
metadata: {name: "{{ .Release.Name }}-nightly"}
spec:
  jobTemplate:
    spec:
      template:
        spec:
          containers:
            {{- range .Values.jobs }}
            - name: {{ .name }}
              image: {{ printf "%s:%s" .image .tag }}
            {{- else }}
            {{- end }}
          {{- end }}
"""
POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: '{{ .Values.name | default \"one\" }}'}\nspec: {containers: [{name: a, image: 'x:{{ .Values.tag }}'}]}\n"


def test_other_workloads() -> None:
    """Jobs and pods; what a loop writes is seen once."""
    tree = snapshot({**chart(), "deploy/shop/templates/job.yaml": JOB, "deploy/shop/templates/pod.yaml": POD})
    labels = {workload.label for workload in tree.derived(Workloads).items}
    assert labels == {"Deployment shop", "CronJob shop-nightly", "Pod one"}


@pytest.mark.parametrize("broken", ["spec: [\n", "a: b: {{ .Values.c }}\n"])
def test_a_template_that_cannot_be_read_is_not_called_broken(broken: str) -> None:
    """Only Helm can tell, once the values are in it."""
    assert said(LIMITS, chart(template=TEMPLATE + broken)) == Outcome.NOT_APPLICABLE
    (found,) = snapshot(chart(template=TEMPLATE + broken + "---\n{{ end }}\n")).derived(Manifests).objects
    assert (found.object.label, found.object.line) == ("Deployment (unnamed)", 2)
    assert said("configuration-does-not-parse", chart(template=TEMPLATE + broken)) == Outcome.PASSED


def test_replicas_of_a_chart_are_for_whoever_installs_it() -> None:
    service = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {selector: {app: web}}\n"
    template = TEMPLATE.replace(
        "    metadata:\n      {{- with", "    metadata:\n      labels: {app: web}\n      {{- with"
    )
    files = {**chart(template=template), "deploy/service.yaml": service}
    assert said("k8s-single-replica", files) == Outcome.NOT_APPLICABLE


def test_an_object_that_marks_leave_nothing_of_keeps_what_was_read() -> None:
    """A chart without a name, and a kind that the values would have to tell."""
    files = {
        "c/Chart.yaml": "apiVersion: v2\n",
        "c/values.yml": "a: 1\n",
        "c/templates/x.yaml": "apiVersion: v1\nkind: {{ .Values.a.b }}\nmetadata: {name: {{ .Chart.Name }}}\n",
    }
    (manifest,) = snapshot(files).derived(Manifests).objects
    assert manifest.object.kind == manifest.object.name == "template-value"
