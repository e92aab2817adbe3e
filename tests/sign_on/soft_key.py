"""A passkey in software: makes credentials and signs with them as a phone or a key would."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

USER_PRESENT, USER_VERIFIED, HAS_CREDENTIAL = 0x01, 0x04, 0x40


@dataclass
class SoftKey:
    """One passkey for the site `host`, reached at `origin`."""

    host: str = "localhost"
    origin: str = "http://localhost"
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    secret: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    user: str = ""

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """Answer creation options as the browser hands them over."""
        self.user = options["publicKey"]["user"]["id"]
        kept = AttestedCredentialData.create(
            b"\0" * 16, self.id, ES256.from_cryptography_key(self.secret.public_key())
        )
        flags = USER_PRESENT | USER_VERIFIED | HAS_CREDENTIAL
        data = AuthenticatorData.create(sha256(self.host.encode()).digest(), flags, 0, kept)
        return self._answer(
            {
                "clientDataJSON": websafe_encode(self._client_data("webauthn.create", options)),
                "attestationObject": websafe_encode(bytes(AttestationObject.create("none", data, {}))),
            },
            {"credProps": {"rk": True}},
        )

    def get(self, options: dict[str, Any], flags: int = USER_PRESENT | USER_VERIFIED) -> dict[str, Any]:
        """Sign request options."""
        told = self._client_data("webauthn.get", options)
        data = AuthenticatorData.create(sha256(self.host.encode()).digest(), flags, 1)
        signature = self.secret.sign(data + sha256(told).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            {
                "clientDataJSON": websafe_encode(told),
                "authenticatorData": websafe_encode(data),
                "signature": websafe_encode(signature),
                "userHandle": self.user,
            },
            {},
        )

    def _client_data(self, kind: str, options: dict[str, Any]) -> bytes:
        challenge = options["publicKey"]["challenge"]
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _answer(self, response: dict[str, str], extensions: dict[str, Any]) -> dict[str, Any]:
        name = websafe_encode(self.id)
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": extensions,
        }
