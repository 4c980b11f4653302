"""The parts of a running sandbox that its calls and actions share."""

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import rsa

from sandbox.authentication import Tokens
from sandbox.faults import Faults
from sandbox.journal import Journal
from sandbox.limiter import Limiter
from sandbox.manifests import Manifests
from sandbox.model import Payload, Repository, User
from sandbox.shapes.accounts import user
from sandbox.shapes.repositories import repository as repository_shape
from sandbox.state import State
from sandbox.webhooks import Delivery, Webhooks


@dataclass(frozen=True, slots=True)
class Hub:
    state: State
    webhooks: Webhooks
    tokens: Tokens
    limiter: Limiter
    faults: Faults
    journal: Journal
    manifests: Manifests
    public_key: rsa.RSAPublicKey
    private_key: str
    webhook_secret: str

    def announce(
        self, event: str, action: str | None, repository: Repository, sender: User, payload: Payload
    ) -> Delivery | None:
        """Send the event to the app, when it is installed there."""
        installation = self.state.installation_of(repository)
        if installation is None:
            return None
        whole = {
            **payload,
            "repository": repository_shape(self.state, repository),
            "sender": user(self.state, sender),
        }
        return self.webhooks.emit(event, action, whole, installation, repository)
