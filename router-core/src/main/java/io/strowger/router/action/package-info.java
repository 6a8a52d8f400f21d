/**
 * Actions beside the core: how an application asks and hears what became of it, and how an action reaches the connection of its source.
 *
 * <pre>
 *   application's thread              core thread, behind the journal               thread of the source's connection
 *   ┌──────────────┐ signal    ring, fold, journal    visible block
 *   │ ActionClient ├──────────────────►───────────────────┐
 *   │              │ key (asks)                     ┌─────v──────┐  action   ┌──────────────┐
 *   │              ├───────────────────────────────►│ ActionDesk ├──────────►│ ActionOutlet ├──► call router
 *   │              │◄───────────────────────────────┤            │           └──────────────┘
 *   └──────────────┘ answers                        └────────────┘  nobody there, or full: a failed result, by the core
 * </pre>
 *
 * <p>What an action is, whether it may be, whose it is and how it stands is the core's alone, journaled and replayed. Here are only the
 * ends of threads. The desk sees a block when taps and subscriptions do: no action leaves before its record is as safe as what is shown
 * must be. Each ring has one writer and one reader; the desk waits for nobody. Between opening and closing nothing allocates but the
 * methods of {@link io.strowger.router.action.ActionClient} that take text.
 */
package io.strowger.router.action;
