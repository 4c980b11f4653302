"""Which quoted secrets count, and which are plainly somebody's invention."""

from __future__ import annotations

import pytest

from checks.facts.secret_mention import SecretMention, SecretMentions
from checks.facts.token_formats import checksum


@pytest.mark.parametrize(
    ("line", "host"),
    [
        ("URI: mongodb+srv://shop:q7Wd2Kx9RmLp4TzB@cluster0.k2x8q.mongodb.net/shop?w=1", "cluster0.k2x8q.mongodb.net"),
        ("see (mongodb://admin:Orders-2024!@10.128.0.6:27017/orders?authSource=admin)", "10.128.0.6"),
        ("https://x:y@a.b and https://deploy:q8Zr2mKx91LpTv7w@git.acme.io/shop.git", "git.acme.io"),
    ],
)  # fmt: skip
def test_a_url_with_a_real_password(line: str, host: str) -> None:
    assert SecretMentions.extract(f"# Deploy\n\n{line}\n").held == (
        SecretMention("a URL with a password", 3, host),
    )


def test_a_format_that_nobody_else_uses() -> None:
    body = "a8Kq2Zr5mX91LpTv7wYb3Nc4Ds6Ef0"
    token = f"ghp_{body}{checksum(body)}"  # put together here: no such token was ever made
    assert SecretMentions.extract(f"export TOKEN={token}\n").held == (SecretMention("a GitHub token", 1),)


@pytest.mark.parametrize(
    "line",
    [
        "postgres://postgres:postgres@db.acme.io:5432/shop",
        "postgres://shop:q7Wd2Kx9RmLp4TzB@localhost:5432/shop",
        "postgres://shop:q7Wd2Kx9RmLp4TzB@database:5432/shop",
        "mongodb+srv://shop:q7Wd2Kx9RmLp4TzB@shop.xxxxx.mongodb.net/shop",
        "postgresql://admin:Vq93kd81@db.internal:5432/app",
        "https://user:q7Wd2Kx9RmLp4TzB@api.example.com/v1",
        "mongodb+srv://<user>:<password>@cluster0.mongodb.net/shop",
        "mongodb+srv://shop:${PASSWORD_2024}@cluster0.mongodb.net/shop",
        "mongodb+srv://shop:***@cluster0.k2x8q.mongodb.net/orders",
        "redis://:your-password-1234@cache.acme.io:6379",
        "TOKEN=ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "-----BEGIN PRIVATE KEY----- MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7",
        "a" * 6_000 + " mongodb://shop:q7Wd2Kx9RmLp4TzB@cluster0.k2x8q.mongodb.net",
    ],
)  # fmt: skip
def test_no_secret(line: str) -> None:
    assert SecretMentions.extract(line).held == ()
