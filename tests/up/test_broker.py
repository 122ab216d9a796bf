"""Messages through files: in order, once each, never half of one."""

from __future__ import annotations

import threading
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection, Consumer, Exchange, Producer, Queue

from config.up import broker

BELLS = Queue("bells", Exchange("bells", type="direct"), routing_key="bells")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    broker.install()
    return tmp_path / "broker"


def connect(folder: Path) -> Connection:
    return Connection("filesystem://", transport_options=broker.transport_options(folder))


def ring(folder: Path, *words: str) -> None:
    with connect(folder) as connection, connection.channel() as channel:
        producer = Producer(channel, BELLS.exchange, routing_key="bells")
        for word in words:
            producer.publish({"word": word}, declare=[BELLS])


def test_a_message_is_read_by_another_connection_in_order_and_once(folder: Path) -> None:
    ring(folder, "one", "two", "three")
    heard: list[str] = []

    def hear(body: dict[str, str], message: object) -> None:
        heard.append(body["word"])

    with (
        connect(folder) as connection,
        connection.channel() as channel,
        Consumer(channel, [BELLS], callbacks=[hear], no_ack=True),
    ):
        while len(heard) < 3:
            connection.drain_events(timeout=5)
        with pytest.raises(TimeoutError):
            connection.drain_events(timeout=0.3)
    assert heard == ["one", "two", "three"]
    assert list((folder / "queue").iterdir()) == []


@pytest.mark.slow
def test_many_writers_and_readers_lose_and_double_nothing(folder: Path) -> None:
    wanted = [f"{writer}-{n}" for writer in range(4) for n in range(60)]
    heard: list[str] = []
    writers = [
        threading.Thread(target=ring, args=(folder, *wanted[at : at + 60]))
        for at in range(0, 240, 60)
    ]
    is_over = threading.Event()

    def listen() -> None:
        with connect(folder) as connection, connection.channel() as channel:
            assert isinstance(channel, broker.Channel)
            while not (is_over.is_set() and len(heard) >= len(wanted)):
                try:
                    message = channel._get("bells")
                except Empty:
                    continue
                heard.append(message["properties"]["delivery_tag"])

    readers = [threading.Thread(target=listen, daemon=True) for _ in range(3)]
    for thread in writers + readers:
        thread.start()
    for thread in writers:
        thread.join()
    is_over.set()
    for thread in readers:
        thread.join(timeout=20)
        assert not thread.is_alive()
    assert len(set(heard)) == len(heard) == len(wanted)
    assert list((folder / "queue").iterdir()) == []
