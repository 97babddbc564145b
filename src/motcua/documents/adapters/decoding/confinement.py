"""Tying the hands of this process and of everything it starts. What is tied cannot be untied.

Holds on Linux for any user, in containers too: limits of the kernel (`setrlimit`), and a filter of system calls (seccomp)
that refuses sockets of the network, leaving the process group, tracing others, and, unless allowed, running programs.
Where the filter cannot be set (an unknown processor, a kernel without it) nothing is decoded: `OSError`.
"""

import ctypes
import errno
import os
import platform
import resource
import signal
import struct
import sys

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _PR_SET_DUMPABLE = 1, 38, 22, 4
_FILTER_MODE = 2
# Classic BPF: load a word, jump if equal, answer.
_LOAD, _JUMP_IF_EQUAL, _ANSWER = 0x20, 0x15, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000 | errno.EACCES, 0x80000000
_AT_NUMBER, _AT_ARCHITECTURE, _AT_FIRST_ARGUMENT = 0, 4, 16
_AF_UNIX = 1
_LIBC = ctypes.CDLL(None, use_errno=True)

#: AUDIT_ARCH, then the numbers of system calls, by processor (linux/audit.h, asm/unistd.h).
_PROCESSORS = {
    "x86_64": (
        0xC000003E,
        {
            "socket": 41,
            "setsid": 112,
            "setpgid": 109,
            "ptrace": 101,
            "process_vm_writev": 311,
            "io_uring_setup": 425,
            "bpf": 321,
            "execve": 59,
            "execveat": 322,
        },
    ),
    "aarch64": (
        0xC00000B7,
        {
            "socket": 198,
            "setsid": 157,
            "setpgid": 154,
            "ptrace": 117,
            "process_vm_writev": 271,
            "io_uring_setup": 425,
            "bpf": 280,
            "execve": 221,
            "execveat": 281,
        },
    ),
}
_PROGRAMS = ("execve", "execveat")


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


def die_with_parent() -> None:
    """The kernel kills this process when the thread that started it ends."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def limit_memory(bytes_more: int | None = None, *, in_all: int | None = None) -> None:
    """Bound the address space: `bytes_more` than now, or `in_all`. No core files either."""
    most = in_all if in_all is not None else _address_space() + (bytes_more or 0)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_use(*, processor_seconds: int, written: int, open_files: int) -> None:
    """Bound time of the processor, the size of any file written, and files open at once."""
    resource.setrlimit(resource.RLIMIT_CPU, (processor_seconds, processor_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (written, written))
    resource.setrlimit(resource.RLIMIT_NOFILE, (open_files, open_files))


def filter_calls(*, may_run_programs: bool, may_ask_network: bool) -> None:
    """Refuse the calls named above from now on. Raises `OSError` where that cannot be had."""
    known = _PROCESSORS.get(platform.machine())
    if known is None:
        raise OSError(errno.ENOSYS, f"no filter of system calls for {platform.machine()}")
    architecture, numbers = known
    free = {"socket", *(_PROGRAMS if may_run_programs else ())}
    refused = [number for name, number in numbers.items() if name not in free]
    code = _compiled(architecture, None if may_ask_network else numbers["socket"], refused)
    buffer = ctypes.create_string_buffer(code, len(code))
    program = _Program(len(code) // 8, ctypes.addressof(buffer))
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    _prctl(_PR_SET_SECCOMP, _FILTER_MODE, ctypes.byref(program))


def _compiled(architecture: int, socket: int | None, refused: list[int]) -> bytes:
    steps = [
        _step(_LOAD, _AT_ARCHITECTURE),
        _step(_JUMP_IF_EQUAL, architecture, 1, 0),
        _step(_ANSWER, _KILL),
        _step(_LOAD, _AT_NUMBER),
    ]
    for number in refused:
        steps += [_step(_JUMP_IF_EQUAL, number, 0, 1), _step(_ANSWER, _REFUSE)]
    if socket is not None:
        # Within the machine only: libraries talk to themselves through sockets of the file system.
        steps += [
            _step(_JUMP_IF_EQUAL, socket, 0, 3),
            _step(_LOAD, _AT_FIRST_ARGUMENT),
            _step(_JUMP_IF_EQUAL, _AF_UNIX, 1, 0),
            _step(_ANSWER, _REFUSE),
        ]
    return b"".join([*steps, _step(_ANSWER, _ALLOW)])


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)


def _prctl(option: int, *arguments: object) -> None:
    given = [*arguments, 0, 0, 0, 0][:4]
    if _LIBC.prctl(option, *(_word(one) for one in given)) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _word(value: object) -> object:
    return ctypes.c_ulong(value) if isinstance(value, int) else value


def _address_space() -> int:
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[0]) * resource.getpagesize()


def _become(argv: list[str]) -> None:
    """`python confinement.py MEMORY SECONDS WRITTEN FILES PROGRAM …`: tie the hands, then become the program."""
    memory, seconds, written, open_files = map(int, argv[:4])
    die_with_parent()
    limit_use(processor_seconds=seconds, written=written, open_files=open_files)
    filter_calls(may_run_programs=True, may_ask_network=False)
    limit_memory(in_all=memory)
    os.execvp(argv[4], argv[4:])  # noqa: S606 - no shell


if __name__ == "__main__":
    _become(sys.argv[1:])
