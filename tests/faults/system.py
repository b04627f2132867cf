"""Whole systems under test: a store, and every process over it, each of which can be killed and started again."""

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from collector.settings import Node, load_settings
from collector.storage.embedded import EmbeddedStore, free_port
from tests.beacons import wait_until_replayed
from tests.faults.cluster import Cluster
from tests.faults.processes import find_process_tree, kill_all
from tests.service import Service, end_process, start_command, wait_for_http
from tests.stores import running_cluster

QUICK = {
    "FOOTFALL_SEAL_SECONDS": "0.1",  # so that a fault hits a sealer at work
    "FOOTFALL_COMMIT_SECONDS": "3",
    "FOOTFALL_WORKERS": "2",
}
PARTS = {"ingest": ("serve", "--role", "ingest"), "query": ("serve", "--role", "query"), "seal": ("seal",)}
WHOLE = {"run": ("run",)}


class Part:
    """One process of a system, with the processes that it starts."""

    def __init__(self, environment: Mapping[str, str], arguments: tuple[str, ...], output: Path) -> None:
        self.environment = dict(environment)
        self._arguments = arguments
        self._output = output
        self.process: subprocess.Popen[str]

    @property
    def port(self) -> int:
        return int(self.environment["FOOTFALL_PORT"])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        with self._output.open("a") as output:
            self.process = start_command(self.environment, *self._arguments, stdout=output, stderr=output)

    def wait_until_ready(self) -> None:
        if self._arguments != PARTS["seal"]:
            wait_for_http(f"{self.url}/readyz", self.process, 60)

    def tree(self) -> list[int]:
        return find_process_tree(self.process.pid)

    def kill(self) -> None:
        """SIGKILL for it and all that it started."""
        kill_all(self.tree())
        self.process.wait(10)

    def end(self) -> None:
        end_process(self.process)

    def is_running(self) -> bool:
        return self.process.poll() is None


class System:
    """A store and its processes. ``store`` is None where `footfall run` starts its own."""

    def __init__(self, folder: Path, store: EmbeddedStore | Cluster | None) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)
        self.store = store
        common = QUICK | {"FOOTFALL_DATA_DIR": str(folder / "var")}
        if store is not None:
            common["FOOTFALL_REDIS_NODES"] = ",".join(f"{host}:{port}" for host, port in _addresses(store))
        self.parts = {
            name: Part(common | {"FOOTFALL_PORT": str(free_port())}, arguments, folder / f"{name}.output")
            for name, arguments in (WHOLE if store is None else PARTS).items()
        }
        self._ingest_settings: Mapping[str, str] = {}
        self.start()
        self.service = self._connect()

    @property
    def ingest(self) -> Part:
        return self.parts["run" if self.store is None else "ingest"]

    @property
    def query(self) -> Part:
        return self.parts["run" if self.store is None else "query"]

    @property
    def sealer(self) -> Part:
        return self.parts["run" if self.store is None else "seal"]

    @property
    def cluster(self) -> Cluster:
        assert isinstance(self.store, Cluster)
        return self.store

    def start(self) -> None:
        """Start what does not run, and return when all of it answers; if some of it does not, nothing stays."""
        try:
            for part in self.parts.values():
                part.start()
            for part in self.parts.values():
                part.wait_until_ready()
        except BaseException:
            self._end_parts()
            raise

    def set_up_ingest(self, settings: Mapping[str, str]) -> None:
        """Take beacons by these settings from now on."""
        if settings != self._ingest_settings:
            self.ingest.end()
            for name in self._ingest_settings:
                del self.ingest.environment[name]
            self.ingest.environment |= settings
            self._ingest_settings = settings
            self.ingest.start()
            self.ingest.wait_until_ready()

    def kill_everything(self) -> None:
        """SIGKILL for all processes and every node of the store."""
        pids = [pid for part in self.parts.values() for pid in part.tree()]
        kill_all(pids)
        for part in self.parts.values():
            part.process.wait(10)
        kill_store(self.store)

    def start_everything(self) -> None:
        start_store(self.store)
        self.start()
        self.service.store.close()
        self.service = self._connect()  # `footfall run` puts its store at another port

    def _connect(self) -> Service:
        environment = self.query.environment
        return Service(load_settings(environment), environment)

    def wait_until_well(self) -> None:
        """Return when nothing waits in a spool, and a cluster has all its replicas again."""
        if isinstance(self.store, Cluster):
            self.store.wait_until_whole()
        wait_until_replayed(self.ingest)

    def close(self) -> None:
        self.service.store.close()
        self._end_parts()

    def _end_parts(self) -> None:
        for part in self.parts.values():
            if part.is_running():
                part.end()


def _addresses(store: EmbeddedStore | Cluster) -> tuple[Node, ...]:
    return store.addresses if isinstance(store, Cluster) else (("127.0.0.1", store.port),)


def kill_store(store: EmbeddedStore | Cluster | None) -> None:
    if isinstance(store, Cluster):
        for node in store.nodes:
            node.stop()
    elif store is not None:
        assert store.process is not None
        store.process.kill()
        store.process.wait()
        store.port_file.unlink()  # or the next start would look for this very process for some seconds


def start_store(store: EmbeddedStore | Cluster | None) -> None:
    if isinstance(store, Cluster):
        for node in store.nodes:
            node.start()
    elif store is not None:
        store.start()


@contextmanager
def running_system(kind: str, folder: Path) -> Iterator[System]:
    """A system over the ``embedded`` store or a ``cluster``, its processes apart; or all of it as one ``run``."""
    with ExitStack() as stack:
        store: EmbeddedStore | Cluster | None = None
        if kind == "embedded":
            store = EmbeddedStore(folder)
            store.start()
            stack.callback(store.stop)
        elif kind == "cluster":
            store = Cluster(stack.enter_context(running_cluster(folder / "nodes")))
        system = System(folder, store)
        stack.callback(system.close)
        yield system
