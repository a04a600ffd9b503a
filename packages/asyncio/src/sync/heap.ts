/** Whether `a` comes before `b`. May throw; then the heap is as it was. */
export type Less<T> = (a: T, b: T) => boolean;

/**
 * A binary heap that makes the same comparisons as Python's `heapq` and so gives equal items in the same order. Where an
 * item goes is found before anything moves: when a comparison throws, nothing has happened.
 */
export class Heap<T> {
  private readonly items: T[] = [];
  private readonly less: Less<T>;

  constructor(less: Less<T>) {
    this.less = less;
  }

  get length(): number {
    return this.items.length;
  }

  /** Python: `heappush`. */
  push(item: T): void {
    const { items } = this;
    let place = items.length;
    while (place > 0 && this.less(item, items[(place - 1) >> 1]!)) place = (place - 1) >> 1;
    for (let at = items.length; at > place; at = (at - 1) >> 1) items[at] = items[(at - 1) >> 1]!;
    items[place] = item;
  }

  /** Takes the first item. The heap must not be empty. Python: `heappop`. */
  take(): T {
    const { items } = this;
    const first = items[0]!;
    const last = items[items.length - 1]!;
    const path = this.pathOfSmallest(items.length - 1);
    // The last item goes to the end of the path and from there up to its place, as in heapq.
    let depth = path.length - 1;
    while (depth > 0 && this.less(last, items[path[depth]!]!)) depth--;
    items.pop();
    for (let i = 0; i < depth; i++) items[path[i]!] = items[path[i + 1]!]!;
    if (items.length > 0) items[path[depth]!] = last;
    return first;
  }

  clear(): void {
    this.items.length = 0;
  }

  /** The items in the order of the heap: the first is the smallest, of the others it says nothing. */
  toArray(): T[] {
    return [...this.items];
  }

  /** From the root always to the smaller child, down to a leaf; of the first `length` items. */
  private pathOfSmallest(length: number): number[] {
    const { items } = this;
    const path = [0];
    for (let child = 1; child < length; child = 2 * child + 1) {
      const right = child + 1;
      if (right < length && !this.less(items[child]!, items[right]!)) child = right;
      path.push(child);
    }
    return path;
  }
}
