"""Which libraries count as metrics, tracing, error tracking or structured logging: modules as they are imported."""

from __future__ import annotations

_METRICS = """
prometheus_client prometheus_fastapi_instrumentator starlette_exporter starlette_prometheus django_prometheus aioprometheus
prometheus_flask_exporter opentelemetry statsd datadog ddtrace newrelic aws_embedded_metrics aws_lambda_powertools elasticapm
influxdb_client logfire appsignal google.cloud.monitoring_v3 azure.monitor
github.com/prometheus/client_golang github.com/VictoriaMetrics/metrics go.opentelemetry.io/otel expvar github.com/DataDog/datadog-go
gopkg.in/DataDog/dd-trace-go.v1 github.com/DataDog/dd-trace-go github.com/newrelic/go-agent github.com/uber-go/tally
github.com/hashicorp/go-metrics github.com/armon/go-metrics github.com/rcrowley/go-metrics cloud.google.com/go/monitoring
prometheus metrics metrics_exporter_prometheus axum_prometheus actix_web_prom opentelemetry_sdk cadence
prom-client express-prom-bundle fastify-metrics hot-shots dd-trace @opentelemetry @willsoto/nestjs-prometheus applicationinsights
elastic-apm-node @google-cloud/monitoring @aws-lambda-powertools/metrics @hono/prometheus
"""
_TRACING = """
opentelemetry ddtrace jaeger_client zipkin py_zipkin newrelic elasticapm logfire aws_xray_sdk skywalking
go.opentelemetry.io/otel github.com/opentracing gopkg.in/DataDog/dd-trace-go.v1 github.com/DataDog/dd-trace-go github.com/newrelic/go-agent
github.com/openzipkin github.com/aws/aws-xray-sdk-go contrib.go.opencensus.io go.opencensus.io
tracing_opentelemetry opentelemetry_otlp opentelemetry_jaeger
@opentelemetry dd-trace zipkin jaeger-client newrelic elastic-apm-node aws-xray-sdk @sentry/tracing @vercel/otel
"""
_ERROR_TRACKING = """
sentry_sdk rollbar bugsnag honeybadger airbrake raygun4py appsignal newrelic ddtrace elasticapm logfire google.cloud.error_reporting
github.com/getsentry/sentry-go github.com/rollbar/rollbar-go github.com/bugsnag/bugsnag-go github.com/honeybadger-io
github.com/airbrake/gobrake cloud.google.com/go/errorreporting github.com/newrelic/go-agent
sentry sentry_tower bugsnag
@sentry rollbar @bugsnag @honeybadger-io bugsnag-js @rollbar newrelic elastic-apm-node dd-trace @google-cloud/error-reporting applicationinsights
"""
_STRUCTURED_LOGGING = """
structlog pythonjsonlogger json_log_formatter json_logging loguru google.cloud.logging aws_lambda_powertools ecs_logging logfire logstash_formatter
opentelemetry asgi_logger
log/slog go.uber.org/zap github.com/rs/zerolog github.com/sirupsen/logrus github.com/go-kit/log github.com/go-logr github.com/hashicorp/go-hclog
k8s.io/klog cloud.google.com/go/logging github.com/charmbracelet/log github.com/apex/log
tracing tracing_subscriber slog
pino winston bunyan pino-http nestjs-pino tslog log4js @aws-lambda-powertools/logger @google-cloud/logging fastify roarr consola signale
"""
METRICS = frozenset(_METRICS.split())
TRACING = frozenset(_TRACING.split())
ERROR_TRACKING = frozenset(_ERROR_TRACKING.split())
STRUCTURED_LOGGING = frozenset(_STRUCTURED_LOGGING.split())
