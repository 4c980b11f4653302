"""Words of operating in configuration: which directives, kinds and programs of a fixed vocabulary a file names.

Data: a word added here is found in every proxy, manifest, Terraform, rule and script file; raise the version with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import facts

_WORDS = """
limit_req limit_conn rate_limit limit-rps limit-rpm limit-connections rate-limit rateLimit ratelimit throttling aws_wafv2 cloudArmor security-policy
Strict-Transport-Security Content-Security-Policy X-Frame-Options X-Content-Type-Options hsts stsSeconds frameDeny
client_max_body_size proxy-body-size maxRequestBodyBytes request_body max_body_size limit-request-body LimitRequestBody h11-max limit_request_line
outlierDetection circuitBreaker circuit_breakers max_fails
fluent-bit fluentbit fluentd promtail alloy filebeat logstash loki awslogs gelf syslog splunk datadog-agent otel-collector opentelemetry-collector vector logrotate max-size max-file
StackdriverLogging google_logging logDriver gcplogs
PrometheusRule AlertmanagerConfig alertmanager rule_files aws_cloudwatch_metric_alarm google_monitoring_alert_policy azurerm_monitor_metric_alert datadog_monitor newrelic_alert_policy
grafana_rule_group alert: uptime-kuma blackbox healthchecks.io
grafana_dashboard GrafanaDashboard google_monitoring_dashboard aws_cloudwatch_dashboard datadog_dashboard "panels" dashboardProviders
PrometheusServiceLevel ServiceLevelObjective google_monitoring_slo openslo sloth pyrra error_budget
pg_dump pg_dumpall mysqldump mongodump pg_basebackup wal-g pgbackrest restic borg velero barman litestream backup_retention_period backup-policy BackupSchedule ScheduledBackup
postgres-backup mysql-backup aws_backup_plan pgbackups volumesnapshot rclone
ExternalSecret SecretStore ClusterSecretStore SealedSecret SecretProviderClass VaultStaticSecret VaultAuth secretmanager secretsmanager keyvault vault doppler infisical sops 1password set-secrets
google_secret_manager_secret aws_secretsmanager_secret azurerm_key_vault ssm_parameter valueFrom
rollout rollback undo canary blueGreen rotate rotation
"""
VOCABULARY = frozenset(_WORDS.split())
_TEXT_LIMIT = 400_000
_WORD = re.compile(
    r"(?<![\w-])(" + "|".join(sorted(map(re.escape, VOCABULARY), key=len, reverse=True)) + r")(?![\w])"
)


@dataclass(frozen=True, slots=True)
class Directive:
    """A word of the vocabulary and the line of its first mention."""

    word: str
    line: int


@facts(
    *(
        "*.conf",
        "*.yaml",
        "*.yml",
        "*.tf",
        "*.toml",
        "*.json",
        "Caddyfile*",
        "*.caddy",
        "*.template",
        "*.tpl",
        "*.j2",
    ),
    *(
        "*.cfg",
        "*.hcl",
        "*.nomad",
        "*.service",
        "*.timer",
        "*.sh",
        "Dockerfile*",
        "crontab*",
        "Makefile",
        "*.bicep",
    ),
    version=1,
    size_limit=5_000_000,
)
@dataclass(frozen=True, slots=True)
class Directives:
    """The words that the file names outside comments, each once, in order."""

    found: tuple[Directive, ...] = ()

    @classmethod
    def extract(cls, text: str) -> Self:
        if len(text) > _TEXT_LIMIT and '"panels"' not in text[:_TEXT_LIMIT]:
            return cls()  # data
        first: dict[str, int] = {}
        for number, line in enumerate(text[:_TEXT_LIMIT].split("\n"), 1):
            if not line.lstrip().startswith(("#", "//")):
                for match in _WORD.finditer(line[:2_000]):
                    first.setdefault(match.group(1), number)
        return cls(tuple(Directive(word, line) for word, line in first.items()))
