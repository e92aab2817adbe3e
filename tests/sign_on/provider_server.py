"""An identity provider on this machine, well-behaved until it is told otherwise (see broken.py).

It does what Okta, Entra and Keycloak do: metadata, keys, codes with PKCE, signed tokens, userinfo.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "dosay", "a secret of the client"
Claims = dict[str, Any]


@cache
def signing_key(name: str) -> rsa.RSAPrivateKey:
    """A key; made once, for making one takes its time."""
    return rsa.generate_private_key(65537, 1024 if name == "short" else 2048)


def public_jwk(name: str, **more: Any) -> dict[str, Any]:
    key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(signing_key(name).public_key()))
    return {**key, "kid": name, "use": "sig", "alg": "RS256", **more}


@dataclass
class Provider:
    """What the server says. A test replaces what it wants said wrongly."""

    url: str = ""
    claims: Claims = field(default_factory=lambda: {"sub": "ada-1", "groups": []})
    userinfo: Claims | None = None
    keys: list[dict[str, Any]] = field(default_factory=lambda: [public_jwk("first")])
    metadata: dict[str, Any] = field(default_factory=dict)
    token: Callable[[Provider, Claims], Any] = lambda provider, claims: provider.signed(claims)
    answers: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def signed(self, claims: Claims, key: str = "first", **header: Any) -> str:
        return jwt.encode(claims, signing_key(key), "RS256", headers={"kid": key, **header})

    def code_for(self, query: dict[str, str]) -> str:
        """The person says yes at the provider: a code for what the browser asked."""
        code = secrets.token_urlsafe(16)
        self._codes[code] = query
        return code

    def own_metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            **self.metadata,
        }

    def exchange(self, form: dict[str, str], authorization: str) -> tuple[int, Any]:
        """A code for tokens: once, by the client, with the verifier of the challenge."""
        asked = self._codes.pop(form.get("code", ""), None)
        pair = base64.b64encode(f"{CLIENT}:{SECRET.replace(' ', '+')}".encode()).decode()
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if (
            asked is None
            or authorization != f"Basic {pair}"
            or form["redirect_uri"] != asked["redirect_uri"]
            or asked.get("code_challenge_method") != "S256"
            or challenge.rstrip(b"=").decode() != asked["code_challenge"]
        ):
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.url,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            **self.claims,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        token = self.token(self, claims)
        return 200, {"access_token": "opaque", "token_type": "Bearer"} | (
            {"id_token": token} if token is not None else {}
        )


class Handler(BaseHTTPRequestHandler):
    """HTTP around them: one provider for each first part of a path."""

    providers: dict[str, Provider]

    def do_GET(self) -> None:
        provider, path = self._asked()
        replies: dict[str, Callable[[], Any]] = {
            "/.well-known/openid-configuration": provider.own_metadata,
            "/keys": lambda: {"keys": provider.keys},
            "/userinfo": lambda: provider.userinfo or {"sub": provider.claims["sub"]},
        }
        self._reply(provider, path, 200, replies[path]())

    def do_POST(self) -> None:
        provider, path = self._asked()
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        self._reply(provider, path, *provider.exchange(form, self.headers.get("Authorization", "")))

    def _asked(self) -> tuple[Provider, str]:
        _, name, path = urlsplit(self.path).path.split("/", 2)
        return self.providers[name], f"/{path}"

    def _reply(self, provider: Provider, path: str, status: int, found: Any) -> None:
        provider.asked.append(path)
        status, body = provider.answers.get(path, (status, json.dumps(found).encode()))
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


class Providers:
    """The server. Each provider is a tenant of its own: nothing that is kept of one is found for another."""

    def __init__(self) -> None:
        self._known: dict[str, Provider] = {}
        handler = type("Told", (Handler,), {"providers": self._known})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def new(self) -> Provider:
        name = secrets.token_hex(8)
        provider = Provider(url=f"http://127.0.0.1:{self._server.server_port}/{name}")
        self._known[name] = provider
        return provider

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
