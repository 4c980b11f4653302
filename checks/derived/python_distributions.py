"""Which distributions offer which import names: data, for names that differ, and for what brings what by contract."""

from __future__ import annotations

import re
from functools import lru_cache

# import name -> distributions that offer it, where the two differ
OFFERED_BY: dict[str, tuple[str, ...]] = {
    "graphql": ("graphql-core", "graphene", "ariadne", "strawberry-graphql", "gql"), "nats": ("nats-py", "asyncio-nats-client"), "websocket": ("websocket-client",), "autogen": ("pyautogen", "autogen-agentchat", "ag2"), "vcr": ("vcrpy", "pytest-vcr"), "docker": ("docker", "docker-py"), "elasticsearch": ("elasticsearch", "elasticsearch7", "elasticsearch8", "elasticsearch-async"), "ratelimit": ("ratelimit", "django-ratelimit", "asgi-ratelimit"),
    "yaml": ("pyyaml", "ruamel-yaml"), "PIL": ("pillow", "pillow-simd"), "bs4": ("beautifulsoup4",), "sklearn": ("scikit-learn",),
    "skimage": ("scikit-image",), "cv2": ("opencv-python", "opencv-python-headless", "opencv-contrib-python", "opencv-contrib-python-headless"),
    "dotenv": ("python-dotenv",), "jwt": ("pyjwt",), "jose": ("python-jose",), "dateutil": ("python-dateutil",), "attr": ("attrs",),
    "OpenSSL": ("pyopenssl",), "Crypto": ("pycryptodome", "pycrypto"), "Cryptodome": ("pycryptodomex",), "serial": ("pyserial",), "git": ("gitpython",),
    "github": ("pygithub",), "gitlab": ("python-gitlab",), "docx": ("python-docx",), "pptx": ("python-pptx",), "fitz": ("pymupdf",), "pymupdf": ("pymupdf",),
    "magic": ("python-magic", "python-magic-bin"), "multipart": ("python-multipart",), "python_multipart": ("python-multipart",),
    "slugify": ("python-slugify", "unicode-slugify"), "telegram": ("python-telegram-bot",), "discord": ("discord-py", "py-cord", "nextcord"),
    "slack": ("slackclient",), "slack_sdk": ("slack-sdk", "slack-bolt"), "psycopg2": ("psycopg2", "psycopg2-binary"),
    "psycopg": ("psycopg", "psycopg-binary"), "MySQLdb": ("mysqlclient",), "mysql": ("mysql-connector-python",), "pymysql": ("pymysql",),
    "ldap": ("python-ldap",), "ldap3": ("ldap3",), "rest_framework": ("djangorestframework",), "corsheaders": ("django-cors-headers",),
    "debug_toolbar": ("django-debug-toolbar",), "environ": ("django-environ",), "decouple": ("python-decouple",), "allauth": ("django-allauth",),
    "storages": ("django-storages",), "crispy_forms": ("django-crispy-forms",), "taggit": ("django-taggit",), "modelcluster": ("django-modelcluster",),
    "import_export": ("django-import-export",), "mptt": ("django-mptt",), "drf_yasg": ("drf-yasg",), "simple_history": ("django-simple-history",),
    "guardian": ("django-guardian",), "whitenoise": ("whitenoise",), "flask_cors": ("flask-cors",), "flask_sqlalchemy": ("flask-sqlalchemy",),
    "pkg_resources": ("setuptools",), "setuptools": ("setuptools",), "wx": ("wxpython",), "gi": ("pygobject",), "usb": ("pyusb",), "nacl": ("pynacl",),
    "zmq": ("pyzmq",), "socks": ("pysocks",), "engineio": ("python-engineio",), "socketio": ("python-socketio",), "faiss": ("faiss-cpu", "faiss-gpu"),
    "umap": ("umap-learn",), "hdbscan": ("hdbscan",), "mpl_toolkits": ("matplotlib",), "pylab": ("matplotlib",), "tensorflow": ("tensorflow", "tensorflow-cpu", "tensorflow-gpu"),
    "tf_keras": ("tf-keras",), "torch": ("torch", "pytorch"), "pytorch_lightning": ("pytorch-lightning", "lightning"), "google_auth_oauthlib": ("google-auth-oauthlib",),
    "googleapiclient": ("google-api-python-client",), "grpc": ("grpcio",), "grpc_tools": ("grpcio-tools",), "grpc_health": ("grpcio-health-checking",),
    "grpc_status": ("grpcio-status",), "grpc_reflection": ("grpcio-reflection",), "msgpack": ("msgpack", "msgpack-python"), "snappy": ("python-snappy",),
    "lz4": ("lz4",), "nmap": ("python-nmap",), "pwd_context": (), "Levenshtein": ("levenshtein", "python-levenshtein"), "markdown": ("markdown",),
    "markdown_it": ("markdown-it-py",), "frontmatter": ("python-frontmatter",), "memcache": ("python-memcached",), "pylibmc": ("pylibmc",),
    "kafka": ("kafka-python", "kafka-python-ng"), "confluent_kafka": ("confluent-kafka",), "pulsar": ("pulsar-client",), "stomp": ("stomp-py",),
    "consul": ("python-consul", "python-consul2"), "etcd3": ("etcd3",), "novaclient": ("python-novaclient",), "dns": ("dnspython",),
    "Xlib": ("python-xlib",), "xdg": ("pyxdg", "xdg"), "win32api": ("pywin32",), "win32con": ("pywin32",), "win32gui": ("pywin32",), "win32com": ("pywin32",),
    "pythoncom": ("pywin32",), "cairo": ("pycairo",), "igraph": ("igraph", "python-igraph"), "graphviz": ("graphviz",), "pydot": ("pydot",),
    "editor": ("python-editor",), "daemon": ("python-daemon",), "jenkins": ("python-jenkins",), "keycloak": ("python-keycloak",),
    "bson": ("pymongo", "bson"), "gridfs": ("pymongo",), "nvd3": ("python-nvd3",), "unidiff": ("unidiff",), "vlc": ("python-vlc",),
    "apt": ("python-apt",), "dbus": ("dbus-python",), "Bio": ("biopython",), "rdkit": ("rdkit", "rdkit-pypi"), "osgeo": ("gdal",), "cupy": ("cupy",),
    "pyarrow": ("pyarrow",), "talib": ("ta-lib",), "binance": ("python-binance", "binance-connector"), "openai": ("openai",), "dash": ("dash",),
    "sentence_transformers": ("sentence-transformers",), "llama_cpp": ("llama-cpp-python",), "chromadb": ("chromadb", "chromadb-client"),
    "langchain_core": ("langchain-core", "langchain"), "pinecone": ("pinecone", "pinecone-client"), "weaviate": ("weaviate-client",),
    "qdrant_client": ("qdrant-client",), "apscheduler": ("apscheduler",), "passlib": ("passlib",), "async_timeout": ("async-timeout",),
    "importlib_metadata": ("importlib-metadata",), "typing_extensions": ("typing-extensions",), "tree_sitter": ("tree-sitter",), "re2": ("google-re2", "re2"),
    "pgserver": ("pgserver",), "fakeredis": ("fakeredis",), "freezegun": ("freezegun",), "responses": ("responses",), "mock": ("mock",),
    "pytest_asyncio": ("pytest-asyncio",), "factory": ("factory-boy",), "faker": ("faker",), "Faker": ("faker",), "nose": ("nose",), "requests_mock": ("requests-mock",),
    "moto": ("moto",), "playwright": ("playwright", "pytest-playwright"), "webdriver_manager": ("webdriver-manager",), "pact": ("pact-python",),
    "prometheus_client": ("prometheus-client",), "sentry_sdk": ("sentry-sdk",), "opentelemetry": ("opentelemetry-api",), "jsonschema_rs": ("jsonschema-rs",),
    "alembic": ("alembic",), "asyncpg": ("asyncpg",), "aiosqlite": ("aiosqlite",), "mcp": ("mcp", "fastmcp"), "ibm_db": ("ibm-db",), "cx_Oracle": ("cx-oracle",),
    "oracledb": ("oracledb",), "pyodbc": ("pyodbc",), "haystack": ("haystack-ai", "farm-haystack", "django-haystack"), "whisper": ("openai-whisper",), "ffmpeg": ("ffmpeg-python",), "sounddevice": ("sounddevice",),
    "speech_recognition": ("speechrecognition",), "pyttsx3": ("pyttsx3",), "pyaudio": ("pyaudio",), "pkginfo": ("pkginfo",), "_pytest": ("pytest",), "pluggy": ("pluggy",), "iniconfig": ("iniconfig",),
}  # fmt: skip

# distribution -> import names that its users may rely on, though another distribution offers them
BRINGS: dict[str, tuple[str, ...]] = {
    "graphene": ("graphql", "graphql_relay"), "graphene-django": ("graphene", "graphql"), "strawberry-graphql": ("graphql",), "ariadne": ("graphql",),
    "fastapi": ("starlette", "pydantic", "anyio", "typing_extensions", "multipart", "uvicorn", "httpx"), "starlette": ("anyio",), "httpx": ("httpcore", "anyio", "certifi", "idna", "h11", "sniffio"),
    "jinja2": ("markupsafe",), "flask": ("werkzeug", "jinja2", "markupsafe", "click", "itsdangerous", "blinker"), "requests": ("urllib3", "certifi", "idna", "charset_normalizer"),
    "boto3": ("botocore", "s3transfer"), "aioboto3": ("aiobotocore", "botocore", "boto3"), "celery": ("kombu", "billiard", "vine", "amqp", "redis", "click"), "django": ("asgiref", "sqlparse"),
    "djangorestframework": ("django",), "sqlmodel": ("sqlalchemy", "pydantic"), "flask-sqlalchemy": ("sqlalchemy",), "alembic": ("sqlalchemy", "mako"),
    "pydantic": ("pydantic_core", "typing_extensions", "annotated_types"), "pydantic-settings": ("pydantic", "dotenv"), "pandas": ("numpy", "dateutil", "pytz"),
    "scipy": ("numpy",), "scikit-learn": ("numpy", "scipy", "joblib"), "torch": ("numpy",), "torchvision": ("torch", "PIL", "numpy"), "transformers": ("numpy", "huggingface_hub", "tokenizers", "safetensors", "yaml", "tqdm"),
    "matplotlib": ("numpy", "PIL"), "seaborn": ("matplotlib", "numpy", "pandas"), "aiohttp": ("multidict", "yarl", "aiosignal", "frozenlist", "async_timeout"), "typer": ("click", "rich"),
    "pytest": ("_pytest", "pluggy", "iniconfig", "packaging"), "pytest-asyncio": ("pytest",), "pytest-django": ("pytest", "django"), "pytest-aiohttp": ("aiohttp", "pytest"), "pytest-mock": ("pytest", "mock"), "pytest-httpx": ("pytest", "httpx"), "pytest-cov": ("pytest", "coverage"), "pytest-xdist": ("pytest",),
    "wagtail": ("django", "modelcluster", "taggit", "rest_framework", "bs4", "PIL", "willow", "treebeard"), "langchain": ("langchain_core", "langchain_text_splitters", "pydantic"), "langgraph": ("langchain_core",),
    "langchain-openai": ("langchain_core", "openai", "tiktoken"), "langchain-community": ("langchain_core", "langchain"), "openai": ("httpx", "pydantic"), "anthropic": ("httpx", "pydantic"), "mcp": ("httpx", "pydantic", "starlette", "anyio", "uvicorn"), "fastmcp": ("mcp", "httpx", "pydantic", "starlette"),
    "streamlit": ("pandas", "numpy", "altair"), "gradio": ("fastapi", "pandas", "numpy", "PIL"), "google-api-python-client": ("google", "googleapiclient", "httplib2", "google_auth_httplib2"), "sphinx": ("docutils", "jinja2", "babel", "pygments"),
    "uvicorn": ("click", "h11", "httptools", "uvloop", "websockets", "watchfiles"), "rich": ("pygments",), "jupyter": ("IPython", "notebook", "ipywidgets", "nbformat", "nbconvert"), "ipython": ("traitlets",), "apache-airflow": ("airflow", "pendulum", "sqlalchemy", "flask"),
    "scrapy": ("twisted", "itemadapter", "parsel", "w3lib", "itemloaders"), "xgboost": ("numpy", "scipy"), "tensorflow": ("keras", "numpy"), "keras": ("numpy",), "locust": ("gevent", "requests", "flask"), "gevent": ("greenlet",), "cryptography": ("cffi",), "keyring": ("jaraco",), "testcontainers": ("docker",), "moto": ("boto3", "botocore"), "statsmodels": ("numpy", "pandas", "scipy", "patsy"), "opencv-python": ("numpy",), "opencv-python-headless": ("numpy",), "sentence-transformers": ("torch", "transformers", "numpy", "sklearn"), "datasets": ("pyarrow", "numpy", "pandas"), "twisted": ("zope",), "hypothesis": ("sortedcontainers",), "slack-bolt": ("slack_sdk",), "discord-py": ("aiohttp",), "dash": ("flask", "plotly"), "tree-sitter-language-pack": ("tree_sitter",), "grpcio-tools": ("google", "grpc"), "grpcio-status": ("google", "grpc"), "grpcio-health-checking": ("grpc",), "opentelemetry-exporter-otlp-proto-grpc": ("grpc",), "mkdocs-material": ("mkdocs",), "ansible": ("ansible_base",), "pyinstaller": ("PyInstaller",), "motor": ("pymongo", "bson", "gridfs"), "beanie": ("motor", "pymongo", "pydantic", "bson"), "pymongo": ("bson", "gridfs"), "setuptools": ("pkg_resources", "distutils"), "ultralytics": ("torch", "numpy", "cv2", "PIL"), "salesforce-lavis": (), "supabase": ("postgrest", "gotrue", "storage3", "httpx"), "elasticsearch-dsl": ("elasticsearch",), "elasticsearch": ("elastic_transport",), "azure-identity": ("azure", "msal"), "ruamel-yaml": ("ruamel",), "dagster": ("click",), "prefect": ("pydantic", "httpx"), "lightning": ("pytorch_lightning", "torch"), "pytorch-lightning": ("torch",), "nltk": ("click",), "spacy": ("thinc", "numpy"), "geopandas": ("pandas", "shapely", "numpy"), "xarray": ("numpy", "pandas"), "stable-baselines3": ("gymnasium", "numpy", "torch"), "tox": ("virtualenv",),
}  # fmt: skip

# Shared top-level names: any distribution that starts so offers part of them.
NAMESPACES = frozenset({"google", "azure", "opentelemetry", "zope", "ruamel", "jaraco", "backports", "airflow", "odoo", "sphinxcontrib", "paste", "snowflake", "llama_index", "databricks", "mpl_toolkits", "tencentcloud", "aliyunsdkcore", "ansible", "ibm", "oslo", "logilab", "tree_sitter"})  # fmt: skip

# Import names equal to their distribution's, known well enough that no other distribution is meant.
WELL_KNOWN = frozenset({
    "aiobotocore", "aiofiles", "aiohttp", "aiokafka", "aioredis", "aiosqlite", "alembic", "altair", "anthropic", "anyio", "arq", "arrow", "asyncpg",
    "authlib", "autogen", "babel", "bcrypt", "beanie", "black", "blinker", "bokeh", "boto3", "botocore", "bottle", "cachetools", "celery", "certifi",
    "cffi", "chardet", "cherrypy", "click", "cohere", "colorama", "coverage", "crewai", "croniter", "cryptography", "dask", "datasets", "diskcache",
    "django", "docker", "dramatiq", "duckdb", "elasticsearch", "factory", "fakeredis", "fastapi", "feedparser", "filelock", "flask", "freezegun",
    "fsspec", "gensim", "gevent", "gradio", "graphene", "graphql", "gunicorn", "h11", "h5py", "hiredis", "httpcore", "httptools", "httpx",
    "huggingface_hub", "humanize", "hvac", "hypercorn", "hypothesis", "inflection", "itsdangerous", "jinja2", "jmespath", "joblib", "jsonschema",
    "keras", "kombu", "kubernetes", "langchain", "langchain_core", "langgraph", "lightgbm", "litellm", "locust", "loguru", "lxml", "mako",
    "markupsafe", "marshmallow", "matplotlib", "minio", "mlflow", "moto", "motor", "mypy", "nats", "neo4j", "networkx", "nltk", "numba", "numpy",
    "ollama", "openai", "openpyxl", "orjson", "pandas", "paramiko", "passlib", "peewee", "pendulum", "pexpect", "pika", "plotly", "polars",
    "prometheus_client", "prompt_toolkit", "psutil", "psycopg", "pyarrow", "pydantic", "pydantic_settings", "pygments", "pymongo", "pymysql",
    "pyodbc", "pypdf", "pytest", "pytz", "qdrant_client", "quart", "ratelimit", "redis", "regex", "reportlab", "requests", "responses", "respx",
    "rich", "rq", "ruamel", "sanic", "scipy", "scrapy", "seaborn", "selenium", "sentry_sdk", "simplejson", "slowapi", "spacy", "sqlalchemy",
    "sqlmodel", "starlette", "statsmodels", "streamlit", "stripe", "structlog", "sympy", "tabulate", "tenacity", "testcontainers", "tiktoken", "toml",
    "tomli", "tomlkit", "torch", "torchvision", "tornado", "tqdm", "transformers", "trio", "twilio", "twisted", "typer", "ujson", "uvicorn", "uvloop",
    "vcr", "watchdog", "watchfiles", "weaviate", "websocket", "websockets", "werkzeug", "whitenoise", "xgboost", "xlrd", "xmltodict", "yarl", "zeep",
})  # fmt: skip


@lru_cache(maxsize=65_536)
def plain(name: str) -> str:
    """A name without separators and case, for a loose comparison."""
    return re.sub(r"[-_.]", "", name).lower()


def offers(distribution: str, name: str, module: str) -> bool:
    """Whether a declared distribution may be what offers an import. Loose on purpose: doubt is no gap."""
    if distribution in OFFERED_BY.get(name, ()) or name in BRINGS.get(distribution, ()):
        return True
    ours, theirs = plain(name), plain(distribution)
    if name in NAMESPACES:
        return theirs.startswith(ours) or plain(module).startswith(theirs)
    if ours == theirs or theirs in {
        f"py{ours}",
        f"python{ours}",
        f"{ours}python",
        f"{ours}py",
        f"django{ours}",
        f"flask{ours}",
    }:
        return True
    return (
        name not in WELL_KNOWN and len(ours) > 2 and (ours in theirs or (len(theirs) > 3 and theirs in ours))
    )  # shorter names prove nothing


def is_known(name: str) -> bool:
    """Whether the distribution behind an import name is certain."""
    return name in OFFERED_BY or name in WELL_KNOWN
