// What cancel scopes and group.start() infer.
import {
  type CancelScope,
  type Coroutine,
  cancelScope,
  failAfter,
  type MovedOn,
  moveOnAfter,
  sleep,
  type TaskGroup,
} from "asyncio-ts";

type Equal<A, B> = (<X>() => X extends A ? 1 : 2) extends <X>() => X extends B ? 1 : 2 ? true : false;
declare function is<_T extends true>(): void;

const native = cancelScope(async (scope) => {
  is<Equal<typeof scope, CancelScope>>();
  return 1;
});
is<Equal<typeof native, Coroutine<number | undefined>>>();
const generator = cancelScope(
  function* () {
    return yield* sleep(1, "a");
  },
  { deadline: 5, shield: true },
);
is<Equal<typeof generator, Coroutine<string | undefined>>>();
const failing = failAfter("5s", () => sleep(1, true));
is<Equal<typeof failing, Coroutine<boolean>>>();
const moved = moveOnAfter(5, async () => "value");
is<Equal<typeof moved, Coroutine<MovedOn<string>>>>();

export async function narrowed(): Promise<string> {
  const outcome = await moved;
  // @ts-expect-error whether there is a value has to be asked first
  void outcome.value;
  return outcome.timedOut ? "too late" : outcome.value;
}

export async function starting(group: TaskGroup): Promise<number> {
  const nothing = group.start(async (started) => started());
  is<Equal<typeof nothing, Coroutine<void>>>();
  const port = await group.start<number>(async (started) => {
    started(80);
    // @ts-expect-error a number is promised
    started("80");
    await sleep(1);
  });
  is<Equal<typeof port, number>>();
  return port;
}

// @ts-expect-error the deadline is on the loop's clock
cancelScope(async () => 1, { deadline: "5s" });
// @ts-expect-error a promise is already running
moveOnAfter(5, Promise.resolve(1));
