# Facts 49, 2.4: outside a running loop there is no current task.
import asyncio

from twin import show

loop = asyncio.new_event_loop()


def attempt(label, action):
    try:
        action()
        print(label, "worked")
    except RuntimeError as error:
        print(label, show(error))

attempt("get_running_loop:", asyncio.get_running_loop)
attempt("current_task:", asyncio.current_task)
attempt("all_tasks:", asyncio.all_tasks)
print(asyncio.current_task(loop), len(asyncio.all_tasks(loop)))

async def main():
    print(asyncio.get_running_loop() is loop, asyncio.current_task() is not None, len(asyncio.all_tasks()))

loop.run_until_complete(main())
attempt("afterwards:", asyncio.get_running_loop)
