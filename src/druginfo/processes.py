"""Work shared out among processes: a pool for building the index and for importing labels, copies of this process for
long lists of names, which need what it has read.

The pool's processes are interpreters that this one starts and feeds through pipes, not `multiprocessing`'s: those copy
a caller that has threads (a progress bar has one), run a caller's script again, and search the current directory for
modules. Ours are isolated (`-I`) and search only absolute directories that this process searches and that are not the
current one, so a `pickle.py` that lies about is never run.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess  # here and not where it is needed: by then the current directory may be searched
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import IO, Any, Generic, NoReturn, TypeVar

from druginfo.safe_path import safe_path

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 2
"""Items that a process is given before its first result is taken, so that it need not wait for this one."""
_LOAD = "/proc/loadavg"
"""Where Linux has how many processes run at this moment: its fourth word begins with that."""
_START = "import sys; sys.path[:] = sys.argv[1:]; from druginfo.processes import serve; serve()"


def processors() -> int:
    """How many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def idle_processors() -> int:
    """How many of them are idle, this process's own with them; at least one.

    Where they are busy, help comes late and costs.
    """
    try:
        with open(_LOAD, "rb") as load:
            busy = int(load.read().split()[3].partition(b"/")[0]) - 1
    except (OSError, IndexError, ValueError):  # not on Linux
        return processors()
    return max(1, processors() - busy)


class Pool(Generic[T, R]):
    """Processes that apply one function to items; results come in the order in which the items were given.

    Without processes, and for what a process that died left undone, the function is called here. An item, a result and
    the function (a module's) must be what `pickle` takes.
    """

    def __init__(self, function: Callable[[T], R], count: int) -> None:
        """Start `count` processes; with fewer than two, this process does the work."""
        self.function = function
        self.processes: list[subprocess.Popen[bytes]] = []
        self._failed: set[int] = set()
        self._waiting: deque[tuple[subprocess.Popen[bytes], T, Callable[[R], object]]] = deque()
        with contextlib.suppress(OSError):  # no more processes can be had: those that there are do
            for _ in range(count if count > 1 and _can_start() else 0):
                self.processes.append(_start(function))

    def give(self, item: T, done: Callable[[R], object]) -> None:
        """Have the function applied; `done` is called with the result, now or when its turn comes."""
        if not self.processes:
            done(self.function(item))
            return
        if len(self._waiting) >= _AHEAD * len(self.processes):
            self._take_oldest()
        process = self.processes.pop(0)
        self.processes.append(process)
        _send(process, item)
        self._waiting.append((process, item, done))

    def finish(self) -> None:
        """Take what is still out."""
        while self._waiting:
            self._take_oldest()

    def close(self) -> None:
        """End the processes: what is still out is lost."""
        for process in self.processes:
            process.kill()
        for process in self.processes:
            for stream in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    if stream:
                        stream.close()
            process.wait()

    def _take_oldest(self) -> None:
        process, item, done = self._waiting.popleft()
        try:
            if process.pid in self._failed:  # the rest of half a result would be taken for the next
                raise EOFError
            result = pickle.load(_open(process.stdout))
        except (OSError, EOFError, pickle.UnpicklingError):
            self._failed.add(process.pid)
            result = self.function(item)
        done(result)


def mapped(function: Callable[[T], R], items: Iterable[T], count: int, chunk: int = 32) -> Iterator[R]:
    """The function's results of all items, in order, `chunk` items at a time in each of `count` processes."""
    left = iter(items)
    pool: Pool[_Chunk, list[R]] = Pool(_each, count)
    ready: list[list[R]] = []
    try:
        while taken := list(islice(left, chunk)):
            pool.give((function, taken), ready.append)
            while ready:
                yield from ready.pop(0)
        pool.finish()
        while ready:
            yield from ready.pop(0)
    finally:
        pool.close()


class Copy(Generic[R]):
    """A copy of this process that calls a function while this one goes on.

    What the function returns must be what `pickle` takes; what it prints is lost. There are copies only on Linux, and
    none of a process that has threads.
    """

    def __init__(self, function: Callable[[], R]) -> None:
        """Begin; where no copy can be made, the function is called when its result is wanted."""
        self.function = function
        self._number = 0
        if not hasattr(os, "memfd_create") or _has_threads():
            return
        opened: list[int] = []
        with contextlib.suppress(OSError):  # no more files or processes can be had
            opened.append(os.memfd_create("result"))
            opened += os.pipe()
            self._memory, self._done, done = opened
            self._number = os.fork()
            if not self._number:
                self._serve(done)
            os.close(opened.pop())
            return
        for each in opened:
            os.close(each)

    def _serve(self, done: int) -> NoReturn:
        status = 1
        try:  # nothing of what follows in the program may happen twice, nor a bar be drawn by two
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            with open(self._memory, "wb") as stream:
                pickle.dump(self.function(), stream)
            os.write(done, b"1")  # it takes a while for all memory to be given back
            status = 0
        finally:
            os._exit(status)

    def result(self) -> R:
        """What the function returned; where the copy died or the function failed in it, what it returns here."""
        written = b""
        if self._number and os.read(self._done, 1):
            with open(self._memory, "rb", closefd=False) as stream:
                stream.seek(0)
                written = stream.read()
        return pickle.loads(written) if written else self.function()

    def close(self) -> None:
        """End the copy, unless it has ended."""
        number, self._number = self._number, 0
        if number:
            os.close(self._memory)
            os.close(self._done)
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, 9)
            with contextlib.suppress(ChildProcessError):  # the caller ignores such ends
                os.waitpid(number, 0)


@contextlib.contextmanager
def in_copies(function: Callable[[T], R], items: Sequence[T], count: int) -> Iterator[list[R]]:
    """The function's result of each of at most 256 items, which this process and `count` - 1 copies of it share out
    among them: each takes the next one as soon as it is free, so that a processor that is busy otherwise does less.
    What a copy that died had taken is done here. The copies end while their results are used.
    """
    left, given = os.pipe()
    os.write(given, bytes(range(len(items))))
    os.close(given)

    def done() -> dict[int, R]:
        return {number[0]: function(items[number[0]]) for number in iter(partial(os.read, left, 1), b"")}

    copies = [Copy(done) for _ in range(count - 1)]
    try:
        found = done()
        for copy in copies:
            found |= copy.result()
        yield [found[number] if number in found else function(item) for number, item in enumerate(items)]
    finally:
        os.close(left)
        for copy in copies:
            copy.close()


def _has_threads() -> bool:
    threading = sys.modules.get("threading")
    return threading is not None and threading.active_count() > 1


_Chunk = tuple[Callable[[Any], Any], list[Any]]


def _each(chunk: _Chunk) -> list[Any]:
    function, items = chunk
    return [function(item) for item in items]


def _can_start() -> bool:
    """Whether this interpreter can be started again: not one that is part of another program."""
    return bool(sys.executable) and not getattr(sys, "frozen", False)


def _start(function: Callable[..., object]) -> subprocess.Popen[bytes]:
    flags = ["-I", *(["-B"] if sys.dont_write_bytecode else [])]
    process = subprocess.Popen(
        [sys.executable, *flags, "-c", _START, *safe_path()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    _send(process, function)
    return process


def _send(process: subprocess.Popen[bytes], item: object) -> None:
    with contextlib.suppress(OSError):  # it has died: whoever waits for its result finds out
        pickle.dump(item, _open(process.stdin))
        _open(process.stdin).flush()


def _open(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream


def serve() -> None:
    """Answer the items that come on standard input, until there are no more. Interrupts are the parent's to answer."""
    import gc
    import signal
    from queue import SimpleQueue
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(50_000)  # results are trees without circles: to look for some takes a tenth of the time
    items, results = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints does not print among the results
    given: SimpleQueue[Any] = SimpleQueue()
    waiting: SimpleQueue[bytes] = SimpleQueue()

    def receive() -> None:
        try:
            while True:
                given.put((pickle.load(items),))
        finally:
            given.put(())

    def send() -> None:
        try:
            while content := waiting.get():
                results.write(content)
                results.flush()
        except OSError:
            os._exit(1)

    # in threads of their own: a pipe holds less than a large item, and neither end may wait while the other is busy
    sender = Thread(target=send)
    sender.start()
    Thread(target=receive, daemon=True).start()
    try:
        (function,) = given.get()
        while item := given.get():
            waiting.put(pickle.dumps(function(*item)))
    finally:
        waiting.put(b"")
        sender.join()
        os._exit(0)  # the other thread still reads
