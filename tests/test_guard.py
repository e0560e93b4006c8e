"""The guard before the dashboard, driven as the server drives it: no network, no Solara."""

from __future__ import annotations

import asyncio

import pytest

from sim.errors import InputError
from viz import guard, serve

HOSTS = frozenset({"127.0.0.1:8765", "localhost:8765"})


async def page(scope, receive, send):
    if scope["type"] == "websocket":
        while (await receive())["type"] != "websocket.disconnect":
            await send({"type": "websocket.send", "text": "ok"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"inside"})


def ask(door, path="/", query=b"", method="GET", body=b"", **headers):
    """Return the status, the headers and the body of the answer."""
    sent = []

    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message):
        sent.append(message)

    head = [(k.replace("_", "-").encode(), v.encode("latin1")) for k, v in headers.items()]
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query,
        "headers": head,
        "client": ("1.2.3.4", 1),
    }
    asyncio.run(door(scope, receive, send))
    return sent[0]["status"], dict(sent[0]["headers"]), sent[1]["body"]


def talk(door, *messages, **headers):
    """Return what a websocket with these headers is sent."""
    sent, queue = [], [*messages, {"type": "websocket.disconnect"}]

    async def receive():
        return queue.pop(0)

    async def send(message):
        sent.append(message)

    head = [(k.encode(), v.encode()) for k, v in headers.items()]
    asyncio.run(
        door({"type": "websocket", "path": "/", "headers": head, "client": ("1.2.3.4", 1)}, receive, send)
    )
    return sent


def test_own_pages_pass_with_safe_headers():
    status, headers, body = ask(guard.Guard(page, HOSTS), host="127.0.0.1:8765")
    assert (status, body) == (200, b"inside")
    assert headers[b"x-frame-options"] == b"DENY"
    assert headers[b"x-content-type-options"] == b"nosniff"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "evil.example"}, 421),
        ({"host": "evil.example:8765"}, 421),
        ({}, 421),
        ({"host": "127.0.0.1:8765", "origin": "http://evil.example"}, 403),
        ({"host": "127.0.0.1:8765", "origin": "null"}, 403),
    ],
)
def test_foreign_names_and_sites_are_refused(headers, status):
    assert ask(guard.Guard(page, HOSTS), **headers)[0] == status


@pytest.mark.parametrize("path", guard.HIDDEN)
def test_inner_pages_are_hidden(path):
    assert ask(guard.Guard(page, HOSTS), path=path, host="localhost:8765")[0] == 404


def test_huge_addresses_are_refused():
    assert ask(guard.Guard(page, HOSTS), query=b"m=" + b"9" * 9000, host="localhost:8765")[0] == 414


def test_websockets_need_the_own_origin():
    door = guard.Guard(page, HOSTS)
    own = {"host": "127.0.0.1:8765", "origin": "http://127.0.0.1:8765"}
    assert talk(door, {"type": "websocket.receive", "text": "a"}, **own) == [
        {"type": "websocket.send", "text": "ok"}
    ]
    for bad in (
        {**own, "origin": "http://evil.example"},
        {"host": own["host"]},
        {**own, "host": "evil.example"},
    ):
        assert talk(door, {"type": "websocket.connect"}, **bad) == [{"type": "websocket.close", "code": 1008}]
    assert sum(door.live.values()) == 0


def test_huge_messages_end_the_connection():
    door = guard.Guard(page, HOSTS)
    big = {"type": "websocket.receive", "bytes": b"x" * (guard.MAX_MESSAGE + 1)}
    assert talk(door, big, host="localhost:8765", origin="http://localhost:8765") == []


def test_the_room_fills_up():
    door = guard.Guard(page, HOSTS)
    door.live["9.9.9.9"] = guard.MAX_VISITORS
    assert ask(door, host="localhost:8765")[0] == 503
    assert (
        talk(door, {"type": "websocket.connect"}, host="localhost:8765", origin="http://localhost:8765")[0][
            "code"
        ]
        == 1008
    )
    one = guard.Guard(page, HOSTS)
    one.live["1.2.3.4"] = guard.MAX_PER_ADDRESS
    assert (
        talk(one, {"type": "websocket.connect"}, host="localhost:8765", origin="http://localhost:8765")[0][
            "code"
        ]
        == 1008
    )


def test_a_password_is_asked_and_remembered():
    door = guard.Guard(page, HOSTS, "さくら")
    own = {"host": "localhost:8765"}
    assert ask(door, **own)[0] == 401
    assert ask(door, method="POST", body=b"password=guess", **own)[0] == 401
    status, headers, _ = ask(door, method="POST", body=b"password=%E3%81%95%E3%81%8F%E3%82%89", **own)
    assert status == 303
    assert b"HttpOnly" in headers[b"set-cookie"]
    cookie = headers[b"set-cookie"].decode().split(";")[0]
    assert ask(door, cookie=cookie, **own)[0] == 200
    for forged in ("kakawari-key=x", "kakawari-key=", "=;=", "kakawari-key=" + "0" * 64):
        assert ask(door, cookie=forged, **own)[0] == 401
    assert talk(door, {"type": "websocket.connect"}, **own, origin="http://localhost:8765")[0]["code"] == 1008
    other = guard.Guard(page, HOSTS, "さくら")
    assert ask(other, cookie=cookie, **own)[0] == 401


def test_open_to_a_network_it_answers_to_numbers_only():
    door = guard.Guard(page, frozenset())
    for host, status in (
        ("192.168.0.7:8765", 200),
        ("localhost:8765", 200),
        ("evil.example:8765", 421),
        ("1.2.3.4.evil.example", 421),
    ):
        assert ask(door, host=host)[0] == status, host


def test_the_greeting_says_what_an_open_server_means():
    assert serve.greeting(8765, "127.0.0.1", "") == ["http://127.0.0.1:8765 (Ctrl-C stops it)"]
    said = " ".join(serve.greeting(8765, "0.0.0.0", ""))
    assert "everybody" in said
    assert "without encryption" in said
    assert "--password" in said


@pytest.mark.parametrize("host", ["256.1.1.1", "no such host", "8.8.8.8"])
def test_an_address_that_is_not_ours_is_refused(host):
    with pytest.raises(InputError, match="cannot listen"):
        serve.serve(8765, host)
