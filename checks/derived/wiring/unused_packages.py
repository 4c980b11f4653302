"""Packages that a package.json declares for its program and that nothing in the tree imports or names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.resolution.ecmascript import ecmascript_sources
from checks.derived.tree_paths import parents
from checks.facts.mentions import Mentions
from checks.facts.package_json import PackageJson

if TYPE_CHECKING:
    from checks.facts.source import Source
    from checks.snapshot import Snapshot

# Packages that do nothing for who does not import them: no plugin, driver, other's peer, command or type.
_ONLY_IMPORTED = frozenset({
    "axios", "lodash", "lodash-es", "underscore", "ramda", "dayjs", "date-fns", "luxon", "uuid", "nanoid", "cors", "helmet",
    "body-parser", "cookie-parser", "compression", "morgan", "express-rate-limit", "express-validator", "jsonwebtoken", "jose", "bcrypt", "bcryptjs",
    "argon2", "joi", "yup", "validator", "bullmq", "amqplib", "kafkajs", "nodemailer",
    "socket.io-client", "winston", "chalk", "commander", "yargs", "inquirer", "ora", "node-fetch", "got", "superagent",
    "undici", "cheerio", "classnames", "clsx", "tailwind-merge", "formik", "react-hook-form", "react-router-dom", "@tanstack/react-query", "react-query", "swr",
    "zustand", "jotai", "recoil", "@reduxjs/toolkit", "framer-motion", "lucide-react", "react-icons", "recharts", "openai",
    "@anthropic-ai/sdk", "stripe", "twilio", "aws-sdk", "firebase-admin", "immutable", "@octokit/rest", "@octokit/app",
    "@octokit/webhooks", "simple-git", "execa", "fs-extra", "semver", "qs", "query-string", "slugify", "xml2js", "fast-xml-parser", "csv-parse", "papaparse", "xlsx",
    "pdfkit", "marked", "highlight.js", "mathjs", "bluebird", "p-limit", "p-retry", "p-queue", "opossum", "prom-client", "react-toastify", "react-hot-toast",
    "react-select", "react-markdown", "js-cookie", "jwt-decode", "file-saver", "html2canvas", "jspdf", "numeral", "deepmerge", "eventemitter3",
    "@slack/web-api", "@slack/bolt", "@sendgrid/mail", "@hapi/boom", "http-errors", "node-cron", "cron", "agenda", "sanitize-html", "dompurify", "iconv-lite",
})  # fmt: skip
_NAME = re.compile(r"^(@[\w.-]+/[\w.-]+|[\w.-]+)")
_WORD = re.compile(r"@?[\w.-]+(?:/[\w.-]+)?")


@dataclass(frozen=True, slots=True)
class DeclaredPackage:
    """A dependency with its manifest."""

    name: str
    manifest: str
    line: int


@dataclass(frozen=True, slots=True)
class UnusedPackages:
    """The packages that were looked for, and every one that something names."""

    looked_for: tuple[DeclaredPackage, ...]
    named: frozenset[str]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        sources = ecmascript_sources(snapshot)
        folders = {folder for path in sources for folder in parents(path)}
        declared = tuple(
            DeclaredPackage(dependency.name, path, dependency.line)
            for path, package in snapshot.shipped(PackageJson)
            if path.rpartition("/")[0] in folders
            for dependency in package.dependencies
            if dependency.kind == "runtime" and dependency.name in _ONLY_IMPORTED
        )
        return cls(declared, frozenset(_named(snapshot, sources)) if declared else frozenset())


def _named(snapshot: Snapshot, sources: dict[str, Source]) -> set[str]:
    """Every package that an import, a text, a script, a tool's table or a configuration may mean."""
    found: set[str] = set()
    for source in sources.values():
        for text in (*(i.module for i in source.imports), *(text.value for text in source.strings)):
            match = _NAME.match(text)
            if match is not None:
                found.add(match.group(1))
        for call in source.calls:
            found.update(argument.text for argument in call.arguments if argument.literal)
    for _, package in snapshot.files(PackageJson):
        found |= package.mentioned
        found.update(word for script in package.scripts for word in _WORD.findall(script.command))
    for _, mentions in snapshot.files(Mentions):
        found.update(mention.name.partition("/")[0] for mention in mentions.files)
    return found
