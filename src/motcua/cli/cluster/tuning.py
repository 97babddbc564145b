"""Settings of the server: fit for the machine it stands on, safe by default."""

import os

_MB = 1 << 20


def settings(*, is_durable: bool) -> dict[str, str]:
    """Server settings for this machine. Without durability a power cut may lose everything."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    cores = os.cpu_count() or 1
    chosen = {
        "listen_addresses": "127.0.0.1",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "max_connections": "100",
        "shared_buffers": f"{_clamp(memory // 16 // _MB, 32, 1024)}MB",
        "effective_cache_size": f"{_clamp(memory // 2 // _MB, 128, 1 << 16)}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": f"{_clamp(memory // 32 // _MB, 32, 512)}MB",
        "random_page_cost": "1.1",
        "jit": "off",  # short statements: compiling them costs more than it gains
        "max_parallel_workers_per_gather": str(max(0, min(2, cores - 1))),
        "wal_compression": "on",
        "max_wal_size": "2GB",
        "checkpoint_timeout": "15min",
        "log_line_prefix": "%m [%p] %d ",
        "log_min_duration_statement": "2s",
        "dynamic_shared_memory_type": "posix" if _shared_memory() > 256 * _MB else "mmap",
    }
    if not is_durable:
        chosen |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    return chosen


def _clamp(value: int, low: int, high: int) -> int:
    return max(low, min(value, high))


def _shared_memory() -> int:
    """Bytes of /dev/shm; containers often have too little of it for parallel queries."""
    try:
        found = os.statvfs("/dev/shm")  # noqa: S108 - asked for its size, nothing is written
    except OSError:
        return 0
    return found.f_frsize * found.f_blocks
