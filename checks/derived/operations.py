"""What a repository brings along to operate its services: alert rules, dashboards, log shipping, backups, secret managers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from checks.facts.directives import Directives
from checks.facts.roles import Role
from checks.facts.shell_source import ShellSource
from checks.facts.source import Source
from checks.snapshot import Snapshot


class Operation(StrEnum):
    """A means of operating."""

    ALERTS = "alert rules"
    DASHBOARDS = "dashboards"
    LOG_SHIPPING = "log shipping"
    LOG_ROTATION = "log rotation"
    BACKUPS = "backups"
    VAULT = "a secret manager"
    OBJECTIVES = "service level objectives"


# Operation -> directives, and names of files.
_MEANS: dict[Operation, tuple[str, str]] = {
    Operation.ALERTS: (
        (
            "PrometheusRule AlertmanagerConfig alertmanager rule_files aws_cloudwatch_metric_alarm google_monitoring_alert_policy azurerm_monitor_metric_alert datadog_monitor "
            "newrelic_alert_policy grafana_rule_group alert: uptime-kuma blackbox healthchecks.io"
        ),
        r"(?:^|[/._-])(?:alerts?|alerting|alertmanager)(?:[/._-][^/]*)?\.(?:ya?ml|json|tf|rules|libsonnet)$|(?:^|/)(?:alerting|alert[-_]?rules)/",
    ),
    Operation.DASHBOARDS: (
        'grafana_dashboard GrafanaDashboard google_monitoring_dashboard aws_cloudwatch_dashboard datadog_dashboard "panels" dashboardProviders',
        r"(?:^|/)grafana/|(?:^|/)[^/]*(?:grafana|dashboard)[^/]*\.(?:json|libsonnet|jsonnet)$|(?:^|/)dashboards?/[^/]+\.json$",
    ),
    Operation.LOG_SHIPPING: (
        (
            "fluent-bit fluentbit fluentd promtail alloy filebeat logstash loki awslogs gelf syslog splunk datadog-agent otel-collector opentelemetry-collector vector "
            "StackdriverLogging google_logging logDriver gcplogs"
        ),
        r"(?:^|/)(?:fluent-?(?:bit|d)|promtail|vector|filebeat|alloy)[^/]*\.(?:conf|ya?ml|toml|alloy)$",
    ),
    Operation.LOG_ROTATION: (
        "logrotate max-size max-file",
        r"(?:^|/)(?:logrotate(?:\.d)?)(?:/|$)|logrotate\.conf$",
    ),
    Operation.BACKUPS: (
        (
            "pg_dump pg_dumpall mysqldump mongodump pg_basebackup wal-g pgbackrest restic borg velero barman litestream backup_retention_period backup-policy BackupSchedule "
            "ScheduledBackup postgres-backup mysql-backup aws_backup_plan pgbackups volumesnapshot rclone"
        ),
        r"(?:^|[/._-])(?:back-?ups?|restore)(?:[/._-][^/]*)?\.(?:sh|ya?ml|py|go|ts|js|tf)$",
    ),
    Operation.VAULT: (
        (
            "ExternalSecret SecretStore ClusterSecretStore SealedSecret SecretProviderClass VaultStaticSecret VaultAuth secretmanager secretsmanager keyvault vault doppler infisical sops "
            "1password set-secrets google_secret_manager_secret aws_secretsmanager_secret azurerm_key_vault ssm_parameter"
        ),
        r"(?:^|/)\.sops\.ya?ml$|\.enc\.(?:ya?ml|json|env)$|(?:^|/)(?:external-?secrets?|sealed-?secrets?)",
    ),
    Operation.OBJECTIVES: (
        "PrometheusServiceLevel ServiceLevelObjective google_monitoring_slo openslo sloth pyrra error_budget",
        r"(?:^|[/._-])(?:slos?|openslo|sloth)(?:[/._-][^/]*)?\.(?:ya?ml|md|json|tf)$",
    ),
}
_MANAGER = re.compile(
    r"^hvac$|secret_?-?manager|secrets_?-?manager|key_?vault|hashicorp/vault|node-vault|vaultrs|infisical|doppler|onepassword|^keyring$"
)
_NOT_OURS = frozenset({Role.TEST, Role.FIXTURE, Role.VENDORED, Role.ARCHIVE, Role.GENERATED, Role.BENCHMARK})
_CI = re.compile(r"^\.(?:github|gitlab|circleci|woodpecker)|(?:^|/)package(?:-lock)?\.json$|lock\.")


@dataclass(frozen=True)
class Operations:
    """Operation -> the first place that brings it; word -> its places."""

    by_operation: dict[Operation, tuple[str, int]]
    words: dict[str, tuple[tuple[str, int], ...]]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        words: dict[str, list[tuple[str, int]]] = {}
        for path, directives in snapshot.files(Directives):
            if snapshot.role(path) not in _NOT_OURS and not _CI.search(path):
                for one in directives.found:
                    words.setdefault(one.word, []).append((path, one.line))
        paths = [
            path
            for path in sorted(snapshot.paths)
            if snapshot.role(path) not in _NOT_OURS and not _CI.search(path)
        ]
        found: dict[Operation, tuple[str, int]] = {}
        for operation, (directives_of, names) in _MEANS.items():
            named = next((path for path in paths if re.search(names, path)), None)
            place = next(_places(words, directives_of.split()), None) or (named and (named, 1))
            if place:
                found[operation] = place
        if Operation.VAULT not in found and (place := next(_managers_in_code(snapshot), None)):
            found[Operation.VAULT] = place
        return cls(found, {word: tuple(places) for word, places in words.items()})

    def has(self, operation: Operation) -> bool:
        return operation in self.by_operation

    def names(self, words: Collection[str]) -> bool:
        """Whether any configuration names one of the words."""
        return any(word in self.words for word in words)


def _managers_in_code(snapshot: Snapshot) -> Iterator[tuple[str, int]]:
    """Clients of secret managers, and flags that hand secrets over from one."""
    for path, source in snapshot.files(Source):
        if snapshot.role(path) in (Role.SHIPPED, Role.TOOL):
            yield from ((path, found.line) for found in source.imports if _MANAGER.search(found.module))
            yield from (
                (path, text.line) for text in source.strings if text.value.startswith("--set-secrets")
            )
            words = source.calls if isinstance(source, ShellSource) else ()
            yield from (
                (path, call.line)
                for call in words
                if any(word.text.startswith("--set-secrets") for word in call.arguments)
            )


def _places(words: dict[str, list[tuple[str, int]]], wanted: list[str]) -> Iterator[tuple[str, int]]:
    return (place for word in wanted for place in words.get(word, ()))
