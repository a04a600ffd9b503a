import type { NativeScope } from "../tasks/scope.ts";
import type { Step } from "../tasks/stepped-coroutine.ts";
import { ParkedCoroutine } from "./parked-coroutine.ts";

/** A parked coroutine that often need not wait: `queue.get()`, `channel.send()`. */
export abstract class PromptCoroutine<T, V = void> extends ParkedCoroutine<T, V> {
  /** Does it, or parks. */
  protected abstract attempt(): Step<T>;
  /** Whether `attempt` would do it now. */
  protected abstract isReady(): boolean;

  protected override begin(): Step<T> {
    return this.attempt();
  }

  /** What need not wait is done in the step of the native code that awaits it, as the await of a future that is done. */
  override _runNatively(place: NativeScope, resolve: (value: T) => void, reject: (error: unknown) => void): void {
    if (this.isReady()) resolve(this.next().value as T);
    else super._runNatively(place, resolve, reject);
  }
}
