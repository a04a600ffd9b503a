// Written by oracle/oracle.mjs. Do not edit.
// biome-ignore-all format: generated
// biome-ignore-all assist: generated
import type { Pair } from "./twin.ts";
import * as awaitablesCancel from "./awaitables/cancel.ts";
import * as awaitablesNested from "./awaitables/nested.ts";
import * as awaitablesTogether from "./awaitables/together.ts";
import * as awaitablesTwice from "./awaitables/twice.ts";
import * as barrierAbort from "./barrier/abort.ts";
import * as barrierAbortDraining from "./barrier/abort-draining.ts";
import * as barrierAbortThenReset from "./barrier/abort-then-reset.ts";
import * as barrierCancelAllFilling from "./barrier/cancel-all-filling.ts";
import * as barrierCancelDraining from "./barrier/cancel-draining.ts";
import * as barrierCancelFilling from "./barrier/cancel-filling.ts";
import * as barrierFill from "./barrier/fill.ts";
import * as barrierMoreTasksThanParties from "./barrier/more-tasks-than-parties.ts";
import * as barrierParties from "./barrier/parties.ts";
import * as barrierReset from "./barrier/reset.ts";
import * as barrierRounds from "./barrier/rounds.ts";
import * as barrierTimeout from "./barrier/timeout.ts";
import * as barrierUse from "./barrier/use.ts";
import * as cancellationAfterFailure from "./cancellation/after-failure.ts";
import * as cancellationAfterWakeUp from "./cancellation/after-wake-up.ts";
import * as cancellationAtRunEnd from "./cancellation/at-run-end.ts";
import * as cancellationAtSleepZero from "./cancellation/at-sleep-zero.ts";
import * as cancellationAtTheEnd from "./cancellation/at-the-end.ts";
import * as cancellationAwaitedFuture from "./cancellation/awaited-future.ts";
import * as cancellationBeforeStart from "./cancellation/before-start.ts";
import * as cancellationCancelThenSet from "./cancellation/cancel-then-set.ts";
import * as cancellationCancelsLeaf from "./cancellation/cancels-leaf.ts";
import * as cancellationCatchAndAwait from "./cancellation/catch-and-await.ts";
import * as cancellationCatchAndReturn from "./cancellation/catch-and-return.ts";
import * as cancellationChildFinished from "./cancellation/child-finished.ts";
import * as cancellationChildSwallows from "./cancellation/child-swallows.ts";
import * as cancellationCounts from "./cancellation/counts.ts";
import * as cancellationDone from "./cancellation/done.ts";
import * as cancellationDouble from "./cancellation/double.ts";
import * as cancellationDuringCleanup from "./cancellation/during-cleanup.ts";
import * as cancellationExitError from "./cancellation/exit-error.ts";
import * as cancellationMessage from "./cancellation/message.ts";
import * as cancellationMessageOnce from "./cancellation/message-once.ts";
import * as cancellationReplaced from "./cancellation/replaced.ts";
import * as cancellationSelf from "./cancellation/self.ts";
import * as cancellationSelfOnFuture from "./cancellation/self-on-future.ts";
import * as cancellationSelfThenChild from "./cancellation/self-then-child.ts";
import * as cancellationSharedFuture from "./cancellation/shared-future.ts";
import * as cancellationSharedTask from "./cancellation/shared-task.ts";
import * as cancellationStructured from "./cancellation/structured.ts";
import * as cancellationThroughAwaits from "./cancellation/through-awaits.ts";
import * as cancellationThroughTasks from "./cancellation/through-tasks.ts";
import * as cancellationUncancelWithdraws from "./cancellation/uncancel-withdraws.ts";
import * as conditionCancelNotified from "./condition/cancel-notified.ts";
import * as conditionCancelNotifiedAtTheLock from "./condition/cancel-notified-at-the-lock.ts";
import * as conditionCancelReacquiring from "./condition/cancel-reacquiring.ts";
import * as conditionCancelThenNotify from "./condition/cancel-then-notify.ts";
import * as conditionCancelWaiting from "./condition/cancel-waiting.ts";
import * as conditionCancelWakesAnother from "./condition/cancel-wakes-another.ts";
import * as conditionCancelWithTheRelease from "./condition/cancel-with-the-release.ts";
import * as conditionNotAcquired from "./condition/not-acquired.ts";
import * as conditionNotify from "./condition/notify.ts";
import * as conditionNotifyAll from "./condition/notify-all.ts";
import * as conditionPredicateFails from "./condition/predicate-fails.ts";
import * as conditionSharedLock from "./condition/shared-lock.ts";
import * as conditionWaitFor from "./condition/wait-for.ts";
import * as conditionWaitWithTimeout from "./condition/wait-with-timeout.ts";
import * as contextCallbacks from "./context/callbacks.ts";
import * as contextChildren from "./context/children.ts";
import * as contextCopy from "./context/copy.ts";
import * as contextIsolation from "./context/isolation.ts";
import * as contextRun from "./context/run.ts";
import * as contextRunner from "./context/runner.ts";
import * as contextShared from "./context/shared.ts";
import * as contextTaskErrorHandler from "./context/task-error-handler.ts";
import * as contextTokens from "./context/tokens.ts";
import * as contextmanagersCancelInBody from "./contextmanagers/cancel-in-body.ts";
import * as contextmanagersCancelInEnter from "./contextmanagers/cancel-in-enter.ts";
import * as contextmanagersCancelInExit from "./contextmanagers/cancel-in-exit.ts";
import * as contextmanagersCancelSwallowed from "./contextmanagers/cancel-swallowed.ts";
import * as contextmanagersErrorInEnter from "./contextmanagers/error-in-enter.ts";
import * as contextmanagersErrorInExit from "./contextmanagers/error-in-exit.ts";
import * as contextmanagersErrorSeen from "./contextmanagers/error-seen.ts";
import * as contextmanagersGeneratorCancel from "./contextmanagers/generator-cancel.ts";
import * as contextmanagersGeneratorEnds from "./contextmanagers/generator-ends.ts";
import * as contextmanagersGeneratorGroup from "./contextmanagers/generator-group.ts";
import * as contextmanagersGeneratorMistakes from "./contextmanagers/generator-mistakes.ts";
import * as contextmanagersGeneratorNested from "./contextmanagers/generator-nested.ts";
import * as contextmanagersInTimeout from "./contextmanagers/in-timeout.ts";
import * as contextmanagersOrder from "./contextmanagers/order.ts";
import * as contextmanagersStackCancel from "./contextmanagers/stack-cancel.ts";
import * as contextmanagersStackEnterFails from "./contextmanagers/stack-enter-fails.ts";
import * as contextmanagersStackErrors from "./contextmanagers/stack-errors.ts";
import * as contextmanagersStackOrder from "./contextmanagers/stack-order.ts";
import * as contextmanagersStackPopAll from "./contextmanagers/stack-pop-all.ts";
import * as contextmanagersSwallowed from "./contextmanagers/swallowed.ts";
import * as contextmanagersTicks from "./contextmanagers/ticks.ts";
import * as eagerBlocks from "./eager/blocks.ts";
import * as eagerCancel from "./eager/cancel.ts";
import * as eagerCompletes from "./eager/completes.ts";
import * as eagerContext from "./eager/context.ts";
import * as eagerCurrentTask from "./eager/current-task.ts";
import * as eagerFactory from "./eager/factory.ts";
import * as eagerGather from "./eager/gather.ts";
import * as eagerGroupChildFails from "./eager/group-child-fails.ts";
import * as errorsExceptionHandler from "./errors/exception-handler.ts";
import * as errorsHandlerRaisesInTask from "./errors/handler-raises-in-task.ts";
import * as errorsMainFails from "./errors/main-fails.ts";
import * as errorsNestedRun from "./errors/nested-run.ts";
import * as eventCancel from "./event/cancel.ts";
import * as eventSetThenClear from "./event/set-then-clear.ts";
import * as eventTimeout from "./event/timeout.ts";
import * as eventWaitAgain from "./event/wait-again.ts";
import * as eventWakesAll from "./event/wakes-all.ts";
import * as futuresAwaitDone from "./futures/await-done.ts";
import * as futuresCallbackChain from "./futures/callback-chain.ts";
import * as futuresCallbackMutation from "./futures/callback-mutation.ts";
import * as futuresCallbackOnDone from "./futures/callback-on-done.ts";
import * as futuresCallbackOrder from "./futures/callback-order.ts";
import * as futuresCallbackRemove from "./futures/callback-remove.ts";
import * as futuresCallbackThrows from "./futures/callback-throws.ts";
import * as futuresCancelWakes from "./futures/cancel-wakes.ts";
import * as futuresOtherLoop from "./futures/other-loop.ts";
import * as futuresResolveInStep from "./futures/resolve-in-step.ts";
import * as futuresSharedException from "./futures/shared-exception.ts";
import * as futuresStates from "./futures/states.ts";
import * as futuresTimerResolves from "./futures/timer-resolves.ts";
import * as futuresWakeOrder from "./futures/wake-order.ts";
import * as gatherCancel from "./gather/cancel.ts";
import * as gatherCancelAndFail from "./gather/cancel-and-fail.ts";
import * as gatherCancelReturnExceptions from "./gather/cancel-return-exceptions.ts";
import * as gatherChildCancelled from "./gather/child-cancelled.ts";
import * as gatherChildSwallowsCancel from "./gather/child-swallows-cancel.ts";
import * as gatherFirstException from "./gather/first-exception.ts";
import * as gatherNested from "./gather/nested.ts";
import * as gatherResults from "./gather/results.ts";
import * as gatherReturnExceptions from "./gather/return-exceptions.ts";
import * as gatherSharedChild from "./gather/shared-child.ts";
import * as gatherTwoLoops from "./gather/two-loops.ts";
import * as iterationBreakAndElse from "./iteration/break-and-else.ts";
import * as iterationCancel from "./iteration/cancel.ts";
import * as iterationGeneratorBreak from "./iteration/generator-break.ts";
import * as iterationGeneratorByHand from "./iteration/generator-by-hand.ts";
import * as iterationGeneratorCancel from "./iteration/generator-cancel.ts";
import * as iterationGeneratorCloseCancelled from "./iteration/generator-close-cancelled.ts";
import * as iterationGeneratorError from "./iteration/generator-error.ts";
import * as iterationIteratorFails from "./iteration/iterator-fails.ts";
import * as iterationNested from "./iteration/nested.ts";
import * as iterationOrder from "./iteration/order.ts";
import * as iterationTicks from "./iteration/ticks.ts";
import * as locksBodyFails from "./locks/body-fails.ts";
import * as locksCancelBeforeStart from "./locks/cancel-before-start.ts";
import * as locksCancelRace from "./locks/cancel-race.ts";
import * as locksCancelReleaseRace from "./locks/cancel-release-race.ts";
import * as locksCancelThenRelease from "./locks/cancel-then-release.ts";
import * as locksCancelWaiting from "./locks/cancel-waiting.ts";
import * as locksCancelWoken from "./locks/cancel-woken.ts";
import * as locksCancelWokenChain from "./locks/cancel-woken-chain.ts";
import * as locksFifo from "./locks/fifo.ts";
import * as locksFinishedWaiterCancelled from "./locks/finished-waiter-cancelled.ts";
import * as locksNewcomerJumps from "./locks/newcomer-jumps.ts";
import * as locksNewcomerWaits from "./locks/newcomer-waits.ts";
import * as locksNotAcquired from "./locks/not-acquired.ts";
import * as locksOtherLoop from "./locks/other-loop.ts";
import * as locksOtherTaskReleases from "./locks/other-task-releases.ts";
import * as locksReleaseThenCancelBoth from "./locks/release-then-cancel-both.ts";
import * as locksSwallowedCancel from "./locks/swallowed-cancel.ts";
import * as locksTakeTurns from "./locks/take-turns.ts";
import * as locksUncontended from "./locks/uncontended.ts";
import * as locksWaitFor from "./locks/wait-for.ts";
import * as loopAlreadyRunning from "./loop/already-running.ts";
import * as loopBrokenHandler from "./loop/broken-handler.ts";
import * as loopCallbackException from "./loop/callback-exception.ts";
import * as loopClosed from "./loop/closed.ts";
import * as loopCreateTaskClosed from "./loop/create-task-closed.ts";
import * as loopDebugCoroutine from "./loop/debug-coroutine.ts";
import * as loopExitError from "./loop/exit-error.ts";
import * as loopHandleCancel from "./loop/handle-cancel.ts";
import * as loopHandlerContext from "./loop/handler-context.ts";
import * as loopIterations from "./loop/iterations.ts";
import * as loopLeftOver from "./loop/left-over.ts";
import * as loopRunUntilComplete from "./loop/run-until-complete.ts";
import * as loopStopBeforeRun from "./loop/stop-before-run.ts";
import * as loopStopFinishesIteration from "./loop/stop-finishes-iteration.ts";
import * as loopStoppedBeforeComplete from "./loop/stopped-before-complete.ts";
import * as loopTimerCancel from "./loop/timer-cancel.ts";
import * as loopTimerOrder from "./loop/timer-order.ts";
import * as loopTimersJoinReady from "./loop/timers-join-ready.ts";
import * as orderingCancelAndResolve from "./ordering/cancel-and-resolve.ts";
import * as orderingErrorsBetweenTasks from "./ordering/errors-between-tasks.ts";
import * as orderingMixed from "./ordering/mixed.ts";
import * as orderingPingPong from "./ordering/ping-pong.ts";
import * as orderingProducerConsumer from "./ordering/producer-consumer.ts";
import * as orderingSpawnTree from "./ordering/spawn-tree.ts";
import * as orderingStepIsAtomic from "./ordering/step-is-atomic.ts";
import * as orderingTimersAndTurns from "./ordering/timers-and-turns.ts";
import * as queuesBargingGet from "./queues/barging-get.ts";
import * as queuesBargingPut from "./queues/barging-put.ts";
import * as queuesBasic from "./queues/basic.ts";
import * as queuesCancelAndShutdownItem from "./queues/cancel-and-shutdown-item.ts";
import * as queuesCancelledPutterSkipped from "./queues/cancelled-putter-skipped.ts";
import * as queuesErrors from "./queues/errors.ts";
import * as queuesGetBeforeStart from "./queues/get-before-start.ts";
import * as queuesGetCancelChain from "./queues/get-cancel-chain.ts";
import * as queuesGetCancelDropMany from "./queues/get-cancel-drop-many.ts";
import * as queuesGetCancelDropOne from "./queues/get-cancel-drop-one.ts";
import * as queuesGetCancelEmpty from "./queues/get-cancel-empty.ts";
import * as queuesGetCancelled from "./queues/get-cancelled.ts";
import * as queuesGetCancelledSameTick from "./queues/get-cancelled-same-tick.ts";
import * as queuesGetTimeout from "./queues/get-timeout.ts";
import * as queuesGettersOrder from "./queues/getters-order.ts";
import * as queuesItemInTime from "./queues/item-in-time.ts";
import * as queuesJoin from "./queues/join.ts";
import * as queuesJoinCancelled from "./queues/join-cancelled.ts";
import * as queuesJoinLatePut from "./queues/join-late-put.ts";
import * as queuesLifo from "./queues/lifo.ts";
import * as queuesManyToMany from "./queues/many-to-many.ts";
import * as queuesManyWokenOneItem from "./queues/many-woken-one-item.ts";
import * as queuesMaxsize from "./queues/maxsize.ts";
import * as queuesNotRetained from "./queues/not-retained.ts";
import * as queuesPriority from "./queues/priority.ts";
import * as queuesPriorityPairs from "./queues/priority-pairs.ts";
import * as queuesPriorityText from "./queues/priority-text.ts";
import * as queuesPriorityWaiting from "./queues/priority-waiting.ts";
import * as queuesProducerConsumer from "./queues/producer-consumer.ts";
import * as queuesPutCancelDrop from "./queues/put-cancel-drop.ts";
import * as queuesPutCancelFull from "./queues/put-cancel-full.ts";
import * as queuesPutCancelMany from "./queues/put-cancel-many.ts";
import * as queuesPutCancelled from "./queues/put-cancelled.ts";
import * as queuesPuttersOrder from "./queues/putters-order.ts";
import * as queuesShutdownCancelled from "./queues/shutdown-cancelled.ts";
import * as queuesShutdownEmpty from "./queues/shutdown-empty.ts";
import * as queuesShutdownImmediate from "./queues/shutdown-immediate.ts";
import * as queuesShutdownImmediateUnfinished from "./queues/shutdown-immediate-unfinished.ts";
import * as queuesShutdownLaterImmediate from "./queues/shutdown-later-immediate.ts";
import * as queuesShutdownNonempty from "./queues/shutdown-nonempty.ts";
import * as queuesShutdownWokenGetter from "./queues/shutdown-woken-getter.ts";
import * as queuesShutdownWokenPutter from "./queues/shutdown-woken-putter.ts";
import * as queuesTaskDone from "./queues/task-done.ts";
import * as queuesWhyPuttersWait from "./queues/why-putters-wait.ts";
import * as queuesWorkers from "./queues/workers.ts";
import * as semaphoreAcquireHang from "./semaphore/acquire-hang.ts";
import * as semaphoreAcquireNoHang from "./semaphore/acquire-no-hang.ts";
import * as semaphoreBodyFails from "./semaphore/body-fails.ts";
import * as semaphoreCancelBeforeAwoken from "./semaphore/cancel-before-awoken.ts";
import * as semaphoreCancelFirstOfTwo from "./semaphore/cancel-first-of-two.ts";
import * as semaphoreCancelWoken from "./semaphore/cancel-woken.ts";
import * as semaphoreFifoBehindCancelled from "./semaphore/fifo-behind-cancelled.ts";
import * as semaphoreFifoGreedy from "./semaphore/fifo-greedy.ts";
import * as semaphoreNewcomerWaits from "./semaphore/newcomer-waits.ts";
import * as semaphorePermitBehindCancelled from "./semaphore/permit-behind-cancelled.ts";
import * as semaphorePermits from "./semaphore/permits.ts";
import * as semaphoreReleaseMany from "./semaphore/release-many.ts";
import * as semaphoreValues from "./semaphore/values.ts";
import * as shieldBothCancelled from "./shield/both-cancelled.ts";
import * as shieldInnerEnds from "./shield/inner-ends.ts";
import * as shieldLateError from "./shield/late-error.ts";
import * as shieldOuterCancelled from "./shield/outer-cancelled.ts";
import * as sleepCancel from "./sleep/cancel.ts";
import * as sleepInterleaving from "./sleep/interleaving.ts";
import * as sleepNan from "./sleep/nan.ts";
import * as sleepOrder from "./sleep/order.ts";
import * as sleepZero from "./sleep/zero.ts";
import * as streamsCancelWaiting from "./streams/cancel-waiting.ts";
import * as streamsCancelWoken from "./streams/cancel-woken.ts";
import * as streamsConnectionLost from "./streams/connection-lost.ts";
import * as streamsDataBeforeException from "./streams/data-before-exception.ts";
import * as streamsDrain from "./streams/drain.ts";
import * as streamsDrainCancelledAfterWake from "./streams/drain-cancelled-after-wake.ts";
import * as streamsDrainClosing from "./streams/drain-closing.ts";
import * as streamsDrainLost from "./streams/drain-lost.ts";
import * as streamsException from "./streams/exception.ts";
import * as streamsHalfClose from "./streams/half-close.ts";
import * as streamsHandler from "./streams/handler.ts";
import * as streamsIteration from "./streams/iteration.ts";
import * as streamsIterationLimit from "./streams/iteration-limit.ts";
import * as streamsLateLine from "./streams/late-line.ts";
import * as streamsPause from "./streams/pause.ts";
import * as streamsPauseAndNeedMore from "./streams/pause-and-need-more.ts";
import * as streamsReadAll from "./streams/read-all.ts";
import * as streamsReadReady from "./streams/read-ready.ts";
import * as streamsReadSizes from "./streams/read-sizes.ts";
import * as streamsReadWaits from "./streams/read-waits.ts";
import * as streamsReadexactlyEof from "./streams/readexactly-eof.ts";
import * as streamsReadexactlyLimit from "./streams/readexactly-limit.ts";
import * as streamsReadexactlyPieces from "./streams/readexactly-pieces.ts";
import * as streamsReadlineLimit from "./streams/readline-limit.ts";
import * as streamsReadlineLimitNolinebreak from "./streams/readline-limit-nolinebreak.ts";
import * as streamsReadlinePieces from "./streams/readline-pieces.ts";
import * as streamsReaduntilEof from "./streams/readuntil-eof.ts";
import * as streamsReaduntilErrors from "./streams/readuntil-errors.ts";
import * as streamsReaduntilGrowing from "./streams/readuntil-growing.ts";
import * as streamsReaduntilLimit from "./streams/readuntil-limit.ts";
import * as streamsReaduntilSeparators from "./streams/readuntil-separators.ts";
import * as streamsTwoReaders from "./streams/two-readers.ts";
import * as streamsWaitClosed from "./streams/wait-closed.ts";
import * as streamsWriteDrainLoop from "./streams/write-drain-loop.ts";
import * as streamsWriter from "./streams/writer.ts";
import * as taskgroupBodyAwaitsChild from "./taskgroup/body-awaits-child.ts";
import * as taskgroupBodyError from "./taskgroup/body-error.ts";
import * as taskgroupCancelTwice from "./taskgroup/cancel-twice.ts";
import * as taskgroupChildCancelled from "./taskgroup/child-cancelled.ts";
import * as taskgroupChildError from "./taskgroup/child-error.ts";
import * as taskgroupClosed from "./taskgroup/closed.ts";
import * as taskgroupErrorAndCancel from "./taskgroup/error-and-cancel.ts";
import * as taskgroupExitClassError from "./taskgroup/exit-class-error.ts";
import * as taskgroupExternalCancel from "./taskgroup/external-cancel.ts";
import * as taskgroupInTimeout from "./taskgroup/in-timeout.ts";
import * as taskgroupNested from "./taskgroup/nested.ts";
import * as taskgroupNestedBothFail from "./taskgroup/nested-both-fail.ts";
import * as taskgroupOwnCancelOnly from "./taskgroup/own-cancel-only.ts";
import * as taskgroupResults from "./taskgroup/results.ts";
import * as tasksAllTasks from "./tasks/all-tasks.ts";
import * as tasksAwaitChain from "./tasks/await-chain.ts";
import * as tasksBadYield from "./tasks/bad-yield.ts";
import * as tasksBareYield from "./tasks/bare-yield.ts";
import * as tasksCallbacksAndAwaiters from "./tasks/callbacks-and-awaiters.ts";
import * as tasksCloseCoroutine from "./tasks/close-coroutine.ts";
import * as tasksCurrentTask from "./tasks/current-task.ts";
import * as tasksDoubleAwait from "./tasks/double-await.ts";
import * as tasksException from "./tasks/exception.ts";
import * as tasksLazy from "./tasks/lazy.ts";
import * as tasksManyAwaiters from "./tasks/many-awaiters.ts";
import * as tasksNames from "./tasks/names.ts";
import * as tasksNestedDepth from "./tasks/nested-depth.ts";
import * as tasksNoRunningLoop from "./tasks/no-running-loop.ts";
import * as tasksNotACoroutine from "./tasks/not-a-coroutine.ts";
import * as tasksReturnWakes from "./tasks/return-wakes.ts";
import * as tasksReuse from "./tasks/reuse.ts";
import * as tasksSelfAwait from "./tasks/self-await.ts";
import * as tasksSendThrow from "./tasks/send-throw.ts";
import * as tasksStart from "./tasks/start.ts";
import * as tasksStates from "./tasks/states.ts";
import * as timeoutAfterSwallowedCancel from "./timeout/after-swallowed-cancel.ts";
import * as timeoutBasic from "./timeout/basic.ts";
import * as timeoutBodyRaises from "./timeout/body-raises.ts";
import * as timeoutCancelDuringCleanup from "./timeout/cancel-during-cleanup.ts";
import * as timeoutCancelSameTick from "./timeout/cancel-same-tick.ts";
import * as timeoutCompletesInTime from "./timeout/completes-in-time.ts";
import * as timeoutForeignCancel from "./timeout/foreign-cancel.ts";
import * as timeoutNested from "./timeout/nested.ts";
import * as timeoutNestedSame from "./timeout/nested-same.ts";
import * as timeoutOutsideTask from "./timeout/outside-task.ts";
import * as timeoutReschedule from "./timeout/reschedule.ts";
import * as timeoutStates from "./timeout/states.ts";
import * as timeoutTicks from "./timeout/ticks.ts";
import * as timeoutZero from "./timeout/zero.ts";
import * as waitAsCompleted from "./wait/as-completed.ts";
import * as waitAsCompletedTasks from "./wait/as-completed-tasks.ts";
import * as waitAsCompletedTimeout from "./wait/as-completed-timeout.ts";
import * as waitCancel from "./wait/cancel.ts";
import * as waitDuplicates from "./wait/duplicates.ts";
import * as waitErrors from "./wait/errors.ts";
import * as waitFirstCompleted from "./wait/first-completed.ts";
import * as waitFirstException from "./wait/first-exception.ts";
import * as waitTicks from "./wait/ticks.ts";
import * as waitTimeout from "./wait/timeout.ts";
import * as waitforCancel from "./waitfor/cancel.ts";
import * as waitforCancelDuringCleanup from "./waitfor/cancel-during-cleanup.ts";
import * as waitforCleanup from "./waitfor/cleanup.ts";
import * as waitforCompletesAtDeadline from "./waitfor/completes-at-deadline.ts";
import * as waitforInline from "./waitfor/inline.ts";
import * as waitforSameTick from "./waitfor/same-tick.ts";
import * as waitforShielded from "./waitfor/shielded.ts";
import * as waitforSwallowed from "./waitfor/swallowed.ts";
import * as waitforZero from "./waitfor/zero.ts";

export const pairs: readonly Pair[] = [
  { name: "awaitables/cancel", twin: awaitablesCancel, expected: "a left 1\nCancelledError: enough True\nb left 4\ntimed out 4\n" },
  { name: "awaitables/nested", twin: awaitablesNested, expected: "x left 0\ny left 0\nTrue\nx1y1 3 0\n" },
  { name: "awaitables/together", twin: awaitablesTogether, expected: "b left 1\na left 2\n['a1', 'b1'] 2\nd left 3\nc left 4\nValueError: c d1\ne left 9\nTrue e1\nf left 10\n['f1', 'f1']\n" },
  { name: "awaitables/twice", twin: awaitablesTwice, expected: "a left 0\na1 2\na left 0\na2 3\nb left 0\nValueError: b 4\n" },
  { name: "barrier/abort", twin: barrierAbort, expected: "broken True 0 in 1\na BrokenBarrierError: Abort or reset of barrier True broken in 2\nb BrokenBarrierError: Abort or reset of barrier True broken in 2\nlate BrokenBarrierError: Barrier aborted True broken in 4\nfilling, waiters:0/3 False\nz 2 draining, waiters:0/3 in 5\nx 0 draining, waiters:0/3 in 6\ny 1 filling, waiters:0/3 in 6\nfilling, waiters:0/3\n" },
  { name: "barrier/abort-draining", twin: barrierAbortDraining, expected: "c 2 draining, waiters:0/3\ndraining, waiters:0/3\nabort broken\na BrokenBarrierError: Abort or reset of barrier broken\nb BrokenBarrierError: Abort or reset of barrier broken\nd BrokenBarrierError: Barrier aborted broken\n[True, True, True, True] broken\nc 2 draining, waiters:0/3\ndraining, waiters:0/3\nreset resetting, waiters:0/3\na BrokenBarrierError: Abort or reset of barrier resetting, waiters:0/3\nb BrokenBarrierError: Abort or reset of barrier filling, waiters:0/3\n[True, True, True, False] filling, waiters:1/3\nd BrokenBarrierError: Abort or reset of barrier broken\n" },
  { name: "barrier/abort-then-reset", twin: barrierAbortThenReset, expected: "abort broken\nreset resetting, waiters:0/3\na BrokenBarrierError: Abort or reset of barrier resetting, waiters:0/3\nb BrokenBarrierError: Abort or reset of barrier filling, waiters:0/3\nfilling, waiters:0/3 False\nreset resetting, waiters:0/3\nabort broken\na BrokenBarrierError: Abort or reset of barrier broken\nb BrokenBarrierError: Abort or reset of barrier broken\nbroken True\nreset resetting, waiters:0/3\nreset resetting, waiters:0/3\na BrokenBarrierError: Abort or reset of barrier resetting, waiters:0/3\nb BrokenBarrierError: Abort or reset of barrier filling, waiters:0/3\nfilling, waiters:0/3 False\n" },
  { name: "barrier/cancel-all-filling", twin: barrierCancelAllFilling, expected: "[True, True] filling, waiters:0/3\n[0, 1, 2] filling, waiters:0/3\n" },
  { name: "barrier/cancel-draining", twin: barrierCancelDraining, expected: "c 2 draining, waiters:0/3 in 1\ndraining, waiters:0/3\na CancelledError: draining draining, waiters:0/3 in 2\nb 1 filling, waiters:0/3 in 2\nd CancelledError: blocked filling, waiters:0/3 in 2\n[True, True, True, True, False, False] filling, waiters:2/3\ng 2 draining, waiters:0/3 in 13\ne 0 draining, waiters:0/3 in 14\nf 1 filling, waiters:0/3 in 14\n[True, False, False, True, False, False] filling, waiters:0/3\n" },
  { name: "barrier/cancel-filling", twin: barrierCancelFilling, expected: "a CancelledError: leave filling, waiters:1/3\nfilling, waiters:1/3 1\nd 2 draining, waiters:0/3\nb 1 draining, waiters:0/3\nc 1 filling, waiters:0/3\n[True, False, False, False] filling, waiters:0/3\n" },
  { name: "barrier/fill", twin: barrierFill, expected: "filling, waiters:2/3 2 3 False\nc 2 draining, waiters:0/3 0 in 1\na 0 draining, waiters:0/3 0 in 2\nb 1 filling, waiters:0/3 0 in 2\nfilling, waiters:0/3 0\n" },
  { name: "barrier/more-tasks-than-parties", twin: barrierMoreTasksThanParties, expected: "b 1 in 1\na 0 in 2\nd 1 in 3\nc 0 in 4\nf 1 in 5\ne 0 in 6\n[True, True, True, True, True, True, False] filling, waiters:1/2\nlast 1 in 30\ng 0 in 31\nfilling, waiters:0/2\n" },
  { name: "barrier/parties", twin: barrierParties, expected: "ValueError: parties must be >= 1\nValueError: parties must be >= 1\n0 filling, waiters:0/1\n0 filling, waiters:0/1\n0 filling, waiters:0/1\ninside 0 filling, waiters:0/1\nnext iteration\n" },
  { name: "barrier/reset", twin: barrierReset, expected: "filling, waiters:0/3\nresetting, waiters:0/3 False in 1\na BrokenBarrierError: Abort or reset of barrier resetting, waiters:0/3 in 2\nb BrokenBarrierError: Abort or reset of barrier filling, waiters:0/3 in 2\ne 2 draining, waiters:0/3 in 2\nc 0 draining, waiters:0/3 in 3\nd 1 filling, waiters:0/3 in 3\nfilling, waiters:0/3 False\n" },
  { name: "barrier/rounds", twin: barrierRounds, expected: "b 0 1 draining, waiters:0/2 in 1\na 0 0 filling, waiters:0/2 in 2\nb 1 1 draining, waiters:0/2 in 3\na 1 0 filling, waiters:0/2 in 4\nb 2 1 draining, waiters:0/2 in 5\na 2 0 filling, waiters:0/2 in 6\nfilling, waiters:0/2\n" },
  { name: "barrier/timeout", twin: barrierTimeout, expected: "TimeoutError filling, waiters:0/2\n0 1 filling, waiters:0/2\n" },
  { name: "barrier/use", twin: barrierUse, expected: "c 2 draining, waiters:0/3\na 0 draining, waiters:0/3\nb 1 filling, waiters:0/3\nValueError: of the body\nb\nc\nfilling, waiters:0/3\n" },
  { name: "cancellation/after-failure", twin: cancellationAfterFailure, expected: "CancelledError: late\nTrue ValueError: failed\n" },
  { name: "cancellation/after-wake-up", twin: cancellationAfterWakeUp, expected: "True False in 1\n0 CancelledError: late in 2 value\nTrue\nTrue False in 5\n1 CancelledError: late in 6 value\nTrue\nTrue False in 9\n5 CancelledError: late in 10 value\nTrue\n" },
  { name: "cancellation/at-run-end", twin: cancellationAtRunEnd, expected: "main returns 2\ncancelled CancelledError 2\ncleaned up 3\nunhandled exception during asyncio.run() shutdown ValueError: from the clean-up\n" },
  { name: "cancellation/at-sleep-zero", twin: cancellationAtSleepZero, expected: "turn in 1\nturn in 2\nturn in 3\ncancelling in 3\ncancelled in 4\ncallback in 5\nmain in 6\n" },
  { name: "cancellation/at-the-end", twin: cancellationAtTheEnd, expected: "return CancelledError: at the end True 1\nraise ValueError: instead False 1\n" },
  { name: "cancellation/awaited-future", twin: cancellationAwaitedFuture, expected: "CancelledError: the future 0\nCancelledError: the child 0\n[True, True] [0, 0]\n" },
  { name: "cancellation/before-start", twin: cancellationBeforeStart, expected: "True False False 1\nTrue True in 1\nCancelledError: too early\ncallback True in 2\n" },
  { name: "cancellation/cancel-then-set", twin: cancellationCancelThenSet, expected: "True True\nInvalidStateError\ncancelled first\n" },
  { name: "cancellation/cancels-leaf", twin: cancellationCancelsLeaf, expected: "False True True False in 1\ncaught CancelledError: stop in 2\nTrue True in 2\nFalse True True False in 3\ncaught CancelledError: stop in 4\nTrue True in 4\nFalse True True False in 5\ncaught CancelledError: stop in 6\nTrue True in 6\n" },
  { name: "cancellation/catch-and-await", twin: cancellationCatchAndAwait, expected: "CancelledError: once 1\nslept 3\ndone 1 4\n" },
  { name: "cancellation/catch-and-return", twin: cancellationCatchAndReturn, expected: "caught CancelledError: enough False 1 1\n" },
  { name: "cancellation/child-finished", twin: cancellationChildFinished, expected: "child returns in 2\nTrue False True in 2\nparent CancelledError: same tick in 3 value\nFalse True in 5\n" },
  { name: "cancellation/child-swallows", twin: cancellationChildSwallows, expected: "child returns False 1\nValueError: instead False 1\n" },
  { name: "cancellation/counts", twin: cancellationCounts, expected: "0 0 0\nTrue True True 3\ncaught at 3\n2 2 False\ncaught at 3\ndone 3 False 3\n[2, 1, 0, 0, 0]\n" },
  { name: "cancellation/done", twin: cancellationDone, expected: "False False 0 True\nFalse False 0 True\nFalse True 1 True\nvalue ValueError: bad\nCancelledError: first\n" },
  { name: "cancellation/double", twin: cancellationDouble, expected: "True True 2\n  caught CancelledError: first\n1 False\nTrue True 2\n  caught CancelledError: second\n1 False\n" },
  { name: "cancellation/during-cleanup", twin: cancellationDuringCleanup, expected: "cleaning up 1\ncleaned up 6\nmain CancelledError: after 1 1 6\ncleaning up 7\nclean-up interrupted CancelledError: after 2 8\nmain CancelledError: after 2 2 8\n" },
  { name: "cancellation/exit-error", twin: cancellationExitError, expected: "KeyboardInterrupt True False True\n" },
  { name: "cancellation/message", twin: cancellationMessage, expected: "future CancelledError: stop now True True\ntask CancelledError: stop now True True\nshield CancelledError: stop now False True\nfuture CancelledError True True\ntask CancelledError True True\nshield CancelledError False True\nfuture CancelledError True True\ntask CancelledError True True\nshield CancelledError False True\n" },
  { name: "cancellation/message-once", twin: cancellationMessageOnce, expected: "task CancelledError: the message\ntask CancelledError\ntask CancelledError\nfuture CancelledError: the message\nfuture CancelledError: the message\nfuture CancelledError: the message\ngathered CancelledError\n" },
  { name: "cancellation/replaced", twin: cancellationReplaced, expected: "ValueError: replaced True False 1\nCancelledError: my own True True 1\nCancelledError: nobody asked False True 0\n" },
  { name: "cancellation/self", twin: cancellationSelf, expected: "True\nstill running done future\nsuspending in 1\ndelivered CancelledError: myself in 2\nwent on False 1 in 4\n" },
  { name: "cancellation/self-on-future", twin: cancellationSelfOnFuture, expected: "set None in 1\nCancelledError: myself True in 2\nmain CancelledError: myself True in 3\n" },
  { name: "cancellation/self-then-child", twin: cancellationSelfThenChild, expected: "child leaves\nTrue True 1 1\n" },
  { name: "cancellation/shared-future", twin: cancellationSharedFuture, expected: "a CancelledError: only a 1\nb CancelledError: only a 0\nTrue True 1 0\n" },
  { name: "cancellation/shared-task", twin: cancellationSharedTask, expected: "child leaves 1\na CancelledError 0\nb CancelledError 1\na b True False\n" },
  { name: "cancellation/structured", twin: cancellationStructured, expected: "inner timed out 0 1\ninner passes it on 1 2\nouter timed out 0 2\nforeign passes it on 1 3\nTrue 1\n" },
  { name: "cancellation/through-awaits", twin: cancellationThroughAwaits, expected: "cancelled in 1\nlevel 0 catches in 2\nlevel 0 leaves in 2\nTrue\ncancelled in 3\nlevel 0 catches in 4\nlevel 0 leaves in 4\nlevel 1 catches in 4\nlevel 1 leaves in 4\nTrue\ncancelled in 5\nlevel 0 catches in 6\nlevel 0 leaves in 6\nlevel 1 catches in 6\nlevel 1 leaves in 6\nlevel 2 catches in 6\nlevel 2 leaves in 6\nlevel 3 catches in 6\nlevel 3 leaves in 6\nTrue\n" },
  { name: "cancellation/through-tasks", twin: cancellationThroughTasks, expected: "cancelled in 2 [1, 1, 1, 1]\nlink 0 CancelledError: from above in 3\nlink 1 CancelledError: from above in 4\nlink 2 CancelledError: from above in 5\nlink 3 CancelledError: from above in 6\nmain CancelledError: from above in 7 [True, True, True, True]\n" },
  { name: "cancellation/uncancel-withdraws", twin: cancellationUncancelWithdraws, expected: "pending 1\nnot delivered 0\n42\npending 2\ndelivered 1\n42\nstarts 0\n" },
  { name: "condition/cancel-notified", twin: conditionCancelNotified, expected: "a cancelled in 2\nb woken in 3\n[True, True, False] unlocked, waiters:1\nc cancelled in 6\n" },
  { name: "condition/cancel-notified-at-the-lock", twin: conditionCancelNotifiedAtTheLock, expected: "[False, False] locked, waiters:1\na cancelled in 4\nb woken in 5\n[True, False] unlocked\n" },
  { name: "condition/cancel-reacquiring", twin: conditionCancelReacquiring, expected: "False locked\nFalse locked\nCancelledError: third locked 3\nTrue unlocked\nFalse locked\nFalse locked\nCancelledError: third locked 2\nTrue unlocked\n" },
  { name: "condition/cancel-then-notify", twin: conditionCancelThenNotify, expected: "locked, waiters:4\na cancelled\nb woken\nc woken\n[True, True, True, False] unlocked, waiters:1\nd woken\n" },
  { name: "condition/cancel-waiting", twin: conditionCancelWaiting, expected: "unlocked, waiters:1\nFalse locked in 3\nCancelledError: go home locked in 4\nTrue unlocked in 6\n" },
  { name: "condition/cancel-wakes-another", twin: conditionCancelWakesAnother, expected: "b cancelled locked, waiters:2\na True\n[True, True, False] unlocked, waiters:1\nc cancelled locked\nunlocked\n" },
  { name: "condition/cancel-with-the-release", twin: conditionCancelWithTheRelease, expected: "unlocked in 2\nnewcomer in 4\nCancelledError: late locked in 5\nTrue unlocked\n" },
  { name: "condition/not-acquired", twin: conditionNotAcquired, expected: "RuntimeError: cannot wait on un-acquired lock\nRuntimeError: cannot wait on un-acquired lock\nRuntimeError: cannot notify on un-acquired lock\nRuntimeError: cannot notify on un-acquired lock\nRuntimeError: Lock is not acquired.\nno lock is needed unlocked\n" },
  { name: "condition/notify", twin: conditionNotify, expected: "notified 1 locked, waiters:6 in 1\na True locked, waiters:5 in 2\nunlocked, waiters:5 [True, False, False, False, False, False]\nnotified 0 locked, waiters:5 in 5\nunlocked, waiters:5 [True, False, False, False, False, False]\nnotified 2 locked, waiters:5 in 9\nb True locked, waiters:4 in 10\nc True locked, waiters:3 in 10\nunlocked, waiters:3 [True, True, True, False, False, False]\nnotified -1 locked, waiters:3 in 13\nunlocked, waiters:3 [True, True, True, False, False, False]\nnotified 9 locked, waiters:3 in 17\nd True locked, waiters:2 in 18\ne True locked, waiters:1 in 18\nf True locked in 18\nunlocked [True, True, True, True, True, True]\n" },
  { name: "condition/notify-all", twin: conditionNotifyAll, expected: "True locked, waiters:3\nTrue locked in 3\na in 4\nb in 6\nc in 8\nnewcomer in 10\nunlocked\n" },
  { name: "condition/predicate-fails", twin: conditionPredicateFails, expected: "locked\nValueError: at look 2 unlocked\n" },
  { name: "condition/shared-lock", twin: conditionSharedLock, expected: "put 0 locked, waiters:1 | locked\ngot 0 True True True\nput 1 locked, waiters:1 | locked\ngot 1 True True True\nput 2 locked, waiters:1 | locked\ngot 2 True True True\nunlocked\n" },
  { name: "condition/wait-for", twin: conditionWaitFor, expected: "a looks at 0\nb looks at 0\nc looks at 0\na looks at 1\nb looks at 1\n1 for b\nc looks at 0\na looks at 1\nc looks at 1\na looks at 5\n5 for a\nc looks at 2\n2 for c\n0 unlocked\n" },
  { name: "condition/wait-with-timeout", twin: conditionWaitWithTimeout, expected: "TimeoutError locked at 3\nunlocked\n" },
  { name: "context/callbacks", twin: contextCallbacks, expected: "call_soon first\ndone callback first\ndone callback second\ndone callback with context first\nmain third\ncall_later first\n" },
  { name: "context/children", twin: contextChildren, expected: "a sees main\nb sees main\n['a', 'b'] main\nshielded sees main\nshielded main\nin the group sees body\nin the group body\nawaited inline sees body\nawaited inline awaited inline\nawaited sees awaited inline\nawaited awaited\n" },
  { name: "context/copy", twin: contextCopy, expected: "a starts with main\nb starts with main later\na has a\na after its helper helper\nb has b\nb after its helper helper\nmain at last helper helper\n" },
  { name: "context/isolation", twin: contextIsolation, expected: "0 None\n" },
  { name: "context/run", twin: contextRun, expected: "['default', 'one'] ['one', 'two'] default\nValueError: inside failed default\nRuntimeError True\n['failed', 'in a copy'] failed\nTrue False\n" },
  { name: "context/runner", twin: contextRunner, expected: "['default', 'one', '1']\n['one', 'two', '2']\n['default', 'three', '3']\n['two', 'four', '4']\nFalse default three\n" },
  { name: "context/shared", twin: contextShared, expected: "a sees main\nb sees a\na sees b\nb sees a\nmain b True\n" },
  { name: "context/task-error-handler", twin: contextTaskErrorHandler, expected: "ValueError: a handled with a, in the callback\na still has a\nValueError: b handled with b, in the callback\nb still has b\ndefault\n" },
  { name: "context/tokens", twin: contextTokens, expected: "second\nfirst\nused: RuntimeError\nof another variable: ValueError\nin another context: ValueError\ndefault given\nwithout a value: no value\ngiven\nvalue\nwithout a value again: no value\n" },
  { name: "contextmanagers/cancel-in-body", twin: contextmanagersCancelInBody, expected: "enter a\nenter b\nexit b CancelledError: enough\nexit a CancelledError: enough\nCancelledError: enough True 7\n" },
  { name: "contextmanagers/cancel-in-enter", twin: contextmanagersCancelInEnter, expected: "enter outer\nenter inner\nexit outer CancelledError\nCancelledError 5\n" },
  { name: "contextmanagers/cancel-in-exit", twin: contextmanagersCancelInExit, expected: "enter outer\nenter inner\nexit inner None\nexit outer CancelledError: hurry\nCancelledError: hurry True 15\nenter outer\nenter inner\nexit inner ValueError: first\nexit outer CancelledError: hurry\nCancelledError: hurry < ValueError: first True 30\n" },
  { name: "contextmanagers/cancel-swallowed", twin: contextmanagersCancelSwallowed, expected: "enter stubborn\nexit stubborn CancelledError\ngoes on 1 0\ndone False 6\n" },
  { name: "contextmanagers/error-in-enter", twin: contextmanagersErrorInEnter, expected: "enter outer\nenter broken\nexit outer ValueError: closed today\nValueError: closed today\n" },
  { name: "contextmanagers/error-in-exit", twin: contextmanagersErrorInExit, expected: "enter outer\nenter inner\nbody\nexit inner None\nexit outer ValueError: second\nValueError: third < ValueError: second\nenter outer\nenter inner\nexit inner TypeError: first\nexit outer ValueError: second\nValueError: third < ValueError: second < TypeError: first\nenter swallows\nenter fails\nexit fails None\nexit swallows ValueError: gone\nafter\n" },
  { name: "contextmanagers/error-seen", twin: contextmanagersErrorSeen, expected: "enter a\nenter b\nexit b ValueError: one\nbetween ValueError: one\nexit a TypeError: two\noutside TypeError\n" },
  { name: "contextmanagers/generator-cancel", twin: contextmanagersGeneratorCancel, expected: "open a\ncancelled CancelledError: stop\nclosed a 11\nTrue\nopen b\ncancelled CancelledError: stop\nCancelledError: at once < CancelledError: stop 13\n" },
  { name: "contextmanagers/generator-ends", twin: contextmanagersGeneratorEnds, expected: "enter ab\nbody abab\nleave ab\ngoes on\nbody 1\ngoes on\nbody 2\ngoes on\nenter ab\nbody abab\nleave ab\nValueError: body\nbody 1\nswallowed ValueError: body\ngoes on\nbody 2\nRuntimeError: instead < ValueError: body\n" },
  { name: "contextmanagers/generator-group", twin: contextmanagersGeneratorGroup, expected: "waiting for the children\na 2\nafter\nb 3\ninterrupted CancelledError\nExceptionGroup: unhandled errors in a TaskGroup [ValueError: b] 3 0\n" },
  { name: "contextmanagers/generator-mistakes", twin: contextmanagersGeneratorMistakes, expected: "RuntimeError: generator didn't yield\nbody\nclosed\nRuntimeError: generator didn't stop\nbody\nclosed\nRuntimeError: generator didn't stop after throw()\nbody\nclosed\ngoes on\n" },
  { name: "contextmanagers/generator-nested", twin: contextmanagersGeneratorNested, expected: "open x\nenter y\nbody outer\nthe body ended well\nexit y None\nclose x\nopen x\nenter y\nbody outer\nexit y ValueError: body\nx saw ValueError: body\nclose x\nValueError: body\n" },
  { name: "contextmanagers/in-timeout", twin: contextmanagersInTimeout, expected: "enter a\nexit a CancelledError\ntimed out 6\nenter b\nexit b TimeoutError\ntimed out 13\nenter c\nbody 17\nexit c None\ntimed out 18\n" },
  { name: "contextmanagers/order", twin: contextmanagersOrder, expected: "enter a\nother 0\nenter b\nother 1\nbody A B\nother 2\nbody ends\nexit b None\nother 3\nexit a None\nother 4\nafter\nother 5\n" },
  { name: "contextmanagers/stack-cancel", twin: contextmanagersStackCancel, expected: "c begins\nc ends 10\nb begins\nb ends 15\na begins\na ends 25\nCancelledError: hurry True\n" },
  { name: "contextmanagers/stack-enter-fails", twin: contextmanagersStackEnterFails, expected: "enter a\nenter b\nexit a CancelledError: no time\nCancelledError: no time\nleft\nTypeError\n" },
  { name: "contextmanagers/stack-errors", twin: contextmanagersStackErrors, expected: "enter a\nenter b\nexit b None\nexit a ValueError: b\nValueError: b\nenter c\nenter d\nexit d None\nexit c TypeError: callback\nValueError: c\nenter e\nenter f\nenter g\nexit g None\nexit f ValueError: g\nexit e None\ngoes on\nenter h\nenter i\nexit i None\nexit h None\nValueError: h\nenter j\nexit j TypeError: callback\ngoes on\nenter a\nenter b\nexit b RuntimeError: body\nexit a ValueError: b\nValueError: b < RuntimeError: body\nenter c\nenter d\nexit d RuntimeError: body\nexit c TypeError: callback\nValueError: c < TypeError: callback < ValueError: d < RuntimeError: body\nenter e\nenter f\nenter g\nexit g RuntimeError: body\nexit f ValueError: g\nexit e None\ngoes on\nenter h\nenter i\nexit i RuntimeError: body\nexit h None\nValueError: h\nenter j\nexit j TypeError: callback\ngoes on\n" },
  { name: "contextmanagers/stack-order", twin: contextmanagersStackOrder, expected: "enter a\nA\nenter b\nB\nbody\nexit pushed None\nasync callback x 3\nexit b None\ncallback 1 2\nexit function None\nexit a None\nafter\nnothing to leave\n" },
  { name: "contextmanagers/stack-pop-all", twin: contextmanagersStackPopAll, expected: "enter a\nenter b\nexit b ValueError: half way\nexit a ValueError: half way\nValueError: half way\nenter a\nenter b\nacquired\nexit b None\nexit a None\nclosed\nused again\n" },
  { name: "contextmanagers/swallowed", twin: contextmanagersSwallowed, expected: "enter outer\nenter inner\nenter innermost\nexit innermost ValueError: lost\nexit inner ValueError: lost\nbehind\nexit outer None\nafter\nenter unharmed\nnothing to swallow\nexit unharmed None\n" },
  { name: "contextmanagers/ticks", twin: contextmanagersTicks, expected: "1 1\nleft 1\n1 1\nleft 1\n1 1\nleft 1\n2\n2\n" },
  { name: "eager/blocks", twin: eagerBlocks, expected: "eager starts in 1\ncreated in 1 False False\nlazy starts in 2\neager goes on in 2\nlazy goes on in 3\nlazy eager in 4\n" },
  { name: "eager/cancel", twin: eagerCancel, expected: "False True\nFalse\nTrue False\ndelivered CancelledError: stop\nTrue\nTrue True\n" },
  { name: "eager/completes", twin: eagerCompletes, expected: "runs at depth 0\nTrue result\nresult\nruns at depth 1\nruns at depth 0\nTrue result\nresult\nTrue ValueError: at once\nthe loop turns\n" },
  { name: "eager/context", twin: eagerContext, expected: "task sees main\nmain sees main\nmain sees main\ntask sees main\nmain sees main\ntask still sees task\nmain sees main\ntask sees main\nmain shared\n" },
  { name: "eager/current-task", twin: eagerCurrentTask, expected: "outer ['outer', 'main', 'outer']\ninner ['inner', 'inner', 'main', 'outer']\nouter ['outer', 'main', 'outer']\nmain ['main', 'main'] True\nouter ['outer', 'main', 'outer']\ninner ['inner', 'inner', 'main', 'outer']\nouter ['outer', 'main', 'outer']\nmain ['main', 'main', 'outer'] False\nouter later ['outer', 'main', 'outer']\n" },
  { name: "eager/factory", twin: eagerFactory, expected: "None\nTrue\na runs\nTrue False\nb runs\nc runs\nTrue\nFalse\nd runs\n" },
  { name: "eager/gather", twin: eagerGather, expected: "0 True in 0\n1 in 0\n1 True in 0\n2 in 0\n3 True in 0\n8 in 0\n" },
  { name: "eager/group-child-fails", twin: eagerGroupChildFails, expected: "create_task returned True\nthen the body is cancelled\nExceptionGroup: unhandled errors in a TaskGroup [ValueError: at once] 0\n" },
  { name: "errors/exception-handler", twin: errorsExceptionHandler, expected: "None\n[['one', ['future', 'message']], ['two', ['exception', 'message']]]\nTypeError\nTypeError\nNone\n" },
  { name: "errors/handler-raises-in-task", twin: errorsHandlerRaisesInTask, expected: "default: Unhandled error in exception handler\na 0\nb 0\na 1\nb 1\nunharmed\n" },
  { name: "errors/main-fails", twin: errorsMainFails, expected: "ValueError: deep 0 False\nValueError: deep 0 False\nValueError: deep 0 False\nExceptionGroup: unhandled errors in a TaskGroup [ValueError: deep 0] False\nCancelledError: by hand False\nusable\n" },
  { name: "errors/nested-run", twin: errorsNestedRun, expected: "RuntimeError True\nwent on\n" },
  { name: "event/cancel", twin: eventCancel, expected: "unset, waiters:4\nset, waiters:4 True\na CancelledError: before set, waiters:3 in 2\nb CancelledError: after set, waiters:2 in 2\nc set, waiters:1 in 2\nd CancelledError: last set in 2\n[True, True, False, True] set\n" },
  { name: "event/set-then-clear", twin: eventSetThenClear, expected: "unset, waiters:2\na unset, waiters:1 in 2\nb unset in 2\nunset, waiters:1 [True, True, False]\nlate set in 4\nset\n" },
  { name: "event/timeout", twin: eventTimeout, expected: "TimeoutError unset\nTrue set\n" },
  { name: "event/wait-again", twin: eventWaitAgain, expected: "a in 2\nb in 2\nunset, waiters:2\na in 3\nb in 3\nunset, waiters:2\na in 4\nb in 4\nunset\n[True, True]\n" },
  { name: "event/wakes-all", twin: eventWakesAll, expected: "unset, waiters:3 False\nset, waiters:3 in 1\nlate True set, waiters:3 in 1\na True set, waiters:2 in 2\nb True set, waiters:1 in 2\nc True set in 2\nset True\n" },
  { name: "futures/await-done", twin: futuresAwaitDone, expected: "0 value value\n0 ValueError: bad\n1 value value\n1 ValueError: bad\n5 value value\n5 ValueError: bad\nnow suspending\nthe loop turns\nend\n" },
  { name: "futures/callback-chain", twin: futuresCallbackChain, expected: "setting in 2\n0 10 in 3\n1 11 in 4\n2 12 in 5\n3 13 in 6\nmain saw 3 in 7\nmain saw 2 in 7\nmain saw 1 in 7\nmain saw 0 in 7\n" },
  { name: "futures/callback-mutation", twin: futuresCallbackMutation, expected: "removed before they run 0\nremover 0 0\nadder\nlast\none turn\nadded\ntwo turns\n" },
  { name: "futures/callback-on-done", twin: futuresCallbackOnDone, expected: "adding in 1\nadded\nready in 2\nready in 3\nready in 4\nmain in 6\n" },
  { name: "futures/callback-order", twin: futuresCallbackOrder, expected: "setting in 1\nset in 1\nscheduled before 2\nfirst 42 in 2\nsecond 42 in 2\nthird 42 in 2\nscheduled after 2\nmain in 2\n" },
  { name: "futures/callback-remove", twin: futuresCallbackRemove, expected: "2 0\ntwo\ntwo\none\n0 0\n" },
  { name: "futures/callback-throws", twin: futuresCallbackThrows, expected: "first\nbroken\nException in callback TypeError: in a callback\nwaiter got value\nbroken\nException in callback TypeError: in a callback\nlast\n" },
  { name: "futures/cancel-wakes", twin: futuresCancelWakes, expected: "True False in 1\na CancelledError: stop in 2\nb CancelledError: stop in 2\ncallback True in 2\n['caught', 'caught'] False in 3\n" },
  { name: "futures/other-loop", twin: futuresOtherLoop, expected: "RuntimeError True\nFalse True\ndone futures do not suspend\n" },
  { name: "futures/resolve-in-step", twin: futuresResolveInStep, expected: "step ends\nc 1\ncallback\na 2\nb 3\nmain again [True, True, True]\n" },
  { name: "futures/shared-exception", twin: futuresSharedException, expected: "a ValueError: shared\nb ValueError: shared\nc ValueError: shared\nlate ValueError: shared\n4 True\n" },
  { name: "futures/states", twin: futuresStates, expected: "True False False\npending False False\n  result: InvalidStateError\n  exception: InvalidStateError\ndone True False\n  result: 7\n  exception: None\n  set result: InvalidStateError\n  set exception: InvalidStateError\nfailed True False\n  result: ValueError: bad\n  exception: ValueError: bad\n  set result: InvalidStateError\n  set exception: InvalidStateError\ncancelled True True\n  result: CancelledError: why\n  exception: CancelledError: why\n  set result: InvalidStateError\n  set exception: InvalidStateError\n7 ValueError: bad\n" },
  { name: "futures/timer-resolves", twin: futuresTimerResolves, expected: "after the first timer\none main 1\ny one 1\ny scheduled\nx two 1.5\ntwo main 1.5\n[True, True]\nx scheduled\n" },
  { name: "futures/wake-order", twin: futuresWakeOrder, expected: "b waits in 1\nc waits in 2\na waits in 3\nsetting in 4\nb got value in 5\nc got value in 5\na got value in 5\ncallback in 5\nmain in 6\n" },
  { name: "gather/cancel", twin: gatherCancel, expected: "True False in 2\nb cancelled CancelledError: all of you\nc cancelled CancelledError: all of you\nCancelledError: all of you False in 5\n[False, True, True] False\nFalse False\n['x']\n" },
  { name: "gather/cancel-and-fail", twin: gatherCancelAndFail, expected: "a cancelled\nb cancelled\nValueError: a False\nc cancelled\nd cancelled\nCancelledError: stop True\n" },
  { name: "gather/cancel-return-exceptions", twin: gatherCancelReturnExceptions, expected: "b left at 2\na left at 3\nCancelledError: stop True 3\n" },
  { name: "gather/child-cancelled", twin: gatherChildCancelled, expected: "child 1\nCancelledError False 0\n[True, True, False]\nchild 3\n" },
  { name: "gather/child-swallows-cancel", twin: gatherChildSwallowsCancel, expected: "CancelledError True 1\nb returns\nc returns\nd returns\nCancelledError True 8\n" },
  { name: "gather/first-exception", twin: gatherFirstException, expected: "child 1\nValueError: child 1 1\nchild 2\nchild 3\n" },
  { name: "gather/nested", twin: gatherNested, expected: "depth 1 in 6\ndepth 2 in 8\ndepth 3 in 10\n[[[1, 1], 1], 1] in 10\n" },
  { name: "gather/results", twin: gatherResults, expected: "child 1\nchild 2\nchild 3\n[3, 1, 'future', 2] 3\nchild 1\nchild 2\n[1, 2, 1] 5\nTrue []\n" },
  { name: "gather/return-exceptions", twin: gatherReturnExceptions, expected: "['ValueError: bad', 1, 'CancelledError', 'TypeError: worse'] 3\n" },
  { name: "gather/shared-child", twin: gatherSharedChild, expected: "one CancelledError False\ntwo CancelledError False\nTrue 3 3\n" },
  { name: "gather/two-loops", twin: gatherTwoLoops, expected: "ValueError\n" },
  { name: "iteration/break-and-else", twin: iterationBreakAndElse, expected: "a4\na3\ngo on\na2\na1\na0\nnot found\nnot found\n" },
  { name: "iteration/cancel", twin: iterationCancel, expected: "a4\na3\ncancelled CancelledError: enough 3\nTrue\nthe rest a2\nthe rest a1\nthe rest a0\na4\na3\na2\ncancelled CancelledError: enough 2\nTrue\nthe rest a1\nthe rest a0\n" },
  { name: "iteration/generator-break", twin: iterationGeneratorBreak, expected: "0\n1\n2\na closed 4\nafter\n0\n1\nb closed 7\nafter\n" },
  { name: "iteration/generator-by-hand", twin: iterationGeneratorByHand, expected: "0 1\na closed 3\nover\nover\n" },
  { name: "iteration/generator-cancel", twin: iterationGeneratorCancel, expected: "0\n1\na saw CancelledError: enough\na closed 6\nCancelledError: enough True 6\n0\n1\n2\nb closed 12\nCancelledError: enough True 12\n" },
  { name: "iteration/generator-close-cancelled", twin: iterationGeneratorCloseCancelled, expected: "0\n1\nCancelledError: hurry True 0.5\n" },
  { name: "iteration/generator-error", twin: iterationGeneratorError, expected: "a closed 3\nValueError: body 3\n" },
  { name: "iteration/iterator-fails", twin: iterationIteratorFails, expected: "a3\na2\nValueError: a\nb3\nTypeError: body 3\n" },
  { name: "iteration/nested", twin: iterationNested, expected: "a2 b2\na2 b1\na1 b2\na1 b1\na0 b2\na0 b1\n3\n" },
  { name: "iteration/order", twin: iterationOrder, expected: "c ends 0\nd1 0\nd0 0\nd ends 0\nb3 1\na2 2\nb2 2\nb1 3\na1 4\nb0 4\nb ends 4\na0 6\na ends 6\n" },
  { name: "iteration/ticks", twin: iterationTicks, expected: "2 1\n1 1\n0 1\nend 1\nc2 2\nc1 3\nc0 4\nend 4\nd1 6\nd0 8\nend 8\n" },
  { name: "locks/body-fails", twin: locksBodyFails, expected: "locked, waiters:1\nValueError: bad\nCancelledError\nRuntimeError: worse\nunlocked\n" },
  { name: "locks/cancel-before-start", twin: locksCancelBeforeStart, expected: "True locked\nunlocked\n" },
  { name: "locks/cancel-race", twin: locksCancelRace, expected: "a\nc\nd\nlate\n[False, True, True, False, False] unlocked\n" },
  { name: "locks/cancel-release-race", twin: locksCancelReleaseRace, expected: "first cancelled 1\n1 True True True\n" },
  { name: "locks/cancel-then-release", twin: locksCancelThenRelease, expected: "unlocked, waiters:2 in 1\na cancelled unlocked, waiters:1 in 2\nb has it locked in 3\n[True, False] locked\n" },
  { name: "locks/cancel-waiting", twin: locksCancelWaiting, expected: "locked, waiters:5\nlocked, waiters:4\n['b', 'c', 'd', 'e'] unlocked\nlocked, waiters:5\nlocked, waiters:4\n['a', 'b', 'd', 'e'] unlocked\nlocked, waiters:5\nlocked, waiters:4\n['a', 'b', 'c', 'd'] unlocked\n" },
  { name: "locks/cancel-woken", twin: locksCancelWoken, expected: "True unlocked, waiters:3\na CancelledError: too late unlocked, waiters:2 in 2\nb has it in 3\nc has it in 4\n[True, False, False] unlocked\n" },
  { name: "locks/cancel-woken-chain", twin: locksCancelWokenChain, expected: "unlocked, waiters:3 in 2\nunlocked, waiters:2 in 3\nunlocked, waiters:1 in 4\nd has it in 5\n[True, True, True, False] unlocked\n" },
  { name: "locks/fifo", twin: locksFifo, expected: "a True in 1\na released False in 2\nb True in 3\nb released False in 4\nc True in 5\nc released False in 6\nd True in 7\nd released False in 8\nFalse\n" },
  { name: "locks/finished-waiter-cancelled", twin: locksFinishedWaiterCancelled, expected: "locked, waiters:2\nTrue unlocked, waiters:1\nTrue locked\n" },
  { name: "locks/newcomer-jumps", twin: locksNewcomerJumps, expected: "unlocked, waiters:2\nnewcomer in 1\nunlocked, waiters:2\na cancelled in 2\nb cancelled in 2\nunlocked\n" },
  { name: "locks/newcomer-waits", twin: locksNewcomerWaits, expected: "False unlocked, waiters:1\nfirst in 2\nnewcomer in 3\nunlocked\n" },
  { name: "locks/not-acquired", twin: locksNotAcquired, expected: "RuntimeError: Lock is not acquired.\nRuntimeError: Lock is not acquired.\nFalse\n" },
  { name: "locks/other-loop", twin: locksOtherLoop, expected: "locked\nlocked\nlocked\nlocked\nRuntimeError True unlocked\nlocked]> is bound to a different event loop\n" },
  { name: "locks/other-task-releases", twin: locksOtherTaskReleases, expected: "acquired\nlocked\nreleased unlocked\nacquired\nlocked\nreleased unlocked\n" },
  { name: "locks/release-then-cancel-both", twin: locksReleaseThenCancelBoth, expected: "a cancelled unlocked, waiters:1\nb cancelled unlocked\n[True, True] unlocked\nTrue\n" },
  { name: "locks/swallowed-cancel", twin: locksSwallowedCancel, expected: "a CancelledError: once\nb CancelledError: and this\nc has it\na has it\nb has it\nunlocked [1, 1, 0]\n" },
  { name: "locks/take-turns", twin: locksTakeTurns, expected: "a 0 in 1\nb 0 in 3\na 1 in 5\nb 1 in 7\na 2 in 9\nb 2 in 11\n" },
  { name: "locks/uncontended", twin: locksUncontended, expected: "True True\nTrue True\nTrue True\ninside True\nafter False\nnext iteration\n" },
  { name: "locks/wait-for", twin: locksWaitFor, expected: "a TimeoutError locked, waiters:3 at 1.0\nc TimeoutError locked, waiters:2 at 2.0\nd TimeoutError unlocked, waiters:1 at 3.0\nb has it at 3.0\nunlocked\n" },
  { name: "loop/already-running", twin: loopAlreadyRunning, expected: "the same loop: RuntimeError: This event loop is already running\nanother loop: RuntimeError: Cannot run the event loop while another loop is running\nwent on 1\n" },
  { name: "loop/broken-handler", twin: loopBrokenHandler, expected: "handler by hand\ndefault Unhandled error in exception handler TypeError: the handler is broken\nnext callback\ndefault without a handler ValueError: boom\n" },
  { name: "loop/callback-exception", twin: loopCallbackException, expected: "True\nTrue\nException in callback ValueError: from a callback True\nnext callback\nException in callback ValueError: from a timer True\nnext timer\nstopped at 3\n" },
  { name: "loop/closed", twin: loopClosed, expected: "close while running: RuntimeError: Cannot close a running event loop\nFalse\nTrue\nclose again: worked\ncall_soon: RuntimeError: Event loop is closed\ncall_later: RuntimeError: Event loop is closed\ncall_soon_threadsafe: RuntimeError: Event loop is closed\nrun_forever: RuntimeError: Event loop is closed\ncreate_future: worked\n" },
  { name: "loop/create-task-closed", twin: loopCreateTaskClosed, expected: "RuntimeError: Event loop is closed\nclosed\n" },
  { name: "loop/debug-coroutine", twin: loopDebugCoroutine, expected: "True\ncall_soon coroutines cannot be used with \ncall_soon coroutines cannot be used with \ncall_later coroutines cannot be used with \ncall_later coroutines cannot be used with \ncall_at coroutines cannot be used with \ncall_at coroutines cannot be used with \n" },
  { name: "loop/exit-error", twin: loopExitError, expected: "interrupting\nKeyboardInterrupt False\nsame iteration, kept for the next run\none second later\nran on to 2\nKeyboardInterrupt\nstill usable\n" },
  { name: "loop/handle-cancel", twin: loopHandleCancel, expected: "earlier\nkiller False\nkilled True True\nend\n" },
  { name: "loop/handler-context", twin: loopHandlerContext, expected: "ValueError: soon one in one\nValueError: soon two in two\nValueError: outside in none\nValueError: later one in one\nValueError: later two in two\nnone\n" },
  { name: "loop/iterations", twin: loopIterations, expected: "a 3 in 1\nburst in 1\nb 2 in 1\na 2 in 2\nx\ny\nz\nlate 1 in 2\nb 1 in 2\na 1 in 3\nlate 0 in 3\nb 0 in 3\na 0 in 4\nstopped at 1\n" },
  { name: "loop/left-over", twin: loopLeftOver, expected: "soon\nmain\nbetween 0\none 1\nbetween 2\nthree 3\n" },
  { name: "loop/run-until-complete", twin: loopRunUntilComplete, expected: "1 1\n2 3\n2 3\nset 4\nValueError: failed 5\nValueError: failed 6\nCancelledError: gone 7\n" },
  { name: "loop/stop-before-run", twin: loopStopBeforeRun, expected: "first\ntimer that is due\nreturned at 0\nscheduled by first\nagain at 0\n" },
  { name: "loop/stop-finishes-iteration", twin: loopStopFinishesIteration, expected: "before\nstopping\nafter\nstopping\nlast\nreturned False\nscheduled after stop\nscheduled after stop\nreturned False\n" },
  { name: "loop/stopped-before-complete", twin: loopStoppedBeforeComplete, expected: "RuntimeError: Event loop stopped before Future completed. False 1\nwork done at 2\nresult True\n" },
  { name: "loop/timer-cancel", twin: loopTimerCancel, expected: "True False True True\nsecond\ncancelling 2.5\nTrue True\nstopped at 4\n" },
  { name: "loop/timer-order", twin: loopTimerOrder, expected: "soon 0\nat minus five 0\nminus two 0\nminus one 0\nzero 0\nquarter 0.25\nhalf 0.5\nat one 1\ntwo 2\n" },
  { name: "loop/timers-join-ready", twin: loopTimersJoinReady, expected: "spin 3\ntimer at 0\nsecond timer\nspin 2\nscheduled by the timer\ntimer set by the timer\nspin 1\nspin 0\n" },
  { name: "ordering/cancel-and-resolve", twin: orderingCancelAndResolve, expected: "step ends in 1\nb resolved in 2\na cancelled in 2\nstep ends in 4\nb cancelled in 5\na resolved in 5\n" },
  { name: "ordering/errors-between-tasks", twin: orderingErrorsBetweenTasks, expected: "leaf fails in 2\n0 caught ValueError: leaf in 3\n0 leaves in 3\n1 caught ValueError: leaf in 4\n1 leaves in 4\n2 caught ValueError: leaf in 5\n2 leaves in 5\n3 leaves in 6\nrecovered in 7\n" },
  { name: "ordering/mixed", twin: orderingMixed, expected: "['main waits', 'a0', 'b0', 'soon', 'leaf', 'a1', 'b1', 'callback 42', 'a2', ['a', 'b', 42]]\n" },
  { name: "ordering/ping-pong", twin: orderingPingPong, expected: "pong 2 in 2\nping 3 in 3\npong 4 in 4\nping 5 in 5\npong 6 in 6\nping 7 in 7\nmain in 8\n" },
  { name: "ordering/producer-consumer", twin: orderingProducerConsumer, expected: "put 0 in 1\nput 1 in 1\nb got 0 in 1\nb got 1 in 1\nput 2 in 2\nput 3 in 2\na got 2 in 3\na got 3 in 3\nput 4 in 3\na got 4 in 4\nend in 6 []\n" },
  { name: "ordering/spawn-tree", twin: orderingSpawnTree, expected: "x starts in 0\nxl starts in 1\nxr starts in 1\nxll starts in 2\nxll ends in 2\nxlr starts in 2\nxlr ends in 2\nxrl starts in 2\nxrl ends in 2\nxrr starts in 2\nxrr ends in 2\nxl ends in 3\nxr ends in 3\nx ends in 4\n" },
  { name: "ordering/step-is-atomic", twin: orderingStepIsAtomic, expected: "step begins\nhelper runs inside the step\ndone is no suspension\nhelper runs inside the step\nstep ends\ncallback 1\nchild 0\ndone callback\ncallback 2\nstep begins\nhelper runs inside the step\ndone is no suspension\nhelper runs inside the step\nstep ends\ncallback 1\nchild 1\ncallback 2\nstep begins\nhelper runs inside the step\ndone is no suspension\nhelper runs inside the step\nstep ends\ncallback 1\nchild 5\ncallback 2\n" },
  { name: "ordering/timers-and-turns", twin: orderingTimersAndTurns, expected: "timer 0.1\nb 3 0.5\ntimer 0.6\ntimer 0.9\na 7 1\n" },
  { name: "queues/barging-get", twin: queuesBargingGet, expected: "main got 1 <Queue maxsize=0 _getters[1] tasks=1> in 1\n<Queue maxsize=0 _getters[2] tasks=1> in 2\nb got 2 in 3\na got 3 in 4\n" },
  { name: "queues/barging-put", twin: queuesBargingPut, expected: "0\n<Queue maxsize=1 _queue=['mine'] _putters[1] tasks=2> in 1\n<Queue maxsize=1 _queue=['mine'] _putters[2] tasks=2> in 2\n0 taken mine in 2\nb put 2 in 3\n1 taken 2 in 4\na put 1 in 5\n2 taken 1 in 6\n" },
  { name: "queues/basic", twin: queuesBasic, expected: "0 True False 0\n3 False False in 0\n1 3 2 in 0\nFalse 2\nTrue\n" },
  { name: "queues/cancel-and-shutdown-item", twin: queuesCancelAndShutdownItem, expected: "a CancelledError in 2\nb got x in 2\n<Queue maxsize=0 tasks=1 shutdown> in 4\n" },
  { name: "queues/cancelled-putter-skipped", twin: queuesCancelledPutterSkipped, expected: "0 <Queue maxsize=1 tasks=1>\na CancelledError in 2\nb put 2 in 2\n<Queue maxsize=1 _queue=[2] tasks=2> in 4\n" },
  { name: "queues/errors", twin: queuesErrors, expected: "QueueEmpty\nQueueFull\n1 <Queue maxsize=1 _queue=[1] tasks=1>\n100 False -1\nFalse\nTrue\n" },
  { name: "queues/get-before-start", twin: queuesGetBeforeStart, expected: "True <Queue maxsize=0 _getters[1]>\nb got 1 in 2\n" },
  { name: "queues/get-cancel-chain", twin: queuesGetCancelChain, expected: "a CancelledError in 2\n<Queue maxsize=0 _queue=['x'] _getters[1] tasks=1> in 2\nb CancelledError in 3\nc got x in 4\n<Queue maxsize=0 tasks=1> in 6\n" },
  { name: "queues/get-cancel-drop-many", twin: queuesGetCancelDropMany, expected: "<Queue maxsize=0 _queue=[1, 2] _getters[1] tasks=2>\na CancelledError in 2\nb got 1 in 2\n<Queue maxsize=0 _queue=[2] tasks=2> in 2\nc got 2 in 3\n<Queue maxsize=0 tasks=2> in 5\n" },
  { name: "queues/get-cancel-drop-one", twin: queuesGetCancelDropOne, expected: "CancelledError in 3\n<Queue maxsize=0 _queue=[1, 2] tasks=2>\n1 <Queue maxsize=0 _queue=[2] tasks=2> in 5\n" },
  { name: "queues/get-cancel-empty", twin: queuesGetCancelEmpty, expected: "1 <Queue maxsize=0 _getters[1] tasks=1>\na CancelledError in 2\nTrue False <Queue maxsize=0 _getters[1] tasks=1>\nb got 2 in 3\n" },
  { name: "queues/get-cancelled", twin: queuesGetCancelled, expected: "<Queue maxsize=0 _getters[2]>\na CancelledError in 2\nTrue <Queue maxsize=0 _getters[1]>\nb got x in 3\n<Queue maxsize=0 tasks=1> in 4\n" },
  { name: "queues/get-cancelled-same-tick", twin: queuesGetCancelledSameTick, expected: "<Queue maxsize=0 _queue=[1] tasks=1>\na CancelledError in 2\nb got 1 in 2\n<Queue maxsize=0 tasks=1> in 4\n" },
  { name: "queues/get-timeout", twin: queuesGetTimeout, expected: "TimeoutError\n<Queue maxsize=5>\n<Queue maxsize=5 _queue=[0, 1, 2, 3, 4] _putters[1] tasks=5>\nCancelledError\n<Queue maxsize=5 _queue=[0, 1, 2, 3, 4] tasks=5>\n0\n" },
  { name: "queues/getters-order", twin: queuesGettersOrder, expected: "<Queue maxsize=0 _getters[3]>\n<Queue maxsize=0 _queue=[1, 2] _getters[1] tasks=2>\na got 1 in 2\nb got 2 in 2\nc got 3 in 3\n<Queue maxsize=0 tasks=3> in 5\n" },
  { name: "queues/item-in-time", twin: queuesItemInTime, expected: "TimeoutError <Queue maxsize=0 _queue=['x'] tasks=1>\n" },
  { name: "queues/join", twin: queuesJoin, expected: "joined in 0\na b <Queue maxsize=0 tasks=2>\n[False, False] <Queue maxsize=0 tasks=1> in 2\nx joined in 3\ny joined in 3\n" },
  { name: "queues/join-cancelled", twin: queuesJoinCancelled, expected: "x CancelledError in 2\n[True, False] <Queue maxsize=0 _queue=['a'] tasks=1>\ny CancelledError in 3\n<Queue maxsize=0 _queue=['a']> a\n" },
  { name: "queues/join-late-put", twin: queuesJoinLatePut, expected: "x joined in 2\nFalse <Queue maxsize=0 _queue=['b'] tasks=1>\nlate joined in 4\n" },
  { name: "queues/lifo", twin: queuesLifo, expected: "<LifoQueue maxsize=3 _queue=[1, 3, 2] tasks=3> True\n2 <LifoQueue maxsize=3 _queue=[1, 3] tasks=3>\np put 4 in 2\n4 3 1 <LifoQueue maxsize=3 tasks=4>\ng got b in 5\n<LifoQueue maxsize=3 tasks=5 shutdown>\n" },
  { name: "queues/many-to-many", twin: queuesManyToMany, expected: "x 0 ['a', 0] in 1\nx 1 ['a', 1] in 1\ny 0 ['b', 0] in 1\ny 1 ['b', 1] in 1\nx 2 ['a', 2] in 2\nx 3 ['a', 3] in 2\ny 2 ['b', 2] in 3\ny 3 ['b', 3] in 3\ny 4 ['c', 0] in 5\ny 5 ['c', 1] in 5\nx 4 ['c', 2] in 7\nx 5 ['c', 3] in 7\n<Queue maxsize=2> in 9\n" },
  { name: "queues/many-woken-one-item", twin: queuesManyWokenOneItem, expected: "1 <Queue maxsize=0 _queue=[2] _getters[1] tasks=2>\na got 2 in 2\n<Queue maxsize=0 _getters[2] tasks=2> in 2\n0 <Queue maxsize=0 _queue=['again'] _getters[1] tasks=3>\n1 <Queue maxsize=0 _queue=['again', 'again'] tasks=4>\nc got again in 3\nb got again in 3\n" },
  { name: "queues/maxsize", twin: queuesMaxsize, expected: "put 0 in 1\nput 1 in 1\n<Queue maxsize=2 _queue=[0, 1] _putters[1] tasks=2> in 2\n0 in 2\nput 2 in 3\n1 2 True in 3\n" },
  { name: "queues/not-retained", twin: queuesNotRetained, expected: "0 CancelledError <Queue maxsize=0> in 2\n<Queue maxsize=0 _getters[1]>\n1 CancelledError <Queue maxsize=0 _queue=['x'] tasks=1> in 3\ngot x in 3\n<Queue maxsize=0 tasks=1>\n<Queue maxsize=0 tasks=1> in 3\n" },
  { name: "queues/priority", twin: queuesPriority, expected: "<PriorityQueue maxsize=0 _queue=[5] tasks=1>\n<PriorityQueue maxsize=0 _queue=[3, 5] tasks=2>\n<PriorityQueue maxsize=0 _queue=[3, 5, 8] tasks=3>\n<PriorityQueue maxsize=0 _queue=[1, 3, 8, 5] tasks=4>\n<PriorityQueue maxsize=0 _queue=[1, 3, 8, 5, 9] tasks=5>\n<PriorityQueue maxsize=0 _queue=[1, 3, 2, 5, 9, 8] tasks=6>\n<PriorityQueue maxsize=0 _queue=[1, 3, 2, 5, 9, 8, 7] tasks=7>\n<PriorityQueue maxsize=0 _queue=[1, 3, 2, 3, 9, 8, 7, 5] tasks=8>\n<PriorityQueue maxsize=0 _queue=[1, 1, 2, 3, 9, 8, 7, 5, 3] tasks=9>\n<PriorityQueue maxsize=0 _queue=[1, 1, 2, 3, 6, 8, 7, 5, 3, 9] tasks=10>\n1 <PriorityQueue maxsize=0 _queue=[1, 3, 2, 3, 6, 8, 7, 5, 9] tasks=10>\n1 <PriorityQueue maxsize=0 _queue=[2, 3, 7, 3, 6, 8, 9, 5] tasks=10>\n2 <PriorityQueue maxsize=0 _queue=[3, 3, 7, 5, 6, 8, 9] tasks=10>\n3 <PriorityQueue maxsize=0 _queue=[3, 5, 7, 9, 6, 8] tasks=10>\n3 <PriorityQueue maxsize=0 _queue=[5, 6, 7, 9, 8] tasks=10>\n5 <PriorityQueue maxsize=0 _queue=[6, 8, 7, 9] tasks=10>\n6 <PriorityQueue maxsize=0 _queue=[7, 8, 9] tasks=10>\n7 <PriorityQueue maxsize=0 _queue=[8, 9] tasks=10>\n8 <PriorityQueue maxsize=0 _queue=[9] tasks=10>\n9 <PriorityQueue maxsize=0 tasks=10>\n" },
  { name: "queues/priority-pairs", twin: queuesPriorityPairs, expected: "<PriorityQueue maxsize=0 _queue=[[0.5, []], [1, 'drink'], [1], [1, 'eat', [2, 'x']], [1, 'eat'], [3, 'sleep'], [2, 'code', 1], [2, 'code'], [1, 'eat', [3]]] tasks=9>\n[0.5, []]\n[1]\n[1, 'drink']\n[1, 'eat']\n[1, 'eat', [2, 'x']]\n[1, 'eat', [3]]\n[2, 'code']\n[2, 'code', 1]\n[3, 'sleep']\n" },
  { name: "queues/priority-text", twin: queuesPriorityText, expected: "\nB\na\na\naa\nab\nb\né\n￿\n😀\n" },
  { name: "queues/priority-waiting", twin: queuesPriorityWaiting, expected: "a got 1 in 2\nb got 2 in 2\n5 <PriorityQueue maxsize=2 _queue=[6] tasks=4>\np put 4 in 6\n<PriorityQueue maxsize=2 _queue=[4, 6] tasks=5> 4 6\n" },
  { name: "queues/producer-consumer", twin: queuesProducerConsumer, expected: "put 0 in 1\n0 got 0 in 1\nput 1 in 2\n1 got 1 in 3\nput 2 in 4\n2 got 2 in 5\nput 3 in 6\n3 got 3 in 7\nput 4 in 8\n4 got 4 in 9\n<Queue maxsize=1 tasks=5> in 11\n" },
  { name: "queues/put-cancel-drop", twin: queuesPutCancelDrop, expected: "1\na CancelledError in 2\n<Queue maxsize=1 tasks=1> in 3\nagain put 2 in 4\n2 0\n" },
  { name: "queues/put-cancel-full", twin: queuesPutCancelFull, expected: "0\na CancelledError in 2\n[True, False] <Queue maxsize=1 _queue=['mine'] _putters[1] tasks=2> in 2\nmine\nb put 2 in 3\n<Queue maxsize=1 _queue=[2] tasks=3>\n" },
  { name: "queues/put-cancel-many", twin: queuesPutCancelMany, expected: "0\n<Queue maxsize=1 _putters[2] tasks=1>\na CancelledError in 2\n<Queue maxsize=1 _putters[1] tasks=1> in 2\nb put 2 in 3\n2 <Queue maxsize=1 tasks=2> in 3\nc put 3 in 4\n3 <Queue maxsize=1 tasks=3> in 4\n" },
  { name: "queues/put-cancelled", twin: queuesPutCancelled, expected: "a put 1 in 1\nc CancelledError in 2\n[True, False, True] <Queue maxsize=1 _queue=[1] _putters[1] tasks=1>\n1\nb put 2 in 3\n2 <Queue maxsize=1 tasks=2> in 3\n" },
  { name: "queues/putters-order", twin: queuesPuttersOrder, expected: "<Queue maxsize=1 _queue=[0] _putters[3] tasks=1>\n0 taken 0 in 1\n<Queue maxsize=1 _putters[2] tasks=1>\na put 1 in 2\n1 taken 1 in 3\n<Queue maxsize=1 _putters[1] tasks=2>\nb put 2 in 4\n2 taken 2 in 5\n<Queue maxsize=1 tasks=3>\nc put 3 in 6\n3 taken 3 in 7\n<Queue maxsize=1 tasks=4>\n" },
  { name: "queues/shutdown-cancelled", twin: queuesShutdownCancelled, expected: "<Queue maxsize=0 shutdown>\na CancelledError in 2\nb QueueShutDown in 2\nc CancelledError in 2\n<Queue maxsize=0 shutdown> in 4\n" },
  { name: "queues/shutdown-empty", twin: queuesShutdownEmpty, expected: "<Queue maxsize=0 shutdown>\na QueueShutDown in 2\nb QueueShutDown in 2\nput QueueShutDown in 4\nget QueueShutDown in 4\nQueueShutDown\nQueueShutDown\n<Queue maxsize=0 shutdown>\n" },
  { name: "queues/shutdown-immediate", twin: queuesShutdownImmediate, expected: "<Queue maxsize=2 shutdown> 0\nj joined in 2\np QueueShutDown in 2\ng QueueShutDown in 4\np QueueShutDown in 4\nValueError\n" },
  { name: "queues/shutdown-immediate-unfinished", twin: queuesShutdownImmediateUnfinished, expected: "a\n<Queue maxsize=0 tasks=1 shutdown>\nFalse in 2\nValueError\nj joined in 3\n" },
  { name: "queues/shutdown-later-immediate", twin: queuesShutdownLaterImmediate, expected: "<Queue maxsize=1 shutdown>\np QueueShutDown in 2\nj joined in 2\n" },
  { name: "queues/shutdown-nonempty", twin: queuesShutdownNonempty, expected: "<Queue maxsize=1 _queue=['data'] _putters[2] tasks=1>\n<Queue maxsize=1 _queue=['data'] tasks=1 shutdown>\np QueueShutDown in 2\nq QueueShutDown in 2\n[False, True, True] in 2\ng got data in 2\nh QueueShutDown in 2\nr QueueShutDown in 2\n[False, True, True] <Queue maxsize=1 tasks=1 shutdown>\nj joined in 3\nValueError\n" },
  { name: "queues/shutdown-woken-getter", twin: queuesShutdownWokenGetter, expected: "<Queue maxsize=0 _queue=[1] tasks=1 shutdown>\na got 1 in 2\nb QueueShutDown in 2\nc QueueShutDown in 6\n<Queue maxsize=0 shutdown>\n" },
  { name: "queues/shutdown-woken-putter", twin: queuesShutdownWokenPutter, expected: "0\na QueueShutDown in 2\nb QueueShutDown in 2\n<Queue maxsize=1 tasks=1 shutdown> in 4\n" },
  { name: "queues/task-done", twin: queuesTaskDone, expected: "ValueError\n<Queue maxsize=0 _queue=[1]>\nValueError\n" },
  { name: "queues/why-putters-wait", twin: queuesWhyPuttersWait, expected: "a put 0 in 1\nb put 1 in 1\n0 0 in 2\n1 1 in 2\nc put 2 in 3\nd put 3 in 3\n<Queue maxsize=2 _queue=[2, 3] tasks=4>\n" },
  { name: "queues/workers", twin: queuesWorkers, expected: "one has 98\n<Queue maxsize=0 _getters[2]> [False, False]\nCancelledError\n" },
  { name: "semaphore/acquire-hang", twin: semaphoreAcquireHang, expected: "first in 1\nTrue unlocked, value:1\nTrue locked\n" },
  { name: "semaphore/acquire-no-hang", twin: semaphoreAcquireNoHang, expected: "a locked\nd locked\n[False, True, True, False] unlocked, value:1\n" },
  { name: "semaphore/body-fails", twin: semaphoreBodyFails, expected: "locked\nValueError: bad\nCancelledError\nValueError: worse\nunlocked, value:2\n" },
  { name: "semaphore/cancel-before-awoken", twin: semaphoreCancelBeforeAwoken, expected: "[False, False, True, True] locked\n" },
  { name: "semaphore/cancel-first-of-two", twin: semaphoreCancelFirstOfTwo, expected: "first in 1\nlocked, waiters:1 in 3\nthird in 4\nTrue unlocked, value:1\n" },
  { name: "semaphore/cancel-woken", twin: semaphoreCancelWoken, expected: "locked, waiters:4\na CancelledError: no locked, waiters:3 in 2\nb has it locked, waiters:2 in 2\nc has it locked, waiters:1 in 3\n[True, True, True, False] locked, waiters:1\nd CancelledError: no more unlocked, value:1 in 6\nunlocked, value:1\n" },
  { name: "semaphore/fifo-behind-cancelled", twin: semaphoreFifoBehindCancelled, expected: "locked, waiters:3 in 1\na cancelled locked, waiters:2 in 2\nb has it locked, waiters:1 in 2\nc has it locked, waiters:1 in 4\nlate has it locked in 6\n[True, False, False, False] unlocked, value:1\n" },
  { name: "semaphore/fifo-greedy", twin: semaphoreFifoGreedy, expected: "['A', 'A', 'B', 'B', 'A', 'A', 'B', 'B', 'A', 'A', 'B']\n" },
  { name: "semaphore/newcomer-waits", twin: semaphoreNewcomerWaits, expected: "locked, waiters:1 True\nfirst locked, waiters:1 in 2\nnewcomer locked in 3\nlocked True\n" },
  { name: "semaphore/permit-behind-cancelled", twin: semaphorePermitBehindCancelled, expected: "locked, waiters:2 True\na cancelled locked, waiters:1 in 2\nb cancelled unlocked, value:3 in 2\nx unlocked, value:2 in 2\ny unlocked, value:1 in 2\nz locked in 2\nlocked True\n" },
  { name: "semaphore/permits", twin: semaphorePermits, expected: "a True unlocked, value:1 in 1\nb True locked in 1\na released locked, waiters:3 in 2\nb released locked, waiters:3 in 2\nc True locked, waiters:2 in 3\nd True locked, waiters:1 in 3\nc released locked, waiters:1 in 4\nd released locked, waiters:1 in 4\ne True unlocked, value:1 in 5\ne released unlocked, value:2 in 6\nunlocked, value:2 False\n" },
  { name: "semaphore/release-many", twin: semaphoreReleaseMany, expected: "locked, waiters:4 in 1\na locked, waiters:3 in 2\nb locked, waiters:2 in 2\nlocked, waiters:2 in 2\nd unlocked, value:2 in 3\n[False, False, True, False] unlocked, value:2\n" },
  { name: "semaphore/values", twin: semaphoreValues, expected: "unlocked, value:1 | locked | unlocked, value:3\nValueError: Semaphore initial value must be >= 0\nunlocked, value:3\nunlocked, value:2 False\nunlocked, value:3 False\nunlocked, value:1 | locked | unlocked, value:3\nValueError: Semaphore initial value must be >= 0\nValueError: BoundedSemaphore released too many times\nValueError: BoundedSemaphore released too many times\nunlocked, value:1\nlocked True\nunlocked, value:1 False\n" },
  { name: "shield/both-cancelled", twin: shieldBothCancelled, expected: "inner first CancelledError: outer True True\nouter first CancelledError: outer True True\ninner ends CancelledError: outer True False\n" },
  { name: "shield/inner-ends", twin: shieldInnerEnds, expected: "returns returns\nTrue False\nfails ValueError False 0\nTrue False\ncancelled CancelledError True 0\nTrue False\na coroutine 3.5\n" },
  { name: "shield/late-error", twin: shieldLateError, expected: "TypeError exception in shielded future TypeError: shielded once 2\nnot reported TypeError: shield kept\n" },
  { name: "shield/outer-cancelled", twin: shieldOuterCancelled, expected: "outer CancelledError: stop False 0\nTrue False\nTrue True False\ninner done at 3\nvalue\n" },
  { name: "sleep/cancel", twin: sleepCancel, expected: "slept 1\ncancelled at 2\nTrue 2\n" },
  { name: "sleep/interleaving", twin: sleepInterleaving, expected: "a0 in 1\nb0 in 1\nc0 in 1\na1 in 2\nb1 in 2\nc1 in 2\na2 in 3\nb2 in 3\nb3 in 4\na ended, seen in 5\nb ended, seen in 6\nc ended, seen in 6\n" },
  { name: "sleep/nan", twin: sleepNan, expected: "ValueError\nstill fine\n" },
  { name: "sleep/order", twin: sleepOrder, expected: "d 0\nd 0\nc 0.5\nc 0.5\nb 1\nc 1.75\nb 2\na 3\na 3.25\nb 4.5\nall at 4.5\n" },
  { name: "sleep/zero", twin: sleepZero, expected: "result took 1\nresult took 1\nresult took 1\nresult took 1\nNone 0\n[1, 2] 2\n" },
  { name: "streams/cancel-waiting", twin: streamsCancelWaiting, expected: "True\ndata;\nTrue\ndata;\nTrue\ndata;\nTrue\ndata;\n" },
  { name: "streams/cancel-woken", twin: streamsCancelWoken, expected: "first CancelledError in 2\nsecond data;\n in 2\n\nfirst CancelledError in 6\nsecond data in 6\n;\n\nfirst CancelledError in 10\nsecond data;\n in 10\n\nfirst CancelledError in 14\nsecond data; in 14\n\n\n" },
  { name: "streams/connection-lost", twin: streamsConnectionLost, expected: "False True\nIncompleteReadError: 10 bytes read on a total of 20 expected bytes\nTrue\nFalse True\nOSError: reset\nFalse\n" },
  { name: "streams/data-before-exception", twin: streamsDataBeforeException, expected: "woken abc in 2\nwoken abc in 5\nwoken abc\n in 8\nwoken abc in 11\n" },
  { name: "streams/drain", twin: streamsDrain, expected: "free in 0\nb CancelledError in 3\nresume in 3\na in 4\nc in 4\nfree in 6\n" },
  { name: "streams/drain-cancelled-after-wake", twin: streamsDrainCancelledAfterWake, expected: "a CancelledError in 2\nb in 2\nFalse\nlate in 5\n" },
  { name: "streams/drain-closing", twin: streamsDrainClosing, expected: "close\nclosed in 0\ndrain ConnectionResetError: Connection lost in 1\ndrain ConnectionResetError: Connection lost in 2\nclosed in 2\n" },
  { name: "streams/drain-lost", twin: streamsDrainLost, expected: "a in 3\nb in 3\nlater ConnectionResetError: Connection lost in 5\na OSError: reset in 3\nb OSError: reset in 3\nlater OSError: reset in 5\n" },
  { name: "streams/exception", twin: streamsException, expected: "True\nwaiting OSError: broken in 4\nTrue\nlater OSError: broken in 5\nlater OSError: broken in 5\nlater OSError: broken in 5\nlater OSError: broken in 5\nlater OSError: broken in 5\nlater OSError: broken in 5\n" },
  { name: "streams/half-close", twin: streamsHalfClose, expected: "True\nbye True\nFalse\nbye True\n" },
  { name: "streams/handler", twin: streamsHandler, expected: "begins in 1\nwrite RETURN\n\nFalse True\nbegins in 5\nwrite FAIL\n\nreported OSError: failed in 7\nclose\nTrue True\nbegins in 9\nclose\nTrue True\n" },
  { name: "streams/iteration", twin: streamsIteration, expected: "one\n 0\ntwo\n 0\nthree\n 1\n\n 1\nrest 2\n" },
  { name: "streams/iteration-limit", twin: streamsIterationLimit, expected: "abc\n\nValueError: Separator is found, but chunk is longer than limit\nabc\n\n" },
  { name: "streams/late-line", twin: streamsLateLine, expected: "too late 3\ntoo late 6\nhalf a line\n 7\n" },
  { name: "streams/pause", twin: streamsPause, expected: "feed\nfeed\nfeed\npause_reading\nfeed\n1234\n5123\n4512\nresume_reading\n3451\n2345\n" },
  { name: "streams/pause-and-need-more", twin: streamsPauseAndNeedMore, expected: "pause_reading\nresume_reading\nfeed\npause_reading\nresume_reading\nfeed\npause_reading\nresume_reading\nfeed\npause_reading\nresume_reading\n012345678\npause_reading\nresume_reading\nfeed\nfeed\nfeed\n012345678\npause_reading\nfeed\nfeed\nfeed\nLimitOverrunError: Separator is not found, and chunk exceed the limit 5\n" },
  { name: "streams/read-all", twin: streamsReadAll, expected: "False in 5\nTrue\nall one two three in 6\n" },
  { name: "streams/read-ready", twin: streamsReadReady, expected: "a line\n in 1\nfive! in 1\nuntil; in 1\nre False in 1\nst True in 1\n   in 1\n" },
  { name: "streams/read-sizes", twin: streamsReadSizes, expected: "\n\n0123\nreadexactly size can not be less than zero\n456789\n\n" },
  { name: "streams/read-waits", twin: streamsReadWaits, expected: "feed in 2\na hel in 3\nlo world in 4\n" },
  { name: "streams/readexactly-eof", twin: streamsReadexactlyEof, expected: "IncompleteReadError: 9 bytes read on a total of 20 expected bytes\nsome data 20\n True\nIncompleteReadError: 0 bytes read on a total of 20 expected bytes\n 20\n True\n" },
  { name: "streams/readexactly-limit", twin: streamsReadexactlyLimit, expected: "chunk\nline1\nli\nne2\n\n" },
  { name: "streams/readexactly-pieces", twin: streamsReadexactlyPieces, expected: "False in 2\nFalse in 4\nFalse in 6\nFalse in 8\nsix abcdef in 9\ng\n" },
  { name: "streams/readline-limit", twin: streamsReadlineLimit, expected: "1234567\n\nValueError: Separator is found, but chunk is longer than limit < LimitOverrunError: Separator is found, but chunk is longer than limit\nnext\n\n" },
  { name: "streams/readline-limit-nolinebreak", twin: streamsReadlineLimitNolinebreak, expected: "ValueError: Separator is not found, and chunk exceed the limit\nFalse\n\n\nValueError: Separator is not found, and chunk exceed the limit\nne3\n\n" },
  { name: "streams/readline-pieces", twin: streamsReadlinePieces, expected: "line chunk1 chunk2 chunk3 \n in 4\n chunk4  in 5\n" },
  { name: "streams/readuntil-eof", twin: streamsReaduntilEof, expected: "IncompleteReadError: 9 bytes read on a total of undefined expected bytes some data None\n True\nIncompleteReadError: 9 bytes read on a total of undefined expected bytes some data None\n True\nIncompleteReadError: 9 bytes read on a total of undefined expected bytes some data None\n True\n" },
  { name: "streams/readuntil-errors", twin: streamsReaduntilErrors, expected: "ValueError: Separator should be at least one-byte string\nValueError: Separator should contain at least one element\nValueError: Separator should be at least one-byte string\nOSError: not reached\n" },
  { name: "streams/readuntil-growing", twin: streamsReaduntilGrowing, expected: "5 LimitOverrunError: Separator is not found, and chunk exceed the limit 5\n1234\n\n7 LimitOverrunError: Separator is not found, and chunk exceed the limit 5\n1234ABC\n9 LimitOverrunError: Separator is not found, and chunk exceed the limit 5\n1234ABCDE\n" },
  { name: "streams/readuntil-limit", twin: streamsReaduntilLimit, expected: "LimitOverrunError: Separator is found, but chunk is longer than limit 9\nLimitOverrunError: Separator is not found, and chunk exceed the limit 10\nLimitOverrunError: Separator is not found, and chunk exceed the limit 5\nLimitOverrunError: Separator is found, but chunk is longer than limit 9\nsome dat\naA\nA\n" },
  { name: "streams/readuntil-separators", twin: streamsReaduntilSeparators, expected: "line 1\r\nline 2\r\n\nline 3\n;\n  abcab\n" },
  { name: "streams/two-readers", twin: streamsTwoReaders, expected: "read() called while another coroutine is already waiting for incoming data\nread() called while another coroutine is already waiting for incoming data\nreadexactly() called while another coroutine is already waiting for incoming data\nreaduntil() called while another coroutine is already waiting for incoming data\nmine!\n" },
  { name: "streams/wait-closed", twin: streamsWaitClosed, expected: "lost in 2\na in 3\nb in 3\nlater in 5\nagain in 5\nlost in 2\na OSError: reset in 3\nb OSError: reset in 3\nlater OSError: reset in 5\nagain OSError: reset in 5\n" },
  { name: "streams/write-drain-loop", twin: streamsWriteDrainLoop, expected: "write more\nwrite more\nwrite more\nwrite more\nclose\nwrite more\n4 ConnectionResetError: Connection lost\n" },
  { name: "streams/writer", twin: streamsWriter, expected: "write one\nwritelines two,three\nTrue False\nwrite_eof\nsomebody None default\nTrue\nclose\nTrue\n\n" },
  { name: "taskgroup/body-awaits-child", twin: taskgroupBodyAwaitsChild, expected: "body CancelledError 1\nExceptionGroup: unhandled errors in a TaskGroup [ValueError: child] 0\nbody CancelledError 1\nExceptionGroup: unhandled errors in a TaskGroup [ValueError: child] 0\nbody CancelledError 1\nExceptionGroup: unhandled errors in a TaskGroup [ValueError: child] 0\n" },
  { name: "taskgroup/body-error", twin: taskgroupBodyError, expected: "child cancelled\nExceptionGroup: unhandled errors in a TaskGroup [ValueError: body] 0\nchild cancelled\nExceptionGroup: unhandled errors in a TaskGroup [TypeError: child, ValueError: body] 0\nExceptionGroup: unhandled errors in a TaskGroup [ValueError: before the child started] True\n" },
  { name: "taskgroup/cancel-twice", twin: taskgroupCancelTwice, expected: "child cancelled at 1 1\nchild slept until 6\nCancelledError: one 2 6\nTrue 6\n" },
  { name: "taskgroup/child-cancelled", twin: taskgroupChildCancelled, expected: "CancelledError: only this one 0\n[False, True, False] 3 3\n" },
  { name: "taskgroup/child-error", twin: taskgroupChildError, expected: "sibling CancelledError\nbody CancelledError\nExceptionGroup: unhandled errors in a TaskGroup [ValueError: child failed] 1 True 0\nExceptionGroup: unhandled errors in a TaskGroup [ValueError: first, TypeError: in the clean-up] 2\n" },
  { name: "taskgroup/closed", twin: taskgroupClosed, expected: "finished: RuntimeError is finished closed\nfailing: RuntimeError is shutting down closed\nExceptionGroup: unhandled errors in a TaskGroup [ValueError: child]\n" },
  { name: "taskgroup/error-and-cancel", twin: taskgroupErrorAndCancel, expected: "ExceptionGroup: unhandled errors in a TaskGroup [ValueError: in the clean-up] 1\ncancelled again 1\nTrue 1\nExceptionGroup: unhandled errors in a TaskGroup [ValueError: in the clean-up] 1\ncancelled again 1\nTrue 2\n" },
  { name: "taskgroup/exit-class-error", twin: taskgroupExitClassError, expected: "child cancelled\nKeyboardInterrupt 0 1\n" },
  { name: "taskgroup/external-cancel", twin: taskgroupExternalCancel, expected: "child left at 2\nCancelledError: stop True 1 2\nchild left at 4\nCancelledError: stop True 1 4\n" },
  { name: "taskgroup/in-timeout", twin: taskgroupInTimeout, expected: "in the group cancelled at 1\nTimeoutError 0 1\naround the timeout cancelled at 2\nExceptionGroup: unhandled errors in a TaskGroup [TimeoutError] 0 2\n" },
  { name: "taskgroup/nested", twin: taskgroupNested, expected: "inner: ExceptionGroup: unhandled errors in a TaskGroup [ValueError: inner child] 0\nouter: ExceptionGroup: unhandled errors in a TaskGroup [ExceptionGroup: unhandled errors in a TaskGroup [ValueError: inner child]] 0\ninner: CancelledError 1\nouter: ExceptionGroup: unhandled errors in a TaskGroup [ValueError: outer child] 0\n" },
  { name: "taskgroup/nested-both-fail", twin: taskgroupNestedBothFail, expected: "inner: ExceptionGroup: unhandled errors in a TaskGroup [ValueError: inner child] 1\ncancelled by the outer group 1\nouter: ExceptionGroup: unhandled errors in a TaskGroup [ValueError: outer child] 0\n" },
  { name: "taskgroup/own-cancel-only", twin: taskgroupOwnCancelOnly, expected: "before 0\nExceptionGroup: unhandled errors in a TaskGroup [ValueError: child] 0\nnot cancelled again\nbefore 1\nExceptionGroup: unhandled errors in a TaskGroup [ValueError: child] 1\ncancelled again\nbefore 2\nExceptionGroup: unhandled errors in a TaskGroup [ValueError: child] 2\ncancelled again\n" },
  { name: "taskgroup/results", twin: taskgroupResults, expected: "body ends in 0 a\nchild 0 in 2\nchild 2 in 2\nchild 1 in 4\nchild 0 in 6\nout in 8 0 2\nan empty group takes no turn 8\nchild 0 in 10\n0 in 11\nout in 11\n" },
  { name: "tasks/all-tasks", twin: tasksAllTasks, expected: "['main', 't1', 't2', 't3']\n['main', 't2', 't3']\n['main', 't2', 't3']\n['main', 't2']\n['main']\n" },
  { name: "tasks/await-chain", twin: tasksAwaitChain, expected: "link 0 got 0 in 2\nlink 1 got 1 in 3\nlink 2 got 2 in 4\nlink 3 got 3 in 5\nlink 4 got 4 in 6\nmain got 5 in 7\n" },
  { name: "tasks/bad-yield", twin: tasksBadYield, expected: "Task got bad yield 5\nwent on\n" },
  { name: "tasks/bare-yield", twin: tasksBareYield, expected: "bare 2\nsleep 2\nbare 3\nsleep 3\nbare 4\nsleep 4\n" },
  { name: "tasks/callbacks-and-awaiters", twin: tasksCallbacksAndAwaiters, expected: "callback 1\nawaiter 1\ncallback 2\nawaiter 2\ncallback 3\nTrue\n" },
  { name: "tasks/close-coroutine", twin: tasksCloseCoroutine, expected: "inner cleaned up\nouter cleaned up\nclosed\nclosed\nRuntimeError: cannot reuse already awaited coroutine\n" },
  { name: "tasks/current-task", twin: tasksCurrentTask, expected: "callback None\na runs as task a and deeper as task a\nb runs as task b and deeper as task b\na runs as task a and deeper as task a\nb runs as task b and deeper as task b\na runs as task a and deeper as task a\nb runs as task b and deeper as task b\ndone callback None\nmain True\n" },
  { name: "tasks/double-await", twin: tasksDoubleAwait, expected: "second RuntimeError: coroutine is being awaited already\nfirst result\n" },
  { name: "tasks/exception", twin: tasksException, expected: "0 ValueError: from the leaf True True\nTrue True False\n1 ValueError: from the leaf True True\nTrue True False\n5 ValueError: from the leaf True True\nTrue True False\n" },
  { name: "tasks/lazy", twin: tasksLazy, expected: "called\ntask made\ndirect runs\nawaited direct\nas a task runs\nas a task\n" },
  { name: "tasks/many-awaiters", twin: tasksManyAwaiters, expected: "main value in 4\n[False, False, False]\na callback\na value in 4\nb callback\nb value in 4\nc callback\nc value in 4\nmain in 5\n" },
  { name: "tasks/names", twin: tasksNames, expected: "worker Task- True\nTrue True\nworker renamed\nafter the end\n" },
  { name: "tasks/nested-depth", twin: tasksNestedDepth, expected: "d5 leaf in 1\nd0 leaf in 1\nd1 leaf in 1\nd20 leaf in 1\nd5 leaf again in 2\ndepth 5 in 2\ndepth 5 in 2\nd0 leaf again in 2\ndepth 0 in 2\ndepth 0 in 2\nd1 leaf again in 2\ndepth 1 in 2\ndepth 1 in 2\nd20 leaf again in 2\ndepth 20 in 2\ndepth 20 in 2\n" },
  { name: "tasks/no-running-loop", twin: tasksNoRunningLoop, expected: "get_running_loop: RuntimeError: no running event loop\ncurrent_task: RuntimeError: no running event loop\nall_tasks: RuntimeError: no running event loop\nNone 0\nTrue True 1\nafterwards: RuntimeError: no running event loop\n" },
  { name: "tasks/not-a-coroutine", twin: tasksNotACoroutine, expected: "a coroutine was expected, \nTypeError\na coroutine was expected, \nTypeError\na coroutine was expected, \nTypeError\nTrue True\nTrue True False\nwrapped wrapped\n" },
  { name: "tasks/return-wakes", twin: tasksReturnWakes, expected: "work returns in 2\ncallback in 3\n0 result in 3\nwork returns in 2\ncallback in 3\n1 result in 3\nwork returns in 2\ncallback in 3\n5 result in 3\n" },
  { name: "tasks/reuse", twin: tasksReuse, expected: "first: result\nagain: RuntimeError: cannot reuse already awaited coroutine\nfirst: ValueError: failed\nagain: RuntimeError: cannot reuse already awaited coroutine\nclosed: RuntimeError: cannot reuse already awaited coroutine\nafter its task: RuntimeError: cannot reuse already awaited coroutine\nas a task: RuntimeError: cannot reuse already awaited coroutine\n" },
  { name: "tasks/self-await", twin: tasksSelfAwait, expected: "RuntimeError Task cannot await on itsel\nwent on\n" },
  { name: "tasks/send-throw", twin: tasksSendThrow, expected: "created\nstarted\nsuspended True\nsuspended\nresumed\nsuspended True\nthrown ValueError: by hand\nsuspended True\nended with result\nclosed\nRuntimeError: cannot reuse already awaited coroutine\nValueError: before the start\nclosed\n" },
  { name: "tasks/start", twin: tasksStart, expected: "created in 1 False False\na starts in 2\ncallback\nb starts in 2\nmain in 2 True a b\n" },
  { name: "tasks/states", twin: tasksStates, expected: "pending result: InvalidStateError\npending exception: InvalidStateError\nreturned True False 0\n  result: returned\n  exception: None\n  set result: RuntimeError\n  set exception: RuntimeError\n  cancel: False\npending result: InvalidStateError\npending exception: InvalidStateError\nfailed True False 0\n  result: ValueError: bad\n  exception: ValueError: bad\n  set result: RuntimeError\n  set exception: RuntimeError\n  cancel: False\npending result: InvalidStateError\npending exception: InvalidStateError\ncancelled True True 1\n  result: CancelledError\n  exception: CancelledError\n  set result: RuntimeError\n  set exception: RuntimeError\n  cancel: False\n" },
  { name: "timeout/after-swallowed-cancel", twin: timeoutAfterSwallowedCancel, expected: "swallowed 1 1\nTimeoutError 1 2\ndone False 1\n" },
  { name: "timeout/basic", twin: timeoutBasic, expected: "True False\nTimeoutError CancelledError True 1\n0\nTrue False\nTimeoutError CancelledError True 2\n0\nTrue False\nTimeoutError CancelledError True 3\n0\nFalse 4\nnot cancelled later 14\n" },
  { name: "timeout/body-raises", twin: timeoutBodyRaises, expected: "raises ValueError: instead True 0 1\nswallows no error True 0 2\nswallows and awaits no error True 0 4\n" },
  { name: "timeout/cancel-during-cleanup", twin: timeoutCancelDuringCleanup, expected: "cleaning up 1 1\nCancelledError True 1 2\nTrue 1\ncleaning up 1 3\nTimeoutError True 0 8\nFalse 0\nTimeoutError\n" },
  { name: "timeout/cancel-same-tick", twin: timeoutCancelSameTick, expected: "CancelledError True 1\ncancel first True 1\nCancelledError True 1\ndeadline first True 2\n" },
  { name: "timeout/completes-in-time", twin: timeoutCompletesInTime, expected: "value first timed out False\nTrue 0 1\ndeadline first timed out True\nTrue 0 2\n" },
  { name: "timeout/foreign-cancel", twin: timeoutForeignCancel, expected: "CancelledError: foreign False 1 1\nTrue\n" },
  { name: "timeout/nested", twin: timeoutNested, expected: "inner CancelledError False 1\n0\ninner TimeoutError True 1\nouter TimeoutError True True 2\n0\n" },
  { name: "timeout/nested-same", twin: timeoutNestedSame, expected: "inner CancelledError 1\nouter TimeoutError 0\n[True, True] 1\n" },
  { name: "timeout/outside-task", twin: timeoutOutsideTask, expected: "RuntimeError: Timeout should be used inside a task\n" },
  { name: "timeout/reschedule", twin: timeoutReschedule, expected: "None False\n6\nNone 7\nFalse 17\nTrue 17\n" },
  { name: "timeout/states", twin: timeoutStates, expected: "active: worked\nfinished: RuntimeError: Cannot change state of finished Timeout\nexpiring: RuntimeError: Cannot change state of expiring Timeout\nexpired: RuntimeError: Cannot change state of expired Timeout\n" },
  { name: "timeout/ticks", twin: timeoutTicks, expected: "timer of the same time True\nseen at depth 0\nconverted True 2\none iteration later\ntimer of the same time True\nseen at depth 0\nseen at depth 1\nconverted True 4\none iteration later\ntimer of the same time True\nseen at depth 0\nseen at depth 1\nseen at depth 2\nseen at depth 3\nconverted True 6\none iteration later\n" },
  { name: "timeout/zero", twin: timeoutZero, expected: "a done future is no suspension False\ntimed out True 5\na done future is no suspension False\ntimed out True 5\na done future is no suspension False\ntimed out True 5\nFalse\n" },
  { name: "wait/as-completed", twin: waitAsCompleted, expected: "1 1\n2 2\n3 3\n1 4\n2 5\n3 6\n[]\n" },
  { name: "wait/as-completed-tasks", twin: waitAsCompletedTasks, expected: "1 True 1 1\n2 True 2 2\n0 True 3 3\nTrue 1 4\n" },
  { name: "wait/as-completed-timeout", twin: waitAsCompletedTimeout, expected: "1 1\nTimeoutError 2\nTimeoutError 2\n[True, False, False]\n5 3 5\n" },
  { name: "wait/cancel", twin: waitCancel, expected: "CancelledError: stop waiting [False, False]\nchild 2\nchild 3\n" },
  { name: "wait/duplicates", twin: waitDuplicates, expected: "2 0 True True 2\n1 0 2\n" },
  { name: "wait/errors", twin: waitErrors, expected: "empty: ValueError\na future: TypeError\nreturn_when: ValueError\nfine\n" },
  { name: "wait/first-completed", twin: waitFirstCompleted, expected: "[True, True, False, False] [False, False, True, True]\n[True, True, True, False]\n" },
  { name: "wait/first-exception", twin: waitFirstException, expected: "[True, True, True, False] 3\nTrue ValueError: at 3\n2 0 4\n" },
  { name: "wait/ticks", twin: waitTicks, expected: "child ends in 2\nwait returns in 4\nwait of a done task returns in 6\nchild ends in 8\ngather returns in 10\ngather of a done task returns in 10\nchild ends in 12\nshield returns in 14\nshield of a done task returns in 14\nchild ends in 16\nwait_for returns in 17\nwait_for of a done task returns in 17\n" },
  { name: "wait/timeout", twin: waitTimeout, expected: "True True False 2\n0 1 2\n2 0 a b 3\n" },
  { name: "waitfor/cancel", twin: waitforCancel, expected: "cleaned up CancelledError: stop\nCancelledError: stop True 2\ncleaned up CancelledError: stop\nCancelledError: stop True 4\nTrue\ncleaned up CancelledError: stop\nCancelledError: stop True 6\ncleaned up CancelledError: stop\nCancelledError: stop True 8\nTrue\n" },
  { name: "waitfor/cancel-during-cleanup", twin: waitforCancelDuringCleanup, expected: "clean-up interrupted CancelledError: enough 2\ncaller CancelledError 1 2\nTrue 2\nclean-up interrupted CancelledError: enough 4\ncaller CancelledError 1 4\nTrue 4\n" },
  { name: "waitfor/cleanup", twin: waitforCleanup, expected: "cancelled CancelledError 1\ncleaned up 3\nTimeoutError CancelledError 3\n0\ncancelled CancelledError 4\ncleaned up 6\nTimeoutError CancelledError 6\n0\n" },
  { name: "waitfor/completes-at-deadline", twin: waitforCompletesAtDeadline, expected: "value 0.5\nvalue 1\nFalse\nTimeoutError 2\nTimeoutError 3\nTrue\n" },
  { name: "waitfor/inline", twin: waitforInline, expected: "0 main 1 took 1\n1 main 1 took 1\n5 main 1 took 1\ninner 1\n" },
  { name: "waitfor/same-tick", twin: waitforSameTick, expected: "True False\nCancelledError: same tick True\ndone 0\n" },
  { name: "waitfor/shielded", twin: waitforShielded, expected: "TimeoutError False 1\nTimeoutError False 1\nsurvived 3\n" },
  { name: "waitfor/swallowed", twin: waitforSwallowed, expected: "value 1\n0\nvalue 2\n0\nValueError: instead 3\n0\nValueError: instead 4\n0\n" },
  { name: "waitfor/zero", twin: waitforZero, expected: "result\nrunning task starts\nnew task starts\nTimeoutError\nnew task leaves\nTimeoutError\nrunning task leaves\nTimeoutError\nTrue\nresult\nrunning task starts\nnew task starts\nTimeoutError\nnew task leaves\nTimeoutError\nrunning task leaves\nTimeoutError\nTrue\n" },
];
