"""Users, apps and installations."""

from sandbox.model import App, Installation, Payload, User
from sandbox.shapes.values import node_id, stamp
from sandbox.state import State

_LINKS = {
    "followers_url": "/followers",
    "following_url": "/following{/other_user}",
    "gists_url": "/gists{/gist_id}",
    "starred_url": "/starred{/owner}{/repo}",
    "subscriptions_url": "/subscriptions",
    "organizations_url": "/orgs",
    "repos_url": "/repos",
    "events_url": "/events{/privacy}",
    "received_events_url": "/received_events",
}


def user(state: State, account: User) -> Payload:
    api = f"{state.api_url}/users/{account.login}"
    return {
        "login": account.login,
        "id": account.id,
        "node_id": node_id("U", account.id),
        "avatar_url": f"{state.html_url}/_page/avatar.svg",
        "gravatar_id": "",
        "url": api,
        "html_url": f"{state.html_url}/{account.login}",
        **{name: api + path for name, path in _LINKS.items()},
        "type": account.type,
        "site_admin": False,
        "user_view_type": "public",
    }


def app(state: State, record: App) -> Payload:
    return {
        "id": record.id,
        "client_id": f"Iv23li{record.id:014d}",
        "slug": record.slug,
        "node_id": node_id("A", record.id),
        "owner": user(state, record.owner),
        "name": record.name,
        "description": "",
        "external_url": state.html_url,
        "html_url": f"{state.html_url}/apps/{record.slug}",
        "created_at": stamp(record.created_at),
        "updated_at": stamp(record.created_at),
        "permissions": dict(record.permissions),
        "events": list(record.events),
    }


def installation(state: State, record: Installation) -> Payload:
    api = f"{state.api_url}/app/installations/{record.id}"
    suspended = None if record.suspended_by is None else user(state, record.suspended_by)
    return {
        "id": record.id,
        "client_id": f"Iv23li{state.app.id:014d}",
        "account": user(state, record.account),
        "repository_selection": record.selection,
        "access_tokens_url": f"{api}/access_tokens",
        "repositories_url": f"{state.api_url}/installation/repositories",
        "html_url": f"{state.html_url}/settings/installations/{record.id}",
        "app_id": state.app.id,
        "app_slug": state.app.slug,
        "target_id": record.account.id,
        "target_type": "Organization" if record.account.type == "Organization" else "User",
        "permissions": dict(record.permissions),
        "events": list(record.events),
        "created_at": stamp(record.created_at),
        "updated_at": stamp(record.created_at),
        "single_file_name": None,
        "has_multiple_single_files": False,
        "single_file_paths": [],
        "suspended_by": suspended,
        "suspended_at": stamp(record.suspended_at),
    }
