"""What stands between the network and the dashboard: who may connect, with which password, and how much may be sent.

Solara itself checks neither Host nor Origin, so that any page in the visitor's browser could open sessions here
(cross-site websockets), and a foreign name that points to this machine would be served (DNS rebinding).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from html import escape
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs, urlsplit

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

MAX_PATH = 8_000
MAX_MESSAGE = 600_000
MAX_BODY = 10_000
MAX_VISITORS = 60
MAX_PER_ADDRESS = 40
COOKIE = "kakawari-key"
HIDDEN = ("/resourcez", "/_solara/api/evict", "/_solara/api/close-all")
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass
class Guard:
    """An ASGI application in front of another.

    Attributes:
        app: What is guarded.
        hosts: Names under which it may be reached, with ports; empty for any name that is an address or this machine's.
        password: Asked before anything is shown; "" for none.
        key: Signs the cookie of those who know the password.
        live: Open websockets by address.
    """

    app: App
    hosts: frozenset[str]
    password: str = ""
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    live: Counter[str] = field(default_factory=Counter)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or say why not."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        else:
            await self._http(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = _headers(scope)
        if not self._known(headers.get("host", "")):
            await _page(send, 421, "このアドレスでは開けません。 / Not served under this name.")
        elif not self._same(headers):
            await _page(send, 403, "ほかのサイトからは開けません。 / Requests from other sites are refused.")
        elif len(scope["path"]) + len(scope.get("query_string", b"")) > MAX_PATH:
            await _page(send, 414, "アドレスが長すぎます。 / The address is too long.")
        elif scope["path"].startswith(HIDDEN):
            await _page(send, 404, "ありません。 / Not found.")
        elif self.password and not self._knows(headers):
            await self._door(scope, receive, send)
        elif scope["path"] == "/" and sum(self.live.values()) >= MAX_VISITORS:
            await _page(
                send,
                503,
                "満員です。少し待って開き直してください。 / The room is full. Try again in a moment.",
            )
        else:
            await self.app(scope, receive, _with_headers(send))

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers, address = _headers(scope), (scope.get("client") or ("?",))[0]
        full = sum(self.live.values()) >= MAX_VISITORS or self.live[address] >= MAX_PER_ADDRESS
        known = self._known(headers.get("host", "")) and "origin" in headers and self._same(headers)
        if full or not known or (self.password and not self._knows(headers)):
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return

        async def limited() -> MutableMapping[str, Any]:
            message = await receive()
            size = len(message.get("bytes") or b"") or len(message.get("text") or "")
            return {"type": "websocket.disconnect", "code": 1009} if size > MAX_MESSAGE else message

        self.live[address] += 1
        try:
            await self.app(scope, limited, send)
        finally:
            self.live[address] -= 1

    def _known(self, host: str) -> bool:
        if host in self.hosts:
            return True
        # Open to a network: by number only, which no foreign name can forge.
        return not self.hosts and _is_number(host)

    def _same(self, headers: Mapping[str, str]) -> bool:
        origin = headers.get("origin")
        return origin is None or urlsplit(origin).netloc == headers.get("host", "")

    def _knows(self, headers: Mapping[str, str]) -> bool:
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        except CookieError:
            return False
        return cookie is not None and hmac.compare_digest(cookie.value.encode(), self._signature().encode())

    def _signature(self) -> str:
        return hmac.new(self.key, self.password.encode(), hashlib.sha256).hexdigest()

    async def _door(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] == "POST":
            given = parse_qs(await _body(receive)).get("password", [""])[0]
            if hmac.compare_digest(given.encode(), self.password.encode()):
                cookie = f"{COOKIE}={self._signature()}; HttpOnly; SameSite=Strict; Path=/".encode()
                start = {
                    "type": "http.response.start",
                    "status": 303,
                    "headers": [(b"location", b"/"), (b"set-cookie", cookie)],
                }
                await send(start)
                await send({"type": "http.response.body", "body": b""})
                return
        await _page(send, 401, "合言葉を入れてください。 / Please enter the password.", form=True)


def _headers(scope: Scope) -> dict[str, str]:
    return {name.decode("latin1").lower(): value.decode("latin1") for name, value in scope["headers"]}


def _is_number(host: str) -> bool:
    name = host.rsplit(":", 1)[0]
    parts = name.split(".")
    return name in LOOPBACK or (
        len(parts) == 4 and all(p.isascii() and p.isdigit() and int(p) < 256 for p in parts)
    )


async def _body(receive: Receive) -> str:
    body, more = b"", True
    while more and len(body) <= MAX_BODY:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    return body[:MAX_BODY].decode("utf-8", "replace")


def _with_headers(send: Send) -> Send:
    async def sent(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", []), *HEADERS]}
        await send(message)

    return sent


async def _page(send: Send, status: int, text: str, form: bool = False) -> None:
    field_ = "<form method=post><input type=password name=password aria-label=password autofocus><button>OK</button></form>"
    body = (
        "<!doctype html><html lang=ja><meta charset=utf-8><meta name=viewport content='width=device-width'><title>Kakawari</title>"
        f"<body style='font:18px sans-serif;margin:12vh auto;max-width:32em;padding:0 1em'><h1>関わり Kakawari</h1><p>{escape(text)}</p>"
        f"{field_ if form else ''}</body></html>"
    ).encode()
    headers = [(b"content-type", b"text/html; charset=utf-8"), *HEADERS]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
