/**
 * From a block that is in the journal to those who want its events: taps in line, subscriptions through an index, a ring of sequences each
 * and one shared window of recent records; and the way of a subscription that has fallen behind through the journal and back.
 *
 * <p>The core thread's side allocates nothing after construction but when a subscription or tap comes or goes, takes no lock, and waits
 * for nobody.
 */
package io.strowger.router.dispatch;
