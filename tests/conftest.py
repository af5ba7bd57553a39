"""What all tests share: where the measuring data lies, and a throwaway PostgreSQL."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data"
for _variable in [name for name in os.environ if name.startswith("DIGEST_")]:
    del os.environ[_variable]  # a developer's own settings are none of the tests' business
# Nor are the starter packages that may be installed: tests that want them say so.
os.environ["DIGEST_MODELS__STARTERS"] = "false"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of other people's texts for measuring; tests that need it skip without it."""
    if not SHARED.is_dir():
        pytest.skip("the measuring data (../shared/data) is not here")
    return SHARED


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server of our own, stopped and forgotten afterwards."""
    programs = _postgres_programs()
    if programs is None:
        pytest.skip("PostgreSQL's programs (initdb, pg_ctl) are not installed")
    folder = Path(tempfile.mkdtemp(prefix="digest-pg-"))
    as_user = _as_ordinary_user(folder)
    if as_user is None:
        pytest.skip("PostgreSQL refuses to run as root, and there is no user to run it as")
    port = free_port()
    data = str(folder / "data")
    try:
        initdb = [programs / "initdb", "-D", data, "-A", "trust", "-U", "digest", "-E", "UTF8"]
        subprocess.run([*as_user, *initdb, "--no-sync"], check=True, capture_output=True)
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        start = [
            programs / "pg_ctl",
            "-D",
            data,
            "-w",
            "-o",
            options,
            "-l",
            folder / "log",
            "start",
        ]
        subprocess.run([*as_user, *start], check=True, capture_output=True)
        yield f"postgresql+psycopg://digest@127.0.0.1:{port}/postgres"
    finally:
        stop = [programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"]
        subprocess.run([*as_user, *stop], check=False, capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)


def _postgres_programs() -> Path | None:
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "pg_ctl").exists()), None)


def _as_ordinary_user(folder: Path) -> list[str] | None:
    if os.geteuid() != 0:
        return []
    for name in ("postgres", "nobody"):
        if subprocess.run(["id", name], check=False, capture_output=True).returncode == 0:
            shutil.chown(folder, name)
            folder.chmod(0o700)
            return ["setpriv", f"--reuid={name}", f"--regid={_group(name)}", "--clear-groups"]
    return None


def _group(user: str) -> str:
    return subprocess.check_output(["id", "-gn", user], text=True).strip()


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def digest_command() -> list[str]:
    """How to start the command line in a process of its own, with this environment's Python."""
    return [sys.executable, "-c", "from digest.cli import main; main()"]


def wait_until(condition: object, seconds: float = 30.0) -> bool:
    """Return whether `condition()` became true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():  # type: ignore[operator]
            return True
        time.sleep(0.05)
    return False
