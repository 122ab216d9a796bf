"""Which brokers are played with, and that nobody's keys are emptied. These run with all others."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator

import pytest

from tests.faults.brokers import EMBEDDED, KNOWN, Broker, InUse, at_hand


class Redis(socketserver.ThreadingTCPServer):
    """So much of Redis as is asked here: it counts its keys, and notes what it is told."""

    daemon_threads = True

    def __init__(self, keys: int) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.keys, self.told = keys, list[str]()


class Answers(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        assert isinstance(self.server, Redis)
        while line := self.rfile.readline():
            parts = [self.rfile.read(self._size() + 2)[:-2] for _ in range(int(line[1:]))]
            command = parts[0].decode().upper()
            self.server.told.append(command)
            answers = {
                "HELLO": "%1\r\n+proto\r\n:3",
                "DBSIZE": f":{self.server.keys}",
                "PING": "+PONG",
                "INFO": "$0\r\n",
            }
            self.wfile.write(f"{answers.get(command, '+OK')}\r\n".encode())

    def _size(self) -> int:
        return int(self.rfile.readline()[1:])


@pytest.fixture
def redis(request: pytest.FixtureRequest) -> Iterator[Redis]:
    with Redis(request.param) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def broker(server: Redis) -> Broker:
    port = server.server_address[1]
    return Broker("redis", f"redis://127.0.0.1:{port}/13", port)


@pytest.mark.parametrize("redis", [1, 4000], indirect=True)
def test_a_redis_with_somebodys_keys_is_refused_in_a_sentence(redis: Redis) -> None:
    with pytest.raises(InUse, match=f"holds {redis.keys} key"):
        broker(redis).check_empty()
    assert "DBSIZE" in redis.told
    assert not any(each.startswith("FLUSH") for each in redis.told)


@pytest.mark.parametrize("redis", [0], indirect=True)
def test_an_empty_redis_is_played_with(redis: Redis) -> None:
    broker(redis).check_empty()
    EMBEDDED.check_empty()


@pytest.mark.parametrize("marks", ["not faults", "", "not (faults)", "slow"])
def test_no_server_is_looked_for_unless_faults_are_asked_for(marks: str) -> None:
    assert at_hand(marks) == {EMBEDDED: ""}
    assert list(at_hand("faults")) == list(KNOWN)
