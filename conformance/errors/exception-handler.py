# call_exception_handler() gives the context as it is; without a handler nothing of it reaches the caller.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    seen = []
    print(loop.get_exception_handler())
    loop.set_exception_handler(lambda loop, context: seen.append([context["message"], sorted(context)]))
    future = loop.create_future()
    loop.call_exception_handler({"message": "one", "future": future})
    loop.call_exception_handler({"message": "two", "exception": ValueError("x")})
    print(seen)
    for bad in [123, "text"]:
        try:
            loop.set_exception_handler(bad)
        except TypeError as error:
            print(type(error).__name__)
    loop.set_exception_handler(None)
    print(loop.get_exception_handler())


asyncio.run(main())
