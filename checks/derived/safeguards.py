"""Which libraries, calls and configuration count as a limiter, header middleware, retry, circuit breaker or secret manager.

Data: to know one more, add its module as it is imported, a word of its calls, or a directive of a proxy's configuration.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from checks.derived.service_code import ServiceCode


@dataclass(frozen=True, slots=True)
class Safeguard:
    """How to recognise one: imported modules, names of calls and definitions, texts in code, directives in configuration."""

    what: str
    modules: frozenset[str]
    names: re.Pattern[str]
    texts: re.Pattern[str]
    directives: frozenset[str] = frozenset()

    def in_code(self, service: ServiceCode) -> bool:
        """Whether the code that the service runs has it."""
        return (
            service.imported(self.modules)
            or service.calls(self.names)
            or service.defines(self.names)
            or service.says(self.texts)
        )


_LIMITERS = """
slowapi fastapi_limiter flask_limiter ratelimit limits django_ratelimit aiolimiter pyrate_limiter sanic_limiter rest_framework.throttling asgi_ratelimit axes
golang.org/x/time/rate github.com/ulule/limiter github.com/didip/tollbooth github.com/go-chi/httprate go.uber.org/ratelimit github.com/sethvargo/go-limiter
github.com/throttled/throttled github.com/juju/ratelimit
tower_governor governor actix_governor actix_limitation rocket_governor leaky_bucket
express-rate-limit rate-limiter-flexible express-slow-down @fastify/rate-limit fastify-rate-limit @nestjs/throttler koa-ratelimit koa2-ratelimit hono-rate-limiter
@upstash/ratelimit bottleneck limiter express-brute @hono-rate-limiter/cloudflare
"""
_HEADERS = """
secure flask_talisman secweb django.middleware.security csp starlette_securheaders
github.com/unrolled/secure github.com/gin-contrib/secure github.com/gofiber/helmet github.com/gofiber/fiber/v2/middleware/helmet
helmet @fastify/helmet koa-helmet hono/secure-headers fastify-helmet nosecone @nosecone/next next-safe-middleware
"""
_RETRIES = """
tenacity backoff retrying stamina retry urllib3.util.retry requests.adapters aiohttp_retry httpx_retries retry_requests celery dramatiq temporalio rq arq procrastinate taskiq
github.com/cenkalti/backoff github.com/hashicorp/go-retryablehttp github.com/avast/retry-go github.com/sethvargo/go-retry github.com/failsafe-go/failsafe-go k8s.io/client-go/util/retry
github.com/go-resty/resty github.com/hibiken/asynq github.com/riverqueue/river go.temporal.io/sdk
backoff backon tokio_retry reqwest_retry retry_policies again tower::retry
axios-retry async-retry p-retry retry got ky cockatiel exponential-backoff bullmq bull @temporalio fetch-retry undici.RetryAgent pg-boss bee-queue
"""
_BREAKERS = """
pybreaker aiobreaker circuitbreaker purgatory lasier
github.com/sony/gobreaker github.com/afex/hystrix-go github.com/rubyist/circuitbreaker github.com/failsafe-go/failsafe-go github.com/mercari/go-circuitbreaker github.com/eapache/go-resiliency
failsafe recloser circuit_breaker opossum cockatiel brakes mollitia
"""
_NEVER = re.compile(r"(?!)")
RATE_LIMIT = Safeguard(
    "a rate limiter",
    frozenset(_LIMITERS.split()),
    re.compile(
        r"(?<!Raise)rate_?limit(?!\w*(?:error|exception|exceeded))|throttl|RateLimitLayer|Limiter\b",
        re.IGNORECASE,
    ),
    re.compile(r"rate.?limit:|throttle_classes|DEFAULT_THROTTLE", re.IGNORECASE),
    frozenset(
        {
            "limit_req",
            "limit_conn",
            "rate_limit",
            "limit-rps",
            "limit-rpm",
            "limit-connections",
            "rate-limit",
            "rateLimit",
            "ratelimit",
            "throttling",
            "aws_wafv2",
            "cloudArmor",
            "security-policy",
        }
    ),
)
SECURITY_HEADERS = Safeguard(
    "security headers",
    frozenset(_HEADERS.split()),
    re.compile(
        r"secure_?headers?|helmet|security_?headers?|talisman|DefaultHeaders|SecureWithConfig|SetResponseHeaderLayer",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?:strict-transport-security|content-security-policy|x-frame-options|x-content-type-options)|SecurityMiddleware|SECURE_HSTS",
        re.IGNORECASE,
    ),
    frozenset(
        {
            "Strict-Transport-Security",
            "Content-Security-Policy",
            "X-Frame-Options",
            "X-Content-Type-Options",
            "hsts",
            "stsSeconds",
            "frameDeny",
        }
    ),
)
REQUEST_SIZE = Safeguard(
    "a limit on the size of requests",
    frozenset(
        {"body-parser", "raw-body", "@fastify/multipart", "multer", "hono/body-limit", "busboy", "formidable"}
    ),
    re.compile(
        r"MaxBytes(?:Reader|Handler)|LimitReader|body_?limit|max_?body|max_?content_?length|content_?length|size_?limit|RequestBodyLimit|max_?request",
        re.IGNORECASE,
    ),
    re.compile(
        r"^content-length$|max[_-]?(?:body|content|upload|request)|body[_-]?limit|too large", re.IGNORECASE
    ),
    frozenset(
        {
            "client_max_body_size",
            "proxy-body-size",
            "maxRequestBodyBytes",
            "request_body",
            "max_body_size",
            "limit-request-body",
            "LimitRequestBody",
            "h11-max",
            "limit_request_line",
        }
    ),
)
RETRY = Safeguard(
    "retries with a growing pause",
    frozenset(_RETRIES.split()),
    re.compile(r"retr(?:y|ies)|backoff|re_?enqueue|re_?queue|(?<![a-z])nack", re.IGNORECASE),
    re.compile(r"retryPolicy|max_retries|retries_left", re.IGNORECASE),
)
CIRCUIT_BREAKER = Safeguard(
    "a circuit breaker",
    frozenset(_BREAKERS.split()),
    re.compile(r"circuit_?breaker|(?<![a-z])breaker(?![a-z])|CircuitOpen", re.IGNORECASE),
    _NEVER,
    frozenset({"outlierDetection", "circuitBreaker", "circuit_breakers", "max_fails"}),
)
