"""Installing, suspending, and choosing repositories."""

from collections.abc import Sequence

from sandbox.hub import Hub
from sandbox.model import Installation, Payload, Repository, User
from sandbox.shapes.accounts import user
from sandbox.shapes.repositories import short


def install(hub: Hub, account: User, repositories: Sequence[Repository]) -> Installation:
    state = hub.state
    installation = Installation(
        id=state.next_id(),
        account=account,
        repositories={one.id: one for one in repositories},
        permissions=dict(state.app.permissions),
        events=state.app.events,
        selection="selected",
        created_at=state.now(),
    )
    state.installations[installation.id] = installation
    announce(hub, installation, "created", account)
    return installation


def announce(hub: Hub, installation: Installation, action: str, sender: User) -> None:
    payload: Payload = {"sender": user(hub.state, sender)}
    if action in ("created", "deleted"):
        payload["repositories"] = [short(one) for one in installation.repositories.values()]
        payload["requester"] = None
    hub.webhooks.emit("installation", action, payload, installation)


def uninstall(hub: Hub, installation: Installation, sender: User) -> None:
    del hub.state.installations[installation.id]
    hub.tokens.revoke(installation)
    announce(hub, installation, "deleted", sender)


def suspend(hub: Hub, installation: Installation, sender: User) -> None:
    installation.suspended_at, installation.suspended_by = hub.state.now(), sender
    announce(hub, installation, "suspend", sender)


def unsuspend(hub: Hub, installation: Installation, sender: User) -> None:
    installation.suspended_at = installation.suspended_by = None
    announce(hub, installation, "unsuspend", sender)


def accept(hub: Hub, installation: Installation, sender: User) -> None:
    """The account accepts what the app asks for by now."""
    installation.permissions = dict(hub.state.app.permissions)
    installation.events = hub.state.app.events
    announce(hub, installation, "new_permissions_accepted", sender)


def _announce_choice(
    hub: Hub, installation: Installation, action: str, sender: User, chosen: Repository
) -> None:
    payload: Payload = {
        "repository_selection": installation.selection,
        "repositories_added": [short(chosen)] if action == "added" else [],
        "repositories_removed": [short(chosen)] if action == "removed" else [],
        "requester": None,
        "sender": user(hub.state, sender),
    }
    hub.webhooks.emit("installation_repositories", action, payload, installation)


def add_repository(hub: Hub, installation: Installation, repository: Repository, sender: User) -> None:
    installation.repositories[repository.id] = repository
    _announce_choice(hub, installation, "added", sender, repository)


def remove_repository(hub: Hub, installation: Installation, repository: Repository, sender: User) -> None:
    installation.repositories.pop(repository.id, None)
    _announce_choice(hub, installation, "removed", sender, repository)
