# The twins of processes.ts. Runs all programs and prints what each has printed, as JSON.
import asyncio
import json
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, STDOUT

programs = {}


def program(function):
    programs[function.__name__.replace("_", " ")] = function
    return function


exec_ = asyncio.create_subprocess_exec
shell = asyncio.create_subprocess_shell


@program
async def return_codes(show):
    for command in ["exit 0", "exit 1", "exit 255", "kill -9 $$", "kill -TERM $$", "kill -USR1 $$"]:
        process = await shell(command)
        show(process.returncode, await process.wait(), process.returncode, await process.wait())


@program
async def communicate(show):
    process = await shell("cat; echo bad >&2; exit 3", stdin=PIPE, stdout=PIPE, stderr=PIPE)
    output, errors = await process.communicate(b"hello\n")
    show(output.decode(), errors.decode(), process.returncode)
    process = await exec_("echo", "x", stdout=PIPE)
    output, errors = await process.communicate()
    show(output.decode(), errors, process.stdin is None, process.stderr is None)


@program
async def large_both_ways(show):
    process = await exec_("cat", stdin=PIPE, stdout=PIPE)
    output, _ = await process.communicate(bytes(20_000_000))
    show(len(output), process.returncode)


@program
async def child_stops_reading(show):
    for command in ["exec 0<&-; echo hi", "head -c 1 > /dev/null; echo hi", "exit 5"]:
        process = await shell(command, stdin=PIPE, stdout=PIPE)
        output, _ = await process.communicate(bytes(5_000_000))
        show(output.decode(), process.returncode)


@program
async def stderr_in_stdout(show):
    command = "for i in 1 2 3; do echo out $i; echo err $i >&2; done"
    process = await exec_("sh", "-c", command, stdout=PIPE, stderr=STDOUT)
    output, errors = await process.communicate()
    show(output.decode(), errors)
    process = await shell(command, stdout=PIPE, stderr=STDOUT)
    show((await process.communicate())[0].decode(), process.stderr is None)


@program
async def lines_of_a_child(show):
    process = await exec_("cat", stdin=PIPE, stdout=PIPE)
    for line in ["one\n", "two\n"]:
        process.stdin.write(line.encode())
        await process.stdin.drain()
        show((await process.stdout.readline()).decode())
    process.stdin.write(b"three\nfour")
    process.stdin.close()
    async for line in process.stdout:
        show(line.decode())
    show((await process.stdout.read()).decode(), process.stdout.at_eof(), await process.wait())


@program
async def signals(show):
    for number in [signal.SIGUSR1, signal.SIGTERM, signal.SIGKILL]:
        process = await exec_("sleep", "1000")
        process.send_signal(number)
        show(await process.wait())
        for send in [process.terminate, process.kill, lambda: process.send_signal(signal.SIGUSR1)]:
            try:
                send()
                show("sent")
            except ProcessLookupError:
                show("ProcessLookupError")


@program
async def a_handler_in_the_child(show):
    process = await shell("trap 'echo caught; exit 7' TERM; echo ready; while :; do sleep 0.01; done", stdout=PIPE)
    show((await process.stdout.readline()).decode())
    process.terminate()
    show((await process.stdout.read()).decode(), await process.wait())


@program
async def pipelines(show):
    process = await shell("printf 'b\\na\\nc\\n' | sort | head -2; false | true; echo $?", stdout=PIPE)
    show((await process.communicate())[0].decode(), process.returncode)


@program
async def quoting(show):
    process = await exec_("printf", "[%s]", "a b", "", "$HOME", "`id`", "'", "*", stdout=PIPE)
    show((await process.communicate())[0].decode())


@program
async def missing(show):
    for program, cwd in [("nonexistent-program", None), ("/bin/true", "/nonexistent"), ("/bin/true", "/etc/passwd"), ("/etc/passwd", None)]:
        try:
            await exec_(program, cwd=cwd)
        except OSError as error:
            show(type(error).__name__, error.errno, error.filename, str(error))


@program
async def wrong_options(show):
    for options in [{"text": True}, {"universal_newlines": True}, {"bufsize": 1}, {"encoding": "utf-8"}, {"shell": True}]:
        try:
            await exec_("true", **options)
        except ValueError as error:
            name = next(iter(options))
            show(name.replace("_n", "N"), str(error).replace("_n", "N").replace("False", "false").replace("None", "null"))


@program
async def environment(show):
    process = await shell("echo $A-$B-$HOME; pwd -P", env={"A": "1", "PATH": "/usr/bin:/bin"}, cwd="/usr", stdout=PIPE)
    show((await process.communicate())[0].decode())


@program
async def devnull(show):
    process = await shell("cat; echo out; echo err >&2", stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE)
    show((await process.communicate())[1].decode(), process.stdout is None)


@program
async def concurrent_waits(show):
    process = await exec_("cat", stdin=PIPE)
    waits = [asyncio.create_task(process.wait()) for _ in range(10)]
    cancelled = asyncio.create_task(process.wait())
    await asyncio.sleep(0)
    cancelled.cancel()
    process.stdin.close()
    show(*await asyncio.gather(*waits), cancelled.cancelled())


@program
async def a_timeout_leaves_the_child(show):
    process = await exec_("sleep", "1000", stdout=PIPE)
    try:
        await asyncio.wait_for(process.communicate(), 0.01)
    except asyncio.TimeoutError as error:
        show(type(error).__name__, process.returncode)
    process.kill()
    show(await process.wait())


@program
async def a_grandchild_holds_the_pipe(show):
    process = await shell("sleep 0.2 & echo x", stdout=PIPE)
    show((await process.stdout.readline()).decode())
    show((await process.communicate())[0].decode(), process.returncode)


@program
async def protocol_events(show):
    class Protocol(asyncio.SubprocessProtocol):
        def __init__(self):
            self.events = {0: [], 1: [], 2: []}
            self.order = []
            self.done = asyncio.get_running_loop().create_future()

        def connection_made(self, transport):
            self.order.append("made")

        def pipe_data_received(self, fd, data):
            self.events[fd].append(data.decode())

        def pipe_connection_lost(self, fd, exc):
            self.events[fd].append("lost" if exc is None else "lost with an error")

        def process_exited(self):
            self.order.append("exited")

        def connection_lost(self, exc):
            self.order.append("lost" if exc is None else "lost with an error")
            self.done.set_result(None)

    transport, protocol = await asyncio.get_running_loop().subprocess_exec(Protocol, "sh", "-c", "cat; echo e >&2; exit 9")
    transport.get_pipe_transport(0).write(b"hi")
    transport.get_pipe_transport(0).write_eof()
    await protocol.done
    for fd in range(3):
        show(fd, *protocol.events[fd])
    show(*protocol.order, transport.get_returncode())


@program
async def a_closed_transport_kills(show):
    transport, _ = await asyncio.get_running_loop().subprocess_exec(asyncio.SubprocessProtocol, "sleep", "1000")
    transport.close()
    show(transport.is_closing(), await transport._wait())


@program
async def flow_control(show):
    class Protocol(asyncio.SubprocessProtocol):
        def __init__(self):
            self.calls = []
            self.received = 0
            self.done = asyncio.get_running_loop().create_future()

        def pipe_data_received(self, fd, data):
            self.received += len(data)

        def pause_writing(self):
            self.calls.append("pause")

        def resume_writing(self):
            self.calls.append("resume")

        def connection_lost(self, exc):
            self.done.set_result(None)

    transport, protocol = await asyncio.get_running_loop().subprocess_exec(Protocol, "cat")
    stdin = transport.get_pipe_transport(0)
    stdin.write(bytes(3_000_000))
    show(*protocol.calls)
    stdin.close()
    await protocol.done
    show(*protocol.calls, protocol.received)


def main():
    results = {}
    for name, function in programs.items():
        lines = []

        def show(*values):
            lines.append(" ".join(json.dumps(value) for value in values))

        asyncio.run(function(show))
        results[name] = lines
    json.dump(results, sys.stdout)


main()
