"""A real WordPress on a loopback port, filled with posts, with nothing outside its own folder."""

import json
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.wordpress.themes import Theme, debians, install_own

HERE = Path(__file__).resolve().parent
DEBIAN = Path("/usr/share/wordpress")
LANGUAGE = "id_ID"
# Where servers are: not everybody's PATH has the last two.
PATH = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"))
PATIENCE = 60
"""Seconds a server may take to start or stop."""


class WordPressSite:
    """Starts the newsroom on entering, stops it and removes its folder on leaving.

    `origin` is its address, `wear()` gives it another theme. Every post's truth, as WordPress
    itself tells it, is in `truth()`. `desk` names the folder of another newsroom's desk, whose
    posts are others.
    """

    origin: str

    def __init__(self, desk: str | None = None) -> None:
        self._desk = desk

    @staticmethod
    def missing() -> list[str]:
        """What has to be installed before a site can be started."""
        programs = ("mariadbd", "mariadb-install-db", "mariadb-admin", "nginx", "php")
        missing = [program for program in programs if _program(program) is None]
        if _php_fpm() is None:
            missing.append("php-fpm")
        if not (DEBIAN / "wp-content/languages" / f"{LANGUAGE}.mo").is_file():
            missing.append(f"WordPress in {LANGUAGE}")
        if not debians():
            missing.append("a theme of Debian's")
        return missing

    def __enter__(self) -> "WordPressSite":
        with ExitStack() as stack:
            # Not pytest's folder: the path of a Unix socket has 107 bytes at most.
            self._folder = Path(
                stack.enter_context(tempfile.TemporaryDirectory(prefix="wordpress-"))
            )
            port = _free_port()
            self.origin = f"http://127.0.0.1:{port}"
            self._configure(port)
            self._start_mariadb(stack)
            self._start_web_server(stack, port)
            self._php("install.php")
            self._php("fill.php", *([self._desk] if self._desk else []))
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stack.close()

    def install(self, theme: Path) -> None:
        """Puts a theme's folder beside those that are there."""
        shutil.copytree(theme, self._folder / "wordpress/wp-content/themes" / theme.name)

    def wear(self, theme: Theme) -> None:
        """Shows the site in another theme from now on."""
        self._php("wear.php", theme.name, theme.sources)

    def truth(self) -> dict[str, Any]:
        """What truth.php prints: `posts` with all that an archive should hold, and `others`."""
        truth: dict[str, Any] = json.loads(self._php("truth.php"))
        return truth

    def log(self) -> str:
        """Errors and warnings WordPress has logged so far."""
        path = self._folder / "wordpress.log"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def _configure(self, port: int) -> None:
        root = self._folder / "wordpress"
        shutil.copytree(DEBIAN, root, ignore=_not_needed)
        install_own(root / "wp-content/themes")
        values = {
            "FOLDER": str(self._folder),
            "HERE": str(HERE),
            "ORIGIN": self.origin,
            "PORT": str(port),
            "THEME": debians()[0].name,
            "USER": pwd.getpwuid(os.geteuid()).pw_name,
        }
        for name, target in (
            ("nginx.conf", self._folder),
            ("php-fpm.conf", self._folder),
            ("wp-config.php", root),
        ):
            text = (HERE / "server" / name).read_text(encoding="utf-8")
            for key, value in values.items():
                text = text.replace(f"@{key}@", value)
            (target / name).write_text(text, encoding="utf-8")

    def _start_mariadb(self, stack: ExitStack) -> None:
        data = self._folder / "mariadb"
        socket_file = self._folder / "mariadb.sock"
        create = self._folder / "create.sql"
        create.write_text("CREATE DATABASE IF NOT EXISTS wordpress CHARACTER SET utf8mb4;\n")
        # A server started by root serves as root only when it is told to.
        as_root = ["--user=root"] if os.geteuid() == 0 else []
        common = ["--no-defaults", f"--datadir={data}", *as_root]
        install = ["--auth-root-authentication-method=normal", "--skip-test-db"]
        options = [
            f"--socket={socket_file}",
            f"--pid-file={self._folder}/mariadb.pid",
            f"--init-file={create}",
            "--skip-networking",
            "--skip-log-bin",
            "--innodb-buffer-pool-size=128M",
            # The data lives for a minute or two: no write has to reach the disk.
            "--innodb-flush-log-at-trx-commit=0",
            "--innodb-doublewrite=0",
        ]
        self._run(["mariadb-install-db", *common, *install])
        self._start(
            stack,
            ["mariadbd", *common, *options],
            ready=lambda: _succeeds(["mariadb-admin", f"--socket={socket_file}", "ping"]),
        )

    def _start_web_server(self, stack: ExitStack, port: int) -> None:
        fpm, nginx = f"{self._folder}/php-fpm", f"{self._folder}/nginx"
        fpm_as_root, nginx_as_root = [], []
        if os.geteuid() == 0:
            fpm_as_root = ["--allow-to-run-as-root"]
            # or its workers would be those of www-data, which may not read the folder
            nginx_as_root = ["-g", "user root root;"]
        self._start(
            stack,
            [_php_fpm() or "php-fpm", "--fpm-config", f"{fpm}.conf", *fpm_as_root],
            ready=lambda: _accepts(socket.AF_UNIX, f"{fpm}.sock"),
        )
        self._start(
            stack,
            ["nginx", "-e", f"{nginx}.log", "-c", f"{nginx}.conf", *nginx_as_root],
            ready=lambda: _accepts(socket.AF_INET, ("127.0.0.1", port)),
        )

    def _start(self, stack: ExitStack, command: list[str], ready: Callable[[], bool]) -> None:
        """Starts a server, waits until it answers, and has the stack stop it by its pid."""
        log = self._folder / f"{Path(command[0]).name}.out"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [_program(command[0]) or command[0], *command[1:]],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        stack.callback(_stop, process)
        deadline = time.monotonic() + PATIENCE
        while not ready():
            if process.poll() is not None or time.monotonic() > deadline:
                said = log.read_text(encoding="utf-8", errors="replace")
                raise RuntimeError(f"{command[0]} did not start:\n{said}")
            time.sleep(0.05)

    def _php(self, script: str, *arguments: str) -> str:
        folder = str(self._folder / "wordpress")
        return self._run(["php", str(HERE / script), folder, *arguments])

    def _run(self, command: list[str]) -> str:
        done = subprocess.run(
            [_program(command[0]) or command[0], *command[1:]],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        if done.returncode != 0:
            raise RuntimeError(f"{command}: {done.stdout}\n{done.stderr}\n{self.log()}")
        return done.stdout


def _not_needed(folder: str, names: list[str]) -> list[str]:
    """Debian's own configuration, and the languages of others."""
    if folder == str(DEBIAN):
        return [".htaccess", "wp-config.php"]
    if Path(folder).name == "languages":
        return [name for name in names if LANGUAGE not in name]
    return []


def _program(name: str) -> str | None:
    return shutil.which(name, path=PATH)


def _php_fpm() -> str | None:
    """php-fpm carries its version in its name: php-fpm8.2."""
    return max((str(path) for path in Path("/usr/sbin").glob("php-fpm*")), default=None)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _accepts(family: socket.AddressFamily, address: str | tuple[str, int]) -> bool:
    with socket.socket(family) as probe:
        return probe.connect_ex(address) == 0


def _succeeds(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True).returncode == 0


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
