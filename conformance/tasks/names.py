# Fact 58: names are given, changed, or made up as Task-N.
import asyncio


async def work():
    return asyncio.current_task().get_name()

async def main():
    named = asyncio.create_task(work(), name="worker")
    unnamed = asyncio.create_task(work())
    print(named.get_name(), unnamed.get_name()[:5], unnamed.get_name()[5:].isdigit())
    print(unnamed.get_name() == unnamed.get_name(), unnamed.get_name() != asyncio.current_task().get_name())
    unnamed.set_name("renamed")
    print(await named, await unnamed)
    named.set_name("after the end")
    print(named.get_name())


asyncio.run(main())
