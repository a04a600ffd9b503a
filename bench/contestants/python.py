"""asyncio and uvloop: `python3 python.py <asyncio|uvloop> <row> <settings as JSON>`. The twin of measure.mjs and of the
JavaScript contestants; the same rows, the same amount of work."""

import asyncio
import gc
import json
import math
import os
import ssl
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "jobs"))
import jobs

SHORTEST_SAMPLE = 0.020
SCHEDULE = "/proc/self/schedstat"
TELLS_DELAY = os.path.exists(SCHEDULE)


def now():
    """Seconds on a clock that stands still while this process would run but other work has the core."""
    if not TELLS_DELAY:
        return time.perf_counter()
    with open(SCHEDULE) as schedule:
        return time.perf_counter() - int(schedule.read().split()[1]) / 1e9


class Sampler:
    def __init__(self, settings):
        self.size = 1
        self.warmup = settings["warmup"] / 1000
        self.window = settings["window"] / 1000
        self.start = now()
        self.began = 0.0
        self.operations = 0
        self.elapsed = 0.0

    def wants(self):
        self.began = now()
        return self.elapsed < self.window

    def add(self, operations):
        end = now()
        if end - self.start < self.warmup:
            if end - self.began < SHORTEST_SAMPLE:
                self.size *= 2
            return
        self.operations += operations
        self.elapsed += end - self.began


async def identity(value):
    return value


async def spin(turns):
    for _ in range(turns):
        await asyncio.sleep(0)


async def frame(depth):
    return 1 if depth == 0 else await frame(depth - 1)


async def frame_turn(depth):
    if depth == 0:
        await asyncio.sleep(0)
        return 1
    return await frame_turn(depth - 1)


async def sleeper():
    await asyncio.sleep(3600)


async def sleep0_100(size):
    await asyncio.gather(*[spin(size) for _ in range(100)])
    return 100 * size


async def sleep0_1(size):
    await spin(size)
    return size


async def create_join(size):
    for _ in range(size):
        await asyncio.gather(*[identity(k) for k in range(1000)])
    return 1000 * size


async def frames(size):
    for _ in range(size):
        await frame(10)
    return size


async def frames_sleep0(size):
    for _ in range(size):
        await frame_turn(10)
    return size


async def ping_pong(size):
    loop = asyncio.get_running_loop()
    waiters = [loop.create_future(), loop.create_future()]

    async def player(mine, other):
        for i in range(size):
            await waiters[mine]
            waiters[mine] = loop.create_future()
            waiters[other].set_result(i)

    players = [asyncio.create_task(player(0, 1)), asyncio.create_task(player(1, 0))]
    waiters[0].set_result(0)
    await asyncio.gather(*players)
    return 2 * size


async def cancel(size):
    for _ in range(size):
        tasks = [asyncio.create_task(sleeper()) for _ in range(1000)]
        await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return 1000 * size


async def cancel_latency(size):
    answered = 0

    async def work():
        nonlocal answered
        while answered < size:
            try:
                await asyncio.sleep(3600)
            except asyncio.CancelledError:
                worker.uncancel()
            finally:
                answered += 1

    worker = asyncio.create_task(work())
    await asyncio.sleep(0)
    for _ in range(size):
        worker.cancel()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    assert answered == size
    return size


async def task_group(size):
    for _ in range(size):
        async with asyncio.TaskGroup() as group:
            for k in range(1000):
                group.create_task(identity(k))
    return 1000 * size


async def timeout(size):
    for i in range(size):
        async with asyncio.timeout(10):
            await identity(i)
    return size


async def lock_handover(size):
    lock = asyncio.Lock()

    async def worker():
        for _ in range(size):
            await lock.acquire()
            await asyncio.sleep(0)
            lock.release()

    await asyncio.gather(*[worker() for _ in range(100)])
    return 100 * size


async def lock_free(size):
    lock = asyncio.Lock()
    for _ in range(size):
        await lock.acquire()
        lock.release()
    return size


async def semaphore(size):
    permits = asyncio.Semaphore(10)

    async def worker():
        for _ in range(size):
            await permits.acquire()
            await asyncio.sleep(0)
            permits.release()

    await asyncio.gather(*[worker() for _ in range(100)])
    return 100 * size


async def map_concurrent(size):
    async def item_of_one_turn(item, limit):
        async with limit:
            await asyncio.sleep(0)
            return item

    for _ in range(size):
        limit = asyncio.Semaphore(100)
        await asyncio.gather(*(item_of_one_turn(item, limit) for item in range(10_000)))
    return 10_000 * size


async def event(size):
    flag = asyncio.Event()

    async def worker():
        for _ in range(size):
            await flag.wait()

    workers = asyncio.gather(*[worker() for _ in range(1000)])
    for _ in range(size):
        await asyncio.sleep(0)
        flag.set()
        flag.clear()
    await workers
    return 1000 * size


ROWS = {
    "sleep0-100": sleep0_100,
    "sleep0-1": sleep0_1,
    "create-join": create_join,
    "frames": frames,
    "frames-sleep0": frames_sleep0,
    "ping-pong": ping_pong,
    "cancel": cancel,
    "cancel-latency": cancel_latency,
    "task-group": task_group,
    "timeout": timeout,
    "lock-handover": lock_handover,
    "lock-free": lock_free,
    "semaphore": semaphore,
    "map-concurrent": map_concurrent,
    "event": event,
}


def delay(i):
    return 3600 + ((i * 7919) % 1000) / 1000


async def timers(settings):
    loop = asyncio.get_running_loop()
    count = settings["count"]

    def nothing():
        pass

    def set_and_cancel(length):
        handles = [loop.call_later(delay(i), nothing) for i in range(length)]
        for handle in handles:
            handle.cancel()

    set_and_cancel(count // 10)
    await asyncio.sleep(0)
    began = now()
    set_and_cancel(count)
    await asyncio.sleep(0)
    result = {"opsPerSecond": count / (now() - began)}
    # uvloop's timers live in libuv, where nobody can count them; asyncio's are counted, not weighed.
    heap = getattr(loop, "_scheduled", None)
    if heap is not None:
        live = settings["live"]
        ring = [loop.call_later(delay(i), nothing) for i in range(live)]
        most = live
        for i in range(count):
            ring[i % live].cancel()
            ring[i % live] = loop.call_later(delay(live + i), nothing)
            if i % 1000 == 999:
                most = max(most, len(heap))
                await asyncio.sleep(0)
        result["growth"] = most / live
    return result


def resident_bytes():
    gc.collect()
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


async def memory(settings):
    """Resident memory, because Python's objects live outside what tracemalloc can count cheaply."""
    count = settings["count"]
    tasks = [None] * count

    before = resident_bytes()
    for i in range(count):
        tasks[i] = asyncio.create_task(sleeper())
    await asyncio.sleep(0)
    return {"bytes": (resident_bytes() - before) / count}


async def memory_lock(settings):
    count = settings["count"]
    lock = asyncio.Lock()
    await lock.acquire()

    async def waiter():
        await lock.acquire()

    tasks = [None] * count
    before = resident_bytes()
    for i in range(count):
        tasks[i] = asyncio.create_task(waiter())
    await asyncio.sleep(0)
    return {"bytes": (resident_bytes() - before) / count}


def percentile(values, percent):
    return sorted(values)[max(0, math.ceil(percent / 100 * len(values)) - 1)]


async def fairness(settings):
    loop = asyncio.get_running_loop()
    finished = loop.create_future()
    lateness = []
    spins = 0
    began = 0.0

    def arm():
        # Not loop.time(): uvloop's stands still during an iteration.
        due = time.perf_counter() + 0.010

        def fire():
            lateness.append((time.perf_counter() - due) * 1000)
            if not finished.done():
                arm()

        loop.call_later(0.010, fire)

    class Echo(asyncio.Protocol):
        def connection_made(self, transport):
            nonlocal began, spins
            self.transport = transport
            began, spins = time.perf_counter(), 0
            arm()

        def data_received(self, data):
            self.transport.write(data)

        def connection_lost(self, error):
            finished.set_result(None)

    async def spinner():
        nonlocal spins
        while not finished.done():
            await asyncio.sleep(0)
            spins += 1

    server = await loop.create_server(Echo, "127.0.0.1", 0)
    print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
    await asyncio.gather(*[spinner() for _ in range(1000)])
    return {
        "timerP99": percentile(lateness, 99),
        "timerMax": max(lateness),
        "spinsPerSecond": spins / (time.perf_counter() - began),
    }


# Queues and channels.
async def through_queue(maxsize, pairs, each):
    queue = asyncio.Queue(maxsize)

    async def produce():
        for i in range(each):
            await queue.put(i)

    async def consume():
        for _ in range(each):
            await queue.get()

    await asyncio.gather(*[work() for _ in range(pairs) for work in (produce, consume)])
    return pairs * each


ROWS |= {
    "queue": lambda size: through_queue(0, 1, size),
    "queue-1": lambda size: through_queue(1, 1, size),
    "queue-100": lambda size: through_queue(100, 100, size),
    "channel": lambda size: through_queue(1, 1, size),
}


async def queue_waiters(settings):
    await wait_and_cancel(settings["count"] // 10)
    return await wait_and_cancel(settings["count"])


async def wait_and_cancel(count):
    queue = asyncio.Queue()

    async def getter():
        await queue.get()

    tasks = [None] * count
    before = resident_bytes()
    for i in range(count):
        tasks[i] = asyncio.create_task(getter())
    await asyncio.sleep(0)
    used = (resident_bytes() - before) / count
    began = now()
    for task in tasks:
        task.cancel()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    seconds = now() - began
    assert all(task.cancelled() for task in tasks)
    return {"opsPerSecond": count / seconds, "bytes": used}


class Echo(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.transport.write(data)


def identity(settings):
    if "tls" not in settings:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(settings["tls"]["cert"], settings["tls"]["key"])
    return context


async def echo(settings):
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Echo, "127.0.0.1", 0, backlog=1000, ssl=identity(settings))
    port = server.sockets[0].getsockname()[1]
    print(json.dumps({"port": port, "pid": os.getpid()}), flush=True)
    await server.serve_forever()


async def echo_streams(settings):
    async def handle(reader, writer):
        while data := await reader.read(1_000_000):
            writer.write(data)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0, backlog=1000, ssl=identity(settings))
    port = server.sockets[0].getsockname()[1]
    print(json.dumps({"port": port, "pid": os.getpid()}), flush=True)
    await server.serve_forever()


class Pool:
    def __init__(self, kind, workers):
        self.executor = POOLS[kind](max_workers=workers)
        self.loop = asyncio.get_running_loop()

    async def submit(self, name, *args):
        return await self.loop.run_in_executor(self.executor, getattr(jobs, name), *args)


POOLS = {"threads": ThreadPoolExecutor, "processes": ProcessPoolExecutor}
PIPELINED = 1000


def pool_row(body):
    def of(kind):
        async def measure(settings):
            pool = Pool(kind, settings["workers"])
            result = await body(pool, settings)
            pool.executor.shutdown()
            return result

        return measure

    return of


async def during(settings, body):
    warm = time.perf_counter() + settings["warmup"] / 1000
    await body(lambda: time.perf_counter() >= warm)
    began = time.perf_counter()
    done = await body(lambda: time.perf_counter() - began >= settings["window"] / 1000)
    return {"opsPerSecond": done / (time.perf_counter() - began)}


def pipelined(*job):
    async def row(pool, settings):
        async def lanes(is_over):
            done = 0

            async def lane():
                nonlocal done
                while not is_over():
                    await pool.submit(*job)
                    done += 1

            await asyncio.gather(*(lane() for _ in range(PIPELINED)))
            return done

        return await during(settings, lanes)

    return pool_row(row)


def sequential(*job):
    async def row(pool, settings):
        async def lane(is_over):
            done = 0
            while not is_over():
                await pool.submit(*job)
                done += 1
            return done

        return await during(settings, lane)

    return pool_row(row)


@pool_row
async def pool_start(pool, settings):
    began = time.perf_counter()
    await asyncio.gather(*(pool.submit("noop") for _ in range(settings["workers"])))
    return {"milliseconds": (time.perf_counter() - began) * 1000}


@pool_row
async def pool_lag(pool, settings):
    workers = settings["workers"]
    await asyncio.gather(*(pool.submit("burn", 50) for _ in range(workers)))
    late = []
    over = False

    async def clock():
        while not over:
            due = time.perf_counter() + 0.001
            await asyncio.sleep(0.001)
            late.append(max(0.0, time.perf_counter() - due) * 1000)

    ticking = asyncio.create_task(clock())
    began = time.perf_counter()

    async def lane():
        while time.perf_counter() - began < settings["window"] / 1000:
            await pool.submit("burn", 20)

    await asyncio.gather(*(lane() for _ in range(workers)))
    over = True
    await ticking
    return {"p99": percentile(late, 99), "max": max(late)}


POOL_ROWS = {
    "pool-noop": pipelined("noop"),
    "pool-sequential": sequential("noop"),
    "pool-1k": pipelined("echo", bytes(1024)),
    "pool-1m": sequential("echo", bytes(1024 * 1024)),
    "pool-start": pool_start,
    "pool-lag": pool_lag,
}

SPECIAL = {
    **{f"{row}:{kind}": of(kind) for row, of in POOL_ROWS.items() for kind in POOLS},
    "echo": echo,
    "echo:streams": echo_streams,
    "queue-waiters": queue_waiters,
    "timers": timers,
    "memory": memory,
    "memory-lock": memory_lock,
    "fairness": fairness,
}


async def main(row, settings):
    wall, began = time.perf_counter(), now()
    if row in SPECIAL:
        result = await SPECIAL[row](settings)
    else:
        sampler = Sampler(settings)
        body = ROWS[row]
        while sampler.wants():
            sampler.add(await body(sampler.size))
        result = {"opsPerSecond": sampler.operations / sampler.elapsed}
    waited = 1 - (now() - began) / (time.perf_counter() - wall)
    print(json.dumps({"row": row, **result, "waited": waited}), flush=True)
    # Skip the orderly end: a million sleeping tasks would be cancelled one by one.
    os._exit(0)


if sys.argv[1] == "uvloop":
    import uvloop

    run = uvloop.run
else:
    run = asyncio.run
run(main(sys.argv[2], json.loads(sys.argv[3])))
